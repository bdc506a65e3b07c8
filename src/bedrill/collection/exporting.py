"""What the collection has, as the records that every format writes."""

from __future__ import annotations

import importlib
import io
from typing import IO, TYPE_CHECKING

from bedrill.collection import media, naming, pictures
from bedrill.errors import UsageError
from bedrill.exchange import NEW, Context, DeckRecord, MediaRecord, NoteRecord, SettingRecord
from bedrill.formats.writers import WRITERS
from bedrill.store import catalog, outgoing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bedrill.collection import Collection
    from bedrill.exchange import Record
    from bedrill.store.catalog import DeckRow


def records(
    collection: Collection, names: Sequence[str] = (), *, with_schedule: bool = True, name: str = ""
) -> Iterator[Record]:
    """
    Decks in the order of the course, each with its notes, their cards and, with the schedule, the answers to them.

    Args:
        names: DECK arguments; none for all decks.
        name: The format: JSON Lines have settings and media as well, packages and sheets name pictures as they are in
            the media folder.

    Raises:
        NotFoundError: One of the names means no deck.
    """
    decks = naming.decks_named(collection, names) if names else catalog.decks(collection.db)
    return _records(collection, decks, name, with_schedule=with_schedule)


def _records(collection: Collection, decks: Sequence[DeckRow], name: str, *, with_schedule: bool) -> Iterator[Record]:
    if name == "jsonl":
        for key, value in catalog.settings(collection.db).items():
            yield SettingRecord(key, value)
        yield from media_records(collection)
    for deck in decks:
        yield DeckRecord(deck.deck_id, deck.title, deck.lesson, deck.level, deck.requires, deck.tags)
        for note in outgoing.notes_of(collection.db, deck.row_id, deck.deck_id, with_reviews=with_schedule):
            if name in ("apkg", "html"):
                shown = pictures.with_flat_names(note.text, deck.deck_id, media.folder(collection))
                note = note._replace(text=shown)  # noqa: PLW2901 - the same note, with the names that pictures have
            if with_schedule:
                yield note
            elif note.retired_at is None:
                yield note._replace(cards=tuple(card._replace(state=NEW, suspended=False) for card in note.cards))


def format_of(name: str, out: str) -> str:
    """
    The format to write: `name`, or what the suffix of `out` says.

    Raises:
        UsageError: There is none.
    """
    suffix = out.rpartition(".")[2].lower() if "." in out else ""
    wanted = name or {"markdown": "md", "txt": "tsv"}.get(suffix, suffix)
    if wanted not in WRITERS:
        what = f"no format '{wanted}'" if wanted else f"{out} does not say which format"
        raise UsageError(what, "write --format " + ", ".join(WRITERS))
    return wanted


def write(name: str, records: Iterable[Record], file: IO[bytes], context: Context) -> None:
    """
    Write records in a format.

    Raises:
        ValueError: The format cannot hold them.
    """
    writer = WRITERS[name]
    module = importlib.import_module(f"bedrill.formats.{writer.module}")
    function = getattr(module, writer.function)
    if writer.is_binary:
        function(records, file, context)
        return
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    try:
        function(records, text, context)
    finally:
        text.detach()


class Counted:
    """Records that are counted as they pass."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = records
        self.decks = self.notes = self.answers = 0

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            if isinstance(record, DeckRecord):
                self.decks += 1
            elif isinstance(record, NoteRecord):
                self.notes += 1
                self.answers += sum(len(card.reviews) for card in record.cards)
            yield record

    def said(self) -> str:
        """The counts in words."""
        counts = ((self.decks, "deck"), (self.notes, "note"), (self.answers, "answer"))
        return ", ".join(f"{count} {noun}" if count == 1 else f"{count} {noun}s" for count, noun in counts)


def context(collection: Collection, *, with_schedule: bool) -> Context:
    """What a writer may need besides the records."""
    return Context(collection.settings, collection.clock, media.folder(collection), with_schedule)


def media_records(collection: Collection) -> Iterator[MediaRecord]:
    """Every file that is kept for the notes."""
    place = media.folder(collection)
    for path in sorted(place.iterdir()) if place.is_dir() else []:
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            yield MediaRecord(path.name, path.stat().st_size, path.read_bytes)
