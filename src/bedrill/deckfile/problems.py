"""The faults of deck files: what each code stands for, and what collects them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Protocol

from bedrill.limits import MAX_PROBLEMS
from bedrill.note import Problem, Severity

SUMMARIES: Final = {
    "D1": "the file cannot be read from disk",
    "D2": "a binary file",
    "D3": "bytes that are not UTF-8",
    "D4": "too large: the file, a note, or the number of notes or lines",
    "D5": "no notes in the file",
    "D6": "front matter that is never closed, or is no mapping",
    "D7": "front matter that is not YAML",
    "D8": "front matter over 4 KiB, or with anchors, aliases or tags",
    "D9": "an unknown key in the front matter",
    "D10": "a key of the front matter with a value it cannot have",
    "D11": "more than 200 problems: how many are not listed",
    "N1": "a slug that another note of the deck has",
    "N2": "an attribute that cannot be read, or has a value it cannot have",
    "N3": "an unknown class or attribute (warning)",
    "N4": "a note without an answer, or a typed answer that begins with a fence",
    "N5": "a code fence that is never closed",
    "N6": "a note without a question",
    "N7": "a note of two styles at once",
    "N8": "a cloze that is not whole, hides nothing, or has a number out of range",
    "N9": "a section that stands twice in a note",
    "N10": "a multiple choice without a right choice",
    "N11": "an interview note without a must, a key point without weight, or a follow-up without key",
    "N12": "a check in a language that is not run, or without output to compare with",
    "N13": "an edit that is more than one note",
}
"""Every code of a fault in a deck file, and what it stands for. D concerns the file, N a note."""


class Report(Protocol):
    """Takes one problem of a deck file."""

    def __call__(
        self, line: int, code: str, message: str, hint: str = "", severity: Severity = Severity.ERROR, column: int = 1
    ) -> None:
        """Take it."""


@dataclass(slots=True)
class Problems:
    """Collects the problems of one file, the first MAX_PROBLEMS of them; it is a `Report`."""

    path: str
    found: list[Problem] = field(default_factory=list)
    dropped: int = 0
    dropped_an_error: bool = False

    def __call__(
        self, line: int, code: str, message: str, hint: str = "", severity: Severity = Severity.ERROR, column: int = 1
    ) -> None:
        """Take one problem."""
        if len(self.found) < MAX_PROBLEMS:
            self.found.append(Problem(self.path, line, max(column, 1), code, message, hint, severity))
        else:
            self.dropped += 1
            self.dropped_an_error |= severity is Severity.ERROR

    def sorted(self) -> tuple[Problem, ...]:
        """By place; the last one says how many more there are, and is an error if one of them is."""
        found = sorted(self.found, key=lambda problem: (problem.line, problem.column, problem.code))
        if self.dropped:
            severity = Severity.ERROR if self.dropped_an_error else Severity.WARNING
            message = f"problems not listed here: {self.dropped}"
            found.append(Problem(self.path, 0, 1, "D11", message, "mend the first ones", severity))
        return tuple(found)
