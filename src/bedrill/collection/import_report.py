"""What an import did, whatever it read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bedrill.note import Problem

SAMPLES: Final = 3
"""So many notes of a file a dry run shows."""
MAX_NAMED: Final = 1_000
"""So many notes of each sort are named; a large import must not keep all names in memory."""


@dataclass(slots=True)
class ImportReport:
    """
    What an import did; counts are of notes.

    Attributes:
        added, updated, retired: Names, "deck/slug"; of very many only the first `MAX_NAMED`, see `total`.
        unchanged: How many.
        conflicts: Names of notes whose file changed while the user's own text stands.
        offered: Names of notes whose text was changed elsewhere, while that of the collection stands.
        decks: Ids of the decks that were taken.
        problems: Of files that were not taken, and warnings of those that were.
        refused: Files that were left out.
        notices: How files were understood, in words.
        samples: The first notes of a file, as they are now written.
        reviews_added: How many answers came along.
        media_added: How many files that notes show.
        left_out: Notes that could not be kept, of files whose others were taken.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    decks: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)
    reviews_added: int = 0
    media_added: int = 0
    left_out: int = 0
    unnamed: Counter[str] = field(default_factory=Counter)

    def count(self, what: str, name: str, by: int = 1) -> None:
        """One note more, or with `by` -1 one less, of those "added", "updated", "retired" or "offered"."""
        names: list[str] = getattr(self, what)
        if by < 0 and name in names:
            names.remove(name)
        elif by > 0 and len(names) < MAX_NAMED:
            names.append(name)
        else:
            self.unnamed[what] += by

    def join(self, other: ImportReport) -> None:
        """Take in what another import did."""
        for what in ("added", "updated", "retired", "offered"):
            for name in getattr(other, what):
                self.count(what, name)
            self.unnamed[what] += other.unnamed[what]
        self.conflicts += other.conflicts
        self.decks += [deck for deck in other.decks if deck not in self.decks]
        self.problems += other.problems
        self.refused += other.refused
        self.notices += other.notices
        self.samples += other.samples
        self.unchanged += other.unchanged
        self.reviews_added += other.reviews_added
        self.media_added += other.media_added
        self.left_out += other.left_out

    def total(self, what: str) -> int:
        """How many notes were "added", "updated", "retired" or "offered", those without their names included."""
        return len(getattr(self, what)) + self.unnamed[what]

    @property
    def changes(self) -> int:
        """How many notes are not as they were."""
        return self.total("added") + self.total("updated") + self.total("retired")
