"""`bedrill next`."""

from __future__ import annotations

import click

from bedrill import review_queue
from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.cli.names import DeckName
from bedrill.clock import epoch_ms
from bedrill.collection import answering, naming, today
from bedrill.deckfile.faces import faces
from bedrill.store import cards
from bedrill.store.connection import snapshot


@command(
    "next",
    ("bedrill next --json", "the card to ask now, and what each rating would give"),
    ("bedrill next 43 --json", "from one deck"),
)
@click.argument("decks", nargs=-1, metavar="[DECK]...", type=DeckName())
@shared_options(json=True)
@click.pass_obj
def next_command(app: App, decks: tuple[str, ...]) -> None:
    """The next card, for scripts and editors; `grade` answers it. The intervals are in seconds."""
    collection = app.collection
    chosen = naming.decks_named(collection, decks)
    rows = frozenset(deck.row_id for deck in chosen)
    at = collection.now()
    with snapshot(collection.db):  # or else a card that is answered in between is shown as it is by then
        queue = today.queue(collection, today.Scope(tuple(rows) if decks else None, rows))
        candidate = review_queue.next_card(queue, epoch_ms(at), collection.settings.learn_ahead_minutes * 60_000)
        card = cards.by_row(collection.db, candidate.card) if candidate else None
    if card is None:
        if app.as_json:
            echo_json({"card": None})
        else:
            click.echo("nothing is due")
        return
    note = answering.note_of(card)
    shown = faces(note, card.ordinal)
    question = shown.question + "".join(f"\n- {choice.text}" for choice in note.choices)
    answer = "\n\n".join(part for part in (shown.answer, shown.extra) if part)
    outcomes = answering.previews(collection, card, at)
    if app.as_json:
        intervals = {rating.name.lower(): outcome.interval_s for rating, outcome in outcomes.items()}
        echo_json(
            {
                "card": {
                    "id": card.name,
                    "deck": card.deck_id,
                    "kind": str(card.kind),
                    "phase": card.state.phase.name.lower(),
                    "reps": card.state.reps,
                    "question": question,
                    "answer": answer,
                    "intervals": intervals,
                }
            }
        )
    else:
        from bedrill.cli.text import visible  # noqa: PLC0415 - only for people

        click.echo(visible(f"{card.name}\n\n{question}"))
