"""Fixtures that read the docstring of the test that asks for them: it is the deck file."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest

from bedrill.deckfile.lint import lint
from bedrill.deckfile.parser import parse_deck

if TYPE_CHECKING:
    from bedrill.note import DeckFile, Note, Problem


def line_of(problem: Problem) -> str:
    """A problem as the golden files have it, without the path."""
    place = f"{problem.line}:{problem.column}: {problem.severity} {problem.code} {problem.message}"
    return f"{place} | {problem.hint}" if problem.hint else place


@pytest.fixture
def deck(request: pytest.FixtureRequest) -> DeckFile:
    return parse_deck(inspect.cleandoc(request.function.__doc__), "cards.md")


@pytest.fixture
def note(deck: DeckFile) -> Note:
    (only,) = deck.notes
    assert deck.problems == ()
    return only


@pytest.fixture
def problems(deck: DeckFile) -> list[str]:
    return [line_of(problem) for problem in deck.problems]


@pytest.fixture
def findings(deck: DeckFile) -> list[str]:
    assert deck.problems == ()
    return [line_of(problem) for problem in lint([deck])[0]]
