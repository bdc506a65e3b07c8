"""Cards and answers of bedrill as the rows of Anki's tables."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, Final

from bedrill.clock import DAY_S, epoch_ms
from bedrill.deckfile.faces import ordinals
from bedrill.exchange import CardRecord
from bedrill.formats.anki_notes import template_of
from bedrill.memory import STABILITY_MIN, kernel_of
from bedrill.model import Phase, ReviewKind

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from bedrill.exchange import Context, NoteRecord, ReviewRecord
    from bedrill.model import CardState
    from bedrill.note import Note

_FIRST_ID: Final = 1_400_000_000_000
_HASH: Final = re.compile(r"[0-9a-f]{16}")
_IDS: Final = 300_000_000_000
"""Ids of Anki are instants in ms; ours lie between 2014 and 2023, where one more is never ahead of its clock."""
_EASE: Final = 2500
"""Ease of a card in review, per mille: without one a profile that does not use FSRS would lose its intervals."""
_SUSPENDED, _BURIED, _NEW_QUEUE, _MINUTES, _REVIEW_QUEUE, _DAYS = -1, -3, 0, 1, 2, 3


def stable_id(name: str, taken: Container[int]) -> int:
    """An id made from a name, the same in every export; counted up where it is taken."""
    if _HASH.fullmatch(name):  # most guids are one already
        seed = int(name, 16)
    else:
        seed = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest())
    number = _FIRST_ID + seed % _IDS
    while number in taken:
        number += 1
    return number


_UNTOUCHED: Final = CardRecord(0)[2:]
"""What a card has behind its number and guid while nothing has happened to it."""


def is_untouched(cards: Sequence[CardRecord]) -> bool:
    """Whether these are the one card of a plain note, to which nothing has happened."""
    return len(cards) == 1 and cards[0][0] == 0 and cards[0][2:] == _UNTOUCHED


class CardWriter:
    """Makes the rows of cards and of their answers."""

    def __init__(self, context: Context, day_zero: int) -> None:
        self.context, self.day_zero = context, day_zero
        settings = context.settings
        self._first, self._following = kernel_of(settings.fsrs_parameters)
        self._today = context.clock.today()
        self._ids: set[int] = set()

    def rows(
        self, record: NoteRecord, note: Note, place: tuple[int, int, int]
    ) -> Iterator[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
        """
        A row for each card that the note asks, and those of its answers.

        Args:
            place: Ids of the note and the deck in Anki, and the place in the order of new cards.
        """
        known = {card.ordinal: card for card in record.cards}
        for ordinal in ordinals(note):
            card_id = self._id(place[0] + ordinal)
            card = known.get(ordinal)
            answers = self._answers(card_id, card.reviews) if card and self.context.with_schedule else []
            yield self._card(card_id, template_of(note, ordinal), place, card), answers

    def new(self, note_id: int, place: tuple[int, int, int]) -> tuple[Any, ...]:
        """The row of the one card of a plain note that is new."""
        return (self._id(note_id), note_id, place[1], 0, 0, -1, 0, 0, place[2], 0, 0, 0, 0, 0, 0, 0, 0, "")

    def _id(self, wanted: int) -> int:
        """A card's id: its note's, or one of the next; they are of another table."""
        while wanted in self._ids:
            wanted += 1
        self._ids.add(wanted)
        return wanted

    def _card(
        self, card_id: int, template: int, place: tuple[int, int, int], card: CardRecord | None
    ) -> tuple[Any, ...]:
        note_id, deck_id, position = place
        head = (card_id, note_id, deck_id, template, self._changed_s(card), -1)
        if card is None or not self.context.with_schedule:
            return (*head, 0, 0, position, 0, 0, 0, 0, 0, 0, 0, 0, "")
        state = card.state
        queue, due = self._queue(state, position)
        if card.suspended or (card.buried_until or 0) > self._today:
            if queue == _DAYS:  # Anki does not move the day of such a card to its own calendar: seconds it need not
                due = epoch_ms(self.context.clock.start(due + self.day_zero)) // 1000
            queue = _SUSPENDED if card.suspended else _BURIED
        ivl, factor, left = self._interval(state)
        return (
            *head, int(state.phase), queue, due, ivl, factor, state.reps, state.lapses, left, 0, 0, card.flag,
            self._data(state, position),
        )  # fmt: skip

    def _changed_s(self, card: CardRecord | None) -> int:
        """When the card changed last, unix seconds."""
        at = card.state.last_at if card else None
        return epoch_ms(at) // 1000 if at else 0

    def _queue(self, state: CardState, position: int) -> tuple[int, int]:
        """In which queue a card waits, and until when: a place, a day, or unix seconds."""
        if state.phase is Phase.NEW or state.due_on is None:
            return _NEW_QUEUE, position
        if state.phase is Phase.REVIEW:
            return _REVIEW_QUEUE, state.due_on - self.day_zero
        if state.due_at is not None:
            return _MINUTES, epoch_ms(state.due_at) // 1000
        return _DAYS, state.due_on - self.day_zero

    def _interval(self, state: CardState) -> tuple[int, int, int]:
        """Days of the current interval, ease, and steps that are left."""
        settings = self.context.settings
        if state.phase is Phase.REVIEW and state.due_on is not None and state.last_on is not None:
            return max(1, state.due_on - state.last_on), _EASE, 0
        if state.phase is Phase.RELEARNING:
            return 1, _EASE, max(1, len(settings.relearning_steps) - state.step)
        if state.phase is Phase.LEARNING:
            return 0, 0, max(1, len(settings.learning_steps) - state.step)
        return 0, 0, 0

    def _data(self, state: CardState, position: int) -> str:
        """What FSRS knows of a card, as Anki keeps it."""
        if state.memory is None or state.last_at is None:
            return f'{{"pos":{position}}}'
        settings = self.context.settings
        return json.dumps(
            {
                "pos": position,
                "s": round(max(state.memory.stability_days, STABILITY_MIN), 4),
                "d": round(state.memory.difficulty, 3),
                "dr": round(settings.desired_retention, 2),
                "decay": round(settings.fsrs_parameters[20], 3),
                "lrt": epoch_ms(state.last_at) // 1000,
            }
        )

    def _answers(self, card_id: int, reviews: tuple[ReviewRecord, ...]) -> list[tuple[Any, ...]]:
        """Rows of Anki's log, oldest first. What was taken back never happened there."""
        rows: list[tuple[Any, ...]] = []
        memory: tuple[float, float] | None = None
        last_on, last_interval = 0, 0
        for review in reviews:
            if review.undone_at is not None or review.studied_on is None:
                continue
            interval = _interval(review.interval_s)
            factor = 0
            if review.kind == ReviewKind.MANUAL:
                if review.given is not None:
                    memory = tuple(review.given.memory) if review.given.memory else memory  # type: ignore[assignment]
                    last_on = review.given.last_on or last_on
                    continue
                memory = memory if review.interval_s else None
                factor = _factor(memory) if review.interval_s else 0
            elif review.kind != ReviewKind.CRAM:
                elapsed = review.studied_on - last_on
                memory = self._following(*memory, elapsed, review.rating) if memory else self._first(review.rating)
                last_on, factor = review.studied_on, _factor(memory)
            rows.append((
                review.review_id, card_id, -1, review.rating, interval, last_interval, factor, review.duration_ms,
                review.kind,
            ))  # fmt: skip
            last_interval = interval if review.kind != ReviewKind.CRAM else last_interval
        return rows


def _interval(interval_s: int) -> int:
    """An interval as Anki logs it: days, or negative seconds."""
    return interval_s // DAY_S if interval_s % DAY_S == 0 else -interval_s


def _factor(memory: tuple[float, float] | None) -> int:
    """Difficulty as Anki logs it, 100 to 1100."""
    return round(((memory[1] - 1) / 9 + 0.1) * 1000) if memory else _EASE
