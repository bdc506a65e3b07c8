"""Inside the process, on collections that are kept: today's queue, and answers."""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Final

from benchmarks.generate import TODAY
from benchmarks.measure import Figure, forget_cache, interleaved, ms, timed

from bedrill.clock import DAY_S
from bedrill.collection import answering, open_collection, today
from bedrill.model import Rating
from bedrill.store import cards

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bedrill.collection import Collection

QUEUE_BOUND_MS: Final = 10.0
ANSWER_BOUND: Final = 1.5
REPETITIONS: Final = 31
ANSWERS: Final = 100


class Noon:
    """A clock that begins at noon of the collections' day, or some days later, and goes on from there."""

    def __init__(self, days_later: int = 0) -> None:
        self.begin = datetime.fromtimestamp((TODAY + days_later) * DAY_S + DAY_S // 2, UTC)
        self.started_s = time.monotonic()

    def __call__(self) -> datetime:
        return self.begin + timedelta(seconds=time.monotonic() - self.started_s)


@contextmanager
def opened(path: Path, days_later: int = 0) -> Iterator[Collection]:
    """The collection, open, at noon of its day or some days later."""
    collection = open_collection(path, Noon(days_later))
    try:
        yield collection
    finally:
        collection.close()


def queues(path: Path, size: int) -> Iterator[Figure]:
    """Today's queue: up to date, and after 30 days without an answer."""
    yield from _queue(path, 0, f"queue, {size:,} cards, up to date")
    yield from _queue(path, 30, f"queue, {size:,} cards, 30 days of backlog")


def _queue(path: Path, days_later: int, what: str) -> Iterator[Figure]:
    with opened(path, days_later) as collection:
        left = today.queue(collection)
        taken = interleaved({"warm": timed(lambda: today.queue(collection))}, REPETITIONS)
    taken |= interleaved({"first": lambda: _open_and_queue(path, days_later, cold=False)}, REPETITIONS)
    taken |= interleaved({"cold": lambda: _open_and_queue(path, days_later, cold=True)}, 5)
    warm = median(taken["warm"])
    asked = f"{len(left.main)} asked, {len(left.new_cards)} of them new"
    yield Figure(what, ms(warm), asked, warm * 1000, "ms", QUEUE_BOUND_MS)
    yield Figure("  the first of a process: open and queue", ms(median(taken["first"])))
    yield Figure("  the same with a cold system cache", ms(median(taken["cold"])))


def _open_and_queue(path: Path, days_later: int, *, cold: bool) -> float:
    if cold:
        forget_cache(path)
    start = time.perf_counter()
    with opened(path, days_later) as collection:
        today.queue(collection)
        return time.perf_counter() - start


def answers(path: Path, size: int) -> Iterator[Figure]:
    """One durable answer against one durable row, side by side in one folder. It works on a copy."""
    copy = path.with_suffix(".copy")
    bare = path.with_suffix(".bare")
    try:
        shutil.copy(path, copy)
        os.sync()  # what the copy left to write would be in every commit
        with opened(copy) as collection:
            soonest = collection.db.execute(
                "SELECT id FROM cards WHERE phase = 2 ORDER BY due_on LIMIT 3 * ?", (ANSWERS + 1,)
            )
            waiting = [row[0] for row in soonest]
            taken = interleaved(_answer_actions(collection, _bare_commit(bare), waiting), ANSWERS)
    finally:
        for leftover in (*path.parent.glob(f"{copy.name}*"), *path.parent.glob(f"{bare.name}*")):
            leftover.unlink()
    commit = f"one row and COMMIT: {ms(median(taken['bare']))}"
    for name, what, bound in (
        ("answer", f"one answer, {size:,} cards, outcome given", ANSWER_BOUND),
        ("unsynced", "  the same without waiting for the disk", None),
        ("both", "  the same, computing the outcome", None),
        ("previews", "  the four previews alone", None),
        ("show", "  the card and its text, read and parsed", None),
    ):
        yield Figure(what, ms(median(taken[name])), commit, median(taken[name]) / median(taken["bare"]), bound=bound)


def _bare_commit(path: Path) -> Callable[[], float]:
    """A commit of one row as short as it can be, as durable as an answer."""
    db = sqlite3.connect(path, isolation_level=None)
    for statement in (
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a)",
    ):
        db.execute(statement)

    def commit() -> None:
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO t (a) VALUES (1)")
        db.execute("COMMIT")

    return timed(commit)


def _answer_actions(
    collection: Collection, bare: Callable[[], float], waiting: list[int]
) -> dict[str, Callable[[], float]]:
    """Each answer is to the next card that waits: Good, and Again every seventh time."""
    to_answer, to_look_at = iter(waiting), itertools.cycle(waiting)
    ratings = iter([Rating.AGAIN if turn % 7 == 0 else Rating.GOOD for turn in range(1_000)])

    def answer(*, with_outcome: bool, synchronous: str = "FULL") -> float:
        collection.db.execute(f"PRAGMA synchronous = {synchronous}")
        card, rating, at = cards.by_row(collection.db, next(to_answer)), next(ratings), collection.now()
        on = collection.clock.study_day(at)
        outcome = answering.previews(collection, card, at)[rating] if with_outcome else None
        start = time.perf_counter()
        answering.answer(collection, card, rating, duration_ms=4_000, outcome=outcome, shown_on=on)
        seconds = time.perf_counter() - start
        if synchronous == "OFF":
            os.sync()  # or else the next answer pays for it
        return seconds

    def previews() -> float:
        card = cards.by_row(collection.db, next(to_look_at))
        return timed(lambda: answering.previews(collection, card, collection.now()))()

    return {
        "bare": bare,
        "answer": lambda: answer(with_outcome=True),
        "unsynced": lambda: answer(with_outcome=True, synchronous="OFF"),
        "both": lambda: answer(with_outcome=False),
        "previews": previews,
        "show": timed(lambda: answering.note_of(cards.by_row(collection.db, next(to_look_at)))),
    }
