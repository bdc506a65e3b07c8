"""Decks, settings, and what else is known by a key. On the hot path."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3


class DeckRow(NamedTuple):
    """
    A deck of the collection.

    Attributes:
        row_id: Its row.
        deck_id: Its name.
        requires: Lesson numbers or deck ids, as written.
    """

    row_id: int
    deck_id: str
    title: str
    lesson: int | None
    level: str
    requires: tuple[str, ...]
    tags: tuple[str, ...]


_DECK_COLUMNS = "id, deck, title, lesson, level, requires, tags"


def _deck(row: tuple[int, str, str, int | None, str, str, str]) -> DeckRow:
    return DeckRow(*row[:5], tuple(row[5].split()), tuple(row[6].split()))


def decks(db: sqlite3.Connection) -> list[DeckRow]:
    """All decks, by lesson, those without one last."""
    rows = db.execute(f"SELECT {_DECK_COLUMNS} FROM decks ORDER BY lesson IS NULL, lesson, deck")
    return [_deck(row) for row in rows]


def settings(db: sqlite3.Connection) -> dict[str, str]:
    """The settings that the user has set, as text, by key."""
    return dict(db.execute("SELECT key, value FROM settings ORDER BY key").fetchall())


def put_setting(db: sqlite3.Connection, key: str, value: str | None) -> None:
    """Set one setting; None goes back to the default."""
    if value is None:
        db.execute("DELETE FROM settings WHERE key = ?", (key,))
    else:
        db.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (key, value))


def meta(db: sqlite3.Connection, key: str) -> str:
    """What is kept under `key`, or ""."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return row[0] if row else ""


def put_meta(db: sqlite3.Connection, key: str, value: str) -> None:
    """Keep `value` under `key`."""
    db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))


def has_answers(db: sqlite3.Connection) -> bool:
    """Whether anything was ever answered."""
    return db.execute("SELECT 1 FROM reviews LIMIT 1").fetchone() is not None
