"""What a session needs of the terminal."""

from __future__ import annotations

import os
import shutil
import sys

from bedrill.errors import BedrillError, UsageError

MIN_COLUMNS = 30


class TooNarrowError(BedrillError):
    """The terminal has too few columns to read a card."""


def check_terminal(command: str, hint: str) -> None:
    """
    See that there is a terminal, and that a card can be read on it.

    Raises:
        UsageError: There is none; `hint` says what to do instead.
        TooNarrowError: It is too narrow.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(f"{command} needs a terminal", hint)
    width = shutil.get_terminal_size().columns
    if width < MIN_COLUMNS and not os.environ.get("COLUMNS"):
        raise TooNarrowError(f"the terminal is {width} columns wide, a card needs {MIN_COLUMNS}", "make it wider")
