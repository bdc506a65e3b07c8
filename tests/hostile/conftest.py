"""A terminal of forty columns for any command, in this process: what it gets is what the command sent, byte by byte."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

import pytest
from tests.cli.conftest import study
from tests.conftest import Result
from tests.hostile.packages import database

from bedrill.cli import run
from bedrill.cli.app import App

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["on_screen", "put", "shown", "study"]

COLUMNS = 40


class Screen(io.StringIO):
    """A stream that says it is a terminal, so that nothing is stripped on its way."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def on_screen(db_path, now, tmp_path, monkeypatch) -> Callable[..., Result]:
    """Runs a command line as on a terminal: `on_screen("show", "evil/plain")`."""
    monkeypatch.setenv("COLUMNS", str(COLUMNS))
    monkeypatch.setenv("TERM", "xterm-256color")
    no_decks = tmp_path / "no-decks"
    no_decks.mkdir(exist_ok=True)

    def call(*arguments: str) -> Result:
        out, err = Screen(), Screen()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(arguments, App(path=db_path, now=now, shipped=no_decks))
        return Result(code, out.getvalue(), err.getvalue())

    return call


@pytest.fixture
def put(tmp_path) -> Callable[..., Path]:
    """Writes a file: `put("evil.md", text or bytes)`."""

    def write(name: str, content: str | bytes) -> Path:
        path: Path = tmp_path / "strangers" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def shown(tmp_path) -> Callable[..., bytes]:
    """A database with notes that show these files: `shown("x.png", "y.png")`."""

    def make(*names: str) -> bytes:
        return database(tmp_path / "c.db", note=" ".join(f'<img src="{name}">' for name in names) + "\x1fa")

    return make
