"""
What travels between a collection and a file of any format: records, one for each thing that is told.

A reader of a format yields them, a writer takes them. First come a deck's `DeckRecord`, then its notes, each with its
cards and their answers. A reader gives what its file knows and leaves the rest at the defaults.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedrill.model import CardState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bedrill.clock import Clock
    from bedrill.config import Settings
    from bedrill.model import StudyDay, Tick
    from bedrill.note import Problem

NEW: CardState = CardState()


class SettingRecord(NamedTuple):
    """A setting, as text."""

    key: str
    value: str


class DeckRecord(NamedTuple):
    """A deck, without its notes; the fields are those of `DeckFile`."""

    deck_id: str
    title: str = ""
    lesson: int | None = None
    level: str = ""
    requires: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class ReviewRecord(NamedTuple):
    """
    An answer, or a change of the schedule by hand.

    Attributes:
        review_id: Epoch ms.
        rating: 1 to 4; 0 for kind MANUAL.
        kind: A `ReviewKind`.
        studied_on: Study day; None where the file knows only the instant.
        interval_s: As in `Review`.
        undone_at: Epoch ms; None while the answer stands.
        given: The state that a MANUAL row gives.
    """

    review_id: int
    rating: int
    kind: int
    interval_s: int
    duration_ms: int = 0
    studied_on: StudyDay | None = None
    device: str = ""
    undone_at: int | None = None
    ticks: tuple[Tick, ...] = ()
    transcript: str = ""
    given: CardState | None = None


class CardRecord(NamedTuple):
    """
    A card of a note.

    Attributes:
        ordinal: As bedrill counts: 0, or 1, 2, … among siblings.
        state: Where it stands. The collection replays the answers instead, where there are any.
        buried_until: Study day on which it is back.
    """

    ordinal: int
    guid: str = ""
    state: CardState = NEW
    suspended: bool = False
    buried_until: StudyDay | None = None
    flag: int = 0
    reviews: tuple[ReviewRecord, ...] = ()


class NoteRecord(NamedTuple):
    """
    A note with its cards.

    Attributes:
        text: As in a deck file, from its `##` on; "" where `make_text` gives it.
        guid: Its name wherever it goes; "" where the file gives none.
        slug: Its name in the deck; "" where one is to be made from the question.
        origin: Where the text stands, for messages: "line 7", "note 12".
        file_text_hash: Hash of the text that its deck file had; "" if that is `text`.
        changed_at: Epoch ms of the last change of its text; 0 if not known.
        edited_at, retired_at: Epoch ms, as in `StoredNote`.
        fields: The text as the other program has it, to tell what was edited there; () where that is not known.
        make_text: Works the text out, where that takes long and a note that has not changed does not need it.
    """

    deck_id: str
    text: str
    guid: str = ""
    slug: str = ""
    slug_is_derived: bool = False
    cards: tuple[CardRecord, ...] = ()
    changed_at: int = 0
    edited_at: int | None = None
    retired_at: int | None = None
    file_text_hash: str = ""
    origin: str = ""
    fields: tuple[str, ...] = ()
    make_text: Callable[[], str] | None = None

    def with_text(self) -> NoteRecord:
        """The record with its text worked out."""
        return self if self.make_text is None else self._replace(text=self.make_text(), make_text=None)


class MediaRecord(NamedTuple):
    """A file that notes show; `data` reads it."""

    name: str
    size_bytes: int
    data: Callable[[], bytes]


class ProblemRecord(NamedTuple):
    """Something that could not be read, or not be kept. With an ERROR nothing of the file is taken."""

    problem: Problem


class NoticeRecord(NamedTuple):
    """How a reader has understood its file, in words."""

    text: str


class ProgressRecord(NamedTuple):
    """How much of the file has been read, 0 to 1."""

    share: float


Record = SettingRecord | DeckRecord | NoteRecord | MediaRecord | ProblemRecord | NoticeRecord | ProgressRecord


class Context(NamedTuple):
    """
    What a writer may need besides the records.

    Attributes:
        settings: The user's.
        clock: Study days, by the settings; its `now` is the time of writing.
        media_folder: Where the files are that notes show.
        with_schedule: Whether the answers and states are wanted.
    """

    settings: Settings
    clock: Clock
    media_folder: Path
    with_schedule: bool = True
