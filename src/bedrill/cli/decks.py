"""`bedrill decks`."""

from __future__ import annotations

import click

from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.cli.names import DeckName
from bedrill.cli.text import columns, on_one_line, percent, table
from bedrill.collection import browse


@command(
    "decks",
    ("bedrill decks", "all decks and how far you are"),
    ("bedrill decks 1-30 --json", "some of them, for a script"),
)
@click.argument("decks", nargs=-1, metavar="[DECK]...", type=DeckName())
@shared_options(json=True)
@click.pass_obj
def decks_command(app: App, decks: tuple[str, ...]) -> None:
    """The decks: cards seen of all, the share that would be recalled today, and what a closed one waits for."""
    rows = browse.overview(app.collection, decks)
    if app.as_json:
        echo_json(
            [
                {
                    "deck": row.deck.deck_id,
                    "title": row.deck.title,
                    "lesson": row.deck.lesson,
                    "cards": row.cards,
                    "seen": row.seen,
                    "suspended": row.suspended,
                    "readiness": round(row.readiness, 4),
                    "waits_for": list(row.waits_for),
                }
                for row in rows
            ]
        )
        return
    head = ("#", "deck", "seen", "cards", "ready", "title")
    body = [
        (
            str(row.deck.lesson or ""),
            row.deck.deck_id,
            str(row.seen),
            str(row.cards),
            percent(row.readiness),
            on_one_line(row.deck.title) + (f" (waits for {', '.join(row.waits_for)})" if row.waits_for else ""),
        )
        for row in rows
    ]
    click.echo(table([head, *body], right=(0, 2, 3, 4), wide=5, fit=columns()))
