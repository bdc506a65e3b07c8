"""
The figures of docs/design.md, measured: ratios within one run, medians of interleaved repetitions.

    python benchmarks/run.py
    python benchmarks/run.py --sizes 3000,100000 --dir /var/tmp/bedrill --only queue,answer
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import exchange, graphs, inside, logs, processes, safety
from benchmarks.generate import SEED, collection_at
from benchmarks.measure import Figure, print_figure, print_head

from bedrill.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator

SUBJECTS: Final = ("start", "queue", "answer", "whole", "stats", "replay", "import", "exchange", "safety", "review")


def main() -> int:
    """Measure, print as it comes; returns 1 if a bound is missed."""
    parser = argparse.ArgumentParser(description="Measure bedrill on generated collections.")
    parser.add_argument("--sizes", default="3000,100000,1000000", help="cards, a comma between (%(default)s)")
    parser.add_argument("--dir", type=Path, default=Path(tempfile.gettempdir()) / "bedrill-benchmarks")
    parser.add_argument("--only", default=",".join(SUBJECTS), help="of %(default)s")
    options = parser.parse_args()
    sizes = sorted({int(size) for size in options.sizes.split(",")})
    print_head()
    missed = 0
    for figure in figures(options.dir, sizes, options.only.split(",")):
        print_figure(figure)
        missed += figure.verdict == "MISSED"
    print(f"{missed} missed" if missed else "all bounds hold")
    return min(missed, 1)


def figures(folder: Path, sizes: list[int], subjects: list[str]) -> Iterator[Figure]:
    """The figures, subject by subject; processes start on the smallest collection, the log is of a middle one."""
    small = sizes[0]
    if "start" in subjects:
        yield from processes.start_up(_of_now(folder, small), small)
    for size in sizes:
        yield from _of_size(collection_at(folder, size), size, subjects)
    if "replay" in subjects:
        path = collection_at(folder, min(sizes[-1], max(100_000, small)))
        yield from logs.replay(path)
        yield from logs.optimizer_of(path)
    if "import" in subjects:
        yield from logs.imports(folder, random.Random(SEED))
    if "exchange" in subjects:
        yield from exchange.figures(folder, sizes[-1])
    if "safety" in subjects:
        yield from safety.figures(folder, small, sizes[-1])
    if "stats" in subjects:
        yield from graphs.process_figures(_of_now(folder, small), small)
    if "review" in subjects:
        yield from processes.first_card(_of_now(folder, small), small)


def _of_size(path: Path, size: int, subjects: list[str]) -> Iterator[Figure]:
    if "queue" in subjects:
        yield from inside.queues(path, size)
    if "answer" in subjects:
        yield from inside.answers(path, size)
    if "stats" in subjects:
        yield from graphs.figures(path, size)
    if "whole" in subjects:
        yield from processes.whole(path, size)


def _of_now(folder: Path, cards: int) -> Path:
    """A collection whose learner has answered everything until yesterday."""
    return collection_at(folder, cards, Clock().today())


if __name__ == "__main__":
    sys.exit(main())
