"""Other users and other programs, for the tests of what happens when a collection cannot be had."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65_534
_HOLD = (
    "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN EXCLUSIVE'); print(flush=True); input()"
)


@contextmanager
def public_folder() -> Iterator[Path]:
    """A folder that every user can read; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="bedrill-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o700)
        shutil.rmtree(folder)


@contextmanager
def read_only(*paths: Path) -> Iterator[None]:
    """Inside, these files and folders can be read and not be written, not even by root."""
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    with _unprivileged():
        yield


@contextmanager
def closed(path: Path) -> Iterator[None]:
    """Inside, the file or folder cannot be opened, not even by root."""
    path.chmod(0o000)
    with _unprivileged():
        yield


@contextmanager
def _unprivileged() -> Iterator[None]:
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Inside, another process is writing to the collection."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        try:
            yield
        finally:
            holder.communicate("\n")
