"""Command lines in one process of their own, which is killed when it does not end, or takes more memory than it may."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conftest import Result

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TIMEOUT_S = 60
MEMORY = 2 << 30
_SCRIPT = """\
import io, json, resource, sys
from contextlib import redirect_stderr, redirect_stdout
from bedrill.cli import run
from bedrill.cli.app import App
db, shipped, memory, lines = json.loads(sys.argv[1])
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
found = []
for line in lines:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(line, App(path=db, shipped=shipped))
    found.append((code, out.getvalue()[:200_000], err.getvalue()[:200_000]))
print(json.dumps(found))
"""


def run_lines(folder: Path, lines: Sequence[Sequence[str]]) -> list[Result]:
    """What each command line gives, on the collection `bedrill.db` of a folder."""
    (folder / "no-decks").mkdir(exist_ok=True)
    told = json.dumps([str(folder / "bedrill.db"), str(folder / "no-decks"), MEMORY, [list(line) for line in lines]])
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, told],
        env={**os.environ, "COLUMNS": "80", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    return [Result(*found) for found in json.loads(done.stdout)]
