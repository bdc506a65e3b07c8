"""`bedrill show --json`; what people see is in test_view_card.py."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _deck(invoke, deck_file):
    invoke("import", str(deck_file()))
    invoke("config", "fuzz", "off")


def test_a_new_card(invoke):
    result = invoke("show", "cap/choice", "--json")

    assert (result.code, result.err) == (0, "")
    assert result.json == {
        "card": "cap/choice",
        "deck": "cap",
        "kind": "concept",
        "core": True,
        "question": "What must a replicated store give up while partitioned?",
        "answer": "Either consistency or availability.",
        "phase": "new",
        "stability_days": None,
        "difficulty": None,
        "due_on": None,
        "due_at": None,
        "reps": 0,
        "lapses": 0,
        "suspended": False,
        "buried": False,
        "flag": 0,
        "retired": False,
        "edited": False,
        "reviews": [],
    }


def test_a_card_with_a_history(invoke, now):
    invoke("grade", "cap/choice", "easy", "--seconds", "3")
    now.move(days=9)
    invoke("grade", "cap/choice", "again", "--seconds", "7")
    invoke("bury", "cap/choice")
    invoke("suspend", "cap/choice")

    card = invoke("show", "cap/choice", "--json").json

    assert card["reviews"] == [
        {"reviewed_at": "2026-01-05T09:00:00.000Z", "rating": 4, "duration_ms": 3_000},
        {"reviewed_at": "2026-01-14T09:00:00.000Z", "rating": 1, "duration_ms": 7_000},
    ]
    assert (card["phase"], card["due_on"], card["due_at"]) == ("relearning", "2026-01-14", "2026-01-14T09:10:00.000Z")
    assert (card["reps"], card["lapses"], card["suspended"], card["buried"]) == (2, 1, True, True)


def test_a_card_in_review_is_due_when_its_day_begins(invoke):
    invoke("grade", "cap/choice", "easy")

    card = invoke("show", "cap/choice", "--json").json

    assert (card["due_on"], card["due_at"]) == ("2026-01-13", "2026-01-13T04:00:00.000Z")
    assert (card["stability_days"], card["difficulty"]) == (8.2956, 1.0)


def test_an_undone_answer_is_not_shown(invoke):
    invoke("grade", "cap/choice", "easy")
    invoke("undo")

    assert invoke("show", "cap/choice", "--json").json["reviews"] == []


def test_a_sibling_by_its_number(invoke):
    card = invoke("show", "cap/quorum#2", "--json").json

    assert (card["card"], card["question"]) == ("cap/quorum#2", "A quorum is a majority of […].")


def test_a_retired_card_can_still_be_looked_at(invoke, deck_file):
    invoke("import", str(deck_file(deck_file().read_text("utf-8").split("## A quorum")[0])))

    assert invoke("show", "cap/log", "--json").json["retired"] is True


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        pytest.param("cap/choise", "did you mean 'cap/choice'?", id="a slip"),
        pytest.param("nothing", "try: 'bedrill search WORD' finds cards", id="nothing like it"),
    ],
)
def test_an_unknown_card(invoke, name, hint):
    result = invoke("show", name, "--json")

    assert (result.code, result.out, result.err) == (4, "", f"bedrill: no card '{name}'\n{hint}\n")
