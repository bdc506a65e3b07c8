"""New notes from elsewhere into the tables, a batch at a time: free slugs, guids, and a row for each card."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bedrill.deckfile.faces import ordinals
from bedrill.store import incoming, notes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence

    from bedrill.collection.import_report import ImportReport
    from bedrill.exchange import NoteRecord
    from bedrill.note import Note


class NewNotes:
    """
    Adds notes that the collection does not have.

    Attributes:
        first_row: The last row of the notes that were there before.
    """

    def __init__(
        self, db: sqlite3.Connection, report: ImportReport, *, origin: str, file_row: int | None, at_ms: int
    ) -> None:
        self.db, self.report, self.origin, self.file_row, self.at_ms = db, report, origin, file_row, at_ms
        self._note_row, self._card_row = incoming.last_rows(db)
        self.first_row = self._note_row
        self._numbers: dict[tuple[int, str], int] = {}

    def add(
        self, pairs: Sequence[tuple[NoteRecord, Note]], decks: Mapping[str, int], next_place: Callable[[str], int]
    ) -> list[tuple[NoteRecord, int]]:
        """
        Write new notes with their cards; returns their rows.

        Args:
            decks: The rows of their decks, by id.
            next_place: Gives the next position in a deck.
        """
        named = self._named(pairs, decks)
        asked = [ordinals(note) for _, note, _, _ in named]
        wanted = [f"{name}#{ordinal}" for (_, _, name, _), of in zip(named, asked, strict=True) for ordinal in of]
        card_guids = incoming.free_guids(self.db, "cards", wanted)
        note_rows, card_rows, made = [], [], []
        for (record, note, name, guid), of in zip(named, asked, strict=True):
            self._note_row += 1
            place = next_place(record.deck_id)
            tags = f" {' '.join(note.tags)} " if note.tags else ""
            file_hash = record.file_text_hash or notes.content_hash(note.text)
            deck = decks[record.deck_id]
            note_rows.append((
                self._note_row, deck, self.file_row, note.slug, note.slug_is_derived, note.kind, note.style,
                note.is_core, place, note.text, tags, file_hash, self.origin, guid, record.changed_at or self.at_ms,
                record.edited_at, record.retired_at,
            ))  # fmt: skip
            card_rows += self._cards(record, note, (deck, place, name), of, card_guids)
            made.append((record, self._note_row))
            self.report.count("added", name)
        incoming.insert_notes(self.db, note_rows)
        incoming.insert_cards(self.db, card_rows)
        return made

    def _named(
        self, pairs: Sequence[tuple[NoteRecord, Note]], decks: Mapping[str, int]
    ) -> list[tuple[NoteRecord, Note, str, str]]:
        """New notes with slugs that are free in their decks, their names "deck/slug", and guids."""
        slugs: defaultdict[int, list[str]] = defaultdict(list)
        for record, note in pairs:
            slugs[decks[record.deck_id]].append(note.slug)
        taken = {deck: set(incoming.notes_by_slug(self.db, deck, wanted)) for deck, wanted in slugs.items()}
        named: list[tuple[NoteRecord, Note, str]] = []
        for record, note in pairs:
            deck = decks[record.deck_id]
            slug = note.slug
            if slug in taken[deck]:
                slug = incoming.free_slug(self.db, deck, slug, taken[deck], self._numbers)
            taken[deck].add(slug)
            is_derived = note.slug_is_derived or slug != note.slug
            named.append((record, note._replace(slug=slug, slug_is_derived=is_derived), f"{record.deck_id}/{slug}"))
        given = {record.guid for record, _ in pairs if record.guid}
        made = incoming.free_guids(self.db, "notes", [name for record, _, name in named if not record.guid], given)
        used: set[str] = set()
        result: list[tuple[NoteRecord, Note, str, str]] = []
        for record, note, name in named:
            guid = record.guid or made[name]
            if guid in used:
                guid = notes.free_guid(self.db, "notes", f"{name}~{guid}")
            used.add(guid)
            result.append((record, note, name, guid))
        return result

    def _cards(
        self,
        record: NoteRecord,
        note: Note,
        place: tuple[int, int, str],
        asked: Sequence[int],
        guids: Mapping[str, str],
    ) -> list[tuple[object, ...]]:
        """The rows of a new note's cards: those that it asks, and those that it asked once."""
        deck, position, name = place
        given = {card.ordinal: card for card in record.cards}
        rows: list[tuple[object, ...]] = []
        for ordinal in sorted({*asked, *given}):
            card = given.get(ordinal)
            guid = (card.guid if card else "") or guids.get(f"{name}#{ordinal}", "")
            guid = guid or notes.free_guid(self.db, "cards", f"{name}#{ordinal}")
            self._card_row += 1
            retired = record.retired_at is not None or ordinal not in asked
            state = (card.suspended, card.buried_until, card.flag) if card else (False, None, 0)
            rows.append((
                self._card_row, self._note_row, deck, ordinal, guid, note.kind, note.is_core, position, *state, retired,
            ))  # fmt: skip
        return rows
