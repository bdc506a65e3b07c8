"""
What authors write, as types: notes, deck files, and the problems in them.

Apart from `bedrill.model`, because counting what is due needs none of it; named tuples for the same reason as there.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedrill.model import Kind


_NONE: Final[Mapping[str, str]] = MappingProxyType({})


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


class Problem(NamedTuple):
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


class Choice(NamedTuple):
    """One line of a multiple choice."""

    text: str
    right: bool


class Check(NamedTuple):
    """
    Code whose output is the answer.

    Attributes:
        language: "python", "sql" or "sh".
        setup: Code of the same language that runs before, in the same process.
        expected: What it must print; None for a doctest, which carries its own.
        line: Where its fence starts in the file.
        needs: What it is skipped without: a program, or a module where the language is python; "" needs nothing.
    """

    language: str
    code: str
    setup: str
    expected: str | None
    line: int
    needs: str = ""


class KeyPoint(NamedTuple):
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


class FollowUp(NamedTuple):
    """What an interviewer asks next, and the key to it."""

    question: str
    key: str


class Interview(NamedTuple):
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


class Note(NamedTuple):
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
        tags: Its own, besides those of the deck.
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
    tags: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """Heading and prompt: all that is asked, with the cloze marks in it."""
        return f"{self.heading}\n\n{self.prompt}" if self.prompt else self.heading


class DeckFile(NamedTuple):
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
    waivers: Mapping[str, str] = _NONE
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether it must be left out of an import."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


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
