"""
The shell that commands talk to: it opens store and clock, calls the pure core, and writes back.

    Collection   an open collection: its file, settings, clock
    importing    deck files into the collection
    study        queue, answer, undo
    browse       decks and cards by name, search, edit, suspend
    doctor       is everything as it should be
"""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bedrill.clock import Clock
from bedrill.config import Settings, settings_from
from bedrill.store import catalog, connection

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator


def default_path() -> Path:
    """`$BEDRILL_DB`, else `bedrill.db` in the platform's user data folder."""
    if chosen := os.environ.get("BEDRILL_DB"):
        return Path(chosen).expanduser()
    from platformdirs import user_data_path  # noqa: PLC0415 - 5 ms, and not for those who name their file

    return user_data_path("bedrill", appauthor=False) / "bedrill.db"


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Collection:
    """
    An open collection.

    Attributes:
        now: Gives the current instant, aware and in UTC.
        clock: Study days, by the settings.
    """

    path: Path
    db: sqlite3.Connection
    now: Callable[[], datetime] = _now
    settings: Settings = field(default_factory=Settings)
    clock: Clock = field(default_factory=Clock)

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
            name = secrets.token_hex(2)
            catalog.put_meta(self.db, "device", name)
        return name

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing; on disk when it returns. Errors come in words."""
        with connection.errors_in_words(self.path), connection.transaction(self.db) as db:
            yield db

    def close(self) -> None:
        """Close the file."""
        self.db.close()


def open_collection(path: Path, now: Callable[[], datetime] = _now) -> Collection:
    """
    The collection at `path`, made if it does not exist.

    Raises:
        StoreError: It cannot be opened, or is none.
    """
    collection = Collection(path, connection.open_collection(path), now)
    with connection.errors_in_words(path):
        collection.load_settings()
    return collection
