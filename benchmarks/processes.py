"""Whole processes: start-up, `due`, and `review` until the first question is there."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from benchmarks.generate import TODAY
from benchmarks.measure import Figure, interleaved, ms, peak_mb, process, ratio, until_shown

from bedrill.clock import date_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PROMPT: Final = b"space show"
"""Begins the line under a question."""
CLICK: Final = "import click"
STORE: Final = "import click, sqlite3"
SCREEN: Final = "import click, sqlite3, rich.markdown"
_ON_THAT_DAY: Final = """
import os, sys
from datetime import datetime
from bedrill.cli import run
from bedrill.cli.app import App
code = run(sys.argv[2:], App(now=lambda: datetime.fromisoformat(sys.argv[1])))
sys.stdout.flush()
os._exit(code)
"""
"""As `bedrill.cli.main` does it, but for the clock."""
REPETITIONS: Final = 31
VERSION_BOUND: Final = 1.1
DUE_BOUND: Final = 1.2
FIRST_CARD_BOUND: Final = 1.2


def bedrill(*arguments: str) -> list[str]:
    """The installed command."""
    return [str(Path(sys.executable).with_name("bedrill")), *arguments]


def bedrill_on_that_day(*arguments: str, days_later: int = 0) -> list[str]:
    """bedrill on the day of the collections that are kept."""
    noon = f"{date_of(TODAY + days_later)}T12:00:00+00:00"
    return [sys.executable, "-c", _ON_THAT_DAY, noon, *arguments]


def _seconds(arguments: Sequence[str]) -> Callable[[], float]:
    return lambda: process(arguments)


def start_up(path: Path, cards: int) -> Iterator[Figure]:
    """Start-up, on a collection whose learner is up to date now; bedrill's own decks come in at the first call."""
    taken = interleaved(
        {
            "nothing": _seconds([sys.executable, "-c", "pass"]),
            CLICK: _seconds([sys.executable, "-c", CLICK]),
            STORE: _seconds([sys.executable, "-c", STORE]),
            "--version": _seconds(bedrill("--version")),
            "due": _seconds(bedrill("due", "--db", str(path))),
            "due --count": _seconds(bedrill("due", "--count", "--db", str(path))),
            "overview": _seconds(bedrill("--db", str(path))),
        },
        REPETITIONS,
    )
    yield _against(taken, "--version", CLICK, "bedrill --version", VERSION_BOUND)
    yield _against(taken, "due", STORE, f"bedrill due, {cards:,} cards", DUE_BOUND)
    yield _against(taken, "due --count", STORE, f"bedrill due --count, {cards:,} cards", None)
    yield _against(taken, "overview", STORE, f"bedrill, {cards:,} cards", None)
    yield _against(taken, STORE, "nothing", f'python -c "{STORE}"', None)


def first_card(path: Path, cards: int) -> Iterator[Figure]:
    """`review` on a terminal, until question and prompt are shown."""
    actions = {
        SCREEN: _seconds([sys.executable, "-c", SCREEN]),
        "review": lambda: until_shown(bedrill("review", "--db", str(path)), PROMPT),
    }
    try:
        taken = interleaved(actions, REPETITIONS)
    except LookupError as error:
        print(error, file=sys.stderr)
        yield Figure("bedrill review to the first card", "not measured", number=float("inf"), bound=FIRST_CARD_BOUND)
        return
    yield _against(taken, "review", SCREEN, f"bedrill review to the first card, {cards:,} cards", FIRST_CARD_BOUND)


def whole(path: Path, cards: int) -> Iterator[Figure]:
    """Time and peak memory of whole processes on a collection that is kept; these figures have no bound."""
    for words in (("due", "--count"), ("next", "--json")):
        arguments = bedrill_on_that_day(*words, "--db", str(path))
        taken = interleaved({"bedrill": _seconds(arguments)}, REPETITIONS // 2)["bedrill"]
        name = f"bedrill {' '.join(words)}, {cards:,} cards, whole process"
        yield Figure(name, ms(median(taken)), f"peak memory {peak_mb(arguments):.0f} MB")


def _against(taken: dict[str, list[float]], name: str, reference: str, what: str, bound: float | None) -> Figure:
    return Figure(
        what,
        ms(median(taken[name])),
        f"{reference}: {ms(median(taken[reference]))}",
        ratio(taken[name], taken[reference]),
        bound=bound,
    )
