"""
Records to an Anki package that carries schedule, FSRS state and history.

The container is that of today's Anki (2.1.50, 2022, and later): a zip with a database of schema 11 and the files that
the notes show, each compressed by zstd. What each column must hold, so that Anki takes the history over and changes
nothing of it, was found by importing such packages into the real library.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import tempfile
import zipfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from bedrill.clock import epoch_ms
from bedrill.deckfile.note_parser import read_note
from bedrill.exchange import DeckRecord, NoteRecord
from bedrill.formats import anki_models, anki_notes
from bedrill.formats.anki_cards import CardWriter, is_untouched, stable_id
from bedrill.formats.anki_html import images_of, media_file
from bedrill.formats.protobuf import bytes_of
from bedrill.formats.zstd import compress, compressed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bedrill.exchange import Context, Record
    from bedrill.note import Note

DAY_ZERO: Final = 18_262
"""2020-01-01 as a study day: Anki's due days count from there, in every file alike."""
_CREATED_S: Final = DAY_ZERO * 86_400 + 4 * 3600
_SCHEMA: Final = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
  ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
  models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
  usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
  flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
  mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL,
  ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL,
  odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
  ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL,
  type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
"""
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""What no HTML has; one of them parts the fields of a note."""
_LAYOUT: Final = 3
"""`meta` of a package of the current layout."""
_BATCH: Final = 10_000
_BASIC_ID: Final = anki_models.BASIC.model_id


def write(records: Iterable[Record], file: IO[bytes], context: Context) -> None:
    """The package of the decks and notes among the records. Retired notes and cards stay at home."""
    with tempfile.TemporaryDirectory(prefix="bedrill-") as folder:
        path = Path(folder) / "collection.anki2"
        db = sqlite3.connect(path, isolation_level=None)
        try:
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "page_size = 16384"):
                db.execute(f"PRAGMA {pragma}")
            db.execute("BEGIN")
            _run(db, _SCHEMA)
            images = _Package(db, context).fill(records)
            db.execute("COMMIT")
        finally:
            db.close()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as package:
            package.writestr("meta", bytes_of({1: _LAYOUT}))
            with path.open("rb") as database, package.open("collection.anki21b", "w", force_zip64=True) as entry:
                compress(database, entry)
            found = (media_file(context.media_folder, name) for name in sorted(images))
            _write_media(package, [path for path in found if path is not None])


def _write_media(package: zipfile.ZipFile, paths: Iterable[Path]) -> None:
    """The files, each compressed, and the list that names them."""
    entries: list[bytes] = []
    for path in paths:
        data = path.read_bytes()
        digest = hashlib.sha1(data, usedforsecurity=False).digest()
        package.writestr(str(len(entries)), compressed(data))
        entries.append(bytes_of({1: path.name.encode(), 2: len(data), 3: digest}))
    package.writestr("media", compressed(b"".join(bytes_of({1: entry}) for entry in entries)))


def _run(db: sqlite3.Connection, script: str) -> None:
    """Several statements, without the commit that `executescript` makes."""
    for statement in script.split(";"):
        db.execute(statement)


class _Package:
    """Fills the database of a package."""

    def __init__(self, db: sqlite3.Connection, context: Context) -> None:
        self.db, self.context = db, context
        self.now_ms = epoch_ms(context.clock.now())
        self.cards = CardWriter(context, DAY_ZERO)
        self.decks: dict[str, tuple[int, str]] = {}
        self.deck_ids: dict[str, int] = {}
        self.images: set[str] = set()
        self.position = 0
        self._note_ids: set[int] = set()
        self._guids: set[str] = set()

    def fill(self, records: Iterable[Record]) -> set[str]:
        """Everything; returns the names of the files that the notes show."""
        batch: list[NoteRecord] = []
        for record in records:
            if isinstance(record, NoteRecord):
                if record.retired_at is None:
                    batch.append(record)
            elif isinstance(record, DeckRecord):
                self._deck(record)
            if len(batch) == _BATCH:
                self._notes(batch)
                batch = []
        self._notes(batch)
        self._collection()
        return self.images

    def _deck(self, deck: DeckRecord) -> tuple[int, str]:
        """The id of a deck in Anki, and the tags that all its notes have; the decks above it are made as well."""
        parts = anki_notes.deck_name(deck.title or deck.deck_id, deck.lesson).split("::")
        for count in range(1, len(parts) + 1):
            name = "::".join(parts[:count])
            if name not in self.deck_ids:
                self.deck_ids[name] = stable_id(f"deck {name}", set(self.deck_ids.values()))
        place = (self.deck_ids["::".join(parts)], _tags(deck.tags))
        self.decks[deck.deck_id] = place
        return place

    def _notes(self, batch: Sequence[NoteRecord]) -> None:
        note_rows: list[tuple[Any, ...]] = []
        card_rows: list[tuple[Any, ...]] = []
        review_rows: list[tuple[Any, ...]] = []
        for record in batch:
            deck_id, tags = self.decks.get(record.deck_id) or self._deck(DeckRecord(record.deck_id))
            note_id = self._id_of(record.guid)
            self.position += 1
            place = (note_id, deck_id, self.position)
            fields = anki_notes.plain_fields(record.text, f"{record.deck_id}/{record.slug}")
            if fields is not None:
                row = (note_id, record.guid, _BASIC_ID, record.changed_at // 1000, -1, tags, fields, 0, 0, 0, "")
                note_rows.append(row)
                if is_untouched(record.cards):
                    card_rows.append(self.cards.new(note_id, place))
                    continue
            note = read_note(record.text, record.slug)
            if fields is None:
                note_rows.append(self._note_row(note_id, record, note, tags))
            for card, reviews in self.cards.rows(record, note, place):
                card_rows.append(card)
                review_rows += reviews
        # In the order of their ids the rows of a batch go into the file without seeking back and forth.
        self.db.executemany(f"INSERT INTO notes VALUES ({_marks(11)})", sorted(note_rows))
        self.db.executemany(f"INSERT INTO cards VALUES ({_marks(18)})", sorted(card_rows))
        self.db.executemany(f"INSERT INTO revlog VALUES ({_marks(9)})", sorted(review_rows))

    def _id_of(self, guid: str) -> int:
        if guid in self._guids:  # Anki would add both, and update only one of them ever after
            raise ValueError(f"two notes have the guid {guid}")
        self._guids.add(guid)
        note_id = stable_id(guid, self._note_ids)
        self._note_ids.add(note_id)
        return note_id

    def _note_row(self, note_id: int, record: NoteRecord, note: Note, tags: str) -> tuple[Any, ...]:
        parts = anki_notes.fields_of(note, f"{record.deck_id}/{record.slug}")
        fields = "\x1f".join(_CONTROL.sub("", part) for part in parts)
        if "<img" in fields:
            self.images.update(images_of(fields))
        if note.tags or note.is_core:
            tags = _tags((*tags.split(), *note.tags, *(["core"] if note.is_core else [])))
        model_id = anki_notes.model_of(note).model_id
        return (note_id, record.guid, model_id, record.changed_at // 1000, -1, tags, fields, 0, 0, 0, "")

    def _collection(self) -> None:
        """The one row that names note types, decks and the preset."""
        models = {str(model.model_id): anki_models.as_json(model) for model in anki_models.MODELS}
        decks = {"1": _deck_json(1, "Default", 1, self.now_ms)} | {
            str(deck_id): _deck_json(deck_id, name, anki_models.PRESET_ID, self.now_ms)
            for name, deck_id in self.deck_ids.items()
        }
        # Without schedVer 2 Anki would take the file for one of its first scheduler and shift the ratings.
        conf = {
            "schedVer": 2, "sched2021": True, "creationOffset": 0, "rollover": 4, "nextPos": self.position + 1,
            "curDeck": 1, "activeDecks": [1], "curModel": str(anki_models.BASIC.model_id), "newSpread": 0,
            "collapseTime": 1200, "timeLim": 0, "estTimes": True, "dueCounts": True, "sortType": "noteFld",
            "sortBackwards": False, "addToCur": True, "dayLearnFirst": False,
        }  # fmt: skip
        presets = {"1": _preset(1, "Default", self.context), str(anki_models.PRESET_ID): _preset(
            anki_models.PRESET_ID, "bedrill", self.context
        )}  # fmt: skip
        self.db.execute(
            f"INSERT INTO col VALUES ({_marks(13)})",
            (
                1, _CREATED_S, self.now_ms, self.now_ms, 11, 0, 0, 0, json.dumps(conf), json.dumps(models),
                json.dumps(decks), json.dumps(presets), "{}",
            ),
        )  # fmt: skip


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _tags(tags: Sequence[str]) -> str:
    """Tags as Anki has them, where a space parts them."""
    written = " ".join(dict.fromkeys("_".join(tag.split()) for tag in tags))
    return f" {written} " if written else ""


def _deck_json(deck_id: int, name: str, preset: int, now_ms: int) -> dict[str, Any]:
    return {
        "id": deck_id, "name": name, "mod": now_ms // 1000, "usn": -1, "lrnToday": [0, 0], "revToday": [0, 0],
        "newToday": [0, 0], "timeToday": [0, 0], "collapsed": False, "browserCollapsed": False, "desc": "", "dyn": 0,
        "conf": preset, "extendNew": 0, "extendRev": 0,
    }  # fmt: skip


def _preset(preset_id: int, name: str, context: Context) -> dict[str, Any]:
    """Deck options that schedule as bedrill does."""
    settings = context.settings
    return {
        "id": preset_id, "name": name, "mod": 0, "usn": -1, "maxTaken": 60, "autoplay": True, "timer": 0,
        "replayq": True, "dyn": False, "newMix": 0, "interdayLearningMix": 0, "reviewOrder": 7, "newSortOrder": 1,
        "buryInterdayLearning": True, "desiredRetention": settings.desired_retention,
        "fsrsParams6": list(settings.fsrs_parameters), "fsrsWeights": [], "ignoreRevlogsBeforeDate": "",
        "new": {
            "bury": True, "delays": [seconds / 60 for seconds in settings.learning_steps],
            "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": settings.new_per_day,
        },
        "rev": {
            "bury": True, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": settings.maximum_interval_days,
            "perDay": settings.reviews_per_day, "hardFactor": 1.2,
        },
        "lapse": {
            "delays": [seconds / 60 for seconds in settings.relearning_steps], "leechAction": 1,
            "leechFails": settings.leech_lapses, "minInt": 1, "mult": 0.0,
        },
    }  # fmt: skip
