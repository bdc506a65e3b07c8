"""The files that decks come from, and what an import writes of a deck itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from bedrill.note import DeckFile


class FileRow(NamedTuple):
    """A deck file that was imported; `content_hash` is of its bytes then."""

    row_id: int
    path: str
    deck_row: int
    origin: str
    content_hash: str


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
    """Insert or update a file; returns its row. `at_ms` is kept as the time when it had this content first."""
    row: tuple[int] = db.execute(
        "INSERT INTO files (path, deck_id, origin, content_hash, imported_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (path) DO UPDATE SET deck_id = excluded.deck_id, origin = excluded.origin, "
        "imported_at = iif(content_hash = excluded.content_hash, imported_at, excluded.imported_at), "
        "content_hash = excluded.content_hash RETURNING id",
        (path, deck_row, origin, content_hash, at_ms),
    ).fetchone()
    return row[0]


def drop_files(db: sqlite3.Connection, rows: Iterable[int]) -> None:
    """Forget files that are gone; their notes stay."""
    for row in rows:
        db.execute("UPDATE notes SET file_id = NULL WHERE file_id = ?", (row,))
        db.execute("DELETE FROM files WHERE id = ?", (row,))
