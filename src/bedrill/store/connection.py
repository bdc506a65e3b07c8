"""Opening a collection, transactions on it, and SQLite's errors in words."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

from bedrill import schema
from bedrill.errors import SchemaTooNewError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY_TIMEOUT_MS: Final = 10_000


def open_collection(path: str) -> sqlite3.Connection:
    """
    A connection to the collection at `path`, made or migrated if need be. Every statement outside of `transaction`
    is a transaction of its own.

    Raises:
        SchemaTooNewError: A later bedrill wrote it.
        StoreError: It is no collection, or cannot be opened. The file is as it was.
    """
    with errors_in_words(path):
        if os.path.exists(path) and not os.path.isfile(path):
            raise StoreError(f"{path} is not a file", "name a file with --db")
        if not os.path.exists(path):
            _create(path)
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _create(path: str) -> None:
    """An empty file that only its user can read."""
    os.makedirs(os.path.dirname(path) or ".", mode=0o700, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def _prepare(connection: sqlite3.Connection, path: str) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    if application_id != schema.APPLICATION_ID and not _is_blank(connection):
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
    connection.execute("PRAGMA recursive_triggers = ON")  # or else a REPLACE would get past the guards of the log


def _is_blank(connection: sqlite3.Connection) -> bool:
    tables: int = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return tables == 0


def _migrate(connection: sqlite3.Connection, path: str, version: int) -> None:
    """Apply what is missing, after a copy of what is there; another process that does the same is waited for."""
    if version:
        from datetime import UTC, datetime  # noqa: PLC0415 - only after an upgrade

        from bedrill.store import copies  # noqa: PLC0415

        copies.make_named(connection, path, datetime.now(UTC), f"before-schema-{schema.VERSION}")
    _use_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")
    with transaction(connection):
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        schema.migrate(connection)


def _use_wal(connection: sqlite3.Connection) -> None:
    """Write ahead, for good. SQLite does not wait by itself for another process that switches at the same moment."""
    deadline = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def back_up(connection: sqlite3.Connection, target: str) -> None:
    """A copy of the whole collection at `target`, taken by SQLite's online backup, readable by the user alone."""
    _create(target)
    with closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without others beside it


def connect_read_only(path: str) -> sqlite3.Connection:
    """A connection that cannot write the file at `path`, whatever it is."""
    from pathlib import Path  # noqa: PLC0415 - not on the way to a card

    return sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro", uri=True)


def replace_all(connection: sqlite3.Connection, source: str, path: str) -> None:
    """Make the open collection at `path` what the file `source` is, and of today's schema; others see it at once."""
    with closing(connect_read_only(source)) as copy:
        copy.backup(connection)
    _prepare(connection, path)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All that is written inside, or nothing of it; on return it is on disk. Nested calls join the outer one."""
    if connection.in_transaction:
        yield connection
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()  # does nothing where SQLite has ended it already, as it does on a full disk
        raise


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Inside, all that is read is of one moment, whatever other processes write; nothing is to be written."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


@contextmanager
def errors_in_words(path: str) -> Iterator[None]:
    """What SQLite and the system say of the file, as a `StoreError` that says what to do."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        known = in_words(error, path)
        if known is None:
            raise
        raise known from error


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that a file is damaged, or no database at all."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def in_words(error: Exception, path: str) -> StoreError | None:
    """What an error of SQLite or of the system means to the user; None for one that is a bug of ours."""
    if isinstance(error, PermissionError):
        return StoreError(*(text.format(path=path) for text in _WORDS[sqlite3.SQLITE_READONLY]))
    if isinstance(error, OSError):
        return StoreError(f"{path} cannot be opened: {error.strerror}", "check the path")
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code not in _WORDS:
        return None
    message, hint = (text.format(path=path, error=error) for text in _WORDS[code])
    if code == sqlite3.SQLITE_NOTADB:
        from bedrill.store.copies import folder_of  # noqa: PLC0415 - rarely needed

        hint = "'bedrill doctor': it has backups to go back to" if os.path.isdir(folder_of(path)) else hint
    return StoreError(message, hint)


_WORDS: Final = {
    sqlite3.SQLITE_NOTADB: ("{path} is not a bedrill collection", "name another file with --db"),
    sqlite3.SQLITE_BUSY: ("{path} is in use by another program", "close it there, then try again"),
    sqlite3.SQLITE_LOCKED: ("{path} is in use by another program", "close it there, then try again"),
    sqlite3.SQLITE_READONLY: ("{path} cannot be written", "check the permissions of the file and of its folder"),
    sqlite3.SQLITE_CANTOPEN: ("{path} cannot be opened", "check that the folder exists and may be written"),
    sqlite3.SQLITE_CORRUPT: ("{path} is damaged: {error}", "keep a copy, then run 'bedrill doctor'"),
    sqlite3.SQLITE_FULL: ("the disk that holds {path} is full", "make room; nothing was lost"),
    sqlite3.SQLITE_IOERR: ("{path} cannot be read or written: {error}", "check the disk"),
}
"""By SQLite's primary result code: what is wrong, and what to do. Any other code is a bug."""


def data_version(connection: sqlite3.Connection) -> int:
    """A number that changes when another connection has changed the file."""
    version: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return version


def is_storable(text: str) -> bool:
    """Whether SQLite can take `text`: an argument of the command line that is no UTF-8 has lone surrogates."""
    return not any("\ud800" <= char <= "\udfff" for char in text)
