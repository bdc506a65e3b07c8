"""
Which note of the collection a note of a file is: what keeps history when decks are edited. Pure.

An explicit slug is an identity. A derived one follows its question, so a reworded question is recognised by what
stayed: the text, the answer, or most of the question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from bedrill.deckfile.note_parser import read_note

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bedrill.note import Note, StoredNote

NEAR_EQUAL: Final = 0.75
"""Likeness (difflib ratio, 0 to 1) of two questions from which on they are one, reworded."""
RELATED: Final = 0.4
"""Likeness from which on two questions with the same answer are one, however short the answer."""
TELLING_ANSWER_CHARS: Final = 24
"""An answer of that length is enough of a sign by itself."""
MAX_PAIRS: Final = 100_000
"""More pairs than this are not compared: a deck that was rewritten whole has no reworded questions."""
COMPARED_CHARS: Final = 1_000
"""Of two questions, so much is compared where they are not equal: difflib takes the product of their lengths."""
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a note says, without its name and its attributes."""

    question: str
    answer: str

    @classmethod
    def by(cls, note: Note) -> _Said:
        question = _SPACE.sub(" ", f"{note.heading} {note.prompt}").strip().lower()
        choices = " ".join(choice.text for choice in note.choices)
        points = " ".join(point.text for point in note.interview.key_points) if note.interview else ""
        answer = _SPACE.sub(" ", f"{choices} {note.answer} {points}").strip().lower()
        return cls(question, answer)


def matches(known: Sequence[StoredNote], notes: Sequence[Note]) -> list[StoredNote | None]:
    """
    For each of `notes`, all from one deck, the note of the collection that it is, or None for a new one.

    No note of the collection is taken twice; retired ones count as well, so that a note that comes back finds itself.
    """
    result: list[StoredNote | None] = [None] * len(notes)
    free = {row.row_id: row for row in known}

    def take(condition: Callable[[Note], StoredNote | None]) -> None:
        for place, note in enumerate(notes):
            found = condition(note) if result[place] is None else None
            if found is not None:
                result[place] = free.pop(found.row_id)

    by_slug = {row.slug: row for row in known}
    take(lambda note: _still_free(free, by_slug.get(note.slug)) if not note.slug_is_derived else None)
    by_text = {row.text: row for row in reversed(known)}
    take(lambda note: _still_free(free, by_text.get(note.text)))
    open_notes = [place for place in range(len(notes)) if result[place] is None]
    if open_notes and free:
        _take_reworded(notes, open_notes, free, result)
    take(lambda note: _still_free(free, by_slug.get(note.slug)))
    return result


def _still_free(free: dict[int, StoredNote], row: StoredNote | None) -> StoredNote | None:
    return row if row is not None and row.row_id in free else None


def _take_reworded(
    notes: Sequence[Note], places: Sequence[int], free: dict[int, StoredNote], result: list[StoredNote | None]
) -> None:
    """Match by what the notes say, the best pairs first."""
    if len(places) * len(free) > MAX_PAIRS:
        return
    old = {row_id: _Said.by(read_note(row.text, row.slug)) for row_id, row in free.items()}
    pairs: list[tuple[float, int, int]] = []
    for place in places:
        new = _Said.by(notes[place])
        for row_id, said in old.items():
            may_be_renamed = notes[place].slug_is_derived or free[row_id].slug_is_derived
            likeness = _likeness(said, new, reworded=may_be_renamed)
            if free[row_id].slug == notes[place].slug:
                likeness += 0.01 if likeness else 0.0
            if likeness:
                pairs.append((-likeness, place, row_id))
    for _, place, row_id in sorted(pairs):
        if result[place] is None and row_id in free:
            result[place] = free.pop(row_id)


def _likeness(old: _Said, new: _Said, *, reworded: bool) -> float:
    """
    How sure it is that two notes are one: 0 for no, 1 to 3 otherwise.

    Two explicit slugs that differ are one note only if everything else is the same: `reworded` is False then.
    """
    if old.question == new.question:
        return 3.0 if old.answer == new.answer else 2.5 * reworded
    if not reworded:
        return 0.0
    matcher = SequenceMatcher(None, old.question[:COMPARED_CHARS], new.question[:COMPARED_CHARS], autojunk=False)
    ratio = matcher.ratio() if matcher.quick_ratio() >= RELATED else 0.0
    if old.answer == new.answer and (len(new.answer) >= TELLING_ANSWER_CHARS or ratio >= RELATED):
        return 2.0 + ratio / 4
    return 1.0 + ratio / 4 if ratio >= NEAR_EQUAL else 0.0
