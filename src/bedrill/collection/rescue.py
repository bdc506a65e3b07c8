"""
Out of a damaged collection: what is the matter, a backup in its place, or all that can still be read of it.

A damaged file is never written to. It is set aside when a backup takes its place.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bedrill import schema
from bedrill.clock import epoch_ms
from bedrill.collection import answering, backups, open_collection
from bedrill.deckfile.faces import ordinals
from bedrill.deckfile.note_parser import read_note
from bedrill.errors import StoreError, UsageError
from bedrill.store import catalog, connection, copies, health, notes, pages, salvaged

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bedrill.collection import Collection
    from bedrill.collection.backups import Backup


class Readable(NamedTuple):
    """How many answers and notes of a damaged file can be read."""

    answers: int
    notes: int


class Salvaged(NamedTuple):
    """
    What a salvage has made.

    Attributes:
        answers: All that the new collection has.
        added: Those of them that the backup did not have.
        base: The backup to which they were added; None if there is none that fits.
        stand_ins: Cards and notes that answers belong to and that could not be read.
        lost: Rows that could be read and not kept.
    """

    answers: int
    added: int
    base: Backup | None
    stand_ins: int
    lost: int


def damage(path: Path) -> list[str]:
    """
    What SQLite finds damaged in the collection at `path`, a line each; nothing if all is well, or it is none of ours.

    The file is only read.
    """
    if not path.is_file() or not path.stat().st_size:
        return []
    try:
        with closing(connection.connect_read_only(str(path))) as db:
            if db.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID:
                return health.integrity_faults(db)
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return []
    except sqlite3.DatabaseError as error:
        is_ours = connection.is_damage(error) and (backups.listed(path) or readable(path) != (0, 0))
        return [str(error)] if is_ours else []  # of anything else, whoever opens it says what is the matter


def readable(path: Path) -> Readable:
    """How much of a file can be read, page by page."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        schema.migrate(db)
        rows = salvaged.told_apart(db, pages.rows(str(path)))
        found = {(table, values[0]) for table, values in rows if table in ("reviews", "notes")}
    answers = sum(table == "reviews" for table, _ in found)
    return Readable(answers, len(found) - answers)


def replace(path: Path, source: Path, now: Callable[[], datetime]) -> Path:
    """
    Put a copy of the backup `source` where the damaged collection is; returns where that is now.

    Raises:
        NotFoundError, StoreError: As `backups.checked`.
    """
    backups.checked(source)
    aside = Path(copies.free_path(str(path), now(), "collection", ".damaged"))
    part = copies.part_of(str(path))
    with connection.errors_in_words(str(path)):
        with closing(connection.connect_read_only(str(source))) as kept:
            connection.back_up(kept, part)
        aside.parent.mkdir(mode=0o700, exist_ok=True)
        for suffix in ("", "-wal"):
            if os.path.exists(f"{path}{suffix}"):
                _keep(f"{path}{suffix}", f"{aside}{suffix}")
        for suffix in ("-wal", "-shm"):  # they belong to the damaged file, and SQLite would apply them to the new one
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        copies.put_in_place(part, str(path))
    return aside


def _keep(path: str, target: str) -> None:
    """The file under a second name; a copy where the file system knows no such thing."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)
        os.chmod(target, 0o600)


def salvage(path: Path, target: Path, now: Callable[[], datetime]) -> Salvaged:
    """
    Make a new collection at `target`: the newest backup that fits, if there is one, and all that can be read at `path`.

    Raises:
        UsageError: There is something at `target`.
        StoreError: Nothing can be read.
    """
    if target.exists():
        raise UsageError(f"{target} exists", "name a file that does not")
    if readable(path) == (0, 0):
        raise StoreError(f"nothing of {path} can be read", "'bedrill backup list' names what there is to go back to")
    base = _base(path)
    part = copies.part_of(str(target))
    with connection.errors_in_words(str(target)):
        try:
            if base is not None:
                with closing(connection.connect_read_only(str(base.path))) as kept:
                    connection.back_up(kept, part)
            made = _filled(part, path, now)
            copies.put_in_place(part, str(target))
        finally:
            for suffix in ("", "-wal", "-shm"):
                Path(f"{part}{suffix}").unlink(missing_ok=True)
    return made._replace(base=base)


def _filled(part: str, path: Path, now: Callable[[], datetime]) -> Salvaged:
    """Add what can be read at `path` to the collection at `part`, and make the rest from that."""
    with closing(open_collection(part, now, backs_up=False)) as made:
        before = health.counts(made.db)[0]
        filler = salvaged.Filler(made.db)
        filler.fill(pages.rows(str(path)), epoch_ms(now()))
        health.rebuild_full_text(made.db)
        made.load_settings()
        make_missing_cards(made)
        answering.rebuild(made)
        answers = health.counts(made.db)[0]
    return Salvaged(answers, answers - before, None, filler.unread["cards"] + filler.unread["notes"], filler.lost)


def _base(path: Path) -> Backup | None:
    """The newest backup that is whole and whose cards are those of the file, as far as these can be read."""
    return next((backup for backup in backups.listed(path) if _fits(backup, path)), None)


def _fits(backup: Backup, path: Path) -> bool:
    if backups.fault(backup.path):
        return False
    with closing(connection.connect_read_only(str(backup.path))) as db:
        is_current = db.execute("PRAGMA user_version").fetchone()[0] == schema.VERSION
        return is_current and salvaged.agrees(db, pages.rows(str(path)))


def make_missing_cards(collection: Collection) -> None:
    """The cards of notes that have none, as an import of the same text makes them."""
    decks = {deck.row_id: deck.deck_id for deck in catalog.decks(collection.db)}
    for row in health.notes_without_cards(collection.db):
        stored = notes.by_row(collection.db, row)
        note = read_note(stored.text, stored.slug)._replace(slug=stored.slug, slug_is_derived=stored.slug_is_derived)
        notes.update(
            collection.db,
            stored,
            decks[stored.deck_row],
            stored.file_row,
            note,
            ordinals(note),
            stored.position,
            stored.content_hash,
            epoch_ms(collection.now()),
        )
