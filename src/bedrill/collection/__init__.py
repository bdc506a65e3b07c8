"""
The shell that commands talk to: it opens store and clock, calls the pure core, and writes back.

    Collection   an open collection: its file, settings, clock
    importing    deck files into the collection
    study        queue, answer, undo
    browse       decks and cards by name, search, edit, suspend
    backups      copies of the file, and back to one
    doctor       is everything as it should be
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bedrill.clock import Clock
from bedrill.config import Settings, settings_from
from bedrill.store import catalog, connection

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from bedrill.model import StudyDay


def default_path() -> str:
    """
    `$BEDRILL_DB`, else `bedrill/bedrill.db` in the platform's user data folder: `$XDG_DATA_HOME` if it is absolute,
    `~/.local/share`, on macOS `~/Library/Application Support`.

    The library for this costs most of what start-up has to spare (docs/design.md, "Dependencies").
    """
    if chosen := os.environ.get("BEDRILL_DB"):
        return os.path.expanduser(chosen)
    folder = os.environ.get("XDG_DATA_HOME", "")
    if not os.path.isabs(folder):
        folder = os.path.expanduser("~/Library/Application Support" if sys.platform == "darwin" else "~/.local/share")
    return os.path.join(folder, "bedrill", "bedrill.db")


def _now() -> datetime:
    return datetime.now(UTC)


class Collection:
    """
    An open collection.

    Attributes:
        now: Gives the current instant, aware and in UTC.
        clock: Study days, by the settings.
    """

    def __init__(
        self, path: str, db: sqlite3.Connection, now: Callable[[], datetime] = _now, *, backs_up: bool = True
    ) -> None:
        self.path = path
        self.db = db
        self.now = now
        self.settings = Settings()
        self.clock = Clock(now=now)
        self._backs_up = backs_up
        self._backed_up_on: StudyDay | None = None

    def load_settings(self) -> None:
        """Read the settings, and set the clock by them."""
        self.settings = settings_from(catalog.settings(self.db))
        zone = None
        if self.settings.time_zone:
            from zoneinfo import ZoneInfo  # noqa: PLC0415 - only for those who set it

            zone = ZoneInfo(self.settings.time_zone)
        self.clock = Clock(self.settings.day_start, zone, self.now)

    @property
    def device(self) -> str:
        """A short random name of this copy of the collection, kept in it."""
        name = catalog.meta(self.db, "device")
        if not name:
            name = os.urandom(2).hex()
            catalog.put_meta(self.db, "device", name)
        return name

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing; on disk when it returns. Errors come in words. The day's first comes after a backup."""
        self._back_up_daily()
        with connection.errors_in_words(self.path), connection.transaction(self.db) as db:
            yield db

    def _back_up_daily(self) -> None:
        """Before the first change of a study day, if there are answers to keep. Looking takes 20 microseconds."""
        today = self.clock.today()
        if not self._backs_up or today == self._backed_up_on or self.db.in_transaction:
            return
        self._backed_up_on = today
        with connection.errors_in_words(self.path):
            if not catalog.has_answers(self.db):
                return
            from bedrill.store import copies  # noqa: PLC0415 - once a process that writes

            if copies.has_since(self.path, copies.DAILY, self.clock.start(today)):
                return
            from bedrill.collection import backups  # noqa: PLC0415 - once a day

            backups.before_first_change(self)

    def close(self) -> None:
        """Close the file."""
        self.db.close()


def open_collection(
    path: str | os.PathLike[str], now: Callable[[], datetime] = _now, *, backs_up: bool = True
) -> Collection:
    """
    The collection at `path`, made if it does not exist. One that is only being made needs no backups.

    Raises:
        StoreError: It cannot be opened, or is none.
    """
    path = os.fspath(path)
    collection = Collection(path, connection.open_collection(path), now, backs_up=backs_up)
    try:
        with connection.errors_in_words(path):
            collection.load_settings()
    except BaseException:
        collection.close()
        raise
    return collection
