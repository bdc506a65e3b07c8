"""What a lint rule is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bedrill.note import DeckFile, Note, Severity


class Finding(NamedTuple):
    """One place where a rule does not hold."""

    note: Note | None
    message: str
    hint: str = ""
    severity: Severity | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One rule of style.

    Attributes:
        severity: Of its findings, unless a finding says otherwise.
        find: Yields the findings in one deck.
    """

    code: str
    severity: Severity
    summary: str
    find: Callable[[DeckFile], Iterator[Finding]]


def each_note(
    find: Callable[[Note], Iterator[Finding]], *, concept_only: bool = True
) -> Callable[[DeckFile], Iterator[Finding]]:
    """A deck rule that asks `find` of every note (of every concept note)."""

    def find_in_deck(deck: DeckFile) -> Iterator[Finding]:
        for note in deck.notes:
            if note.interview is None or not concept_only:
                yield from find(note)

    return find_in_deck
