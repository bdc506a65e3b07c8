"""`bedrill next`."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bedrill import review_queue
from bedrill.collection import answering, open_collection
from bedrill.model import Rating
from bedrill.store import cards

CHOICE = """\
---
id: http
lesson: 5
---

## Which method is safe? {#safe}

- [ ] `PUT`
- [x] `GET`

It changes nothing.

## A lease {{c1::ends by itself}}. {#lease}

Then another may have it.
"""


def test_the_json_is_that_of_the_design(invoke, deck_file):
    invoke("import", str(deck_file()))
    invoke("config", "fuzz", "off")

    result = invoke("next", "--json")

    assert (result.code, result.err) == (0, "")
    assert result.json == {
        "card": {
            "id": "cap/choice",
            "deck": "cap",
            "kind": "concept",
            "phase": "new",
            "reps": 0,
            "question": "What must a replicated store give up while partitioned?",
            "answer": "Either consistency or availability.",
            "intervals": {"again": 60, "hard": 330, "good": 600, "easy": 691200},
        }
    }


def expected_due(at, interval_s):
    """Days count from the beginning of the study day, steps from the answer."""
    if interval_s % 86_400:
        return at + timedelta(seconds=interval_s)
    return (at - timedelta(hours=4)).replace(hour=4, minute=0) + timedelta(seconds=interval_s)


def test_the_interval_of_next_is_the_interval_of_grade(invoke, deck_file, now):
    invoke("import", str(deck_file()))
    invoke("suspend", "cap/quorum", "cap/log")

    for rating in ("good", "good", "hard", "again", "good", "easy", "good"):
        card = invoke("next", "--json").json["card"]
        expected = expected_due(now(), card["intervals"][rating])

        due = datetime.fromisoformat(invoke("grade", card["id"], rating, "--json").json["due_at"])

        assert due == expected
        now.instant = due


def test_choices_are_part_of_the_question_and_the_explanation_of_the_answer(invoke, deck_file):
    invoke("import", str(deck_file(CHOICE, "http.md")))

    card = invoke("next", "http", "--json").json["card"]

    assert card["question"] == "Which method is safe?\n- `PUT`\n- `GET`"
    assert card["answer"] == "- `GET`\n\nIt changes nothing."


def test_a_cloze_hides_what_is_asked(invoke, deck_file):
    invoke("import", str(deck_file(CHOICE, "http.md")))
    invoke("suspend", "http/safe")

    card = invoke("next", "--json").json["card"]

    assert (card["id"], card["question"]) == ("http/lease#1", "A lease […].")
    assert card["answer"] == "A lease **ends by itself**.\n\nThen another may have it."


def test_nothing_is_due(invoke):
    assert invoke("next", "--json").json == {"card": None}
    assert invoke("next").out == "nothing is due\n"


def test_for_people_it_is_the_question(invoke, deck_file):
    invoke("import", str(deck_file()))

    assert invoke("next").out == "cap/choice\n\nWhat must a replicated store give up while partitioned?\n"


def test_a_step_that_is_over_comes_first_and_one_that_is_not_comes_last(invoke, deck_file, now):
    invoke("import", str(deck_file()))
    invoke("grade", "cap/log", "again")

    waiting = invoke("next", "--json").json["card"]["id"]
    now.move(minutes=1)
    over = invoke("next", "--json").json["card"]["id"]

    assert (waiting, over) == ("cap/choice", "cap/log")


def test_a_step_may_come_a_little_early_when_nothing_else_is_left(invoke, deck_file):
    invoke("import", str(deck_file()))
    invoke("config", "new_per_day", "0")
    invoke("grade", "cap/log", "good")

    early = invoke("next", "--json").json["card"]
    invoke("config", "learn_ahead_minutes", "9")

    assert (early["id"], early["phase"]) == ("cap/log", "learning")
    assert invoke("next", "--json").json == {"card": None}


@pytest.mark.parametrize(("deck", "card"), [("http", "http/safe"), ("5", "http/safe"), ("cap", "cap/choice")])
def test_a_deck_can_be_named(invoke, deck_file, deck, card):
    invoke("import", str(deck_file()), str(deck_file(CHOICE, "http.md")))

    assert invoke("next", deck, "--json").json["card"]["id"] == card


def test_an_unknown_deck(invoke, deck_file):
    invoke("import", str(deck_file()))

    result = invoke("next", "cpa", "--json")

    assert (result.code, result.out, result.err) == (4, "", "bedrill: no deck 'cpa'\ndid you mean 'cap'?\n")


def test_a_card_that_is_answered_while_it_is_looked_for_is_shown_as_it_was(
    invoke, deck_file, db_path, now, monkeypatch
):
    """Or else a script would take it for a card that is due again, and answer it twice."""
    invoke("import", str(deck_file()))
    found = review_queue.next_card

    def found_and_answered(*arguments):
        candidate = found(*arguments)
        assert candidate is not None
        other = open_collection(db_path, now)
        answering.answer(other, cards.by_row(other.db, candidate.card), Rating.EASY, duration_ms=0)
        other.close()
        return candidate

    monkeypatch.setattr(review_queue, "next_card", found_and_answered)

    shown = invoke("next", "--json").json["card"]

    assert (shown["id"], shown["phase"], shown["reps"]) == ("cap/choice", "new", 0)
    assert invoke("grade", shown["id"], "good", "--reps", "0").code == 1
