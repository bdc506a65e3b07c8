"""How a value of the statistics is written for people, in a terminal and on a page. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bedrill.stats.figure import Unit, Value

_NONE: Final = "–"
_SUFFIX: Final = {"days": " d", "minutes": " min", "seconds": " s", "per hour": " / h"}
_TENTHS_BELOW: Final = 100


def shown(value: Value, unit: Unit) -> str:
    """A value with its unit: `92.5 %`, `12 min`, `1,234`; a dash for none."""
    if value is None:
        return _NONE
    if isinstance(value, str):
        return value
    if unit == "share":
        return f"{value * 100:.1f} %"
    return number(value) + _SUFFIX.get(unit, "")


def number(value: float) -> str:
    """A number with commas between thousands, and one digit behind the point below a hundred where it is no integer."""
    if isinstance(value, int) or value == int(value):
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) < _TENTHS_BELOW else f"{value:,.0f}"
