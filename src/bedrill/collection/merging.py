"""
Records from another program or another copy into the collection: notes first, then what was answered.

Merging the same records twice changes nothing. Notes are known by their guid, or by their slug where a file gives no
guid; a note of the collection that the user or a deck file has written is not overwritten, its change is offered.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from bedrill.clock import epoch_ms
from bedrill.collection import media, pictures
from bedrill.collection.merging_history import HistoryMerger
from bedrill.collection.merging_notes import NewNotes
from bedrill.deckfile.faces import ordinals
from bedrill.deckfile.note_parser import read_note
from bedrill.deckfile.slugs import slugify
from bedrill.exchange import DeckRecord, NoteRecord
from bedrill.identity import MAX_PAIRS, matches
from bedrill.limits import MAX_NOTE_CHARS, MAX_NOTES
from bedrill.note import Problem, Severity
from bedrill.store import incoming, notes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from bedrill.collection import Collection
    from bedrill.collection.import_report import ImportReport
    from bedrill.note import Note
    from bedrill.store.incoming import KnownNote

OURS: Final = ("shipped", "file")
"""Notes of these origins are written in files; what comes by an exchange does not overwrite them."""
BATCH: Final = 500
"""So many notes are held in memory at a time."""


class Merger:
    """
    Takes the records of one source.

    Args:
        origin: What the notes are from: FILE for one that is edited and imported again, else the program's name.
        file_row: The file whose notes these are; those that it no longer has are retired. None for an exchange, where
            absence says nothing.
        takes_edits: Whether texts that were changed elsewhere go before those of the collection.
    """

    def __init__(
        self,
        collection: Collection,
        db: sqlite3.Connection,
        report: ImportReport,
        path: str,
        *,
        origin: str,
        file_row: int | None = None,
        takes_edits: bool = False,
    ) -> None:
        self.collection, self.db, self.report, self.path = collection, db, report, path
        self.origin, self.file_row, self.takes_edits = origin, file_row, takes_edits
        self.at_ms = epoch_ms(collection.now())
        self.decks: dict[str, int] = {}
        self.places: dict[str, int] = {}
        self.history = HistoryMerger(collection, db)
        self._new = NewNotes(db, report, origin=origin, file_row=file_row, at_ms=self.at_ms)
        incoming.start_seeing(db)

    def take(self, records: Iterable[DeckRecord | NoteRecord]) -> None:
        """All of them, then what can only be said at the end."""
        batch: list[NoteRecord] = []
        for record in records:
            if isinstance(record, DeckRecord):
                self._deck(record)
                continue
            batch.append(record)
            if len(batch) == BATCH:
                self._take_batch(batch)
                batch = []
        self._take_batch(batch)
        if self.file_row is not None:
            self._retire_missing(self.file_row)
        incoming.index_new(self.db, self._new.first_row)
        self.report.reviews_added += self.history.finish()
        if self.history.skipped_future:
            message = f"{self.history.skipped_future} answers lie in the future and were left out"
            hint = "see that the clocks are right, here and there, and import again"
            self.report.problems.append(Problem(self.path, 0, 1, "M1", message, hint, Severity.INFO))

    def _deck(self, deck: DeckRecord) -> int:
        row = self.decks.get(deck.deck_id)
        if row is None:
            row = self.decks[deck.deck_id] = incoming.deck_row(self.db, deck)
            self.places[deck.deck_id] = incoming.next_turn(self.db, row, self.file_row, MAX_NOTES)
            self.report.decks.append(deck.deck_id)
        return row

    def _take_batch(self, batch: Sequence[NoteRecord]) -> None:
        by_guid = incoming.notes_by_guid(self.db, [record.guid for record in batch if record.guid])
        rows: list[tuple[NoteRecord, int]] = []
        pairs: list[tuple[NoteRecord, Note]] = []
        for record in batch:
            known = by_guid.get(record.guid) if record.guid else None
            if known is not None and self.file_row is None and 0 < record.changed_at <= known.changed_at:
                rows.append((record, known.row_id))  # nothing new: its text need not be worked out
                self.report.unchanged += 1
                continue
            told = record.with_text()
            if len(told.text) > MAX_NOTE_CHARS:
                self._refuse(record, f"a note of more than {MAX_NOTE_CHARS} characters", "split it")
            else:
                pairs.append((told, self._note_of(told)))
        found = self._known(pairs, by_guid)
        rows += [self._take_note(record, note, row) for (record, note), row in zip(pairs, found, strict=True) if row]
        new = [pair for pair, row in zip(pairs, found, strict=True) if row is None]
        for record, _ in new:
            self._deck(DeckRecord(record.deck_id))
        rows += self._new.add(new, self.decks, self._next_place)
        incoming.see(self.db, [row for _, row in rows])
        self.history.take(rows)

    def _refuse(self, record: NoteRecord, message: str, hint: str) -> None:
        """A note that cannot be kept: a fault of a file that people edit; of an exchange the rest is taken."""
        where = f"{record.origin}: " if record.origin else ""
        severity = Severity.WARNING if self.file_row is None else Severity.ERROR
        self.report.problems.append(Problem(self.path, 0, 1, "D4", where + message, hint, severity))
        self.report.left_out += 1

    @staticmethod
    def _note_of(record: NoteRecord) -> Note:
        note = read_note(record.text, record.slug)
        if not note.slug:
            note = note._replace(
                slug=slugify(note.heading if any(c.isalnum() for c in note.heading) else note.question)
            )
        return note._replace(slug_is_derived=record.slug_is_derived or note.slug_is_derived)

    def _known(
        self, pairs: Sequence[tuple[NoteRecord, Note]], by_guid: Mapping[str, KnownNote]
    ) -> list[KnownNote | None]:
        """The note of the collection that each record is, or None for a new one. None is taken twice."""
        wanted: defaultdict[str, list[str]] = defaultdict(list)
        for record, note in pairs:
            if not record.guid:
                wanted[record.deck_id].append(note.slug)
        by_slug = {
            deck_id: incoming.notes_by_slug(self.db, self._deck(DeckRecord(deck_id)), slugs)
            for deck_id, slugs in wanted.items()
        }
        taken: set[int] = set()
        found: list[KnownNote | None] = []
        for record, note in pairs:
            row = by_guid.get(record.guid) if record.guid else by_slug[record.deck_id].get(note.slug)
            if row is not None and (row.row_id in taken or (not record.guid and incoming.is_seen(self.db, row.row_id))):
                row = None
            if row is not None:
                taken.add(row.row_id)
            found.append(row)
        return found

    def _take_note(self, record: NoteRecord, note: Note, known: KnownNote) -> tuple[NoteRecord, int]:
        """A note that the collection has: its text stays, is replaced, or is offered."""
        name = f"{record.deck_id}/{known.slug}"
        is_ours = known.edited_at is not None or (self.file_row is None and known.origin in OURS)
        is_newer = not record.changed_at or record.changed_at > known.changed_at
        text = self._new_text(record, note, known, is_ours=is_ours) if is_newer else known.text
        if text == known.text:
            self._keep(record, known)
        elif text is None or (is_ours and not self.takes_edits):
            self.report.count("offered", name)
            self.report.unchanged += 1
        else:
            self._replace(record, known, text, is_ours=is_ours)
            self.report.count("updated", name)
        return record, known.row_id

    def _new_text(self, record: NoteRecord, note: Note, known: KnownNote, *, is_ours: bool) -> str | None:
        """What a note says in the record; None where that cannot be written without losing what only we have."""
        if not record.fields or not is_ours:
            return note.text
        from bedrill.formats import anki_edits  # noqa: PLC0415 - only for an exchange with Anki

        text = pictures.with_flat_names(known.text, record.deck_id, media.folder(self.collection))
        told = (text, known.slug, record.deck_id, record.fields)
        return anki_edits.with_edits(*told) if anki_edits.edited_fields(*told) else known.text

    def _keep(self, record: NoteRecord, known: KnownNote) -> None:
        """The text is the same; the note may have another place in its file, or be back in it."""
        if self.file_row is None:
            self.report.unchanged += 1
            return
        stored, place = notes.by_row(self.db, known.row_id), self._next_place(record.deck_id)
        note = read_note(known.text, known.slug)._replace(slug=known.slug, slug_is_derived=stored.slug_is_derived)
        if known.retired_at is not None:
            notes.update(
                self.db,
                stored,
                record.deck_id,
                self.file_row,
                note,
                ordinals(note),
                place,
                stored.content_hash,
                self.at_ms,
            )
            self.report.count("updated", f"{record.deck_id}/{known.slug}")
            return
        if (known.file_row, known.position) != (self.file_row, place):
            notes.touch(self.db, known.row_id, self.file_row, note, place, stored.content_hash)
        self.report.unchanged += 1

    def _replace(self, record: NoteRecord, known: KnownNote, text: str, *, is_ours: bool) -> None:
        """Give a note another text; its slug and its cards' histories stay."""
        stored = notes.by_row(self.db, known.row_id)
        note = read_note(text, known.slug)._replace(slug=known.slug, slug_is_derived=stored.slug_is_derived)
        is_file = self.file_row is not None
        place = self._next_place(record.deck_id) if is_file else known.position
        file_row = self.file_row if is_file else known.file_row
        new_hash = notes.content_hash(text) if is_file else stored.content_hash
        at_ms = record.changed_at or self.at_ms
        notes.update(self.db, stored, record.deck_id, file_row, note, ordinals(note), place, new_hash, at_ms)
        if is_ours:
            notes.mark_edited(self.db, known.row_id, at_ms)

    def _next_place(self, deck_id: str) -> int:
        place = self.places[deck_id]
        self.places[deck_id] += 1
        return place

    def _retire_missing(self, file_row: int) -> None:
        """Notes that the file had and has no longer; those that it only words anew go on."""
        gone = incoming.unseen_of_file(self.db, file_row)
        new = incoming.notes_behind(self.db, self._new.first_row)
        if gone and new and len(gone) * len(new) <= MAX_PAIRS:
            gone = self._keep_reworded(gone, new)
        for row in gone:
            self.report.count("retired", incoming.name_of(self.db, row))
        notes.retire(self.db, gone, self.at_ms)

    def _keep_reworded(self, gone: Sequence[int], new: Sequence[int]) -> list[int]:
        """Give the missing notes the texts of the new ones that they are; returns those that are really gone."""
        old = [notes.by_row(self.db, row) for row in gone]
        fresh = [notes.by_row(self.db, row) for row in new]
        worded = [read_note(row.text)._replace(slug=row.slug, slug_is_derived=True) for row in fresh]
        kept: set[int] = set()
        for row, stored, note in zip(matches(old, worded), fresh, worded, strict=True):
            if row is None:
                continue
            name = incoming.name_of(self.db, stored.row_id)
            incoming.drop_new(self.db, stored.row_id)
            hashed = notes.content_hash(note.text)
            deck_id = name.partition("/")[0]
            notes.update(
                self.db, row, deck_id, self.file_row, note, ordinals(note), stored.position, hashed, self.at_ms
            )
            kept.add(row.row_id)
            self.report.count("added", name, by=-1)
            self.report.count("updated", name)
        return [row for row in gone if row not in kept]
