"""
The field's terms as types. Nothing here reads a clock, a file or a database.

Named tuples and not dataclasses: every command loads this module, and a dataclass takes four times as long to make.
Units are in the names: `*_at` aware UTC datetime, `*_on` study day, `*_days`, `*_s`, `*_ms`.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

StudyDay = int
"""Days since 1970-01-01 of the local date that begins at `day_start` (04:00). See `bedrill.clock`."""


class Rating(IntEnum):
    """How well an answer was known. HARD is a pass."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Phase(IntEnum):
    """Where a card stands. The numbers are stored."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


class ReviewKind(IntEnum):
    """What an answer was: the phase *before* it, or a visit that leaves the schedule alone. Anki's numbers; stored."""

    LEARN = 0
    REVIEW = 1
    RELEARN = 2
    CRAM = 3
    MANUAL = 4


class Kind(StrEnum):
    """The two kinds of notes."""

    CONCEPT = "concept"
    INTERVIEW = "interview"


class MemoryState(NamedTuple):
    """
    What FSRS knows of a card.

    Attributes:
        stability_days: > 0; after that many days recall has fallen to 90 %.
        difficulty: 1 to 10.
    """

    stability_days: float
    difficulty: float


class CardState(NamedTuple):
    """
    A card's schedule: what replaying its reviews gives.

    Attributes:
        step: Index of the learning or relearning step; 0 outside of them.
        memory: None while the card is new.
        due_on: Study day from which it is due; None while the card is new.
        due_at: The instant it comes back, where a step of minutes set it; else None.
        last_on: Study day of its last answer.
        last_at: Instant of its last answer.
        reps: Number of answers.
        lapses: Number of AGAINs in the review phase.
    """

    phase: Phase = Phase.NEW
    step: int = 0
    memory: MemoryState | None = None
    due_on: StudyDay | None = None
    due_at: datetime | None = None
    last_on: StudyDay | None = None
    last_at: datetime | None = None
    reps: int = 0
    lapses: int = 0


class Review(NamedTuple):
    """
    One answer, as it stands in the log. A replay takes plain rows in the order of the fields as well.

    Attributes:
        review_id: Epoch milliseconds of the answer; unique in the collection.
        card_id: Row of the card.
        studied_on: Study day of the answer, where the user then was.
        elapsed_days: Study days since the card's previous answer; 0 for the first.
        interval_s: What the answer gave, in seconds: a multiple of 86,400 counts study days, anything less is a step.
        duration_ms: Time on the card, capped.
    """

    review_id: int
    card_id: int
    rating: Rating
    kind: ReviewKind
    studied_on: StudyDay
    elapsed_days: int
    interval_s: int
    duration_ms: int
    device: str = ""


SURE: Final = "sure"
"""The section of a tick that says whether one was sure before the answer showed."""


class Tick(NamedTuple):
    """
    One key point of an interview answer: whether it was hit. Or, of any answer, whether one was sure of it.

    Attributes:
        section: "must", "should", "senior", "follow-up", "red flag", or `SURE`.
        links: The concept notes that it rests on, as written.
    """

    section: str
    point: str
    links: tuple[str, ...]
    hit: bool


class DaySum(NamedTuple):
    """The sums of one study day and one bucket."""

    studied_on: StudyDay
    bucket: str
    again: int
    hard: int
    good: int
    easy: int
    introduced: int
    duration_ms: int

    @property
    def answers(self) -> int:
        """How many answers."""
        return self.again + self.hard + self.good + self.easy


class Candidate(NamedTuple):
    """A card that may be asked, by the rows of card, note and deck."""

    card: int
    note: int
    deck: int


class DueCard(NamedTuple):
    """A card in review: its row, the day on which it is due, and what is known of its memory."""

    card: int
    due_on: StudyDay
    last_on: StudyDay
    stability_days: float


class Waiting(NamedTuple):
    """A card in learning steps, and the instant (epoch ms) when its step is over."""

    candidate: Candidate
    due_ms: int


def card_name(deck_id: str, slug: str, ordinal: int) -> str:
    """The name by which users know a card: `deck/slug`, and `deck/slug#N` where the note has siblings."""
    return f"{deck_id}/{slug}#{ordinal}" if ordinal else f"{deck_id}/{slug}"
