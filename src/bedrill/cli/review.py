"""`bedrill review`."""

from __future__ import annotations

import click

from bedrill.cli.app import App, command, shared_options
from bedrill.cli.names import DeckName
from bedrill.cli.terminal import check_terminal
from bedrill.collection import naming, today
from bedrill.errors import UsageError
from bedrill.model import Kind


@command(
    "review",
    ("bedrill review", "what is due today"),
    ("bedrill review 43 55", "only these lessons, even if they wait for others"),
    ("bedrill review --minutes 10", "as far as ten minutes go"),
    ("bedrill review --new 5", "five new cards now, whatever the day's limit"),
    ("bedrill review cap --cram", "every card of a deck once more; the schedule stays as it is"),
)
@click.argument("decks", nargs=-1, metavar="[DECK]...", type=DeckName())
@click.option("--kind", type=click.Choice(["concept", "interview"]), help="Only cards of this kind.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Stop after N answers.")
@click.option(
    "--new", "new_limit", type=click.IntRange(0), metavar="N", help="N new cards, instead of the day's limit."
)
@click.option("--minutes", type=click.FloatRange(0, min_open=True), metavar="M", help="Stop after M minutes.")
@click.option("--tag", metavar="T", help="Only decks with this tag.")
@click.option("--cram", is_flag=True, help="Go through cards seen before, weakest first; the schedule is left alone.")
@shared_options()
@click.pass_obj
def review_command(
    app: App,
    decks: tuple[str, ...],
    kind: str | None,
    limit: int | None,
    new_limit: int | None,
    minutes: float | None,
    tag: str | None,
    *,
    cram: bool,
) -> None:
    """
    Study: question, any of space and enter to see the answer, then 1 to 4. `?` lists the keys.

    Every answer is on disk before the next card shows; leave whenever you like.
    """
    check_terminal("review", "'bedrill next --json' and 'bedrill grade CARD RATING' are made for scripts")
    collection = app.collection
    chosen = naming.decks_named(collection, decks)
    if tag:
        tagged = naming.decks_tagged(collection, tag)
        chosen = [deck for deck in tagged if not decks or deck in chosen]
        if not chosen:
            raise UsageError(f"none of these decks is tagged '{tag}'", "leave DECK or --tag away")
    rows = tuple(deck.row_id for deck in chosen)
    from bedrill.cli.review_screen import ReviewScreen  # noqa: PLC0415 - rich, once it is sure that it is needed
    from bedrill.clock import epoch_ms  # noqa: PLC0415

    since_ms = epoch_ms(collection.now())
    scope = today.Scope(
        rows if decks or tag else None,
        frozenset(rows) if decks else frozenset(),
        Kind(kind) if kind else None,
        new_limit,
        since_ms,
        cram,
        minutes * 60 if minutes is not None else None,
    )
    ends_ms = since_ms + round(minutes * 60_000) if minutes is not None else None
    ReviewScreen(app, scope, limit=limit, ends_ms=ends_ms).run()
