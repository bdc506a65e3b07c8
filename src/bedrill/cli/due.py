"""`bedrill due`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.cli.names import DeckName
from bedrill.cli.text import columns, counted, on_one_line, table
from bedrill.clock import date_of, day_number
from bedrill.collection import naming, today
from bedrill.errors import UsageError

if TYPE_CHECKING:
    from bedrill.collection.today import DeckDue
    from bedrill.model import StudyDay


@command(
    "due",
    ("bedrill due", "what each deck asks today"),
    ("bedrill due --count", "one number, for a shell prompt"),
    ("bedrill due 31-60 --on 2027-01-15", "what is scheduled for a later day"),
)
@click.argument("decks", nargs=-1, metavar="[DECK]...", type=DeckName())
@click.option("--on", "on_text", metavar="DATE", help="Another day, as 2027-01-15.")
@click.option("--count", is_flag=True, help="Print one number.")
@shared_options(json=True)
@click.pass_obj
def due_command(app: App, decks: tuple[str, ...], on_text: str | None, *, count: bool) -> None:
    """How many cards are due: today with the day's limits, on a later DATE what is scheduled so far."""
    collection = app.collection
    on = _day(on_text, collection.clock.today())
    chosen = naming.decks_named(collection, decks)
    scope = today.Scope(
        tuple(deck.row_id for deck in chosen) if decks else None, frozenset(deck.row_id for deck in chosen)
    )
    rows = today.due(collection, scope, on)
    if count:
        click.echo(sum(row.total for row in rows))
    elif app.as_json:
        echo_json(as_json(rows, on))
    else:
        _print(rows)


def _day(text: str | None, first: StudyDay) -> StudyDay:
    if text is None:
        return first
    try:
        on = day_number(date.fromisoformat(text))
    except ValueError:
        raise UsageError(f"'{text}' is no date", "write it as 2027-01-15") from None
    if on < first:
        raise UsageError(f"{text} is over", "give today or a later day")
    return on


def as_json(rows: list[DeckDue], on: StudyDay) -> dict[str, object]:
    """The JSON of `due`: totals, and the decks that ask something."""
    return {
        "on": date_of(on).isoformat(),
        "new": sum(row.new for row in rows),
        "learning": sum(row.learning for row in rows),
        "review": sum(row.review for row in rows),
        "total": sum(row.total for row in rows),
        "decks": [
            {
                "deck": row.deck.deck_id,
                "title": row.deck.title,
                "lesson": row.deck.lesson,
                "new": row.new,
                "learning": row.learning,
                "review": row.review,
            }
            for row in rows
            if row.total
        ],
    }


def _print(rows: list[DeckDue]) -> None:
    asked = [row for row in rows if row.total]
    if not asked:
        click.echo("nothing is due")
        return
    head = ("deck", "new", "learning", "review", "title")
    body = [
        (row.deck.deck_id, str(row.new), str(row.learning), str(row.review), on_one_line(row.deck.title))
        for row in asked
    ]
    click.echo(table([head, *body], right=(1, 2, 3), wide=4, fit=columns()))
    click.echo(counted(sum(row.total for row in asked), "card"))
