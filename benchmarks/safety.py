"""What safety costs: the daily backup, the largest deck that may come, and reading a damaged collection out."""

from __future__ import annotations

import shutil
import time
from contextlib import closing
from typing import TYPE_CHECKING

from benchmarks.generate import collection_at
from benchmarks.measure import Figure, peak_mb, process
from benchmarks.processes import bedrill

from bedrill.collection import open_collection, rescue
from bedrill.limits import MAX_DECK_BYTES, MAX_NOTES
from bedrill.store import connection, copies, health

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def figures(folder: Path, small: int, large: int) -> Iterator[Figure]:
    """A deck at its bounds, a small collection that is damaged, and the backup of a large one."""
    yield from largest(folder)
    yield from salvage(collection_at(folder, small), small)
    yield from backup(collection_at(folder, large), large)


def backup(path: Path, size: int) -> Iterator[Figure]:
    """The copy before the first change of a day, and how much of it is looking it through."""
    target = path.with_suffix(".copy")
    target.unlink(missing_ok=True)
    with closing(connection.open_collection(str(path))) as db:
        start = time.perf_counter()
        copies.make(db, str(target))
        whole_s = time.perf_counter() - start
        before = health.counts(db)
    start = time.perf_counter()
    assert health.fault_of_copy(str(target), before) == ""
    check_s = time.perf_counter() - start
    target.unlink()
    yield Figure(f"daily backup of {size:,} cards", f"{whole_s:.1f} s", f"{check_s:.1f} s of it read it back")


def largest(folder: Path) -> Iterator[Figure]:
    """A deck file at both of its bounds: bytes and notes."""
    notes = [f"## What is number {number}?\n\n{number}." for number in range(MAX_NOTES)]
    room = (MAX_DECK_BYTES - len("\n\n".join(notes)) - 1) // MAX_NOTES
    filler = " ".join(["word"] * (room // 5))
    deck = folder / "largest.md"
    deck.write_text("\n\n".join(f"{note} {filler}" for note in notes) + "\n")
    fresh = folder / "largest.db"
    for left in folder.glob("largest.db*"):
        left.unlink()
    seconds = process([*bedrill("--db", str(fresh)), "import", str(deck)])
    for left in folder.glob("largest.db*"):
        left.unlink()
    peak = peak_mb([*bedrill("--db", str(fresh)), "import", str(deck)])
    what = f"import of a deck of {MAX_NOTES:,} notes, {deck.stat().st_size / 2**20:.1f} MiB"
    yield Figure(what, f"{seconds:.1f} s", f"{peak:.0f} MB at most")


def salvage(path: Path, size: int) -> Iterator[Figure]:
    """A collection whose first page is broken, read out page by page."""
    damaged, new = path.with_name("damaged.db"), path.with_name("salvaged.db")
    for each in (damaged, new):
        each.unlink(missing_ok=True)
    shutil.copy(path, damaged)
    with damaged.open("r+b") as file:
        file.write(b"\xa5" * 4096)
    start = time.perf_counter()
    made = rescue.salvage(damaged, new, open_collection(path).now)
    seconds = time.perf_counter() - start
    yield Figure(
        f"salvage of {size:,} cards", f"{seconds:.1f} s", f"{made.answers:,} answers, {made.stand_ins} stand-ins"
    )
