"""
The field's terms as types. Nothing here reads a clock, a file or a database.

Units are in the names: `*_at` aware UTC datetime, `*_on` study day, `*_days`, `*_s`, `*_ms`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
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


class Style(StrEnum):
    """How a note asks."""

    BASIC = "basic"
    REVERSED = "reversed"
    CLOZE = "cloze"
    TYPED = "typed"
    CHOICE = "choice"
    INTERVIEW = "interview"


class Severity(StrEnum):
    """How bad a problem is. An ERROR keeps a file out; INFO never fails a check."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """
    A fault in a deck file: a value, not an exception.

    Attributes:
        path: As the user wrote it.
        line: 1 is the first; 0 concerns the file as a whole.
        column: 1 is the first.
        code: Stable name of the rule, such as "N1" or "F3".
        hint: What to do, or "".
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a multiple choice."""

    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class Check:
    """
    Code whose output is the answer.

    Attributes:
        language: "python", "sql" or "sh".
        setup: Code of the same language that runs before, in the same process.
        expected: What it must print; None for a doctest, which carries its own.
        line: Where its fence starts in the file.
    """

    language: str
    code: str
    setup: str
    expected: str | None
    line: int


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """
    What an answer to an interview question is scored by.

    Attributes:
        weight: "must", "should" or "senior".
        text: As written, without the link.
        links: Targets of its links: "#slug" or "008-file.md#slug".
    """

    weight: str
    text: str
    links: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What an interviewer asks next, and the key to it."""

    question: str
    key: str


@dataclass(frozen=True, slots=True)
class Interview:
    """
    What only an interview note has.

    Attributes:
        form: explain, compare, design, debug, estimate, code, behavioural or negotiate.
        level: junior, mid, senior or staff.
        think_s, speak_s: The time box, in seconds.
        context: What the interviewer gives only if asked; Markdown.
    """

    form: str
    level: str
    think_s: int
    speak_s: int
    context: str
    key_points: tuple[KeyPoint, ...]
    follow_ups: tuple[FollowUp, ...]
    mistakes: tuple[str, ...]
    red_flags: tuple[str, ...]

    @property
    def box_s(self) -> int:
        """The whole time box, in seconds."""
        return self.think_s + self.speak_s


@dataclass(frozen=True, slots=True)
class Note:
    """
    What an author writes: one `##` of a deck file.

    Attributes:
        slug: Its name within the deck.
        slug_is_derived: The file gives none; it was made from the question.
        line: Of the `##` in the file.
        text: As written, from the `##` on; trailing white space is gone.
        heading: The `##` line without its attributes; cloze marks are in it.
        prompt: Markdown under the heading that belongs to the question.
        answer: Markdown.
        topics: The syllabus's subtopics that it covers.
    """

    slug: str
    slug_is_derived: bool
    line: int
    text: str
    kind: Kind
    style: Style
    is_core: bool
    topics: tuple[int, ...]
    heading: str
    prompt: str
    answer: str
    hint: str
    sources: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    accepted: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    interview: Interview | None = None


@dataclass(frozen=True, slots=True)
class DeckFile:
    """
    One parsed deck file. With an ERROR among its problems it must not be imported.

    Attributes:
        deck_id: `id:` of the front matter, else the file's stem.
        lesson: Number in the course; None for custom decks.
        requires: Lesson numbers or deck ids, as written.
        waivers: "CODE" or "CODE#slug" to the reason why that rule does not hold there.
        topic_count: How many subtopics the syllabus gives the lesson; 0 if not said.
    """

    path: str
    deck_id: str
    title: str
    lesson: int | None = None
    level: str = ""
    requires: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    topic_count: int = 0
    waivers: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether it must be left out of an import."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class MemoryState:
    """
    What FSRS knows of a card.

    Attributes:
        stability_days: > 0; after that many days recall has fallen to 90 %.
        difficulty: 1 to 10.
    """

    stability_days: float
    difficulty: float


@dataclass(frozen=True, slots=True)
class CardState:
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
    One answer, as it stands in the log. A named tuple, so that a replay can take rows as they come.

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


class Tick(NamedTuple):
    """
    One key point of an interview answer: whether it was hit.

    Attributes:
        section: "must", "should", "senior", "follow-up" or "red flag".
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


class StoredNote(NamedTuple):
    """
    A note as the collection has it.

    Attributes:
        row_id, deck_row, file_row: Its row, its deck's, its file's; no file has it if `file_row` is None.
        text: As it stands: the file's, or the user's if `edited_at` (epoch ms) is set.
        content_hash: Of the text that the file had at the last import.
        retired_at: Epoch ms; set while no file has the note.
    """

    row_id: int
    deck_row: int
    file_row: int | None
    slug: str
    slug_is_derived: bool
    text: str
    content_hash: str
    position: int
    edited_at: int | None
    retired_at: int | None


class Candidate(NamedTuple):
    """A card that may be asked, by the rows of card, note and deck."""

    card: int
    note: int
    deck: int


class Waiting(NamedTuple):
    """A card in learning steps, and the instant (epoch ms) when its step is over."""

    candidate: Candidate
    due_ms: int


def card_name(deck_id: str, slug: str, ordinal: int) -> str:
    """The name by which users know a card: `deck/slug`, and `deck/slug#N` where the note has siblings."""
    return f"{deck_id}/{slug}#{ordinal}" if ordinal else f"{deck_id}/{slug}"
