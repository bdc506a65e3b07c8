"""Answers from elsewhere into the log: each once, whatever the order of imports; states replayed from the union."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bedrill import history
from bedrill.clock import DAY_S, epoch_ms
from bedrill.collection import log_order
from bedrill.model import CardState, Phase, Review, ReviewKind
from bedrill.store import cards, incoming, log

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from bedrill.collection import Collection
    from bedrill.exchange import CardRecord, NoteRecord, ReviewRecord
    from bedrill.store.incoming import KnownCard

NEIGHBOURHOOD_MS: Final = 1_000
"""An answer whose instant another card has moves on by a few ms; there it is looked for when it comes again."""
ELSEWHERE: Final = "anki"
"""The device of rows that stand for what another program knows."""


class HistoryMerger:
    """
    Takes the cards of a batch of notes; `finish` brings the per-day sums up to date.

    Attributes:
        added: Answers that were new.
        skipped_future: Answers further ahead than the clock may lag: with them the log would be closed until then.
    """

    def __init__(self, collection: Collection, db: sqlite3.Connection) -> None:
        self.collection, self.db = collection, db
        self.added = 0
        self.skipped_future = 0
        self._is_changed = False
        self._latest_ms = epoch_ms(collection.now()) + log_order.CLOCK_SLACK_MS
        self._states_given = log.given_states(db)
        self._starts: dict[int, int] = {}
        self._rows: list[tuple[int | str, ...]] = []

    def take(self, records: Sequence[tuple[NoteRecord, int]]) -> None:
        """The answers and states of these notes' cards, by the rows of the notes."""
        told = [(row, card) for record, row in records for card in record.cards if card.reviews or _is_told(card)]
        if not told:
            return
        known = incoming.cards_of(self.db, sorted({row for row, _ in told}))
        pairs = [(known[row, card.ordinal], card) for row, card in told if (row, card.ordinal) in known]
        before = incoming.reviews_of(self.db, [card.row_id for card, _ in pairs])
        taken = {review.review_id: row for row, reviews in before.items() for review in reviews}
        told_ids = [review.review_id for _, card in pairs for review in card.reviews]
        taken |= incoming.taken_ids(self.db, [number for number in told_ids if number not in taken])
        taken_back = [r.review_id for _, card in pairs for r in card.reviews if r.undone_at is not None]
        undone = incoming.undone_of(self.db, taken_back)
        touched: list[tuple[KnownCard, CardRecord]] = []
        for row, card in pairs:
            reviews = before.get(row.row_id, [])
            is_new = self._append(row, card, reviews, taken, undone)
            if is_new or (not reviews and _is_told(card)):
                touched.append((row, card))
        self._put_states(touched)

    def finish(self) -> int:
        """Bring the per-day sums up to date; returns how many answers were added."""
        if self._is_changed:
            log.put_day_sums(self.db, history.day_sums(log.everything(self.db)))
        return self.added

    def _append(
        self, row: KnownCard, card: CardRecord, before: list[Review], taken: dict[int, int], undone: set[int]
    ) -> bool:
        """Add the answers that the card does not have yet; whether there were any."""
        mine = {review.review_id: review for review in before}
        fresh: list[tuple[int, ReviewRecord]] = []
        is_changed = False
        for review in card.reviews:
            if review.review_id > self._latest_ms:
                self.skipped_future += 1
            elif review.review_id in mine:
                is_changed |= self._undo(review, review.review_id, undone)
            elif taken.get(review.review_id, row.row_id) == row.row_id:
                taken[review.review_id] = row.row_id
                fresh.append((review.review_id, review))
            elif not _is_near(review, before):
                free = self._free_id(review.review_id, taken)
                fresh.append((free, review))
                taken[free] = row.row_id
        days = [(review_id, self._day(review)) for review_id, review in fresh]
        elapsed = incoming.set_elapsed(days, before)
        for (review_id, review), (_, on) in zip(fresh, days, strict=True):
            self._insert(row.row_id, review_id, review, on, elapsed[review_id])
            is_changed |= self._undo(review, review_id, undone)
        return bool(fresh) or is_changed

    def _free_id(self, wanted: int, taken: dict[int, int]) -> int:
        """The first instant from `wanted` on that no answer has, not even one of this batch."""
        free = log.free_id(self.db, wanted)
        while free in taken:
            free = log.free_id(self.db, free + 1)
        return free

    def _day(self, review: ReviewRecord) -> int:
        """The study day of an answer. Days are looked up: of a long log most are met a hundred times."""
        if review.studied_on is not None:
            return review.studied_on
        near = review.review_id // (DAY_S * 1000)
        return next(day for day in range(near - 1, near + 3) if review.review_id < self._start_ms(day + 1))

    def _start_ms(self, day: int) -> int:
        if day not in self._starts:
            self._starts[day] = epoch_ms(self.collection.clock.start(day))
        return self._starts[day]

    def _insert(self, card_row: int, review_id: int, review: ReviewRecord, on: int, elapsed_days: int) -> None:
        row = (review_id, card_row, review.rating, review.kind, on, elapsed_days, review.interval_s, review.duration_ms)
        self._rows.append((*row, review.device))
        if review.ticks or review.transcript or review.given is not None:
            self._flush()
            log.append_details(self.db, review_id, review.ticks, review.transcript)
        if review.given is not None:
            log.append_given(self.db, review_id, review.given)
            self._states_given[review_id] = review.given
        self.added += review.rating > 0
        self._is_changed = True

    def _flush(self) -> None:
        """Write the answers that wait."""
        log.append_all(self.db, self._rows)
        self._rows.clear()

    def _undo(self, review: ReviewRecord, review_id: int, undone: set[int]) -> bool:
        """An answer that was taken back there is taken back here."""
        if review.undone_at is None or review_id in undone:
            return False
        self._flush()
        log.append_undo(self.db, review_id, review.undone_at)
        undone.add(review_id)
        self._is_changed = True
        return True

    def _put_states(self, touched: Sequence[tuple[KnownCard, CardRecord]]) -> None:
        """Replay the cards that have something new. Where the other program's state says more, it is written down."""
        self._flush()
        states = self._replayed([row.row_id for row, _ in touched])
        told = [row.row_id for row, card in touched if _is_told(card) and self._give(row.row_id, card.state, states)]
        states |= self._replayed(told)
        cards.put_some_states(self.db, {row.row_id: states[row.row_id] for row, _ in touched})

    def _replayed(self, card_rows: Sequence[int]) -> dict[int, CardState]:
        """The states of these cards, by row, new ones too."""
        reviews = incoming.kept_reviews_of(self.db, card_rows)
        states = history.replay(reviews, self.collection.settings, self._states_given)
        return {row: states.get(row, CardState()) for row in card_rows}

    def _give(self, card_row: int, told: CardState, states: Mapping[int, CardState]) -> bool:
        """
        Write a MANUAL row for what the other program knows and the history does not say; False where it says all.

        Its instant is 1 ms behind the last answer, and behind all else that was done to the card.
        """
        replayed = states[card_row]
        if replayed.memory is not None and (_agree(told, replayed) or _is_later(replayed, told)):
            return False
        if replayed.memory is None and told.memory is None:
            return False
        last = told if replayed.memory is None else replayed
        assert last.last_at is not None and last.last_on is not None and told.due_on is not None  # noqa: PT018
        state = told._replace(
            last_at=last.last_at,
            last_on=last.last_on,
            memory=told.memory if replayed.memory is None else None,
            reps=max(told.reps, replayed.reps, 1),
            lapses=max(told.lapses, replayed.lapses),
        )
        review_id = log.free_id(self.db, max(epoch_ms(last.last_at), log.last_of_card(self.db, card_row)) + 1)
        interval_s = (told.due_on - last.last_on) * DAY_S or 1
        row = (review_id, card_row, 0, ReviewKind.MANUAL, last.last_on, 0, interval_s, 0, ELSEWHERE)
        log.append(self.db, Review(*row))  # type: ignore[arg-type]
        log.append_given(self.db, review_id, state)
        self._states_given[review_id] = state
        self._is_changed = True
        return True


def _is_told(card: CardRecord) -> bool:
    """Whether the record says where the card stands, beyond its answers."""
    state = card.state
    return state.phase is not Phase.NEW and None not in (state.due_on, state.last_on, state.last_at)


def _is_later(state: CardState, other: CardState) -> bool:
    """Whether a state rests on a later answer than another."""
    return state.last_at is not None and other.last_at is not None and state.last_at > other.last_at


def _agree(told: CardState, replayed: CardState) -> bool:
    """Whether two states ask the card on the same day, in the same phase."""
    same_day = told.due_on == replayed.due_on or Phase.REVIEW not in (told.phase, replayed.phase)
    return told.phase is replayed.phase and same_day


def _is_near(review: ReviewRecord, before: Sequence[Review]) -> bool:
    """Whether the card has this answer already, moved on by a few ms when it came first."""
    return any(
        0 < other.review_id - review.review_id < NEIGHBOURHOOD_MS
        and (other.rating, other.duration_ms, other.device) == (review.rating, review.duration_ms, review.device)
        for other in before
    )
