"""Any file into the collection: which format it is, and which way it goes in."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bedrill import formats
from bedrill.clock import epoch_ms
from bedrill.collection import answering, importing, media, sources
from bedrill.collection.import_report import SAMPLES, ImportReport
from bedrill.collection.importing import FILE
from bedrill.collection.merging import Merger
from bedrill.config import KEYS, text_of, with_setting
from bedrill.errors import BedrillError, UsageError
from bedrill.exchange import (
    DeckRecord,
    MediaRecord,
    NoteRecord,
    NoticeRecord,
    ProblemRecord,
    ProgressRecord,
    SettingRecord,
)
from bedrill.note import Problem, Severity
from bedrill.store import catalog, imported, incoming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from bedrill.collection import Collection
    from bedrill.exchange import Record
    from bedrill.formats import StreamFormat

MAX_PROBLEMS: Final = 200
"""So many of one file are listed; after so many errors reading stops."""


class _Refused(Exception):  # noqa: N818 - it ends a transaction that is not to happen
    """Leaves the transaction without its changes."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What the user asks of an import.

    Attributes:
        format_name: One of `formats.NAMES`; "" lets the content decide.
        takes_edits: Whether texts that were changed elsewhere replace those of the collection.
        progress: Told how much of a file has been read, 0 to 1.
    """

    dry_run: bool = False
    format_name: str = ""
    takes_edits: bool = False
    progress: Callable[[float], None] | None = None


DEFAULTS: Final = Wanted()


def import_paths(collection: Collection, paths: Sequence[Path], wanted: Wanted = DEFAULTS) -> ImportReport:
    """
    Import files of any format, and what a folder has of them. Each file is taken whole or not at all.

    Without paths, every file that was imported before and has changed since.

    Raises:
        NotFoundError: There is no such file.
        UsageError: A folder has nothing to import, or the format is not known.
    """
    files = _files(paths) if paths else importing.changed_files(collection)
    streams = {file: formats.stream_of(file, wanted.format_name) for file in files}
    decks = [file for file, stream in streams.items() if stream is None]
    report = importing.import_files(collection, decks, FILE, dry_run=wanted.dry_run, format_name=wanted.format_name)
    for file, stream in streams.items():
        if stream is not None:
            _take_stream(collection, file, stream, wanted, report)
    return report


def _files(paths: Sequence[Path]) -> list[Path]:
    """The files that some paths mean, each once. In a folder, texts without cards are notes, and no decks."""
    found: dict[Path, None] = {}
    for path in paths:
        files = [file.resolve() for file in sources.deck_files(path)]
        found |= dict.fromkeys(file for file in files if not path.is_dir() or sources.has_cards(file))
    return list(found)


def _take_stream(
    collection: Collection, path: Path, stream: StreamFormat, wanted: Wanted, report: ImportReport
) -> None:
    """Everything in one file, in one transaction."""
    shown = sources.shown_path(path)
    part = ImportReport()
    with contextlib.suppress(_Refused), collection.transaction() as db:
        file_row = _file_row(collection, path, stream) if stream.is_edited else None
        intake = _Intake(collection, shown, part, wanted)
        merger = Merger(
            collection,
            db,
            part,
            shown,
            origin=FILE if stream.is_edited else stream.name,
            file_row=file_row,
            takes_edits=wanted.takes_edits,
        )
        try:
            merger.take(intake.sorted_out(stream.read(path, shown, collection.clock)))
            if intake.has_settings:
                answering.rebuild(collection)
        except BedrillError as error:
            part.problems.append(Problem(shown, 0, 1, "D1", error.message, error.hint))
        if any(problem.severity is Severity.ERROR for problem in part.problems):
            part.refused.append(shown)
        if part.refused or wanted.dry_run:
            intake.take_media_back()
            raise _Refused
    collection.load_settings()  # those of a file that was not taken are gone
    if part.refused:
        part = ImportReport(problems=part.problems, refused=part.refused, notices=part.notices)
    report.join(part)


def _file_row(collection: Collection, path: Path, stream: StreamFormat) -> int:
    """The row of a file that is edited and imported again; its deck is named by the file."""
    deck_id = stream.deck_id(path)
    deck = incoming.deck_row(collection.db, DeckRecord(deck_id))
    at_ms = epoch_ms(collection.now())
    return imported.put_file(collection.db, str(path), deck, FILE, sources.file_hash(path), at_ms)


class _Intake:
    """Takes from the records what is no note: settings, problems, pictures."""

    def __init__(self, collection: Collection, path: str, report: ImportReport, wanted: Wanted) -> None:
        self.collection, self.path, self.report, self.wanted = collection, path, report, wanted
        self.renamed: dict[str, str] = {}
        self.has_settings = False
        self.errors = 0
        self._had: frozenset[str] | None = None

    def sorted_out(self, records: Iterable[Record]) -> Iterator[DeckRecord | NoteRecord]:
        """The decks and notes among the records, in their order. After very many errors nothing more is read."""
        for record in records:
            if isinstance(record, DeckRecord):
                yield record
            elif isinstance(record, NoteRecord):
                if self.wanted.dry_run and len(self.report.samples) < SAMPLES:
                    self.report.samples.append(record.with_text().text)
                yield self._with_media(record) if self.renamed else record
            else:
                self._other(record)
            if self.errors >= MAX_PROBLEMS:
                return

    def _other(self, record: Record) -> None:
        """What is neither deck nor note."""
        match record:
            case ProblemRecord():
                self._problem(record.problem)
            case NoticeRecord():
                self.report.notices.append(record.text)
            case SettingRecord():
                self._setting(record)
            case MediaRecord():
                self._media(record)
            case ProgressRecord() if self.wanted.progress is not None:
                self.wanted.progress(record.share)

    def _problem(self, problem: Problem) -> None:
        """The first of them are listed; a note that was left out counts in any case."""
        self.errors += problem.severity is Severity.ERROR
        self.report.left_out += problem.severity is Severity.WARNING
        if len(self.report.problems) < MAX_PROBLEMS or self.errors == 1:
            self.report.problems.append(problem)

    def _setting(self, record: SettingRecord) -> None:
        """A setting that the user has not set; others stay. One that cannot be meant is passed over."""
        try:
            with_value = with_setting(self.collection.settings, record.key, record.value)
        except BedrillError:
            return
        if record.key in KEYS and record.key not in catalog.settings(self.collection.db):
            catalog.put_setting(self.collection.db, record.key, text_of(with_value, record.key))
            self.collection.load_settings()
            self.has_settings = True

    def _media(self, record: MediaRecord) -> None:
        if not self.wanted.dry_run:
            if self._had is None:
                self._had = media.names(self.collection)
            kept = media.keep(self.collection, record)
            if kept != record.name:
                self.renamed[record.name] = kept
        self.report.media_added += 1

    def take_media_back(self) -> None:
        """Take away the files that came with what is not taken."""
        if self._had is not None:
            media.drop(self.collection, media.names(self.collection) - self._had)

    def _with_media(self, record: NoteRecord) -> NoteRecord:
        """The note with the names that its pictures have here."""
        text = record.with_text().text
        for name, kept in self.renamed.items():
            text = text.replace(f"]({name})", f"]({kept})").replace(f"](<{name}>)", f"](<{kept}>)")
        return record._replace(text=text, make_text=None)


def format_named(name: str) -> str:
    """
    `name`, if it is a format that can be read.

    Raises:
        UsageError: It is none.
    """
    if name and name not in formats.NAMES:
        raise UsageError(f"no format '{name}'", "formats are " + ", ".join(formats.NAMES))
    return name
