"""Records to bedrill's own deck files: a deck to a text, with every slug, so that an import knows the notes again."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from bedrill.deckfile.note_parser import read_note
from bedrill.deckfile.writer import text_with_slug, write_deck
from bedrill.exchange import DeckRecord, NoteRecord
from bedrill.note import DeckFile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedrill.exchange import Context, Record


def write(records: Iterable[Record], file: IO[str], context: Context) -> None:
    """
    The one deck among the records.

    Raises:
        ValueError: There are several: a deck file holds one.
    """
    del context
    decks = texts(records)
    if len(decks) != 1:
        raise ValueError(f"a deck file holds one deck, not {len(decks)}")
    file.write(decks[0][1])


def texts(records: Iterable[Record]) -> list[tuple[str, str]]:
    """The id and the text of each deck that has notes. Retired notes are no part of a deck."""
    decks: dict[str, DeckRecord] = {}
    notes: dict[str, list[NoteRecord]] = {}
    for record in records:
        if isinstance(record, DeckRecord):
            decks[record.deck_id] = record
        elif isinstance(record, NoteRecord) and record.retired_at is None:
            notes.setdefault(record.deck_id, []).append(record)
    return [(deck_id, _text(decks[deck_id], found)) for deck_id, found in notes.items()]


def _text(deck: DeckRecord, notes: list[NoteRecord]) -> str:
    written = [read_note(text_with_slug(note.text, note.slug), note.slug) for note in notes]
    return write_deck(
        DeckFile(
            deck.deck_id,
            deck.deck_id,
            deck.title,
            lesson=deck.lesson,
            level=deck.level,
            requires=deck.requires,
            tags=deck.tags,
            notes=tuple(written),
        )
    )
