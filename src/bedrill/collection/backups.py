"""
Copies of the collection: before the first change of a day, a migration, a restore, what doctor mends; and when asked.

They lie in the folder `.backups` beside the collection, are taken by SQLite's online backup, so that other sessions go
on, and are looked through before they count. Of old ones the last of a day, a week and a month stay.
"""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.clock import DAY_S
from bedrill.errors import NotFoundError, StoreError
from bedrill.store import connection, copies, health

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedrill.collection import Collection

ASKED: Final = "asked"
BEFORE_RESTORE: Final = "before-restore"
KEPT_DAYS: Final = 7
KEPT_WEEKS: Final = 4
KEPT_MONTHS: Final = 12
LEAST_BYTES: Final = 1 << 30
"""All backups together may take this, or five times the newest one where that is more."""


class Backup(NamedTuple):
    """A copy in the folder of backups."""

    path: Path
    at: datetime
    why: str
    size_bytes: int


def folder(path: str | Path) -> Path:
    """Where the copies of the collection at `path` are; it need not exist."""
    return Path(copies.folder_of(str(path)))


def listed(path: str | Path) -> list[Backup]:
    """The copies of the collection at `path` that are there, newest first. Other files of the folder are left alone."""
    place = folder(path)
    found: list[tuple[datetime, int, Backup]] = []
    for file in place.glob("*.db") if place.is_dir() else []:
        stamp, _, why = file.stem.partition("Z-")
        with contextlib.suppress(ValueError):
            at = datetime.strptime(f"{stamp}Z", copies.STAMP).replace(tzinfo=UTC)
            status = file.stat()
            backup = Backup(file, at, why.partition(".")[0], status.st_size)
            found.append((at, status.st_mtime_ns, backup))  # several may be of one second
    return [backup for _, _, backup in sorted(found, reverse=True)]


def make(collection: Collection, why: str = ASKED, target: Path | None = None) -> Backup:
    """
    A copy of the collection as it is now, at `target` or in the folder; it has been read back when this returns.

    Raises:
        StoreError: It cannot be written, or is not as it should be. Nothing is left of it then.
    """
    at = collection.now()
    if target is None:
        target = Path(copies.make_named(collection.db, collection.path, at, why))
    else:
        copies.make(collection.db, str(target))
    return Backup(target, at, why, target.stat().st_size)


def before_first_change(collection: Collection) -> None:
    """
    The day's copy; then old ones are thinned out.

    A disk that is full does not keep anybody from studying: the copy is made another time.
    """
    with contextlib.suppress(StoreError):
        make(collection, copies.DAILY)
        thin_out(collection)


def thin_out(collection: Collection) -> list[Path]:
    """Delete copies that are no longer kept; returns which. The newest two always stay."""
    backups = listed(collection.path)
    kept = {backup.path for backup in backups[:2]} | _of_periods(collection, backups)
    bound = max(LEAST_BYTES, 5 * (backups[0].size_bytes if backups else 0))
    size = 0
    gone = []
    for number, backup in enumerate(backups):
        size += backup.size_bytes
        if backup.path not in kept or (size > bound and number > 1):
            backup.path.unlink(missing_ok=True)
            size -= backup.size_bytes
            gone.append(backup.path)
    for part in folder(collection.path).glob(".*.part"):
        if collection.now().timestamp() - part.stat().st_mtime > DAY_S:  # a process was killed while it made it
            part.unlink(missing_ok=True)
    return gone


def _of_periods(collection: Collection, backups: Iterable[Backup]) -> set[Path]:
    """The newest copy of each of the last days, weeks and months."""
    kept: set[Path] = set()
    seen: dict[str, set[object]] = {"day": set(), "week": set(), "month": set()}
    for backup in backups:
        day = collection.clock.study_day(backup.at)
        calendar = backup.at.isocalendar()
        for period, key, most in (
            ("day", day, KEPT_DAYS),
            ("week", (calendar.year, calendar.week), KEPT_WEEKS),
            ("month", (backup.at.year, backup.at.month), KEPT_MONTHS),
        ):
            if key not in seen[period] and len(seen[period]) < most:
                seen[period].add(key)
                kept.add(backup.path)
    return kept


def checked(source: Path) -> None:
    """
    See that a copy can be gone back to.

    Raises:
        NotFoundError: There is no such file.
        StoreError: It is no collection, is damaged, or of a later bedrill.
    """
    if not source.is_file():
        raise NotFoundError(f"no such backup: {source}", "'bedrill backup list' names them")
    if found := fault(source):
        raise StoreError(f"{source} {found}", "name another backup; the collection is as it was")


def fault(path: Path, *, in_full: bool = True) -> str:
    """What keeps a file from being gone back to, in words that follow its name; "" for nothing."""
    try:
        return health.fault_of_file(str(path), in_full=in_full)
    except (sqlite3.Error, OSError) as error:
        known = connection.in_words(error, "")
        return known.message.strip() if known else f"cannot be read: {error}"


def restore(collection: Collection, source: Path) -> Backup:
    """
    Make the collection what a copy is; returns the copy of what it was before, by which this can be undone.

    Raises:
        NotFoundError: There is no such file.
        StoreError: It is no collection, is damaged, or of a later bedrill. The collection is as it was.
    """
    checked(source)
    before = make(collection, BEFORE_RESTORE)
    with connection.errors_in_words(collection.path):
        connection.replace_all(collection.db, str(source), collection.path)
        collection.load_settings()
    return before
