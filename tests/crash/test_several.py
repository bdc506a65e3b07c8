"""Several at once: two terminals, a job that grades, an import in between. Nothing is lost, doubled, or locked."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import pexpect
import pytest
from tests.cli.terminal import Terminal, rows, run_bedrill

from bedrill.collection import browse, doctor, importing, open_collection, shipped
from bedrill.store import catalog

if TYPE_CHECKING:
    from pathlib import Path

CARDS = {"crowd": 60, "job": 10}


def deck(name: str, version: int) -> str:
    notes = (f"## What is {name} {n}? {{#n{n}}}\n\n{n}, version {version}." for n in range(CARDS[name]))
    return f"---\nid: {name}\n---\n\n" + "\n\n".join(notes) + "\n"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A collection in which everything is asked today."""
    path = tmp_path / "study.db"
    for name in CARDS:
        (tmp_path / f"{name}.md").write_text(deck(name, 0))
    with closing(open_collection(path)) as collection:
        catalog.put_meta(collection.db, "shipped", shipped.fingerprint_of(shipped.shipped_folder()))
        browse.set_setting(collection, "new_per_day", str(sum(CARDS.values())))
        importing.import_paths(collection, [tmp_path / f"{name}.md" for name in CARDS])
    return path


def study(db: Path) -> tuple[int, str]:
    """A session that answers Easy to whatever comes; how many answers it took for given, and all that it showed."""
    terminal = Terminal(db).start("review", "crowd")
    given = 0
    while True:
        found = terminal.child.expect([r"\? help", pexpect.EOF])
        terminal.seen += terminal.child.before
        if found:
            terminal.child.close()
            return given, terminal.seen
        terminal.press(" ", r"4 easy")
        time.sleep(0.05)  # a person reads: the others get their turns
        terminal.child.send("4")
        given += 1


def grade(db: Path) -> tuple[int, str]:
    """A job that asks for the next card of its deck and answers it, as long as there is one."""
    given, told = 0, ""
    while True:
        shown = json.loads(run_bedrill(db, "next", "job", "--json").stdout)["card"]
        if shown is None:
            return given, told
        done = run_bedrill(db, "grade", shown["id"], "easy", "--reps", str(shown["reps"]))
        given += done.returncode == 0
        told += done.stderr


def take_in(db: Path, stop: threading.Event) -> str:
    """Imports of a deck that changes each time."""
    told, version = "", 0
    while not stop.is_set():
        version += 1
        (db.parent / "crowd.md").write_text(deck("crowd", version))
        told += run_bedrill(db, "import").stderr
    return told


def test_two_terminals_a_job_and_an_import_get_along(db):
    stop = threading.Event()
    with ThreadPoolExecutor(4) as pool:
        sessions = [pool.submit(study, db) for _ in range(2)]
        job, imports = pool.submit(grade, db), pool.submit(take_in, db, stop)
        shown = [session.result(timeout=120) for session in sessions]
        graded, told = job.result(timeout=60)
        stop.set()
        taken = imports.result(timeout=60)

    seen = "".join(text for _, text in shown) + told + taken
    assert "in use" not in seen
    assert "this is a bug" not in seen
    answered = [row for (row,) in rows(db, "SELECT card_id FROM reviews")]
    assert sorted(answered) == sorted(set(answered)), "a card was answered twice"
    assert len(answered) == sum(CARDS.values()), "an answer is lost, or a card was never asked"
    stood = seen.count("that answer stands")
    stood = sum(text.count("that answer stands") for _, text in shown)
    assert sum(given for given, _ in shown) == CARDS["crowd"] + stood
    assert min(given for given, _ in shown) > 0
    assert (graded, told) == (CARDS["job"], "")
    with closing(open_collection(db)) as collection:
        assert [finding for finding in doctor.examine(collection) if not finding.ok] == []
