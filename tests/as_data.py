"""Named tuples as the data that JSON knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def as_data(value: Any) -> Any:
    """Named tuples become dicts, other sequences lists, all the way down."""
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name: as_data(getattr(value, name)) for name in value._fields}
    if isinstance(value, (list, tuple)):
        return [as_data(item) for item in value]
    return {key: as_data(item) for key, item in value.items()} if isinstance(value, Mapping) else value
