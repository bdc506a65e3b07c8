"""What was read from the pages of a damaged collection, told apart by its shape, into the tables of a new one."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.config import KEYS
from bedrill.model import Rating, ReviewKind
from bedrill.store.connection import transaction
from bedrill.store.notes import free_guid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedrill.store.pages import Row

TABLES: Final = (
    "decks", "files", "notes", "cards", "reviews", "undos", "given_states", "ticks", "transcripts", "settings", "meta",
)  # fmt: skip
"""Those that are read, parents first. The others are made from them again."""
_MAX_MS: Final = 1 << 43
"""No answer is of a later instant: the year 2248."""
_OF_REVIEWS: Final = ("undos", "given_states", "ticks", "transcripts")
_MUTABLE: Final = ("decks", "files", "notes", "cards", "settings", "meta")
_STAND_INS: Final = {
    "cards": """
        INSERT INTO cards (id, note_id, deck_id, ordinal, guid, kind, is_core, position, retired)
        SELECT DISTINCT card_id, -card_id, -1, 0, 'unread-' || card_id, 'concept', 0, 0, 1
        FROM reviews WHERE card_id NOT IN (SELECT id FROM cards)
    """,
    "notes": """
        INSERT INTO notes (id, deck_id, slug, slug_is_derived, kind, style, is_core, position, text, content_hash,
                           origin, retired_at)
        SELECT note_id, min(deck_id), 'unread-' || abs(note_id), 1, 'concept', 'plain', 0, 0,
               '## This note could not be read' || char(10, 10) || 'Its answers are kept.', '', 'salvage', :at
        FROM cards WHERE note_id NOT IN (SELECT id FROM notes) GROUP BY note_id
    """,
    "decks": """
        INSERT INTO decks (id, deck, title, level, requires, tags)
        SELECT DISTINCT deck_id, 'unread' || deck_id, 'What could not be read', '', '', ''
        FROM (SELECT deck_id FROM notes UNION SELECT deck_id FROM cards) WHERE deck_id NOT IN (SELECT id FROM decks)
    """,
    "retired": "UPDATE cards SET retired = 1 WHERE note_id IN (SELECT id FROM notes WHERE origin = 'salvage')",
}
"""What stands for a row that could not be read, by its table, in the order in which they need each other."""
_TYPES: Final = {"INTEGER": (int,), "REAL": (int, float), "TEXT": (str,)}


class _Column(NamedTuple):
    name: str
    types: tuple[type, ...]
    is_optional: bool


class Shapes:
    """Tells which table a row is of, by what its columns hold."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.columns: dict[str, list[_Column]] = {}
        self._has_rowid: dict[str, bool] = {}
        for table in TABLES:
            told = db.execute(f"PRAGMA table_info({table})").fetchall()
            keys = [name for _, name, _, _, _, key in told if key]
            sql: str = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
            self._has_rowid[table] = "WITHOUT ROWID" not in sql
            alias = keys[0] if self._has_rowid[table] else ""
            self.columns[table] = [
                _Column(name, (type(None),) if name == alias else _TYPES[kind], not must and name not in keys)
                for _, name, kind, must, _, _ in told
            ]

    def table_of(self, row: Row) -> str:
        """The table whose row this is, "" for none of them."""
        return next((table for table in TABLES if self._fits(table, row)), "")

    def _fits(self, table: str, row: Row) -> bool:
        columns = self.columns[table]
        if self._has_rowid[table] is (row.rowid is None):
            return False
        if len(row.values) != len(columns):
            return False
        for column, value in zip(columns, row.values, strict=True):
            if not isinstance(value, column.types) and not (value is None and column.is_optional):
                return False
        return _is_plausible(table, row)


def _is_plausible(table: str, row: Row) -> bool:
    """What the types alone do not say."""
    if table == "reviews":
        _, _, rating, kind, _, elapsed, interval, duration, _ = row.values
        is_answer = rating in (0, *Rating) and kind in tuple(ReviewKind)
        is_in_order = all(isinstance(each, int) and each >= 0 for each in (elapsed, interval, duration))
        return is_answer and is_in_order and 0 < (row.rowid or 0) < _MAX_MS
    if table == "settings":
        return row.values[0] in KEYS
    return True


def told_apart(db: sqlite3.Connection, rows: Iterable[Row]) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Table and columns of each row that is of one, keys and all; `db` is an open collection of today's schema."""
    shapes = Shapes(db)
    for row in rows:
        table = shapes.table_of(row)
        if table and (table != "meta" or row.values[0] == "device"):  # the rest of `meta` is found out again
            values = row.values if row.rowid is None else (row.rowid, *row.values[1:])
            yield table, values


def agrees(db: sqlite3.Connection, rows: Iterable[Row]) -> bool:
    """Whether the cards among the rows have the guids that the cards of `db` have, where both have the card."""
    known = dict(db.execute("SELECT id, guid FROM cards").fetchall())
    place = [column.name for column in Shapes(db).columns["cards"]].index("guid")
    cards = (values for table, values in told_apart(db, rows) if table == "cards")
    return all(known.get(values[0], values[place]) == values[place] for values in cards)


class Filler:
    """
    Writes rows into an open collection of today's schema.

    Attributes:
        read: How many rows were read, by table.
        unread: How many cards, notes and decks others refer to and could not be read; they got a stand-in.
        lost: How many rows could not be written: they clash with others, or belong to an answer that is not there.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.read: Counter[str] = Counter()
        self.unread: Counter[str] = Counter()
        self.lost = 0
        self._queries = {table: _query(table, columns) for table, columns in Shapes(db).columns.items()}

    def fill(self, rows: Iterable[Row], at_ms: int) -> None:
        """Write all of them, in one transaction; `at_ms` is when this is."""
        self.db.execute("PRAGMA foreign_keys = OFF")  # rows come page by page, parents behind their children
        with transaction(self.db):
            waiting: list[tuple[str, tuple[object, ...]]] = []
            for table, values in told_apart(self.db, rows):
                self.read[table] += 1
                if table in _OF_REVIEWS:
                    waiting.append((table, values))
                else:
                    self._put(table, values)
            self._stand_in(at_ms)
            there = {row[0] for row in self.db.execute("SELECT id FROM reviews")}
            for table, values in waiting:
                if values[0] in there:
                    self._put(table, values)
                else:
                    self.lost += 1
        self.db.execute("PRAGMA foreign_keys = ON")

    def _put(self, table: str, values: tuple[object, ...]) -> None:
        try:
            self.db.execute(self._queries[table], values)
        except sqlite3.IntegrityError:
            self.lost += 1

    def _stand_in(self, at_ms: int) -> None:
        """Something to refer to where a card, note or deck could not be read, out of study; no answer is given up."""
        for table, query in _STAND_INS.items():
            self.unread[table] += self.db.execute(query, {"at": at_ms}).rowcount
        self.db.execute("UPDATE notes SET file_id = NULL WHERE file_id NOT IN (SELECT id FROM files)")
        for row, name in self.db.execute(
            "SELECT n.id, d.deck || '/' || n.slug FROM notes n JOIN decks d ON d.id = n.deck_id WHERE n.guid IS NULL"
        ).fetchall():
            self.db.execute("UPDATE notes SET guid = ? WHERE id = ?", (free_guid(self.db, "notes", name), row))


def _query(table: str, columns: list[_Column]) -> str:
    """What writes a row. Answers that are there stay as they are."""
    names = [column.name for column in columns]
    changed = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    then = f"({names[0]}) DO UPDATE SET {changed}" if table in _MUTABLE else "DO NOTHING"
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))}) ON CONFLICT {then}"
