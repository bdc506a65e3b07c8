"""The tests' side of tests/crash/zygote.py."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


class Children:
    """Starts pieces of work in processes of their own, in one folder."""

    def __init__(self, folder: Path, preload: Path | None = None) -> None:
        self.folder = folder
        self.acks = folder.parent / "acks"
        self.errors = folder.parent / "errors"
        environment = os.environ | ({"LD_PRELOAD": str(preload)} if preload else {})
        with self.errors.open("wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.crash.zygote"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=environment,
            )

    def start(self, work: str, seed: int, *, steps: int = 10**9, fault: dict[str, Any] | None = None) -> int:
        """Begin a piece of work; returns the pid of its process."""
        self.acks.unlink(missing_ok=True)
        request = {"work": work, "folder": str(self.folder), "seed": seed, "acks": str(self.acks)}
        self._send(json.dumps({**request, "steps": steps, "fault": fault}))
        return int(self._line())

    def end(self) -> tuple[int, list[str]]:
        """Wait for it; returns its exit code, negative for a signal, and what it has acknowledged, whole lines only."""
        code = int(self._line())
        told = self.acks.read_text() if self.acks.exists() else ""
        return code, told[: told.rfind("\n") + 1].splitlines()

    def close(self) -> None:
        """End the process that makes the others."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _send(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, self.errors.read_text()
        return line
