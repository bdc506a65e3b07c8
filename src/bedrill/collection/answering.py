"""Answers: what each rating would give, writing one, taking the last one back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bedrill import history, scheduling
from bedrill.clock import DAY_S, epoch_ms, instant
from bedrill.collection import log_order
from bedrill.deckfile.note_parser import read_note
from bedrill.errors import BedrillError
from bedrill.model import SURE, CardState, Kind, Rating, Review, ReviewKind, Tick
from bedrill.store import cards, gather, log

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bedrill.collection import Collection
    from bedrill.model import StudyDay
    from bedrill.note import Note
    from bedrill.scheduling import Outcome
    from bedrill.store.cards import StoredCard

TIME_CAP_MS: Final = 60_000
"""Longest time that counts for a card; Anki's. For interview cards twice the time box."""
LEECH_EVERY: Final = 4
"""After the first warning, a leech is named again every so many lapses; Anki's."""


class NothingToUndoError(BedrillError):
    """There is no answer to take back."""


class AnsweredElsewhereError(BedrillError):
    """The card was answered by another process since it was shown."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that is on disk, and what it made of the card. `is_leech`: the card has just become one, again."""

    review: Review
    state: CardState
    is_leech: bool


def note_of(card: StoredCard) -> Note:
    """The note that a card asks of."""
    return read_note(card.text, card.slug)


def time_cap_ms(note: Note) -> int:
    """The longest time that counts for a card of a note."""
    return 2 * note.interview.box_s * 1000 if note.interview else TIME_CAP_MS


def previews(collection: Collection, card: StoredCard, at: datetime) -> dict[Rating, Outcome]:
    """What each rating would give at `at`; `answer` writes exactly that, on the same study day."""
    on = collection.clock.study_day(at)
    load = gather.load_of(collection.db)
    return scheduling.outcomes(card.state, on, collection.settings, seed=card.guid, load=load)


def confidence(is_sure: bool | None) -> tuple[Tick, ...]:  # noqa: FBT001 - what was said, or None
    """What is kept with an answer of how sure one was before it showed; nothing where nothing was said."""
    return () if is_sure is None else (Tick(SURE, "", (), is_sure),)


def answer(
    collection: Collection,
    card: StoredCard,
    rating: Rating,
    *,
    duration_ms: int,
    outcome: Outcome | None = None,
    shown_on: StudyDay | None = None,
    is_cram: bool = False,
    ticks: Sequence[Tick] = (),
    transcript: str = "",
) -> Answered | None:
    """
    Write one answer. It is on disk when this returns.

    Args:
        card: As it was shown.
        outcome: What the preview of `rating` promised on study day `shown_on`; it is written if it is still that day.
        is_cram: The schedule is left alone.

    Returns:
        None, and nothing is written, if the card was answered elsewhere since it was shown.

    Raises:
        ReviewOrderError: The clock was set back.
    """
    with collection.transaction() as db:
        at = collection.now()
        review_id = log_order.next_review_id(collection, at)
        at = instant(review_id)
        on = collection.clock.study_day(at)
        current = cards.by_row(db, card.row_id)
        if current.state.reps != card.state.reps or current.state.last_at != card.state.last_at:
            return None
        state = current.state
        if is_cram:
            after, kind, interval_s = state, ReviewKind.CRAM, 0
        else:
            if outcome is None or shown_on != on:
                outcome = previews(collection, current, at)[rating]
            after = scheduling.after_answer(state, outcome, rating, at, on)
            kind, interval_s = scheduling.review_kind(state.phase), outcome.interval_s
            cards.put_state(db, card.row_id, after)
        elapsed = 0 if state.last_on is None else max(0, on - state.last_on)
        cap_ms = time_cap_ms(note_of(card)) if card.kind is Kind.INTERVIEW else TIME_CAP_MS
        ms = max(0, min(duration_ms, cap_ms))
        review = Review(review_id, card.row_id, rating, kind, on, elapsed, interval_s, ms, collection.device)
        log.append(db, review)
        log.append_details(db, review_id, ticks, transcript)
        log.count_in_day(db, review, _bucket(collection, review), is_first=state.reps == 0 and not is_cram)
    return Answered(review, after, _is_leech(collection, state, after))


def _is_leech(collection: Collection, before: CardState, after: CardState) -> bool:
    over = after.lapses - collection.settings.leech_lapses
    return after.lapses > before.lapses and over >= 0 and over % LEECH_EVERY == 0


def _bucket(collection: Collection, review: Review) -> str:
    """The row of the per-day sums that a review belongs to: by the interval that it ended."""
    interval_s = log.interval_before(collection.db, review) if review.kind == ReviewKind.REVIEW else 0
    return history.bucket_of(review.kind, interval_s // DAY_S)


def undo(collection: Collection) -> tuple[StoredCard, Review]:
    """
    Take back the last answer, whichever process gave it: a row of its own; the answer stays in the log.

    Returns:
        The card, as it was before the answer, and the answer.

    Raises:
        NothingToUndoError: There is no answer that is not undone.
    """
    with collection.transaction() as db:
        review = log.last_given_on(db, collection.device)
        if review is None:
            raise NothingToUndoError("there is no answer to take back")
        bucket = _bucket(collection, review)
        log.append_undo(db, review.review_id, epoch_ms(collection.now()))
        states = history.replay(log.of_card(db, review.card_id), collection.settings, log.given_states(db))
        state = states.get(review.card_id, CardState())
        cards.put_state(db, review.card_id, state)
        is_first = state.reps == 0 and review.kind != ReviewKind.CRAM
        log.count_in_day(db, review, bucket, is_first=is_first, by=-1)
        return cards.by_row(db, review.card_id), review


def rebuild(collection: Collection) -> int:
    """Replay the whole log into the card states and the per-day sums; returns the number of cards with answers."""
    with collection.transaction() as db:
        states = history.replay(log.everything(db), collection.settings, log.given_states(db))
        cards.put_states(db, states)
        log.put_day_sums(db, history.day_sums(log.everything(db)))
    return len(states)
