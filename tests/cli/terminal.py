"""A real pseudo-terminal with `bedrill review` in it."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import termios
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pexpect

if TYPE_CHECKING:
    import signal
    from pathlib import Path

PROMPT = r"\? help|\? h…|…"
TIMEOUT_S = 20
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\))")


def without_escapes(text: str) -> str:
    """What a person sees of `text`, line ends as "\\n"."""
    return _ESCAPES.sub("", text).replace("\r\n", "\n")


@dataclass
class Terminal:
    """
    A terminal in which a command of bedrill runs.

    Attributes:
        seen: Everything that came from the command, raw.
    """

    db: Path
    columns: int = 80
    environment: dict[str, str] = field(default_factory=dict)
    seen: str = ""
    child: Any = None

    def start(self, *arguments: str) -> Terminal:
        """Run `bedrill ARGUMENTS` in it."""
        return self._spawn(sys.executable, "-m", "bedrill", *arguments)

    def start_shell(self) -> Terminal:
        """Run an interactive shell in it."""
        return self._spawn("bash", "--norc", "--noprofile", "-i")

    def _spawn(self, *command: str) -> Terminal:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.db.parent),
            "TERM": "xterm-256color",
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
            "BEDRILL_DB": str(self.db),
            **self.environment,
        }
        self.child = pexpect.spawn(
            command[0],
            list(command[1:]),
            env=environment,
            encoding="utf-8",
            dimensions=(50, self.columns),
            timeout=TIMEOUT_S,
        )
        self.child.delaybeforesend = 0
        return self

    def wait_for(self, pattern: str) -> str:
        """Read until `pattern` comes; returns what came since the last wait, without escapes."""
        self.child.expect(pattern)
        part = self.child.before + self.child.after
        self.seen += part
        return without_escapes(part)

    def press(self, keys: str, pattern: str) -> str:
        """Type, then wait for what should come."""
        self.child.send(keys)
        return self.wait_for(pattern)

    def end(self) -> int:
        """Wait for the command to end; returns its exit code, 128 and the signal's number if a signal ended it."""
        self.child.expect(pexpect.EOF)
        self.seen += self.child.before
        self.child.close()
        status: int | None = self.child.exitstatus
        return int(128 + self.child.signalstatus) if status is None else status

    def local_modes(self) -> int:
        """The terminal's local modes: echo, line mode and so on, as bits."""
        modes: int = termios.tcgetattr(self.child.child_fd)[3]
        wanted: int = termios.ICANON | termios.ECHO | termios.ISIG
        return int(modes & wanted)

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal to the command."""
        self.child.kill(number)


def run_bedrill(db: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of bedrill in a process of its own, without a terminal."""
    environment = {**os.environ, "BEDRILL_DB": str(db), "TZ": "UTC"}
    return subprocess.run(
        [sys.executable, "-m", "bedrill", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def rows(db: Path, query: str) -> list[tuple[Any, ...]]:
    """Rows straight from the file, as another program would read them."""
    connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def log(db: Path) -> list[tuple[str, int, int]]:
    """Slug, rating and interval (s) of every answer that was not undone, oldest first."""
    return rows(
        db,
        "SELECT n.slug, r.rating, r.interval_s FROM reviews r JOIN cards c ON c.id = r.card_id "
        "JOIN notes n ON n.id = c.note_id WHERE r.id NOT IN (SELECT review_id FROM undos) ORDER BY r.id",
    )
