"""What was edited in Anki of a note that bedrill had exported, and the note with that edit."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from bedrill.deckfile.note_parser import read_note
from bedrill.formats import anki_notes
from bedrill.formats.html_to_markdown import cloze_markdown_of, markdown_of
from bedrill.note import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUESTION, _ANSWER = 0, 1
_NOT_TEXT = (4, 5, 6)
"""The card's name and the spare fields: a note that was renamed here since is no edit there."""


def edited_fields(text: str, slug: str, deck_id: str, fields: Sequence[str]) -> list[int]:
    """The fields that Anki has otherwise than the note `text` gives them, by their places; unicode forms aside."""
    ours = anki_notes.fields_of(read_note(text, slug), f"{deck_id}/{slug}")
    if len(ours) != len(fields):
        return []
    return [
        place
        for place, (one, other) in enumerate(zip(ours, fields, strict=True))
        if place not in _NOT_TEXT and _plain(one) != _plain(other)
    ]


def _plain(field: str) -> str:
    return unicodedata.normalize("NFC", field).strip()


def with_edits(text: str, slug: str, deck_id: str, fields: Sequence[str]) -> str | None:
    """
    The note with the question and answer that Anki has; all that was not edited stays as it was written.

    None where the edit is of something else, or the note has parts that the field does not show.
    """
    note = read_note(text, slug)
    edited = edited_fields(text, slug, deck_id, fields)
    if not edited or not {_QUESTION, _ANSWER}.issuperset(edited) or note.style in (Style.CHOICE, Style.TYPED):
        return None
    if _QUESTION in edited:
        read = cloze_markdown_of if note.style is Style.CLOZE else markdown_of
        question = read(fields[_QUESTION])
        if note.prompt or "\n" in question or not question or text.count(note.heading) != 1:
            return None
        text = text.replace(note.heading, question, 1)
    if _ANSWER in edited:
        answer = markdown_of(fields[_ANSWER])
        if not note.answer or text.count(note.answer) != 1 or not answer:
            return None
        text = text.replace(note.answer, answer, 1)
    return text
