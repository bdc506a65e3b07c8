"""`bedrill grade`."""

from __future__ import annotations

import math

import click

from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.cli.names import CardName
from bedrill.cli.text import counted, interval
from bedrill.clock import instant, iso
from bedrill.collection import answering, browse
from bedrill.collection.answering import AnsweredElsewhereError
from bedrill.errors import UsageError
from bedrill.model import Rating

RATINGS = {rating.name.lower(): rating for rating in Rating} | {str(int(rating)): rating for rating in Rating}


@command(
    "grade",
    ("bedrill grade http/delete-404 good", "answer a card"),
    ("bedrill grade cap/pacelc 1 --seconds 12 --json", "with the time it took"),
    ("bedrill grade cap/pacelc 3 --reps 4", "not if somebody else has answered it since"),
)
@click.argument("card", metavar="CARD", type=CardName())
@click.argument("rating", metavar="RATING")
@click.option("--seconds", type=click.FloatRange(0), default=0, help="Time on the card.")
@click.option("--sure/--unsure", "is_sure", default=None, help="How sure you were before the answer showed.")
@click.option("--reps", type=click.IntRange(0), help="Only if it has so many answers, as 'next --json' said.")
@shared_options(json=True)
@click.pass_obj
def grade_command(app: App, card: str, rating: str, seconds: float, reps: int | None, *, is_sure: bool | None) -> None:
    """Answer CARD with again, hard, good or easy (or 1 to 4). The answer is on disk when this returns."""
    if not math.isfinite(seconds):
        raise UsageError(f"--seconds cannot be {seconds}", "give the time on the card")
    if rating.lower() not in RATINGS:
        raise UsageError(f"no rating '{rating}'", "again, hard, good, easy, or 1 to 4")
    collection = app.collection
    stored = browse.card_named(collection, card)
    if stored.retired or stored.suspended:
        state = "retired" if stored.retired else "suspended"
        raise UsageError(f"{stored.name} is {state}", f"bedrill unsuspend {stored.name}" if stored.suspended else "")
    answered = None
    while answered is None:  # answered elsewhere in between: this answer follows that one, unless it is not to
        stored = browse.card_named(collection, card)
        if reps not in (None, stored.state.reps):
            raise AnsweredElsewhereError(f"{stored.name} was answered elsewhere; that answer stands", "bedrill next")
        answered = answering.answer(
            collection,
            stored,
            RATINGS[rating.lower()],
            duration_ms=round(seconds * 1000),
            ticks=answering.confidence(is_sure),
        )
    state_after = answered.state
    due_at = state_after.due_at or collection.clock.start(state_after.due_on or 0)
    if app.as_json:
        memory = state_after.memory
        echo_json(
            {
                "card": stored.name,
                "rating": int(answered.review.rating),
                "reviewed_at": iso(instant(answered.review.review_id)),
                "due_at": iso(due_at),
                "phase": state_after.phase.name.lower(),
                "stability_days": memory.stability_days if memory else None,
                "difficulty": memory.difficulty if memory else None,
            }
        )
    else:
        name = RATINGS[rating.lower()].name.lower()
        click.echo(f"{stored.name}: {name}, again in {interval(answered.review.interval_s)}")
    if answered.is_leech:
        app.say(f"{stored.name} is a leech: forgotten {counted(state_after.lapses, 'time')}. Edit it, or suspend it.")
