"""
Single key presses from the terminal, which is left as it was found, whatever happens.

The terminal is in cbreak mode only while a key is awaited: ^C and ^Z keep their meaning, lines are read with the
terminal's own editing, and a crash between keys leaves nothing to restore.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import termios
import tty
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

ESCAPE: Final = "\x1b"
END_OF_INPUT: Final = ""
_ESCAPE_WAIT_S: Final = 0.05
"""How long the rest of an arrow key may take behind its escape."""


class Terminated(SystemExit):
    """SIGTERM or SIGHUP came: leave, and restore the terminal on the way. The exit code is that of a shell."""


@contextlib.contextmanager
def signals_end_cleanly() -> Iterator[None]:
    """SIGTERM and SIGHUP unwind the stack inside, so that everything on the way is put back."""

    def leave(number: int, _: FrameType | None) -> None:
        raise Terminated(128 + number)

    previous = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


class Keyboard:
    """The keys of a terminal."""

    def __init__(self, descriptor: int | None = None) -> None:
        self._descriptor = sys.stdin.fileno() if descriptor is None else descriptor
        self._found: list[Any] = []

    def read(self, timeout_s: float | None = None) -> str | None:
        """
        The next key as a character; None when none came in time, "" when there will never be one again.

        Arrow keys and the like come as `ESCAPE`. Keys typed ahead are kept.
        """
        self._found = termios.tcgetattr(self._descriptor)
        previous = signal.signal(signal.SIGTSTP, self._suspend)
        try:
            tty.setcbreak(self._descriptor, termios.TCSADRAIN)
            return self._wait(timeout_s)
        finally:
            signal.signal(signal.SIGTSTP, previous)
            with contextlib.suppress(termios.error):  # a closed terminal has nothing to restore
                termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._found)

    def _wait(self, timeout_s: float | None) -> str | None:
        if not select.select([self._descriptor], [], [], timeout_s)[0]:
            return None
        data = os.read(self._descriptor, 1)  # raises EIO if the terminal is closed
        if not data:
            return END_OF_INPUT
        if data == ESCAPE.encode():
            while select.select([self._descriptor], [], [], _ESCAPE_WAIT_S)[0]:
                if os.read(self._descriptor, 16) == b"":
                    break
            return ESCAPE
        missing = {0b110: 1, 0b1110: 2}.get(data[0] >> (5 if data[0] < 0xE0 else 4), 3 if data[0] >= 0xF0 else 0)  # noqa: PLR2004 - UTF-8
        if missing and data[0] >= 0xC0:  # noqa: PLR2004 - UTF-8
            data += os.read(self._descriptor, missing)
        return data.decode("utf-8", "replace")

    def _suspend(self, number: int, _: FrameType | None) -> None:
        """^Z: give the terminal back as it was, stop, and go on in cbreak mode when brought back."""
        termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._found)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, self._suspend)
        self._found = termios.tcgetattr(self._descriptor)
        tty.setcbreak(self._descriptor, termios.TCSADRAIN)
