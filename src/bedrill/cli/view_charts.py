"""Charts of the statistics as lines of a terminal, of any width, without colour and without Unicode as well."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from bedrill.cli.text import has, on_one_line, shortened, width_of
from bedrill.stats.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedrill.stats.figure import Chart, Unit, Value

_FEW: Final = 26
"""Up to so many places are a line each, with their values; more are columns of one character."""
_HEIGHT: Final = 5
_EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
_SHADES: Final = "·░▒▓█"
_ASCII_SHADES: Final = ".:+*#"
_BAR: Final = 40
_AXIS: Final = 10
_WEEKDAYS: Final = ("Mon", "", "Wed", "", "Fri", "", "Sun")
_WEEK: Final = 7


def in_words(value: Value, unit: Unit) -> str:
    """A value in words, on one line, of characters that the output has."""
    text = shown(value, unit)
    if isinstance(value, str):
        return on_one_line(text)
    return text if value is not None or has(text) else "-"


def packed(parts: Sequence[str], width: int, indent: str = "") -> Iterator[str]:
    """Parts, as many to a line as fit."""
    line = ""
    for part in parts:
        if line and width_of(line) + 3 + width_of(part) > width:
            yield line
            line = ""
        line = f"{line}   {part}" if line else indent + shortened(part, width - len(indent))
    if line:
        yield line


def chart_lines(chart: Chart, width: int) -> Iterator[str]:
    """A chart in at most `width` columns; nothing where it has no values."""
    if not any(value for series in chart.series for value in series.values):
        return
    if chart.shape == "calendar":
        yield from _calendar(chart, width)
    elif chart.shape == "lines":
        yield from _lines(chart, width)
    elif len(chart.labels) <= _FEW:
        yield from _rows(chart, width)
    else:
        yield from _columns(chart, width)
    names = [series for series in chart.series if any(series.values)]
    if chart.shape == "bars" and len(names) > 1:
        sums = [f"{each.key} {in_words(sum(value or 0 for value in each.values), chart.unit)}" for each in names]
        yield from packed(sums, width)


def _totals(chart: Chart) -> list[float]:
    return [sum(series.values[place] or 0 for series in chart.series) for place in range(len(chart.labels))]


def _rows(chart: Chart, width: int) -> Iterator[str]:
    """A line for each place: label, value, bar."""
    totals = _totals(chart)
    most = max(totals) or 1
    values = [in_words(total, chart.unit) for total in totals]
    label, value = max(map(width_of, chart.labels)), max(map(len, values))
    room = max(min(width - label - value - 4, _BAR), 4)
    block = "█" if has("█") else "#"
    for name, text, total in zip(chart.labels, values, totals, strict=True):
        bar = block * max(round(total / most * room), 1 if total else 0)
        yield f"{name:<{label}}  {text:>{value}}  {bar}".rstrip()


def _columns(chart: Chart, width: int) -> Iterator[str]:
    """A column for each place, or for a few neighbours together where they are too many for the terminal."""
    totals = _totals(chart)
    together = -(-len(totals) // (width - _AXIS))
    sums = [sum(totals[at : at + together]) for at in range(0, len(totals), together)]
    most = max(sums) or 1
    head = in_words(round(most, 1), chart.unit)
    for row in reversed(range(_HEIGHT)):
        axis = head if row == _HEIGHT - 1 else "0" if row == 0 else ""
        yield f"{axis:>{_AXIS - 1}} " + _row_of(sums, most, row)
    first, last = chart.labels[0], chart.labels[-1]
    yield " " * _AXIS + f"{first}{' ' * max(len(sums) - len(first) - len(last), 1)}{last}"
    if together > 1:
        yield " " * _AXIS + f"a column: {together} bars"


def _row_of(values: Sequence[float], most: float, row: int) -> str:
    """One row of a chart of columns, from the bottom."""
    blocks = _EIGHTHS if has(_EIGHTHS) else "     ####"
    cells = []
    for value in values:
        eighths = round(value / most * _HEIGHT * 8) - row * 8
        if row == 0 and value:
            eighths = max(eighths, 1 if blocks is _EIGHTHS else 8)
        cells.append(blocks[min(max(eighths, 0), 8)])
    return "".join(cells).rstrip()


def _lines(chart: Chart, width: int) -> Iterator[str]:
    """A row of characters for each line, from its lowest to its highest value, and its ends in numbers."""
    known = [value for series in chart.series for value in series.values if value is not None]
    low, high = min(known), max(known)
    name = max(len(series.key) for series in chart.series)
    for series in chart.series:
        values = [value for value in series.values if value is not None]
        if not values:
            continue
        ends = f"{in_words(values[0], chart.unit)} → {in_words(values[-1], chart.unit)}"
        ends = ends if has("→") else ends.replace("→", "to")
        together = -(-len(series.values) // max(width - name - len(ends) - 4, 4))
        line = "".join(_level(value, low, high) for value in series.values[::together])
        yield f"{series.key:<{name}}  {line}  {ends}"


def _level(value: float | None, low: float, high: float) -> str:
    if value is None:
        return " "
    levels = _EIGHTHS[1:] if has(_EIGHTHS) else "_.-=+*^#"
    return levels[round((value - low) / (high - low) * 7) if high > low else 3]


def _calendar(chart: Chart, width: int) -> Iterator[str]:
    """Weeks side by side, Monday on top, as many of the latest as fit; the darker, the more."""
    told = zip(chart.labels, chart.series[0].values, strict=True)
    values = {date.fromisoformat(label): value or 0 for label, value in told}
    last = max(values)
    monday = last - timedelta(last.weekday())
    weeks = min(((monday - min(values)).days + 2 * _WEEK - 1) // _WEEK, width - 5)
    starts = [monday - timedelta(_WEEK * back) for back in reversed(range(weeks))]
    most = max(values.values())
    yield shortened("     " + _months(starts), width)
    for weekday, name in enumerate(_WEEKDAYS):
        days = (start + timedelta(weekday) for start in starts)
        cells = "".join(_shade(values[day], most) if day in values else " " for day in days)
        yield f"{name:<4} {cells}".rstrip()
    yield f"     {_shade(0, most)} none  {_shade(1, most)} less  {_shade(most, most)} {in_words(most, chart.unit)}"


def _months(starts: Sequence[date]) -> str:
    """Names of months above the weeks in which they begin."""
    line = ""
    for place, start in enumerate(starts):
        if len(line) <= place and start.day <= _WEEK:
            line = f"{line:<{place}}{start:%b} "
    return line.rstrip()


def _shade(value: float, most: float) -> str:
    shades = _SHADES if has(_SHADES) else _ASCII_SHADES
    return shades[min(-(-int(value) * 4 // int(most)), 4)] if most else shades[0]
