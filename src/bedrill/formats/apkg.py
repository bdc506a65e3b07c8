"""
Anki's packages and collections as records: notes with their cards, schedule and history, and the media they show.

Note types are rendered by their templates, so that any becomes question and answer. A note whose cards ask different
things becomes one note for each; its guid is then the note's, with `#1`, `#2`, … behind it from the second card on.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bedrill.deckfile.slugs import deck_id_of
from bedrill.exchange import (
    CardRecord,
    DeckRecord,
    MediaRecord,
    NoteRecord,
    NoticeRecord,
    ProblemRecord,
    ProgressRecord,
    SettingRecord,
)
from bedrill.formats.anki_collection import catalog_of
from bedrill.formats.anki_fields import Side, sides_of
from bedrill.formats.anki_history import CardRow, LogRow, answers_of, state_of
from bedrill.formats.apkg_package import SQLITE, ZIP, opened, refuse
from bedrill.memory import DEFAULT_PARAMETERS
from bedrill.note import Problem, Severity

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bedrill.clock import Clock
    from bedrill.exchange import Record
    from bedrill.formats.anki_collection import Catalog
    from bedrill.formats.apkg_package import Opened

SUFFIXES: Final = (".apkg", ".colpkg", ".anki2", ".anki21")
_BATCH: Final = 200
_SUSPENDED: Final = -1
_BURIED: Final = (-2, -3)
_SHOWN: Final = re.compile(r"""src\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s>"']+))|\[sound:([^\[\]]+)\]""", re.IGNORECASE)
_CARDS: Final = (
    "SELECT id, nid, iif(odid, odid, did), ord, type, queue, iif(odid AND odue, odue, due), ivl, factor, reps, lapses, "
    "flags, data FROM cards WHERE nid"
)
_LOG: Final = "SELECT id, cid, ease, ivl, lastIvl, factor, time, type FROM revlog WHERE cid"


class _Note(NamedTuple):
    """A row of Anki's `notes`, as far as it is read."""

    note_id: int
    guid: str
    type_id: int
    changed_s: int
    tags: str
    fields: str


def recognises(head: bytes, path: str) -> bool:
    """Whether it is a zip or an SQLite file with a suffix of Anki's, or a zip with a collection in it."""
    return (head.startswith((ZIP, SQLITE)) and path.lower().endswith(SUFFIXES)) or (
        head.startswith(ZIP) and b"collection.anki2" in head
    )


def read(path: Path, shown: str, clock: Clock) -> Iterator[Record]:
    """
    Everything in a package: settings of a whole collection, media, decks, notes.

    Raises:
        DeckError: It is no package, is damaged, or is larger than it may be.
    """
    with opened(path) as package:
        yield from _Reader(package, shown, clock).records()


class _Reader:
    def __init__(self, package: Opened, shown: str, clock: Clock) -> None:
        self.package, self.shown, self.clock = package, shown, clock
        self.db = package.db
        self.catalog = _catalog_of(package.db)
        self.decks: dict[str, str] = {}

    def records(self) -> Iterator[Record]:
        """All records, settings and media first: notes refer to them."""
        yield from self._settings()
        yield from self._media()
        cursor = self.db.execute(
            "SELECT n.id, n.guid, n.mid, n.mod, n.tags, n.flds FROM notes n JOIN (SELECT nid, "
            "min(iif(type = 0, due, 0)) AS place FROM cards GROUP BY nid) c ON c.nid = n.id ORDER BY c.place, n.id"
        )
        total = max(1, self.db.execute("SELECT count(*) FROM notes").fetchone()[0])
        done = 0
        while rows := cursor.fetchmany(_BATCH):
            yield ProgressRecord(done / total)
            done += len(rows)
            notes = [_Note(row[0], str(row[1]), row[2], row[3], str(row[4]), str(row[5])) for row in rows]
            yield from self._batch(notes)

    def _settings(self) -> Iterator[Record]:
        """A whole collection brings the options of most of its decks along; of a deck FSRS parameters are named."""
        if not self.catalog.presets:
            return
        preset = Counter(self.catalog.presets.values()).most_common(1)[0][0]
        parameters = " ".join(str(number) for number in preset.parameters)
        if not self.package.is_whole:
            if parameters and preset.parameters != tuple(round(number, 4) for number in DEFAULT_PARAMETERS):
                yield NoticeRecord(
                    f"its FSRS parameters are its author's; to take them: fsrs_parameters '{parameters}'"
                )
            return
        told = {
            "fsrs_parameters": parameters,
            "desired_retention": str(preset.desired_retention),
            "learning_steps": _steps(preset.learning_steps),
            "relearning_steps": _steps(preset.relearning_steps),
            "new_per_day": str(preset.new_per_day),
            "reviews_per_day": str(preset.reviews_per_day),
            "day_start": "" if self.catalog.day_start_hour is None else f"{self.catalog.day_start_hour:02}:00",
        }
        yield from (SettingRecord(key, value) for key, value in told.items() if value)

    def _media(self) -> Iterator[Record]:
        names: set[str] = set()
        for (fields,) in self.db.execute("SELECT flds FROM notes WHERE flds LIKE '%src%' OR flds LIKE '%[sound:%'"):
            names.update(unicodedata.normalize("NFC", name) for name in names_shown(str(fields)))
        for name in sorted(names):
            found = self.package.media.get(name)
            if found is not None:
                yield MediaRecord(name, *found)

    def _batch(self, notes: Sequence[_Note]) -> Iterator[Record]:
        cards: dict[int, list[CardRow]] = {}
        for row in _where_in(self.db, _CARDS, [note.note_id for note in notes]):
            cards.setdefault(row[1], []).append(CardRow._make((*row[:-1], str(row[-1] or ""))))
        log: dict[int, list[LogRow]] = {}
        for row in _where_in(self.db, _LOG, [card.card_id for found in cards.values() for card in found]):
            log.setdefault(row[1], []).append(LogRow(*row))
        for note in notes:
            try:
                yield from self._note(note, sorted(cards.get(note.note_id, ()), key=lambda card: card.template), log)
            except (ValueError, OverflowError, TypeError) as error:
                message = f"note {note.note_id} cannot be read: {error}"
                yield ProblemRecord(Problem(self.shown, 0, 1, "A1", message, "look at it in Anki", Severity.WARNING))

    def _note(self, note: _Note, cards: Sequence[CardRow], log: dict[int, list[LogRow]]) -> Iterator[Record]:
        kind = self.catalog.types.get(note.type_id)
        if kind is None or not cards:
            return
        deck = self.catalog.decks.get(cards[0].deck_id) or "Anki"
        values = note.fields.split("\x1f")
        for side in sides_of(kind, note.type_id, values, [card.template for card in cards], deck, note.tags):
            if side.lost:
                yield ProblemRecord(
                    Problem(self.shown, 0, 1, "A2", f"note {note.note_id}: {side.lost}", "it is named", Severity.INFO)
                )
            yield from self._side(note, side, deck, cards, log)

    def _side(
        self, note: _Note, side: Side, deck: str, cards: Sequence[CardRow], log: dict[int, list[LogRow]]
    ) -> Iterator[Record]:
        deck_id = side.deck_id or deck_id_of(deck)
        if deck_id not in self.decks:
            self.decks[deck_id] = deck
            yield DeckRecord(deck_id, deck_id if side.deck_id else deck)
        yield NoteRecord(
            deck_id=deck_id,
            text="",
            make_text=side.text,
            guid=note.guid if not side.number else f"{note.guid}#{side.number}",
            slug=side.slug,
            cards=tuple(self._card(card, side, log) for card in cards if card.template in side.ordinals),
            changed_at=note.changed_s * 1000,
            origin=f"note {note.note_id}",
            fields=tuple(note.fields.split("\x1f")),
        )

    def _card(self, card: CardRow, side: Side, log: dict[int, list[LogRow]]) -> CardRecord:
        rows = sorted(log.get(card.card_id, ()))
        return CardRecord(
            ordinal=side.ordinals[card.template],
            state=state_of(card, rows, self.catalog, self.clock),
            suspended=card.queue == _SUSPENDED,
            buried_until=self.clock.today() + 1 if card.queue in _BURIED else None,
            flag=card.flags & 7,
            reviews=answers_of(rows, self.catalog, self.clock),
        )


def _catalog_of(db: sqlite3.Connection) -> Catalog:
    try:
        return catalog_of(db)
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError, RecursionError, OSError):
        raise refuse("is damaged: its note types and decks cannot be read") from None


def names_shown(fields: str) -> list[str]:
    """The files that the fields of a note show or play."""
    return list(dict.fromkeys(next(name for name in match if name) for match in _SHOWN.findall(fields)))


def _steps(minutes: Sequence[float]) -> str:
    """Steps as a setting says them."""
    return " ".join(f"{round(step * 60)}s" for step in minutes if math.isfinite(step * 60))


def _where_in(db: sqlite3.Connection, query: str, values: Sequence[int]) -> Iterator[Any]:
    for start in range(0, len(values), 500):
        chunk = values[start : start + 500]
        yield from db.execute(f"{query} IN ({', '.join('?' * len(chunk))})", chunk)
