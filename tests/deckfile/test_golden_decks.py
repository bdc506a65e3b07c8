"""Deck files with what must be read from them, beside them: `.json` for valid ones, `.txt` for the problems of others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.as_data import as_data

from bedrill.deckfile.parser import parse_bytes
from bedrill.deckfile.problems import SUMMARIES

if TYPE_CHECKING:
    from bedrill.note import DeckFile

DATA: Final = Path(__file__).parents[1] / "data" / "decks"
VALID: Final = sorted((DATA / "valid").glob("*.md"))
INVALID: Final = sorted((DATA / "invalid").glob("*.md"))
ELSEWHERE: Final = {
    "D1": "a file that cannot be opened",
    "D4": "too large to be committed: test_parser.py",
    "D11": "test_parser.py",
    "N13": "an edit",
}


def parsed(path: Path) -> DeckFile:
    return parse_bytes(path.read_bytes(), path.name)


def as_json(deck: DeckFile) -> Any:
    """All of a deck but the text of its notes as written, in the types of JSON."""
    fields = as_data(deck)
    for note in fields["notes"]:
        del note["text"]
    return json.loads(json.dumps(fields))


def report(deck: DeckFile) -> str:
    lines = [
        f"{problem.path}:{problem.line}:{problem.column}: {problem.severity} {problem.code} "
        f"{problem.message} | {problem.hint}\n"
        for problem in deck.problems
    ]
    return "".join(lines)


def test_there_are_golden_decks() -> None:
    assert VALID, "no valid golden decks found"
    assert INVALID, "no invalid golden decks found"


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in VALID])
def test_a_valid_deck_is_read_as_expected(path: Path) -> None:
    deck = parsed(path)

    assert report(deck) == ""
    assert as_json(deck) == json.loads(path.with_suffix(".json").read_text("utf-8"))


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in INVALID])
def test_an_invalid_deck_has_exactly_these_problems(path: Path) -> None:
    deck = parsed(path)

    assert report(deck) == path.with_suffix(".txt").read_text("utf-8")


def test_every_golden_file_belongs_to_a_deck() -> None:
    results = {path for path in DATA.rglob("*") if path.suffix in (".json", ".txt")}

    decks = {path.with_suffix(".json") for path in VALID} | {path.with_suffix(".txt") for path in INVALID}
    assert results == decks


def test_every_code_is_seen_in_a_golden_deck() -> None:
    seen = {problem.code for path in INVALID for problem in parsed(path).problems}

    assert seen == set(SUMMARIES) - set(ELSEWHERE)
