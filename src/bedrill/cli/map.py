"""`bedrill map`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.cli.text import columns, counted, has, percent, shortened, visible
from bedrill.collection import course
from bedrill.collection.course import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bedrill.collection.course import Place

_SYMBOLS: Final = {
    Standing.KNOWN: ("■", "#", "green"),
    Standing.BEGUN: ("◧", "+", "yellow"),
    Standing.OPEN: ("□", "o", "cyan"),
    Standing.WAITS: ("·", ".", "bright_black"),
}
"""In Unicode, in ASCII, and in colour."""
_ROW: Final = 10
_NARROW_ROW: Final = 5
_CELL: Final = 6
_LISTED: Final = 8


@command(
    "map",
    ("bedrill map", "the course: what is known, what is open, what waits for what"),
    ("bedrill map --json", "for a script"),
)
@shared_options(json=True)
@click.pass_obj
def map_command(app: App) -> None:
    """Draw the course. A lesson is known when its core cards are; those that rest on it are open then."""
    places = course.places(app.collection)
    if app.as_json:
        echo_json([_as_data(place) for place in places])
        return
    fit = columns()
    draw_course({place.deck.lesson: symbol_of(app, place.standing) for place in places if place.deck.lesson})
    legend = (f"{symbol_of(app, standing)} {standing}" for standing in Standing)
    click.echo("  ".join(legend))
    studied = [place for place in places if place.standing in (Standing.BEGUN, Standing.OPEN)]
    _list(sorted(studied, key=lambda place: -place.opens), "worth knowing next", fit)
    _list([place for place in places if place.standing is Standing.WAITS], "waiting", fit)


def _as_data(place: Place) -> dict[str, object]:
    return {
        "deck": place.deck.deck_id,
        "title": place.deck.title,
        "lesson": place.deck.lesson,
        "standing": str(place.standing),
        "readiness": round(place.readiness, 4),
        "waits_for": list(place.waits_for),
        "opens": place.opens,
    }


def draw_course(symbols: Mapping[int, str]) -> None:
    """The lessons in rows with a symbol for each, those without one left blank; nothing without lessons."""
    if not symbols:
        return
    per_row = _NARROW_ROW if 0 < columns() < _ROW * _CELL else _ROW
    last = max(symbols)
    for start in range(1, last + 1, per_row):
        row = range(start, min(start + per_row, last + 1))
        cells = [f"{lesson:>4}{symbols[lesson]} " if lesson in symbols else " " * _CELL for lesson in row]
        click.echo("".join(cells).rstrip())
    click.echo()


def symbol_of(app: App, standing: Standing) -> str:
    """The symbol of how far a deck is, in colour where that is wanted."""
    fine, plain, color = _SYMBOLS[standing]
    fine = fine if has(fine) else plain
    return click.style(fine, fg=color) if app.has_color else fine


def _list(places: Sequence[Place], title: str, fit: int) -> None:
    """The first of some decks, a line each."""
    if not places:
        return
    click.echo(f"\n{title}:")
    for place in places[:_LISTED]:
        number = f"{place.deck.lesson} " if place.deck.lesson is not None else ""
        opens = f", opens {counted(place.opens, 'deck')}" if place.opens else ""
        waits = f", waits for {', '.join(place.waits_for)}" if place.waits_for else ""
        line = f"  {number}{place.deck.deck_id} {percent(place.readiness)}{opens}{waits}: {place.deck.title}"
        click.echo(shortened(visible(line), fit) if fit else visible(line))
    if len(places) > _LISTED:
        click.echo(f"  and {len(places) - _LISTED} more")
