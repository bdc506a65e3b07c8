"""Decks, the files they come from, settings, and what else is known by a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from bedrill.model import DeckFile


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


class FileRow(NamedTuple):
    """A deck file that was imported; `content_hash` is of its bytes then."""

    row_id: int
    path: str
    deck_row: int
    origin: str
    content_hash: str


_DECK_COLUMNS = "id, deck, title, lesson, level, requires, tags"


def _deck(row: tuple[int, str, str, int | None, str, str, str]) -> DeckRow:
    return DeckRow(*row[:5], tuple(row[5].split()), tuple(row[6].split()))


def decks(db: sqlite3.Connection) -> list[DeckRow]:
    """All decks, by lesson, those without one last."""
    rows = db.execute(f"SELECT {_DECK_COLUMNS} FROM decks ORDER BY lesson IS NULL, lesson, deck")
    return [_deck(row) for row in rows]


def put_deck(db: sqlite3.Connection, deck: DeckFile) -> int:
    """Insert or update a deck; returns its row."""
    row: tuple[int] = db.execute(
        "INSERT INTO decks (deck, title, lesson, level, requires, tags) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (deck) DO UPDATE SET title = excluded.title, lesson = excluded.lesson, level = excluded.level, "
        "requires = excluded.requires, tags = excluded.tags RETURNING id",
        (deck.deck_id, deck.title, deck.lesson, deck.level, " ".join(deck.requires), f" {' '.join(deck.tags)} "),
    ).fetchone()
    return row[0]


def files(db: sqlite3.Connection) -> list[FileRow]:
    """All files that were imported, by path."""
    rows = db.execute("SELECT id, path, deck_id, origin, content_hash FROM files ORDER BY path")
    return [FileRow(*row) for row in rows]


def put_file(db: sqlite3.Connection, path: str, deck_row: int, origin: str, content_hash: str, at_ms: int) -> int:
    """Insert or update a file; returns its row."""
    row: tuple[int] = db.execute(
        "INSERT INTO files (path, deck_id, origin, content_hash, imported_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (path) DO UPDATE SET deck_id = excluded.deck_id, origin = excluded.origin, "
        "content_hash = excluded.content_hash, imported_at = excluded.imported_at RETURNING id",
        (path, deck_row, origin, content_hash, at_ms),
    ).fetchone()
    return row[0]


def drop_files(db: sqlite3.Connection, rows: Iterable[int]) -> None:
    """Forget files that are gone; their notes stay."""
    for row in rows:
        db.execute("UPDATE notes SET file_id = NULL WHERE file_id = ?", (row,))
        db.execute("DELETE FROM files WHERE id = ?", (row,))


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
