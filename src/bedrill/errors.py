"""
Everything bedrill raises on purpose.

    BedrillError                 never raised directly
    ├── UsageError               the command line asks for something that cannot be meant   exit 2
    ├── NotFoundError            no such card, deck or setting                              exit 4
    ├── DeckError                deck files with problems
    ├── StoreError               the collection cannot be opened, read or written
    │   └── SchemaTooNewError    it was written by a later bedrill
    ├── ReviewOrderError         an answer older than the log's last one
    ├── ConfigError              a setting has a value it cannot have
    └── EditError                the editor failed, or left a note that cannot be kept

A message says what and where; `hint` says what to do about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.note import Problem


class BedrillError(Exception):
    """
    Superclass of all bedrill errors. Never raised directly.

    Attributes:
        message: What is wrong, and where. One line.
        hint: What to do about it, or "".
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(BedrillError):
    """The arguments are well-formed, but cannot be meant."""

    exit_code = 2


class NotFoundError(BedrillError):
    """A card, deck or setting of that name does not exist."""

    exit_code = 4


class DeckError(BedrillError):
    """Deck files have problems, all of which are in `problems`."""

    def __init__(self, message: str, problems: Sequence[Problem], hint: str = "") -> None:
        super().__init__(message, hint)
        self.problems = tuple(problems)


class StoreError(BedrillError):
    """The collection cannot be opened, read or written. The file is as it was."""


class SchemaTooNewError(StoreError):
    """The collection was written by a later version of bedrill. The file is as it was."""


class ReviewOrderError(BedrillError):
    """An answer is older than the last one in the log: the clock was set back."""


class ConfigError(BedrillError):
    """A setting has a value that it cannot have."""


class EditError(BedrillError):
    """The editor failed, or what it left is not a note."""
