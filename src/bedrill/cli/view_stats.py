"""How figures of the statistics are shown on a terminal, of any width, without colour and without Unicode as well."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import click

from bedrill.cli.text import columns, on_one_line, shortened, table, width_of
from bedrill.stats.wording import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.cli.app import App
    from bedrill.stats.figure import Chart, Fact, Figure, Table, Unit, Value

_USUAL_WIDTH: Final = 80
_FEW: Final = 26
"""Up to so many places are a line each, with their values; more are columns of one character."""
_HEIGHT: Final = 5
_FIRST_ROWS: Final = 12
"""Rows of a table on the first screen."""
_EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
_SHADES: Final = "·░▒▓█"
_ASCII_SHADES: Final = ".:+*#"
_BAR: Final = 40
_WEEKDAYS: Final = ("Mon", "", "Wed", "", "Fri", "", "Sun")
_WEEK: Final = 7


def print_figures(app: App, figures: Sequence[Figure], *, in_full: bool) -> None:
    """Print figures below each other; not `in_full` leaves out what makes a first screen long."""
    for place, figure in enumerate(figures):
        if place:
            click.echo()
        click.echo(click.style(figure.title, bold=True) if app.has_color else figure.title)
        _print_facts(figure.facts if in_full else [*figure.facts[:1], *(f for f in figure.facts[1:] if f.value)])
        for chart in figure.charts:
            _print_chart(chart, is_titled=in_full)
        for each in figure.tables:
            _print_table(each, 0 if in_full else _FIRST_ROWS)
        for note in figure.notes if in_full else ():
            import textwrap  # noqa: PLC0415 - only for notes

            click.echo(textwrap.fill(on_one_line(note), _width()))


def _width() -> int:
    return columns() or _USUAL_WIDTH


def _has(characters: str) -> bool:
    try:
        characters.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _shown(value: Value, unit: Unit) -> str:
    """A value in words, on one line, of characters that the output has."""
    text = shown(value, unit)
    if isinstance(value, str):
        return on_one_line(text)
    return text if value is not None or _has(text) else "-"


def _print_facts(facts: Sequence[Fact]) -> None:
    _print_packed([f"{fact.says} {_shown(fact.value, fact.unit)}" for fact in facts])


def _print_packed(parts: Sequence[str], indent: str = "") -> None:
    """Parts, as many to a line as fit."""
    line = ""
    for part in parts:
        if line and width_of(line) + 3 + width_of(part) > _width():
            click.echo(line)
            line = ""
        line = f"{line}   {part}" if line else indent + shortened(part, _width() - len(indent))
    if line:
        click.echo(line)


def _print_table(each: Table, most: int) -> None:
    """A table, or its first `most` rows; 0 is all."""
    if not each.rows:
        return
    rows_shown = each.rows[:most] if most else each.rows
    if each.says:
        click.echo(f"{each.says}:")
    heads = [column.says for column in each.columns]
    rows = [[_shown(value, column.unit) for value, column in zip(row, each.columns, strict=True)] for row in rows_shown]
    is_text = [any(isinstance(row[place], str) for row in each.rows) for place in range(len(heads))]
    right = [place for place, text in enumerate(is_text) if not text]
    wide = max((place for place, text in enumerate(is_text) if text and (place or len(heads) == 1)), default=None)
    lines = table([heads, *rows] if len(heads) > 1 else rows, right=right, wide=wide, fit=columns())
    if columns() and max(map(width_of, lines.split("\n"))) > columns():
        for row in rows:
            click.echo(shortened(row[0], _width()))
            _print_packed([f"{head} {cell}".strip() for head, cell in zip(heads[1:], row[1:], strict=True)], "  ")
    else:
        click.echo(lines)
    if len(each.rows) > len(rows_shown):
        click.echo(f"and {len(each.rows) - len(rows_shown)} more")


def _print_chart(chart: Chart, *, is_titled: bool) -> None:
    if not any(value for series in chart.series for value in series.values):
        return
    if is_titled:
        click.echo(f"\n{chart.says}:")
    if chart.shape == "calendar":
        _print_calendar(chart)
    elif chart.shape == "lines":
        _print_lines(chart)
    elif len(chart.labels) <= _FEW:
        _print_rows(chart)
    else:
        _print_columns(chart)
    names = [series for series in chart.series if any(series.values)]
    if chart.shape == "bars" and len(names) > 1:
        _print_packed([f"{each.key} {_shown(sum(value or 0 for value in each.values), chart.unit)}" for each in names])


def _totals(chart: Chart) -> list[float]:
    return [sum(series.values[place] or 0 for series in chart.series) for place in range(len(chart.labels))]


def _print_rows(chart: Chart) -> None:
    """A line for each place: label, value, bar."""
    totals = _totals(chart)
    most = max(totals) or 1
    values = [_shown(total, chart.unit) for total in totals]
    label, value = max(map(width_of, chart.labels)), max(map(len, values))
    room = max(min(_width() - label - value - 4, _BAR), 4)
    block = "█" if _has("█") else "#"
    for name, text, total in zip(chart.labels, values, totals, strict=True):
        bar = block * max(round(total / most * room), 1 if total else 0)
        click.echo(f"{name:<{label}}  {text:>{value}}  {bar}".rstrip())


def _print_columns(chart: Chart) -> None:
    """A column for each place, or for a few neighbours together where they are too many for the terminal."""
    totals = _totals(chart)
    together = -(-len(totals) // (_width() - 10))
    sums = [sum(totals[at : at + together]) for at in range(0, len(totals), together)]
    most = max(sums) or 1
    head = _shown(round(most, 1), chart.unit)
    for row in reversed(range(_HEIGHT)):
        axis = head if row == _HEIGHT - 1 else "0" if row == 0 else ""
        click.echo(f"{axis:>9} " + _row_of(sums, most, row))
    first, last = chart.labels[0], chart.labels[-1]
    click.echo(" " * 10 + f"{first}{' ' * max(len(sums) - len(first) - len(last), 1)}{last}")
    if together > 1:
        click.echo(" " * 10 + f"a column: {together} bars")


def _row_of(values: Sequence[float], most: float, row: int) -> str:
    """One row of a chart of columns, from the bottom."""
    blocks = _EIGHTHS if _has(_EIGHTHS) else "     ####"
    cells = []
    for value in values:
        eighths = round(value / most * _HEIGHT * 8) - row * 8
        if row == 0 and value:
            eighths = max(eighths, 1 if blocks is _EIGHTHS else 8)
        cells.append(blocks[min(max(eighths, 0), 8)])
    return "".join(cells).rstrip()


def _print_lines(chart: Chart) -> None:
    """A row of characters for each line, from its lowest to its highest value, and its ends in numbers."""
    known = [value for series in chart.series for value in series.values if value is not None]
    low, high = min(known), max(known)
    name = max(len(series.key) for series in chart.series)
    for series in chart.series:
        values = [value for value in series.values if value is not None]
        if not values:
            continue
        ends = f"{_shown(values[0], chart.unit)} → {_shown(values[-1], chart.unit)}"
        ends = ends if _has("→") else ends.replace("→", "to")
        together = -(-len(series.values) // max(_width() - name - len(ends) - 4, 4))
        line = "".join(_level(value, low, high) for value in series.values[::together])
        click.echo(f"{series.key:<{name}}  {line}  {ends}")


def _level(value: float | None, low: float, high: float) -> str:
    if value is None:
        return " "
    levels = _EIGHTHS[1:] if _has(_EIGHTHS) else "_.-=+*^#"
    return levels[round((value - low) / (high - low) * 7) if high > low else 3]


def _print_calendar(chart: Chart) -> None:
    """Weeks side by side, Monday on top, as many of the latest as fit; the darker, the more."""
    values = {
        date.fromisoformat(label): value or 0 for label, value in zip(chart.labels, chart.series[0].values, strict=True)
    }
    last = max(values)
    monday = last - timedelta(last.weekday())
    weeks = min(-(-(len(values) + _WEEK) // _WEEK), _width() - 5)
    starts = [monday - timedelta(_WEEK * back) for back in reversed(range(weeks))]
    most = max(values.values())
    click.echo(shortened("     " + _months(starts), _width()))
    for weekday, name in enumerate(_WEEKDAYS):
        days = (start + timedelta(weekday) for start in starts)
        cells = "".join(_shade(values[day], most) if day in values else " " for day in days)
        click.echo(f"{name:<4} {cells}".rstrip())
    click.echo(f"     {_shade(0, most)} none  {_shade(1, most)} less  {_shade(most, most)} {_shown(most, chart.unit)}")


def _months(starts: Sequence[date]) -> str:
    """Names of months above the weeks in which they begin."""
    line = ""
    for place, start in enumerate(starts):
        if len(line) <= place and start.day <= _WEEK:
            line = f"{line:<{place}}{start:%b} "
    return line.rstrip()


def _shade(value: float, most: float) -> str:
    shades = _SHADES if _has(_SHADES) else _ASCII_SHADES
    return shades[min(-(-int(value) * 4 // int(most)), 4)] if most else shades[0]
