"""Much at once: the replay of a log against py-fsrs, and the import of decks."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime, timedelta
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING, Final

import fsrs
from benchmarks import words
from benchmarks.inside import opened
from benchmarks.measure import Figure, interleaved, peak_mb, process, timed
from benchmarks.processes import bedrill

from bedrill import history, optimizer
from bedrill.store import log

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bedrill.config import Settings
    from bedrill.model import CardState, Review

MILLION: Final = 1_000_000
REPLAY_BOUND_S: Final = 2.0
"""For a million reviews."""
OPTIMIZED: Final = 100_000
IMPORT_BOUND: Final = 20_000
COMPARED_CARDS: Final = 10_000
FILES: Final = 20
NOTES_PER_FILE: Final = 1_000
CSV_NOTES: Final = 100_000


def replay(path: Path) -> Iterator[Figure]:
    """The replay of up to a million reviews, and whether it equals py-fsrs fed one by one."""
    with opened(path) as collection:
        read_at = time.perf_counter()
        rows = list(islice(log.everything(collection.db), MILLION))
        read_s = time.perf_counter() - read_at
        settings = collection.settings
    share = len(rows) / MILLION
    seconds = median(interleaved({"replay": timed(lambda: history.replay(rows, settings))}, 5)["replay"])
    chosen = sorted({row[1] for row in rows})[:COMPARED_CARDS]
    sample = _of_cards(rows, set(chosen))
    start = time.perf_counter()
    expected = _one_by_one(sample, settings)
    theirs_s = (time.perf_counter() - start) / len(sample) * len(rows)
    equal = _count_equal(history.replay(sample, settings), expected)
    yield Figure(
        f"replay of {len(rows):,} reviews",
        f"{seconds:.2f} s",
        f"py-fsrs {theirs_s:.1f} s, reading them {read_s:.1f} s",
        seconds / share,
        "s/million",
        REPLAY_BOUND_S,
    )
    yield Figure(
        "  cards whose memory equals py-fsrs's to the last bit",
        f"{equal:,}",
        f"of {len(expected):,}",
        equal / len(expected),
        "",
        1.0,
        at_least=True,
    )


def optimizer_of(path: Path) -> Iterator[Figure]:
    """Fitting parameters to 100,000 answers, and judging them: `bedrill optimize` without the start."""
    with opened(path) as collection:
        rows = list(islice(log.everything(collection.db), OPTIMIZED))
        seconds = median(
            interleaved({"fit": timed(lambda: optimizer.fit(rows, collection.settings.fsrs_parameters))}, 3)["fit"]
        )
    yield Figure(
        f"optimizing {len(rows):,} reviews", f"{seconds:.2f} s", "two fits and two judgements", seconds, "s", 1.0
    )


def _of_cards(rows: Iterable[Review], chosen: set[int]) -> list[Review]:
    return [row for row in rows if row[1] in chosen]


def _one_by_one(rows: Iterable[Review], settings: Settings) -> dict[int, fsrs.Card]:
    """py-fsrs's cards, fed with study days."""
    scheduler = fsrs.Scheduler(
        parameters=settings.fsrs_parameters,
        learning_steps=[timedelta(seconds=seconds) for seconds in settings.learning_steps],
        relearning_steps=[timedelta(seconds=seconds) for seconds in settings.relearning_steps],
        enable_fuzzing=False,
    )
    midnight = datetime(1970, 1, 1, tzinfo=UTC)
    cards: dict[int, fsrs.Card] = {}
    for _, card_id, rating, _, studied_on, *_ in rows:
        card = cards.get(card_id) or fsrs.Card(card_id=card_id, due=midnight)
        answered_at = midnight + timedelta(days=studied_on)
        cards[card_id], _log = scheduler.review_card(card, fsrs.Rating(rating), answered_at)
    return cards


def _count_equal(states: dict[int, CardState], expected: dict[int, fsrs.Card]) -> int:
    def is_equal(state: CardState, card: fsrs.Card) -> bool:
        assert state.memory is not None
        ours = (state.memory.stability_days, state.memory.difficulty, int(state.phase), state.step)
        return ours == (card.stability, card.difficulty, card.state.value, card.step or 0)

    return sum(is_equal(states[card_id], card) for card_id, card in expected.items())


def imports(folder: Path, rand: random.Random) -> Iterator[Figure]:
    """`bedrill import`, whole processes: deck files, one large CSV, and each the same again."""
    work = folder / "import"
    shutil.rmtree(work, ignore_errors=True)
    (work / "decks").mkdir(parents=True)
    try:
        count = FILES * NOTES_PER_FILE
        for number in range(FILES):
            (work / "decks" / f"bench-{number}.md").write_text(_deck_text(rand, number), encoding="utf-8")
        yield from _import(work, work / "decks", f"import of {count:,} notes from {FILES} deck files", count, None)
        table = work / "bench.csv"
        table.write_text(_csv_text(rand), encoding="utf-8")
        yield from _import(work, table, f"import of a CSV of {CSV_NOTES:,} notes", CSV_NOTES, IMPORT_BOUND)
    finally:
        shutil.rmtree(work)


def _import(work: Path, source: Path, what: str, notes: int, bound: float | None) -> Iterator[Figure]:
    """An import into a collection that has bedrill's own decks, three times into a copy of it; and once again."""
    fresh, db = work / "fresh.db", work / "bedrill.db"
    if not fresh.exists():
        process(bedrill("due", "-q", "--db", str(fresh)))
    taken, again = [], []
    command = bedrill("import", "-q", "--db", str(db), str(source))
    for _ in range(3):
        shutil.copy(fresh, db)
        taken.append(process(command))
        again.append(process(command))
    shutil.copy(fresh, db)
    peak = f"peak memory {peak_mb(command):.0f} MB"
    yield Figure(what, f"{median(taken):.2f} s", peak, notes / median(taken), "notes/s", bound, at_least=True)
    yield Figure("  the same again, nothing new", f"{median(again):.2f} s", "", notes / median(again), "notes/s")


def _deck_text(rand: random.Random, number: int) -> str:
    notes = [
        words.note(rand, place, is_core=False, has_siblings=rand.random() < 0.12)[2] for place in range(NOTES_PER_FILE)
    ]
    return f"---\nid: import-{number}\ntitle: Import {number}\n---\n\n" + "\n\n".join(notes) + "\n"


def _csv_text(rand: random.Random) -> str:
    lines = ["front,back"]
    for number in range(CSV_NOTES):
        a, b, c = rand.choices(words.THINGS, k=3)
        lines.append(f'"What does the {a} {number} do for the {b}, if asked?","It lets the {c} go on, in turn."')
    return "\n".join(lines) + "\n"
