"""`bedrill show`."""

from __future__ import annotations

import click

from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.cli.names import CardName
from bedrill.clock import date_of, instant, iso
from bedrill.collection import browse
from bedrill.deckfile.faces import faces
from bedrill.deckfile.note_parser import read_note
from bedrill.store import log


@command(
    "show",
    ("bedrill show http/delete-404", "a card, both sides, with its history"),
    ("bedrill show cap/pacelc --json", "as data"),
)
@click.argument("card", metavar="CARD", type=CardName())
@shared_options(json=True)
@click.pass_obj
def show_command(app: App, card: str) -> None:
    """A card: question, answer, state, forgetting curve, and every answer that you gave."""
    collection = app.collection
    stored = browse.card_named(collection, card)
    note = read_note(stored.text, stored.slug)
    reviews = log.of_card(collection.db, stored.row_id)
    if not app.as_json:
        from bedrill.cli.view_card import print_card  # noqa: PLC0415 - rich, only for people

        print_card(app, stored, note, reviews)
        return
    shown = faces(note, stored.ordinal)
    state = stored.state
    due_at = state.due_at or (collection.clock.start(state.due_on) if state.due_on is not None else None)
    echo_json(
        {
            "card": stored.name,
            "deck": stored.deck_id,
            "kind": str(stored.kind),
            "core": stored.is_core,
            "question": shown.question,
            "answer": shown.answer,
            "phase": state.phase.name.lower(),
            "stability_days": state.memory.stability_days if state.memory else None,
            "difficulty": state.memory.difficulty if state.memory else None,
            "due_on": date_of(state.due_on).isoformat() if state.due_on is not None else None,
            "due_at": iso(due_at) if due_at else None,
            "reps": state.reps,
            "lapses": state.lapses,
            "suspended": stored.suspended,
            "buried": stored.buried_until is not None and stored.buried_until > collection.clock.today(),
            "flag": stored.flag,
            "retired": stored.retired,
            "edited": stored.edited_at is not None,
            "reviews": [
                {
                    "reviewed_at": iso(instant(review.review_id)),
                    "rating": review.rating,
                    "duration_ms": review.duration_ms,
                }
                for review in reviews
            ],
        }
    )
