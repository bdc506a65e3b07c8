"""
Generated collections: notes, cards and a log of about ten answers a card.

    python benchmarks/generate.py 100000 --dir /var/tmp/bedrill

The states are bedrill's own replay of the log, so that `bedrill doctor` has nothing to say. A collection is a function
of its size, its day and the seed; it is made once per folder.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import multiprocessing
import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import learner, words

from bedrill import schema
from bedrill.clock import date_of, day_number
from bedrill.collection import answering, doctor, open_collection
from bedrill.note import DeckFile
from bedrill.store import health, imported, notes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from bedrill.collection import Collection
    from bedrill.model import StudyDay

TODAY: Final = day_number(date(2026, 1, 5))
"""The study day of collections that are kept: the learner has answered everything until the evening before."""
SEED: Final = 20260105
LARGE: Final = 100_000
CORE: Final = 0.2
"""Share of the notes of a lesson that are core."""
SIBLINGS: Final = 0.12
"""Share of notes with two cards."""
NEW_ELSEWHERE: Final = 0.02
"""Share of new cards in decks that are no lessons."""
NEW_LESSONS: Final = 0.03
"""Share of lessons that are still to come: all their cards are new."""
FIRST_LESSON: Final = 101
"""bedrill's own lessons end at 100: a generated collection may get them as well."""


class Deck(NamedTuple):
    """A deck to be made."""

    row: int
    name: str
    is_lesson: bool
    new_share: float
    cards: int


def collection_at(folder: Path, cards: int, today: StudyDay = TODAY, backlog_days: int = 0) -> Path:
    """
    The collection in `folder` with that many cards, made if need be; the learner stopped `backlog_days` ago.

    Those that an earlier version of this file, or of the schema, has made are thrown away.
    """
    sources = [Path(module.__file__ or "") for module in (schema, learner, words)] + [Path(__file__)]
    made_by = hashlib.blake2b(b"".join(source.read_bytes() for source in sources), digest_size=4).hexdigest()
    last = date_of(today - backlog_days)
    path = folder / f"{cards}-cards-until-{last}-{made_by}.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for outdated in folder.glob("*-cards-until-*"):
            if made_by not in outdated.name or ".part" in outdated.name:
                outdated.unlink()
        part = path.with_suffix(".part")
        # A process of its own: what it leaves behind in memory would be in every figure.
        maker = multiprocessing.get_context("spawn").Process(target=_fill, args=(part, cards, today - backlog_days))
        maker.start()
        maker.join()
        if maker.exitcode:
            raise SystemExit(f"{part} could not be made")
        part.rename(path)
    return path


def _fill(path: Path, cards: int, today: StudyDay) -> None:
    """Write a collection as one transaction; its indexes grow with it, so that their pages are as full as in life."""
    collection = open_collection(path)
    db = collection.db
    for pragma in (
        "journal_mode = OFF",
        "synchronous = OFF",
        "foreign_keys = OFF",
        "cache_size = -1000000",
        "threads = 2",
    ):
        db.execute(f"PRAGMA {pragma}")
    with collection.transaction():
        decks = _put_decks(db, cards)
        new = _put_notes(db, decks)
        _put_reviews(db, _rows(collection, cards, new, today))
        answering.rebuild(collection)
        health.rebuild_full_text(db)
    db.execute("PRAGMA journal_mode = WAL")
    collection.close()


def _put_decks(db: sqlite3.Connection, cards: int) -> list[Deck]:
    """Half of the decks are lessons that rest on two earlier ones; the others are the learner's own."""
    count = 200 if cards >= LARGE else 30
    lessons = count // 2
    decks = []
    for number in range(count):
        name, is_lesson = f"bench-{number + 1:03}", number < lessons
        lesson = FIRST_LESSON + number
        requires = [str(lesson - back) for back in (1, 5) if lesson - back >= FIRST_LESSON] if is_lesson else []
        deck = DeckFile(
            "",
            name,
            words.title(number),
            lesson if is_lesson else None,
            "intermediate",
            tuple(requires),
            ("bench",),
        )
        is_to_come = is_lesson and number >= lessons * (1 - NEW_LESSONS)
        new_share = 0.0 if is_lesson else NEW_ELSEWHERE
        size = cards // count + (number < cards % count)
        decks.append(Deck(imported.put_deck(db, deck), name, is_lesson, 1.0 if is_to_come else new_share, size))
    return decks


def _put_notes(db: sqlite3.Connection, decks: list[Deck]) -> set[object]:
    """The notes with their cards, in rows from 1 on; returns the cards that are new."""
    rand = random.Random(SEED)
    rows = itertools.count(1), itertools.count(1)
    new: set[object] = set()
    for deck in decks:
        note_values, card_values = _of_deck(deck, rand, *rows)
        new.update(values[0] for values in card_values if rand.random() < deck.new_share)
        db.executemany(
            "INSERT INTO notes (id, deck_id, slug, slug_is_derived, kind, style, is_core, position, text, "
            "content_hash, origin, guid, changed_at) "
            "VALUES (?, ?, ?, 0, 'concept', ?, ?, ?, ?, ?, 'file', ?, 1767000000000)",
            note_values,
        )
        db.executemany(
            "INSERT INTO cards (id, note_id, deck_id, ordinal, guid, kind, is_core, position) "
            "VALUES (?, ?, ?, ?, ?, 'concept', ?, ?)",
            card_values,
        )
    return new


def _of_deck(
    deck: Deck, rand: random.Random, note_rows: Iterator[int], card_rows: Iterator[int]
) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """What a deck's notes and cards have in their columns."""
    note_values: list[tuple[object, ...]] = []
    card_values: list[tuple[object, ...]] = []
    while len(card_values) < deck.cards:
        note_row, place = next(note_rows), len(note_values)
        is_core = deck.is_lesson and rand.random() < CORE
        has_siblings = rand.random() < SIBLINGS and deck.cards - len(card_values) > 1
        slug, style, text = words.note(rand, note_row, is_core=is_core, has_siblings=has_siblings)
        guid = notes.guid_of(f"{deck.name}/{slug}")
        note_values.append((note_row, deck.row, slug, style, is_core, place, text, notes.content_hash(text), guid))
        for ordinal in (1, 2) if has_siblings else (0,):
            guid = hashlib.blake2b(f"{deck.name}/{slug}#{ordinal}".encode(), digest_size=8).hexdigest()
            card_values.append((next(card_rows), note_row, deck.row, ordinal, guid, is_core, place))
    return note_values, card_values


def _rows(collection: Collection, cards: int, new: set[object], today: StudyDay) -> Iterator[learner.Row]:
    student = learner.Learner(collection.settings, today - 1, SEED)
    for card in range(1, cards + 1):
        if card not in new:
            yield from student.history(card)


def _put_reviews(db: sqlite3.Connection, rows: Iterator[learner.Row]) -> None:
    """The log, in order of time: SQLite sorts what comes card by card."""
    db.execute("CREATE TEMP TABLE unsorted (id, card, rating, kind, studied_on, elapsed, interval_s, duration_ms)")
    db.executemany("INSERT INTO unsorted VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    db.execute("INSERT INTO reviews SELECT *, 'be4c' FROM unsorted ORDER BY id")
    db.execute("DROP TABLE unsorted")


def main() -> None:
    """Make collections, and say what was made."""
    parser = argparse.ArgumentParser(description="Make collections of a given size.")
    parser.add_argument("cards", nargs="+", type=int)
    parser.add_argument("--dir", type=Path, default=Path(tempfile.gettempdir()) / "bedrill-benchmarks")
    parser.add_argument("--backlog", type=int, default=0, metavar="DAYS", help="the learner stopped so many days ago")
    parser.add_argument("--doctor", action="store_true", help="let the doctor look at them")
    options = parser.parse_args()
    for cards in options.cards:
        start = time.perf_counter()
        path = collection_at(options.dir, cards, backlog_days=options.backlog)
        print(f"{path}: {path.stat().st_size / 1e6:,.0f} MB in {time.perf_counter() - start:.0f} s")
        if options.doctor:
            _examine(path)


def _examine(path: Path) -> None:
    collection = open_collection(path)
    for finding in doctor.examine(collection):
        print(f"  {'ok  ' if finding.ok else 'BAD '} {finding.name}: {finding.detail}")
    collection.close()


if __name__ == "__main__":
    main()
