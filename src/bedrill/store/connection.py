"""Opening a collection, transactions on it, and SQLite's errors in words."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from bedrill import schema
from bedrill.errors import SchemaTooNewError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_TIMEOUT_MS: Final = 10_000


def open_collection(path: Path) -> sqlite3.Connection:
    """
    A connection to the collection at `path`, made or migrated if need be. Every statement outside of `transaction`
    is a transaction of its own.

    Raises:
        SchemaTooNewError: A later bedrill wrote it.
        StoreError: It is no collection, or cannot be opened. The file is as it was.
    """
    is_new = not path.exists() or path.stat().st_size == 0 if not path.is_dir() else False
    with errors_in_words(path):
        if path.is_dir() or (path.exists() and not path.is_file()):
            raise StoreError(f"{path} is not a file", "name a file with --db")
        if is_new:
            _create(path)
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            _prepare(connection, path, is_new=is_new)
        except BaseException:
            connection.close()
            raise
    return connection


def _create(path: Path) -> None:
    """An empty file that only its user can read."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def _prepare(connection: sqlite3.Connection, path: Path, *, is_new: bool) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    if not is_new and application_id != schema.APPLICATION_ID and not _is_blank(connection):
        raise StoreError(f"{path} belongs to another program", "name another file with --db")
    if version > schema.VERSION:
        raise SchemaTooNewError(
            f"{path} was written by a later bedrill (schema {version}, this one knows {schema.VERSION})",
            "upgrade bedrill; the file is as it was",
        )
    if version < schema.VERSION:
        _migrate(connection, path, version)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _is_blank(connection: sqlite3.Connection) -> bool:
    tables: int = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return tables == 0


def _migrate(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Apply what is missing, after a backup of what is there."""
    if version:
        back_up(connection, path.with_name(f"{path.stem}-before-schema-{schema.VERSION}{path.suffix}"))
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    schema.migrate(connection)


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """A copy of the whole collection at `target`, taken by SQLite's online backup, readable by the user alone."""
    _create(target)
    with sqlite3.connect(target) as copy:
        connection.backup(copy)
    copy.close()


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All that is written inside, or nothing of it; on return it is on disk. Nested calls join the outer one."""
    if connection.in_transaction:
        yield connection
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def errors_in_words(path: Path) -> Iterator[None]:
    """SQLite's and the system's errors, as a `StoreError` that says what to do."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise in_words(error, path) from error


def in_words(error: Exception, path: Path) -> StoreError:
    """What an error of SQLite or of the system means to the user."""
    text = str(error)
    if "not a database" in text:
        return StoreError(f"{path} is not a bedrill collection", "name another file with --db")
    if "locked" in text or "busy" in text:
        return StoreError(f"{path} is in use by another program", "close it there, then try again")
    if "readonly" in text or "read-only" in text or isinstance(error, PermissionError):
        return StoreError(f"{path} cannot be written", "check the permissions of the file and of its folder")
    if "unable to open" in text:
        return StoreError(f"{path} cannot be opened", "check that the folder exists and may be written")
    if "malformed" in text:
        return StoreError(f"{path} is damaged: {text}", "keep a copy, then run 'bedrill doctor'")
    if "full" in text:
        return StoreError(f"the disk that holds {path} is full", "make room; nothing was lost")
    return StoreError(f"{path}: {text}", "run 'bedrill doctor'")


def data_version(connection: sqlite3.Connection) -> int:
    """A number that changes when another connection has changed the file."""
    version: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return version
