"""What the rules of lint find in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from bedrill.deckfile.lint import lint
from bedrill.deckfile.parser import parse_deck

if TYPE_CHECKING:
    from bedrill.note import Problem


class Found(Protocol):
    """The findings of one rule in decks: `line: severity message | hint`."""

    def __call__(self, code: str, *texts: str) -> list[str]: ...


def line_of(problem: Problem) -> str:
    return f"{problem.line}: {problem.severity} {problem.message} | {problem.hint}"


@pytest.fixture
def found() -> Found:
    def find(code: str, *texts: str) -> list[str]:
        decks = [parse_deck(text, f"{number}.md") for number, text in enumerate(texts, 1)]
        assert [problem.message for deck in decks for problem in deck.problems] == []
        return [line_of(problem) for problem in lint(decks)[0] if problem.code == code]

    return find
