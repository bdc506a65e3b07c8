"""Deck files into the collection: read, match with what is there, write the differences in one transaction."""

from __future__ import annotations

import contextlib
import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bedrill import formats
from bedrill.clock import epoch_ms
from bedrill.deckfile.faces import ordinals
from bedrill.deckfile.limits import MAX_DECK_BYTES
from bedrill.errors import NotFoundError, UsageError
from bedrill.identity import matches
from bedrill.model import DeckFile, Problem
from bedrill.store import catalog, notes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from bedrill.collection import Collection
    from bedrill.model import Note, StoredNote

SHIPPED: Final = "shipped"
FILE: Final = "file"


@dataclass(slots=True)
class ImportReport:
    """
    What an import did; counts are of notes.

    Attributes:
        added, updated, retired: Names, "deck/slug".
        unchanged: How many.
        conflicts: Names of notes whose file changed while the user's own text stands.
        decks: Ids of the decks that were taken.
        problems: Of files that were not taken, and warnings of those that were.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[str] = field(default_factory=list)
    decks: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """How many notes are not as they were."""
        return len(self.added) + len(self.updated) + len(self.retired)


@dataclass(frozen=True, slots=True)
class Source:
    """A deck file that was read: its bytes, and their hash."""

    path: str
    deck: DeckFile
    content_hash: str
    data: bytes = b""


class _DryRun(Exception):  # noqa: N818 - no error: it ends a transaction that is not to happen
    """Leaves the transaction without its changes."""


def deck_files(path: Path) -> list[Path]:
    """The files that importing `path` means: itself, or the deck files of a folder, by name."""
    if path.is_dir():
        found = sorted(p for p in path.iterdir() if p.suffix in formats.SUFFIXES and p.is_file())
        if not found:
            raise UsageError(f"no deck files in {path}", "deck files end in " + " or ".join(formats.SUFFIXES))
        return found
    if not path.exists():
        raise NotFoundError(f"no such file: {path}", "check the path")
    return [path]


def import_paths(collection: Collection, paths: Sequence[Path], *, dry_run: bool = False) -> ImportReport:
    """
    Import deck files and folders of them. A file with errors is left out whole; the others are taken.

    Without paths, every file that was imported before and has changed since.
    """
    given = [file.absolute() for path in paths for file in deck_files(path)]
    files = given if paths else _changed_files(collection)
    return import_files(collection, files, FILE, dry_run=dry_run)


def _changed_files(collection: Collection) -> list[Path]:
    """The user's files whose bytes are not those imported."""
    changed = []
    for file in catalog.files(collection.db):
        path = Path(file.path)
        if file.origin == FILE and path.is_file() and _hash(path.read_bytes()) != file.content_hash:
            changed.append(path)
    return changed


def _hash(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def read_file(path: Path) -> Source:
    """A deck file, parsed. Never raises: a file that cannot be read is a deck with one problem."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_DECK_BYTES + 1)
    except OSError as error:
        problem = Problem(str(path), 0, 1, "D1", f"cannot be read: {error.strerror}", "check the file's permissions")
        return Source(str(path), DeckFile(str(path), "", "", problems=(problem,)), "")
    return Source(str(path), formats.read(data, str(path)), _hash(data), data)


def import_files(collection: Collection, files: Iterable[Path], origin: str, *, dry_run: bool = False) -> ImportReport:
    """Import these deck files, in one transaction; `origin` is SHIPPED or FILE."""
    report = ImportReport()
    by_deck: defaultdict[str, list[Source]] = defaultdict(list)
    for file in files:
        source = read_file(file)
        report.problems += source.deck.problems
        if source.deck.has_errors:
            report.refused.append(source.path)
        else:
            by_deck[source.deck.deck_id].append(source)
    _refuse_clashes(by_deck, report)
    with contextlib.suppress(_DryRun), collection.transaction() as db:
        for deck_id, sources in by_deck.items():
            _Importer(db, epoch_ms(collection.now()), origin, report).take(deck_id, sources)
        if dry_run:
            raise _DryRun
    return report


def _refuse_clashes(by_deck: dict[str, list[Source]], report: ImportReport) -> None:
    """Two files of one deck must not use a slug twice: the later file is left out."""
    for sources in by_deck.values():
        seen: dict[str, str] = {}
        for source in list(sources):
            twice = [note for note in source.deck.notes if not note.slug_is_derived and note.slug in seen]
            for note in twice:
                message = f"the slug '{note.slug}' is taken by a note in {seen[note.slug]}"
                report.problems.append(Problem(source.path, note.line, 1, "N1", message, "give this one another"))
            if twice:
                sources.remove(source)
                report.refused.append(source.path)
            seen.update((note.slug, source.path) for note in source.deck.notes)


@dataclass(slots=True)
class _Importer:
    """Writes the differences of one deck."""

    db: sqlite3.Connection
    at_ms: int
    origin: str
    report: ImportReport

    def take(self, deck_id: str, sources: Sequence[Source]) -> None:
        """All files of one deck that are imported now."""
        deck_row = catalog.put_deck(self.db, _joined(sources))
        known = notes.of_deck(self.db, deck_row)
        file_rows = {
            source.path: catalog.put_file(self.db, source.path, deck_row, self.origin, source.content_hash, self.at_ms)
            for source in sources
        }
        incoming = [(note, source.path) for source in sources for note in source.deck.notes]
        found = matches(known, [note for note, _ in incoming])
        self._free_slugs(known, [(row, note) for row, (note, _) in zip(found, incoming, strict=True)])
        base = 0 if len(sources) > 1 or not known else self._first_position(known, file_rows)
        for place, (row, (note, path)) in enumerate(zip(found, incoming, strict=True), base):
            self._take_note(deck_id, deck_row, row, note, file_rows[path], place)
        kept = {row.row_id for row in found if row is not None}
        self._retire(deck_id, deck_row, known, kept, set(file_rows.values()))
        self.report.decks.append(deck_id)

    def _first_position(self, known: Sequence[StoredNote], file_rows: dict[str, int]) -> int:
        """Where a file's notes begin in a deck of several files: where they began before."""
        rows = set(file_rows.values())
        mine = [row.position for row in known if row.file_row in rows]
        others = [row.position for row in known if row.file_row not in rows and row.file_row is not None]
        return min(mine) if mine else max(others, default=-1) + 1

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
            notes.insert(self.db, deck_row, deck_id, file_row, note, ordinals(note), place, self.origin)
            self.report.added.append(name)
            return
        new_hash = notes.content_hash(note.text)
        is_new_text = new_hash != row.content_hash
        if row.edited_at is not None and is_new_text and note.text != row.text:
            self.report.conflicts.append(name)
        if row.edited_at is not None and note.text != row.text:
            notes.touch(self.db, row.row_id, file_row, place, new_hash)
            if row.retired_at is not None:
                notes.bring_back(self.db, row.row_id)
            self.report.unchanged += 1
            return
        if row.edited_at is not None:
            notes.mark_edited(self.db, row.row_id, None)
        if is_new_text or row.retired_at is not None or row.slug != note.slug:
            notes.update(self.db, row, deck_id, file_row, note, ordinals(note), place, new_hash)
        elif (row.file_row, row.position) != (file_row, place):
            notes.touch(self.db, row.row_id, file_row, place, new_hash)
        if is_new_text or row.retired_at is not None:
            self.report.updated.append(name)
        else:
            self.report.unchanged += 1

    def _retire(
        self, deck_id: str, deck_row: int, known: Sequence[StoredNote], kept: set[int], file_rows: set[int]
    ) -> None:
        """Notes that these files no longer have, and those of the deck's files that are gone."""
        gone = {
            file.row_id
            for file in catalog.files(self.db)
            if file.deck_row == deck_row and file.row_id not in file_rows and not Path(file.path).exists()
        }
        lost = [
            row
            for row in known
            if row.row_id not in kept
            and row.retired_at is None
            and (row.file_row is None or row.file_row in file_rows or row.file_row in gone)
        ]
        notes.retire(self.db, [row.row_id for row in lost], self.at_ms)
        self.report.retired += [f"{deck_id}/{row.slug}" for row in lost]
        catalog.drop_files(self.db, gone)


def _joined(sources: Sequence[Source]) -> DeckFile:
    """What the files of one deck say of it: the first that has a title of its own."""
    for source in sources:
        if source.deck.title != source.deck.deck_id:
            return source.deck
    return sources[0].deck
