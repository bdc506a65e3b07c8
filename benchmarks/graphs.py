"""The statistics: the first screen against `due` and against Anki's own graphs of the same collection."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from anki.collection import Collection as AnkiCollection
from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
from benchmarks.inside import opened
from benchmarks.measure import Figure, interleaved, ms, process, ratio, timed
from benchmarks.processes import bedrill, bedrill_on_that_day

from bedrill.collection import statistics, statistics_in_full

if TYPE_CHECKING:
    from collections.abc import Iterator

SCREEN_BOUND: Final = 1.5
"""Of the first screen against `due`, whole processes."""
SCREEN_BOUND_MS: Final = 1_000
"""Of the first screen inside the process, whatever the size."""
REPETITIONS: Final = 31
_ANKI_UP_TO: Final = 100_000
"""Larger collections take Anki many minutes to take in."""


def process_figures(path: Path, cards: int) -> Iterator[Figure]:
    """The first screen and `due`, on a collection whose learner is up to date now."""
    taken = interleaved(
        {
            "stats": lambda: process(bedrill("stats", "--db", str(path))),
            "due": lambda: process(bedrill("due", "--db", str(path))),
        },
        REPETITIONS,
    )
    yield Figure(
        f"bedrill stats, {cards:,} cards",
        ms(median(taken["stats"])),
        f"bedrill due: {ms(median(taken['due']))}",
        ratio(taken["stats"], taken["due"]),
        bound=SCREEN_BOUND,
    )


def figures(path: Path, cards: int) -> Iterator[Figure]:
    """The first screen and every figure inside the process; up to 100,000 cards Anki's graphs of the same cards."""
    with opened(path) as collection:
        actions = {
            "first": timed(lambda: statistics.first_screen(collection)),
            "all": timed(lambda: statistics_in_full.made(collection, statistics.NAMES)),
        }
        taken = interleaved({"first": actions["first"]}, 5)
        taken |= interleaved({"all": actions["all"]}, 1 if cards > _ANKI_UP_TO else 5)
    first = median(taken["first"])
    yield Figure(f"stats, first screen, {cards:,} cards", ms(first), "", first * 1000, "ms", SCREEN_BOUND_MS)
    if cards > _ANKI_UP_TO:
        yield Figure(f"stats all, {cards:,} cards", ms(median(taken["all"])))
        return
    with tempfile.TemporaryDirectory() as folder, opened(path) as collection:
        anki = _in_anki(path, Path(folder))
        try:
            both = interleaved(
                {
                    "ours": timed(lambda: statistics_in_full.made(collection, statistics.NAMES)),
                    "first": timed(lambda: statistics.first_screen(collection)),
                    "anki": timed(lambda: anki._backend.graphs(search="", days=365)),  # noqa: SLF001 - as its page does
                },
                5,
            )
        finally:
            anki.close()
    against = f"Anki's graphs, a year: {ms(median(both['anki']))}"
    yield Figure(f"stats, first screen, {cards:,} cards", ms(first), against, ratio(both["first"], both["anki"]))
    yield Figure(f"stats all, {cards:,} cards", ms(median(both["ours"])), against, ratio(both["ours"], both["anki"]))


def _in_anki(path: Path, folder: Path) -> AnkiCollection:
    """An Anki collection with the same cards and the same log."""
    copy, package = folder / "copy.db", folder / "out.apkg"
    shutil.copyfile(path, copy)
    process(bedrill_on_that_day("export", str(package), "--db", str(copy)))
    if not package.exists():
        sys.exit("the package for Anki could not be written")
    collection = AnkiCollection(str(folder / "collection.anki2"))
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options))
    return collection
