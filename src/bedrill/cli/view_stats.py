"""How figures of the statistics are shown on a terminal: below each other, and the first screen beside each other."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

import click

from bedrill.cli.text import columns, on_one_line, shortened, table, width_of
from bedrill.cli.view_charts import chart_lines, in_words, packed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bedrill.cli.app import App
    from bedrill.stats.figure import Figure, Table

_USUAL_WIDTH: Final = 80
_FIRST_ROWS: Final = 12
"""Rows of a table on the first screen."""
_SIDE_BY_SIDE: Final = (("today",), ("due", "calendar"), ("known", "retention"), ("attention",))
"""The first screen where there is room for it."""
_RIGHT: Final = 58
"""Columns that a year's calendar and the table of retention need."""
_LEFT: Final = 46
_GAP: Final = 3


def print_figures(app: App, figures: Sequence[Figure]) -> None:
    """Print figures in full, below each other."""
    for place, figure in enumerate(figures):
        if place:
            click.echo()
        _print_block(app, list(_lines(figure, columns() or _USUAL_WIDTH, in_full=True)))


def print_first_screen(app: App, figures: Sequence[Figure]) -> None:
    """Print the figures that one looks at daily: in two columns where the terminal is wide enough."""
    width = columns() or _USUAL_WIDTH
    by_name = {figure.name: figure for figure in figures}
    if width < _LEFT + _GAP + _RIGHT:
        for place, figure in enumerate(figures):
            if place:
                click.echo()
            _print_block(app, list(_lines(figure, width, in_full=False)))
        return
    for place, names in enumerate(_SIDE_BY_SIDE):
        if place:
            click.echo()
        if len(names) == 1:
            _print_block(app, list(_lines(by_name[names[0]], width, in_full=False)))
        else:
            _print_pair(app, by_name, names, min(width - _RIGHT - _GAP, _USUAL_WIDTH))


def _print_pair(app: App, by_name: Mapping[str, Figure], names: Sequence[str], left_width: int) -> None:
    left, right = (
        list(_lines(by_name[name], width, in_full=False))
        for name, width in zip(names, (left_width, _RIGHT), strict=True)
    )
    for number, (one, other) in enumerate(zip_longest(left, right, fillvalue="")):
        padding = " " * (left_width + _GAP - width_of(one)) if other else ""
        click.echo(_title(app, one) + padding + _title(app, other) if number == 0 else f"{one}{padding}{other}")


def _print_block(app: App, lines: Sequence[str]) -> None:
    click.echo("\n".join([_title(app, lines[0]), *lines[1:]]))


def _title(app: App, text: str) -> str:
    return click.style(text, bold=True) if app.has_color else text


def _lines(figure: Figure, width: int, *, in_full: bool) -> Iterator[str]:
    """A figure as lines, its title first; not `in_full` leaves out what makes a first screen long."""
    yield figure.title
    facts = figure.facts if in_full else (*figure.facts[:1], *(fact for fact in figure.facts[1:] if fact.value))
    yield from packed([f"{fact.says} {in_words(fact.value, fact.unit)}" for fact in facts], width)
    for chart in figure.charts:
        lines = list(chart_lines(chart, width))
        if lines and in_full:
            yield from ("", f"{chart.says}:")
        yield from lines
    for each in figure.tables:
        yield from _table(each, width, 0 if in_full else _FIRST_ROWS)
    for note in figure.notes if in_full else ():
        import textwrap  # noqa: PLC0415 - only for notes

        yield from textwrap.wrap(on_one_line(note), width)


def _table(each: Table, width: int, most: int) -> Iterator[str]:
    """A table, or its first `most` rows; 0 is all. Where it is too wide, each row is a paragraph."""
    if not each.rows:
        return
    rows_shown = each.rows[:most] if most else each.rows
    if each.says:
        yield f"{each.says}:"
    heads = [column.says for column in each.columns]
    rows = [
        [in_words(value, column.unit) for value, column in zip(row, each.columns, strict=True)] for row in rows_shown
    ]
    is_text = [any(isinstance(row[place], str) for row in each.rows) for place in range(len(heads))]
    right = [place for place, text in enumerate(is_text) if not text]
    wide = max((place for place, text in enumerate(is_text) if text and (place or len(heads) == 1)), default=None)
    fit = width if columns() else 0
    lines = table([heads, *rows] if len(heads) > 1 else rows, right=right, wide=wide, fit=fit).split("\n")
    if fit and max(map(width_of, lines)) > fit:
        for row in rows:
            yield shortened(row[0], width)
            cells = [f"{head} {cell}".strip() for head, cell in zip(heads[1:], row[1:], strict=True)]
            yield from packed(cells, width, "  ")
    else:
        yield from lines
    if len(each.rows) > len(rows_shown):
        yield f"and {len(each.rows) - len(rows_shown)} more"
