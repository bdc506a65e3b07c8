"""Values with their units, for people."""

from __future__ import annotations

import pytest

from bedrill.stats.wording import shown


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (None, "share", "–"),
        (0.9254, "share", "92.5 %"),
        (1234567, "cards", "1,234,567"),
        (12.34, "minutes", "12.3 min"),
        (1234.5, "minutes", "1,234 min"),
        (3.0, "days", "3 d"),
        (0.25, "seconds", "0.2 s"),
        ("deck/slug", "", "deck/slug"),
    ],
)
def test_a_value_is_written_with_its_unit(value, unit, words):
    assert shown(value, unit) == words
