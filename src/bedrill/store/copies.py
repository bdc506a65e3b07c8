"""Copies of a collection: made by SQLite's online backup, read back before they count, named by when and why."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC
from itertools import chain, count
from typing import TYPE_CHECKING, Final

from bedrill.errors import StoreError
from bedrill.store import connection, health

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

DAILY: Final = "daily"
"""Why there is a copy: for the first change of a day."""
STAMP: Final = "%Y-%m-%dT%H%M%SZ"
"""How a copy's name begins: the instant, in UTC, so that names sort by it."""


def folder_of(path: str) -> str:
    """Where the copies of the collection at `path` lie; it need not exist."""
    return os.path.splitext(path)[0] + ".backups"


def has_since(path: str, why: str, at: datetime) -> bool:
    """Whether there is a copy made for that reason from `at` on; their names tell."""
    folder = folder_of(path)
    names = os.listdir(folder) if os.path.isdir(folder) else []
    return any(f"Z-{why}." in name and name >= f"{at:{STAMP}}" for name in names)


def make_named(db: sqlite3.Connection, path: str, at: datetime, why: str) -> str:
    """
    A copy of the open collection at `path` in its folder of copies; returns where.

    Raises:
        StoreError: As `make`.
    """
    with connection.errors_in_words(path):
        os.makedirs(folder_of(path), mode=0o700, exist_ok=True)
    target = free_path(path, at, why)
    make(db, target)
    return target


def free_path(path: str, at: datetime, why: str, suffix: str = ".db") -> str:
    """The path in the folder of copies for one made now and for that reason; "why.2" where there is one already."""
    name = os.path.join(folder_of(path), f"{at.astimezone(UTC):{STAMP}}-{why}")
    numbered = (f"{name}.{number}{suffix}" for number in count(2))
    return next(target for target in chain([f"{name}{suffix}"], numbered) if not os.path.lexists(target))


def make(db: sqlite3.Connection, target: str) -> None:
    """
    A copy of an open collection at `target`, for its user alone; it has been read back when this returns.

    Raises:
        StoreError: It cannot be written, or is not as it should be. Nothing is left of it then.
    """
    part = part_of(target)
    with connection.errors_in_words(target):
        try:
            before = health.counts(db)  # other processes may go on: the copy has at least what was there
            connection.back_up(db, part)
            fault = health.fault_of_copy(part, before)
            if fault:
                raise StoreError(f"the backup {target} could not be verified: {fault}", "check the disk, and try again")
            put_in_place(part, target)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(part)


def part_of(target: str) -> str:
    """Where a file is made before it gets its name: hidden beside it, and this process's own."""
    folder, name = os.path.split(target)
    return os.path.join(folder, f".{name}.{os.getpid()}.part")


def put_in_place(part: str, target: str) -> None:
    """Give a file that is whole its name, so that a crash leaves either the old state or the new one."""
    _to_disk(part)
    os.replace(part, target)
    _to_disk(os.path.dirname(target) or ".")


def _to_disk(path: str) -> None:
    """Wait until what was written to a file, or to the names of a folder, outlives a loss of power."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
