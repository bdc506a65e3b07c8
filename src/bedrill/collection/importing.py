"""Deck files into the collection: read, match with what is there, write the differences in one transaction."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bedrill.clock import epoch_ms
from bedrill.collection import pictures
from bedrill.collection.import_report import SAMPLES, ImportReport
from bedrill.collection.sources import deck_files, has_changed, read_file
from bedrill.deckfile.faces import ordinals
from bedrill.deckfile.note_parser import read_note
from bedrill.identity import matches
from bedrill.limits import MAX_NOTES
from bedrill.note import DeckFile, Problem
from bedrill.store import catalog, imported, notes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from bedrill.collection import Collection
    from bedrill.collection.sources import Source
    from bedrill.note import Note, StoredNote

SHIPPED: Final = "shipped"
FILE: Final = "file"


class _DryRun(Exception):  # noqa: N818 - no error: it ends a transaction that is not to happen
    """Leaves the transaction without its changes."""


def import_paths(collection: Collection, paths: Sequence[Path], *, dry_run: bool = False) -> ImportReport:
    """
    Import deck files and folders of them. A file with errors is left out whole; the others are taken.

    Without paths, every file that was imported before and has changed since.
    """
    given = [file.resolve() for path in paths for file in deck_files(path)]
    return import_files(collection, dict.fromkeys(given) if paths else changed_files(collection), FILE, dry_run=dry_run)


def changed_files(collection: Collection) -> list[Path]:
    """The user's files whose bytes are not those imported. A file that cannot be read counts as one: it is reported."""
    files = [file for file in imported.files(collection.db) if file.origin == FILE and Path(file.path).is_file()]
    return [Path(file.path) for file in files if has_changed(Path(file.path), file.content_hash)]


def import_files(
    collection: Collection, files: Iterable[Path], origin: str, *, dry_run: bool = False, format_name: str = ""
) -> ImportReport:
    """Import these deck files, in one transaction; `origin` is SHIPPED or FILE, `format_name` one of `FORMATS`."""
    report = ImportReport()
    by_deck: defaultdict[str, list[Source]] = defaultdict(list)
    for file in files:
        source = read_file(file, format_name)
        report.samples += [note.text for note in source.deck.notes[:SAMPLES]] if dry_run else []
        report.problems += source.deck.problems
        if source.deck.has_errors:
            report.refused.append(source.path)
        else:
            by_deck[source.deck.deck_id].append(source)
    for deck_id, sources in by_deck.items():
        _refuse_clashes(sources, _slugs_elsewhere(collection.db, deck_id, sources) if origin == FILE else {}, report)
    with contextlib.suppress(_DryRun), collection.transaction() as db:
        for deck_id, sources in by_deck.items():
            if sources:
                if origin == FILE and not dry_run:
                    for source in sources:
                        pictures.keep(collection, source.deck)
                _Importer(db, epoch_ms(collection.now()), origin, report).take(deck_id, sources)
        if dry_run:
            raise _DryRun
    return report


def _refuse_clashes(sources: list[Source], seen: dict[str, str], report: ImportReport) -> None:
    """Two files of one deck must not use a slug twice: the later file is left out. `seen`: slug to file."""
    for source in list(sources):
        twice = [note for note in source.deck.notes if note.slug in seen]
        for note in twice:
            message = f"the slug '{note.slug}' is taken by a note in {seen[note.slug]}"
            report.problems.append(Problem(source.path, note.line, 1, "N1", message, "give this one another"))
        if twice:
            sources.remove(source)
            report.refused.append(source.path)
        else:
            seen.update((note.slug, source.path) for note in source.deck.notes)


def _slugs_elsewhere(db: sqlite3.Connection, deck_id: str, sources: Sequence[Source]) -> dict[str, str]:
    """
    The slugs that a deck's other files have by now, and in which file.

    Only files that had one of the slugs of `sources` when they were imported are read again: a note that has left its
    file may turn up in another.
    """
    deck_row = next((deck.row_id for deck in catalog.decks(db) if deck.deck_id == deck_id), None)
    if deck_row is None:
        return {}
    wanted = {note.slug for source in sources for note in source.deck.notes}
    owners = {row.file_row for row in notes.of_deck(db, deck_row) if row.slug in wanted}
    mine = {source.path for source in sources}
    others = [file.path for file in imported.files(db) if file.row_id in owners and file.origin == FILE]
    decks = [read_file(Path(path)).deck for path in others if path not in mine]
    return {note.slug: deck.path for deck in decks if deck.deck_id == deck_id for note in deck.notes}


@dataclass(slots=True)
class _Importer:
    """Writes the differences of one deck."""

    db: sqlite3.Connection
    at_ms: int
    origin: str
    report: ImportReport

    def take(self, deck_id: str, sources: Sequence[Source]) -> None:
        """All files of one deck that are imported now."""
        deck_row = self._put_deck(deck_id, sources)
        self._leave_other_decks(deck_row, {source.path for source in sources})
        known = notes.of_deck(self.db, deck_row)
        file_rows = {
            source.path: imported.put_file(self.db, source.path, deck_row, self.origin, source.content_hash, self.at_ms)
            for source in sources
        }
        incoming = [(note, source.path) for source in sources for note in source.deck.notes]
        found = matches(known, [note for note, _ in incoming])
        self._free_slugs(known, [(row, note) for row, (note, _) in zip(found, incoming, strict=True)])
        gone = self._gone(deck_row, file_rows.values())
        places = _places(known, found, [file_rows[path] for _, path in incoming], gone)
        for row, (note, path), place in zip(found, incoming, places, strict=True):
            self._take_note(deck_id, deck_row, row, note, file_rows[path], place)
        kept = {row.row_id for row in found if row is not None}
        self._retire(deck_id, [row for row in known if row.row_id not in kept], gone | set(file_rows.values()))
        imported.drop_files(self.db, gone)
        self.report.decks.append(deck_id)

    def _put_deck(self, deck_id: str, sources: Sequence[Source]) -> int:
        """The deck's row. Some files of a deck that say nothing of it leave it as its other files have described it."""
        told = next((source.deck for source in sources if _describes(source.deck)), None)
        rows = {deck.deck_id: deck.row_id for deck in catalog.decks(self.db)} if told is None else {}
        if deck_id in rows:
            mine = {source.path for source in sources}
            files = [file for file in imported.files(self.db) if file.deck_row == rows[deck_id]]
            if any(file.path not in mine and Path(file.path).exists() for file in files):
                return rows[deck_id]
        return imported.put_deck(self.db, told or sources[0].deck)

    def _leave_other_decks(self, deck_row: int, paths: set[str]) -> None:
        """A file that has another `id` than before takes its notes out of the deck in which they were."""
        names = {deck.row_id: deck.deck_id for deck in catalog.decks(self.db)}
        for file in imported.files(self.db):
            if file.path in paths and file.deck_row != deck_row:
                known = [row for row in notes.of_deck(self.db, file.deck_row) if row.file_row == file.row_id]
                self._retire(names[file.deck_row], known, {file.row_id})

    def _gone(self, deck_row: int, file_rows: Iterable[int]) -> set[int]:
        """The deck's files that are no longer there, but for those that are imported now."""
        others = [
            file for file in imported.files(self.db) if file.deck_row == deck_row and file.row_id not in file_rows
        ]
        return {file.row_id for file in others if not Path(file.path).exists()}

    def _free_slugs(self, known: Sequence[StoredNote], pairs: Sequence[tuple[StoredNote | None, Note]]) -> None:
        """Move slugs out of the way that a note gives up or swaps, since they are unique in a deck."""
        wanted = {note.slug for _, note in pairs}
        kept = {row.row_id: note.slug for row, note in pairs if row is not None}
        for row in known:
            if row.slug in wanted and kept.get(row.row_id) != row.slug:
                notes.rename(self.db, row.row_id, f"{row.slug}~{row.row_id}")

    def _take_note(
        self, deck_id: str, deck_row: int, row: StoredNote | None, note: Note, file_row: int, place: int
    ) -> None:
        name = f"{deck_id}/{note.slug}"
        if row is None:
            notes.insert(self.db, deck_row, deck_id, file_row, note, ordinals(note), place, self.origin, self.at_ms)
            self.report.added.append(name)
            return
        new_hash = notes.content_hash(note.text)
        is_new_text = new_hash != row.content_hash
        if row.edited_at is not None and is_new_text and note.text != row.text:
            self.report.conflicts.append(name)
        if row.edited_at is not None and note.text != row.text:
            notes.touch(self.db, row.row_id, file_row, note, place, new_hash)
            if row.retired_at is None:
                self.report.unchanged += 1
            else:
                notes.bring_back(self.db, row.row_id, ordinals(read_note(row.text)))
                self.report.updated.append(name)
            return
        if row.edited_at is not None:
            notes.mark_edited(self.db, row.row_id, None)
        if is_new_text or row.retired_at is not None or row.slug != note.slug:
            notes.update(self.db, row, deck_id, file_row, note, ordinals(note), place, new_hash, self.at_ms)
        elif (row.file_row, row.position) != (file_row, place):
            notes.touch(self.db, row.row_id, file_row, note, place, new_hash)
        if is_new_text or row.retired_at is not None:
            self.report.updated.append(name)
        else:
            self.report.unchanged += 1

    def _retire(self, deck_id: str, missing: Sequence[StoredNote], file_rows: set[int]) -> None:
        """Those of the missing notes that these files had, or no file."""
        lost = [row for row in missing if row.retired_at is None and (row.file_row or 0) in {0, *file_rows}]
        notes.retire(self.db, [row.row_id for row in lost], self.at_ms)
        self.report.retired += [f"{deck_id}/{row.slug}" for row in lost]


def _describes(deck: DeckFile) -> bool:
    """Whether a file says anything of its deck besides its name."""
    return deck.title != deck.deck_id or bool(deck.lesson or deck.level or deck.requires or deck.tags)


def _places(
    known: Sequence[StoredNote], found: Sequence[StoredNote | None], file_rows: Sequence[int], gone: set[int]
) -> list[int]:
    """
    Positions for the notes of some files, one for each of `file_rows`.

    The files of a deck follow each other in the order in which they came; one that was renamed keeps its turn.
    """
    turns = {row.file_row: row.position // MAX_NOTES for row in known if row.file_row is not None}
    following = max(turns.values(), default=-1) + 1
    places: list[int] = []
    taken: dict[int, int] = {}
    for row, file_row in zip(found, file_rows, strict=True):
        if file_row not in turns:
            before = row.file_row if row is not None and row.file_row in gone else None
            turns[file_row] = following if before is None else turns[before]
            following = max(following, turns[file_row] + 1)
        taken[file_row] = taken.get(file_row, -1) + 1
        places.append(turns[file_row] * MAX_NOTES + taken[file_row])
    return places
