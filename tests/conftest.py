"""Fixtures for all tests: a clock that is told the time, a collection in a temporary folder, and the command line."""

from __future__ import annotations

import io
import json
import os
import random
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bedrill.cli import run
from bedrill.cli.app import App
from bedrill.collection import open_collection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bedrill.collection import Collection

DECK = """\
---
id: cap
title: CAP
---

## What must a replicated store give up while partitioned? {#choice .core}

Either consistency or availability.

## A quorum is {{c1::a majority}} of {{c2::the replicas}}. {#quorum}

Two majorities overlap.

## Which command shows the log? {#log .typed}

`git log`

### Accept

- /git +log( --oneline)?/
"""


def at(text: str) -> datetime:
    """An aware UTC instant from "2026-01-05 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def pytest_configure() -> None:
    """One seed for all workers of a run: when processes are killed, and where the disk fails."""
    os.environ.setdefault("BEDRILL_SEED", str(random.SystemRandom().randrange(10**6)))


def pytest_report_header() -> str:
    """Says the seed, so that a run can be had again."""
    return f"crash tests: BEDRILL_SEED={os.environ['BEDRILL_SEED']}"


@pytest.fixture
def crash_seed() -> str:
    """The seed of this run."""
    return os.environ["BEDRILL_SEED"]


@dataclass
class Now:
    """A clock that stands still until it is moved."""

    instant: datetime = field(default_factory=lambda: at("2026-01-05 09:00"))

    def __call__(self) -> datetime:
        return self.instant

    def move(self, **amount: float) -> None:
        """Move on, by days, hours, minutes or seconds."""
        self.instant += timedelta(**amount)


@dataclass
class Result:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """stdout as JSON."""
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def _no_user_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the person who runs the tests: no home, no settings, UTC."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TZ", "UTC")
    for name in (
        "BEDRILL_DB",
        "BEDRILL_EDITOR",
        "VISUAL",
        "EDITOR",
        "NO_COLOR",
        "FORCE_COLOR",
        "COLUMNS",
        "XDG_DATA_HOME",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def now() -> Now:
    """2026-01-05 09:00 UTC, a Monday, until moved."""
    return Now()


@pytest.fixture
def db_path(tmp_path: Path) -> Path:
    """Where the collection of this test is."""
    return tmp_path / "bedrill.db"


@pytest.fixture
def collection(db_path: Path, now: Now) -> Iterator[Collection]:
    """An open, empty collection, in UTC."""
    opened = open_collection(db_path, now)
    yield opened
    opened.close()


@pytest.fixture
def deck_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a deck file: `deck_file(text)`, `deck_file(text, "other.md")`."""

    def write(text: str = DECK, name: str = "cap.md") -> Path:
        path = tmp_path / "decks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def invoke(db_path: Path, now: Now, tmp_path: Path) -> Callable[..., Result]:
    """Runs a command line on this test's collection, without shipped decks: `invoke("due", "--json")`."""
    no_decks = tmp_path / "no-decks"
    no_decks.mkdir(exist_ok=True)

    def call(*arguments: str) -> Result:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(arguments, App(path=db_path, now=now, shipped=no_decks))
        return Result(code, out.getvalue(), err.getvalue())

    return call
