"""
A disk that is full, errs, writes half, or cannot sync, at each write in turn: refused in words, and nothing is lost.

`BEDRILL_FAULTS=all` tries every write; without it, of the many writes of one piece of work a sample by the seed.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests.crash.children import Children
from tests.crash.work import WORK, faults, reset

SOURCE = Path(__file__).with_name("faults.c")
KINDS = {"the disk is full": 1, "a write fails": 2, "a write is short": 3, "a sync fails": 4}
SAMPLE = 25
STEPS = 2
"""The second step finds what the first has left behind."""


@pytest.fixture(scope="session")
def shim(tmp_path_factory):
    """The library that lets writes fail."""
    if sys.platform != "linux" or shutil.which("cc") is None:
        pytest.skip("it takes Linux and a C compiler")
    target = tmp_path_factory.mktemp("shim") / "faults.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-Wall", "-o", target, SOURCE, "-ldl"], check=True)
    return target


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("work", list(WORK))
def test_wherever_the_disk_fails_it_is_said_and_nothing_is_lost(work, kind, folder, shim, crash_seed):
    rand = random.Random(f"{crash_seed} {work} {kind}")
    with closing(Children(folder, shim)) as children:
        whole = fresh(folder)
        writes = _try(children, whole, work, KINDS[kind], 10**9)[2]
        places = list(range(1, writes + 1))
        if os.environ.get("BEDRILL_FAULTS") != "all" and writes > SAMPLE:
            places = sorted({1, writes, *rand.sample(places, SAMPLE)})
        said = 0
        for nth in places:
            fresh(folder)
            code, told, _ = _try(children, whole, work, KINDS[kind], nth)
            where = f"write {nth} of {writes}, BEDRILL_SEED={crash_seed}"

            assert code in (0, 1), f"{where}: {children.errors.read_text()}"
            assert faults(folder, work, told) == [], where
            said += code
    assert writes > 0
    assert said > 0, "no fault was ever noticed"
    print(f"{work}, {kind}: {len(places)} faults, {said} of them said")


def _try(children: Children, folder: Path, work: str, kind: int, nth: int) -> tuple[int, list[str], int]:
    """Do it on a disk that fails at the nth write; returns the exit code, what was promised, and the number of writes."""
    children.start(work, seed=1, steps=STEPS, fault={"nth": nth, "kind": kind})
    code, told = children.end()
    return code, told[:-1], int(told[-1].split()[1])


def fresh(folder: Path) -> Path:
    """The folder as it was prepared."""
    kept = folder.parent / "kept"
    if not kept.exists():
        shutil.copytree(folder, kept)
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)
    reset(folder)
    return folder
