"""What the doctor asks of the file itself."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from bedrill import schema
from bedrill.schema import APPEND_ONLY, APPLICATION_ID
from bedrill.store import connection

if TYPE_CHECKING:
    from collections.abc import Iterable


def integrity_faults(db: sqlite3.Connection) -> list[str]:
    """What SQLite finds damaged, a line each; nothing if all is well."""
    try:
        told = [row[0] for row in db.execute("PRAGMA integrity_check(20)")]
    except sqlite3.DatabaseError as error:
        if not connection.is_damage(error):
            raise
        return [str(error)]
    lines = [line for text in told for line in text.splitlines() if not line.startswith("***")]
    return [] if lines == ["ok"] else lines


def foreign_key_faults(db: sqlite3.Connection) -> int:
    """Rows that refer to a row that is not there."""
    return len(db.execute("PRAGMA foreign_key_check").fetchall())


def missing_triggers(db: sqlite3.Connection) -> list[str]:
    """The guards of the append-only tables that are not in place."""
    there = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    wanted = [f"{table}_{event}" for table in APPEND_ONLY for event in ("update", "delete")]
    return [name for name in wanted if name not in there]


def restore_triggers(db: sqlite3.Connection, statements: Iterable[str]) -> None:
    """Put the guards back that are missing."""
    for statement in statements:
        db.execute(statement.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS", 1))


def reviews_after(db: sqlite3.Connection, ms: int) -> int:
    """Answers later than an instant."""
    count: int = db.execute("SELECT count(*) FROM reviews WHERE id > ?", (ms,)).fetchone()[0]
    return count


def odd_reviews(db: sqlite3.Connection) -> int:
    """Answers that share their instant with another, or have a time, an interval or a rating that cannot be."""
    query = (
        "SELECT count(*) FROM (SELECT id, lag(id) OVER (ORDER BY id) AS before, elapsed_days, interval_s, duration_ms, "
        "rating FROM reviews NOT INDEXED) WHERE id <= before OR id < 0 OR elapsed_days < 0 OR interval_s < 0 "
        "OR duration_ms < 0 OR rating NOT BETWEEN 0 AND 4"
    )
    count: int = db.execute(query).fetchone()[0]
    return count


def reviews_in_a_row(db: sqlite3.Connection, device: str) -> int:
    """Answers of a device 1 ms behind another of it: its clock lagged behind them, and they were put in order."""
    query = (
        "SELECT count(*) FROM reviews a JOIN reviews b ON b.id = a.id + 1 "
        "WHERE a.device = ? AND b.device = a.device AND b.kind < 4"
    )
    count: int = db.execute(query, (device,)).fetchone()[0]
    return count


def notes_without_cards(db: sqlite3.Connection) -> list[int]:
    """Notes in study that no card asks."""
    query = (
        "SELECT id FROM notes n WHERE retired_at IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.note_id = n.id AND c.retired = 0)"
    )
    return [row[0] for row in db.execute(query)]


def full_text_is_whole(db: sqlite3.Connection) -> bool:
    """Whether the full-text index fits the notes. SQLite compares by an insert, which adds nothing."""
    try:
        db.execute("INSERT INTO notes_fts (notes_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if not connection.is_damage(error):
            raise
        return False
    return True


def rebuild_full_text(db: sqlite3.Connection) -> None:
    """Make the full-text index anew."""
    db.execute("INSERT INTO notes_fts (notes_fts) VALUES ('rebuild')")


def fault_of_file(path: str, *, in_full: bool = True) -> str:
    """What keeps a file from being a collection to go back to, in words that follow its name; "" for nothing."""
    with closing(connection.connect_read_only(path)) as db:
        if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            return "is not a bedrill collection"
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version > schema.VERSION:
            return f"was written by a later bedrill (schema {version}, this one knows {schema.VERSION})"
        pages, page_bytes = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        if pages * page_bytes > os.path.getsize(path) and not os.path.exists(f"{path}-wal"):
            return "is damaged: it was cut off"
        faults = integrity_faults(db) if in_full else []
        return f"is damaged: {faults[0]}" if faults else ""


def counts(db: sqlite3.Connection) -> tuple[int, int, int]:
    """How many answers, undos and notes there are; none of them ever gets fewer."""
    row: tuple[int, int, int] = db.execute(
        "SELECT (SELECT count(*) FROM reviews), (SELECT count(*) FROM undos), (SELECT count(*) FROM notes)"
    ).fetchone()
    return row


def fault_of_copy(path: str, least: tuple[int, int, int]) -> str:
    """What is wrong with a copy that has at least so many answers, undos and notes, in words; "" for nothing."""
    with closing(connection.connect_read_only(path)) as db:
        faults = integrity_faults(db)
        if faults:
            return faults[0]
        here = counts(db)
        is_less = any(mine < known for mine, known in zip(here, least, strict=True))
        return f"it has {here} answers, undos and notes instead of {least}" if is_less else ""
