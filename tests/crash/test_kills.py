"""
Killed at any moment: what was acknowledged is there, and everything is as it should be.

`BEDRILL_KILLS` says how often each piece of work is killed, `BEDRILL_SEED` when; pytest's first lines name the seed.
"""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import closing, suppress

import pytest
from tests.crash.children import Children
from tests.crash.work import WORK, faults, reset

KILLS = int(os.environ.get("BEDRILL_KILLS", "40"))


@pytest.mark.parametrize("work", list(WORK))
def test_whenever_it_is_killed_nothing_that_was_promised_is_lost(work, folder, crash_seed, record_property):
    rand = random.Random(f"{crash_seed} {work}")
    kept: list[str] = []
    with closing(Children(folder)) as children:
        for number in range(KILLS):
            reset(folder)
            pid = children.start(work, rand.randrange(10**9))
            time.sleep(rand.uniform(0, 0.08))
            with suppress(ProcessLookupError):  # it was done before
                os.kill(pid, signal.SIGKILL)
            code, told = children.end()
            assert code in (0, -signal.SIGKILL), children.errors.read_text()
            kept = [*kept, *told] if work in ("review", "grade") else told  # of the others the last word counts

            found = faults(folder, work, kept)

            assert found == [], f"kill {number} of {work}, BEDRILL_SEED={crash_seed}"
    record_property("acknowledged", len(kept))
