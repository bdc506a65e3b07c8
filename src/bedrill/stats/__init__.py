"""Every figure that bedrill shows of its answers and cards, as plain data. Pure."""
