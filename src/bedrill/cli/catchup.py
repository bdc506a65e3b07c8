"""`bedrill catchup`."""

from __future__ import annotations

import click

from bedrill.cli.app import App, command, shared_options
from bedrill.cli.names import DeckName
from bedrill.cli.view_breaks import carry_out
from bedrill.collection import breaks, naming


@command(
    "catchup",
    ("bedrill catchup --minutes 20", "spread what is due over the next days, twenty minutes each"),
    ("bedrill catchup --minutes 20 --dry-run", "what that would cost"),
    ("bedrill catchup --undo", "put the cards back where they were"),
)
@click.argument("decks", nargs=-1, metavar="[DECK]...", type=DeckName())
@click.option("--minutes", type=click.FloatRange(0, min_open=True), metavar="M", help="Minutes a day for reviews.")
@click.option("--dry-run", is_flag=True, help="Only say what it would cost.")
@click.option("--undo", is_flag=True, help="Put the cards back that were moved last.")
@shared_options(json=True)
@click.pass_obj
def catchup_command(app: App, decks: tuple[str, ...], minutes: float | None, *, dry_run: bool, undo: bool) -> None:
    """
    Spread a backlog over the days that follow: what is best known first, what is nearly forgotten last.

    The cost in expected recall is told; answers are left alone, and everything can be put back at once.
    """
    chosen = tuple(deck.row_id for deck in naming.decks_named(app.collection, decks)) if decks else None

    def plan(given: float) -> breaks.Plan:
        return breaks.catch_up(app.collection, given, chosen)

    carry_out(app, plan, minutes, dry_run=dry_run, undo=undo)
