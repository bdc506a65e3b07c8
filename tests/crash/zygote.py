"""
Makes the processes that are killed: everything is imported once, and each piece of work is a fork away.

Reads requests from stdin, one JSON object a line; answers each with the child's pid, and when that has ended with its
exit code: 0 done, 1 refused in words, 2 a bug, negative for a signal.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import sys
import traceback
from itertools import islice
from pathlib import Path
from typing import Any

from tests.crash.work import WORK, clock_after

from bedrill.errors import BedrillError


def main() -> None:
    """One child after the other, until stdin ends."""
    for line in sys.stdin:
        request = json.loads(line)
        pid = os.fork()
        if not pid:
            os._exit(_work(**request))
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def _work(work: str, folder: str, seed: int, acks: str, steps: int, fault: dict[str, Any] | None) -> int:
    now = clock_after(Path(folder) / "bedrill.db")
    file = os.open(acks, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    shim = ctypes.CDLL(None) if fault else None
    if shim is not None and fault is not None:
        shim.faults_arm(ctypes.c_long(fault["nth"]), fault["kind"], os.fsencode(folder) + b"/")
    try:
        steps_of = WORK[work](Path(folder), lambda text: _say(file, text), random.Random(seed), now)
        for _ in islice(steps_of, steps):
            pass
        steps_of.close()  # type: ignore[attr-defined]
    except BedrillError as error:
        return _told(f"refused: {error}", 1)
    except BaseException:  # noqa: BLE001 - the test shows it
        traceback.print_exc()
        return 2
    finally:
        if shim is not None:
            _say(file, f"writes {shim.faults_disarm()}")
    return 0


def _say(file: int, text: str) -> None:
    os.write(file, text.encode() + b"\n")


def _told(text: str, code: int) -> int:
    print(text, file=sys.stderr)
    return code


if __name__ == "__main__":
    main()
