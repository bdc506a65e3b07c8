"""
What is done to a collection while it is killed or the disk fails, and what must be true of it afterwards.

A piece of work is a generator: each step is something that a person asks for. What it says on `say` has been promised
to that person, and must be there whatever comes.
"""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
from contextlib import closing, redirect_stdout
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from tests.conftest import Now
from tests.test_schema import SCHEMAS, load

from bedrill import schema
from bedrill.cli import run
from bedrill.cli.app import App
from bedrill.clock import epoch_ms, instant
from bedrill.collection import answering, backups, browse, doctor, importing, open_collection, rescue
from bedrill.errors import BedrillError
from bedrill.model import Rating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from random import Random

    from bedrill.collection import Collection

    Say = Callable[[str], None]
    Work = Callable[[Path, Say, Random, Now], Iterator[None]]

NOTES: Final = 30


def deck(version: int) -> str:
    """A deck whose every note says its version."""
    notes = "\n\n".join(f"## Question {n}? {{#n{n}}}\n\nAnswer {n} of version {version}." for n in range(NOTES))
    return f"---\nid: crash\n---\n\n{notes}\n"


def prepare(folder: Path) -> None:
    """A collection with two answers, a backup after each, the two versions of its deck, and an old and a damaged one."""
    for version in (0, 1):
        (folder / f"{version}.md").write_text(deck(version))
    (folder / "deck.md").write_text(deck(0))
    (folder / "no-decks").mkdir()
    now = Now()
    with closing(open_collection(folder / "bedrill.db", now)) as collection:
        importing.import_paths(collection, [folder / "deck.md"])
        for number in (1, 2):
            give(collection, f"crash/n{number}", Rating.GOOD)
            now.move(days=2)
            backups.make(collection, target=folder / f"backup-{number}.db")
    load(SCHEMAS[0], folder / "old-schema.db")
    data = (folder / "bedrill.db").read_bytes()
    (folder / "broken.db").write_bytes(b"\xa5" * 4096 + data[4096:])
    reset(folder)


def reset(folder: Path) -> None:
    """Put the old and the damaged collection back in their places: with them, a piece of work is done once."""
    for name in ("old", "damaged"):
        for path in folder.glob(f"{name}.*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copy(folder / "old-schema.db", folder / "old.db")
    shutil.copy(folder / "broken.db", folder / "damaged.db")


def give(collection: Collection, name: str, rating: Rating) -> int:
    """Answer a card; returns the id of the answer."""
    answered = answering.answer(collection, browse.card_named(collection, name), rating, duration_ms=1000)
    assert answered is not None
    return answered.review.review_id


def clock_after(path: Path) -> Now:
    """A clock that begins an hour after the last answer."""
    with closing(sqlite3.connect(path)) as db:
        return Now(instant(db.execute("SELECT max(id) FROM reviews").fetchone()[0]) + timedelta(hours=1))


def review(folder: Path, say: Say, rand: Random, now: Now) -> Iterator[None]:
    """Answers, hours and days apart, some of them taken back."""
    with closing(open_collection(folder / "bedrill.db", now)) as collection:
        while True:
            say(f"answer {give(collection, f'crash/n{rand.randrange(NOTES)}', rand.choice(list(Rating)))}")
            now.move(minutes=rand.choice((1, 20, 60 * 20)))
            if rand.random() < 0.2:
                say(f"undo {answering.undo(collection)[1].review_id}")
            yield


def grade(folder: Path, say: Say, rand: Random, now: Now) -> Iterator[None]:
    """The command for scripts, again and again; what it prints is the promise."""
    while True:
        card, rating = f"crash/n{rand.randrange(NOTES)}", rand.choice(list(Rating)).name.lower()
        out = io.StringIO()
        with redirect_stdout(out):
            code = run(["grade", card, rating, "--json"], App(folder / "bedrill.db", now, folder / "no-decks"))
        if code:
            raise (BedrillError if code == 1 else AssertionError)(f"grade ended with {code}")
        say(f"answer {epoch_ms(datetime.fromisoformat(json.loads(out.getvalue())['reviewed_at']))}")
        now.move(minutes=rand.choice((1, 20, 60 * 20)))
        yield


def take_in(folder: Path, say: Say, _: Random, now: Now) -> Iterator[None]:
    """Imports of a deck that changes each time."""
    with closing(open_collection(folder / "bedrill.db", now)) as collection:
        while True:
            version = 1 - int(versions(collection)[-1])
            part = folder / "deck.part"
            shutil.copy(folder / f"{version}.md", part)
            part.replace(folder / "deck.md")
            importing.import_paths(collection, [folder / "deck.md"])
            say(f"version {version}")
            yield


def migrate(folder: Path, say: Say, _: Random, now: Now) -> Iterator[None]:
    """The first opening by a new bedrill."""
    open_collection(folder / "old.db", now).close()
    say("migrated")
    yield


def back_up(folder: Path, say: Say, _: Random, now: Now) -> Iterator[None]:
    """Copies, one after the other."""
    now.instant = max([now.instant, *(backup.at for backup in backups.listed(folder / "bedrill.db"))])
    with closing(open_collection(folder / "bedrill.db", now)) as collection:
        while True:
            now.move(hours=6)
            say(f"backup {backups.make(collection).path.name}")
            backups.thin_out(collection)
            yield


def restore(folder: Path, say: Say, rand: Random, now: Now) -> Iterator[None]:
    """Back to one copy, then to another."""
    with closing(open_collection(folder / "bedrill.db", now)) as collection:
        while True:
            number = rand.choice((1, 2))
            backups.restore(collection, folder / f"backup-{number}.db")
            say(f"restored {number}")
            now.move(seconds=1)
            yield


def replace(folder: Path, say: Say, _: Random, now: Now) -> Iterator[None]:
    """A copy in the place of a damaged collection."""
    rescue.replace(folder / "damaged.db", folder / "backup-2.db", now)
    say("replaced")
    yield


WORK: Final[Mapping[str, Work]] = {
    work.__name__: work for work in (review, grade, take_in, migrate, back_up, restore, replace)
}


def versions(collection: Collection) -> list[str]:
    """The versions that the notes of the deck say."""
    texts = collection.db.execute("SELECT text FROM notes WHERE slug LIKE 'n%'").fetchall()
    return sorted({text.rstrip(".\n").rpartition(" ")[2] for (text,) in texts})


def faults(folder: Path, work: str, acknowledged: Sequence[str]) -> list[str]:
    """What is not as it was promised; nothing if all is well. Raises what a command would say of the collection."""
    told = [line.split() for line in acknowledged]
    if work == "migrate":
        return _faults_of_migration(folder, bool(told))
    if work == "replace":
        return _faults_of_replacing(folder, bool(told))
    with closing(open_collection(folder / "bedrill.db", clock_after(folder / "bedrill.db"))) as collection:
        found = [f"{finding.name}: {finding.detail}" for finding in doctor.examine(collection) if not finding.ok]
        reviews = {str(row[0]) for row in collection.db.execute("SELECT id FROM reviews")}
        undos = {str(row[0]) for row in collection.db.execute("SELECT review_id FROM undos")}
        found += [f"{what} {rest} is gone" for what, rest in told if what == "answer" and rest not in reviews]
        found += [f"{what} {rest} is gone" for what, rest in told if what == "undo" and rest not in undos]
        there = versions(collection)
        if len(there) != 1:
            found.append(f"an import is half done: versions {there}")
        if work == "restore" and len(reviews) not in (1, 2):
            found.append(f"{len(reviews)} answers are in neither copy")
        for backup in backups.listed(collection.path):
            if fault := backups.fault(backup.path):
                found.append(f"{backup.path.name} {fault}")
        names = {backup.path.name for backup in backups.listed(collection.path)}
        if work == "back_up" and told and told[-1][1] not in names:
            found.append(f"{told[-1][1]} is gone")
    return found


def _faults_of_migration(folder: Path, is_done: bool) -> list[str]:
    with closing(sqlite3.connect(folder / "old.db")) as db:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        before = db.execute("SELECT * FROM reviews").fetchall()
    found = [] if version == schema.VERSION or not is_done else [f"schema {version} after a migration"]
    with closing(open_collection(folder / "old.db", clock_after(folder / "old.db"))) as collection:
        found += [f"{finding.name}: {finding.detail}" for finding in doctor.examine(collection) if not finding.ok]
        if collection.db.execute("SELECT * FROM reviews").fetchall() != before or not before:
            found.append("answers are not as they were")
    return found


def _faults_of_replacing(folder: Path, is_done: bool) -> list[str]:
    """Either the damaged file or the copy is in its place, whole; and the damaged one is somewhere."""
    damaged = (folder / "broken.db").read_bytes()
    is_replaced = (folder / "damaged.db").read_bytes() != damaged
    found = ["the copy is not in its place"] if is_done and not is_replaced else []
    if is_replaced:
        aside = [path.read_bytes() for path in (folder / "damaged.backups").glob("*.damaged")]
        found += [] if damaged in aside else ["the damaged file is gone"]
        with closing(open_collection(folder / "damaged.db", clock_after(folder / "damaged.db"))) as collection:
            found += [f"{finding.name}: {finding.detail}" for finding in doctor.examine(collection) if not finding.ok]
    return found
