"""The shipped decks are product data: whole, clean, and with names that never change."""

from __future__ import annotations

from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Final

import pytest
from docs.decks import FOLDER, shipped_decks

from bedrill.collection import browse, importing
from bedrill.deckfile.faces import faces, ordinals
from bedrill.deckfile.lint import lint
from bedrill.note import Severity

FILES: Final = sorted(FOLDER.glob("*.md"))
DECKS: Final = shipped_decks()
SLUGS: Final = Path(__file__).parent / "data" / "slugs.txt"
"""Every note that was ever shipped, one a line. A name that changes or goes takes the progress of users with it."""

each_deck = pytest.mark.parametrize("deck", [pytest.param(deck, id=Path(deck.path).stem) for deck in DECKS])


def twice(names):
    return [name for name, count in Counter(names).items() if count > 1]


def test_there_are_decks():
    assert len(DECKS) >= 6


@each_deck
def test_a_deck_parses_without_problems(deck):
    assert deck.problems == ()
    assert deck.notes


@each_deck
def test_a_deck_is_described(deck):
    assert deck.path.startswith(f"{deck.lesson:03}-")
    assert deck.title != deck.deck_id
    assert deck.level in ("beginner", "intermediate", "advanced")
    assert deck.tags
    assert all(reason.strip() for reason in deck.waivers.values())


def test_ids_and_lessons_are_unique():
    assert twice(deck.deck_id for deck in DECKS) == []
    assert twice(deck.lesson for deck in DECKS) == []


@each_deck
def test_a_deck_is_small_enough_to_finish_and_has_enough_to_rehearse(deck):
    interviews = sum(note.interview is not None for note in deck.notes)
    core = sum(note.is_core for note in deck.notes)

    assert 16 <= len(deck.notes) - interviews <= 30
    assert 6 <= interviews <= 10
    assert 1 / 4 <= core / len(deck.notes) <= 1 / 2, "about a third is what any interviewer expects"


@each_deck
def test_every_note_has_a_slug_of_its_own(deck):
    assert [note.heading for note in deck.notes if note.slug_is_derived] == []
    assert twice(note.slug for note in deck.notes) == []


def test_every_lint_rule_is_clean():
    """Remarks, which never fail a check, apart."""
    problems = [problem for problem in lint(DECKS)[0] if problem.severity is not Severity.INFO]

    assert [f"{problem.path}:{problem.line}: {problem.code} {problem.message}" for problem in problems] == []


def test_slugs_are_stable():
    """A new note: add its name to the list. A name that is missing in the decks: give it back to its note."""
    shipped = [f"{deck.deck_id}/{note.slug}" for deck in DECKS for note in deck.notes]
    known = SLUGS.read_text("utf-8").split()

    assert known == sorted(set(known))
    assert sorted(set(known) - set(shipped)) == [], "these were shipped, and are gone"
    assert sorted(set(shipped) - set(known)) == [], f"add these to {SLUGS.name}"


def test_no_lesson_waits_for_itself_in_a_circle():
    names = {str(deck.lesson): deck.deck_id for deck in DECKS}
    graph = {deck.deck_id: {names.get(name, name) for name in deck.requires} for deck in DECKS}

    assert list(TopologicalSorter(graph).static_order())


@each_deck
def test_a_lesson_waits_for_earlier_lessons_only(deck):
    assert [name for name in deck.requires if not name.isdecimal() or int(name) >= deck.lesson] == []


@each_deck
def test_every_card_asks_something_and_has_an_answer(deck):
    empty = [
        f"{note.slug}#{ordinal}"
        for note in deck.notes
        for ordinal in ordinals(note)
        if not faces(note, ordinal).question.strip() or not (faces(note, ordinal).answer or note.interview)
    ]

    assert empty == []


def test_the_decks_can_be_imported_and_importing_them_again_changes_nothing(collection):
    first = importing.import_files(collection, FILES, importing.SHIPPED)
    before = list(collection.db.iterdump())
    again = importing.import_files(collection, FILES, importing.SHIPPED)

    assert (first.problems, first.refused, len(first.decks)) == ([], [], len(DECKS))
    assert len(first.added) == sum(len(deck.notes) for deck in DECKS)
    assert again.changes == 0
    assert list(collection.db.iterdump()) == before
    assert len(browse.find(collection, "")) == sum(len(ordinals(note)) for deck in DECKS for note in deck.notes)
