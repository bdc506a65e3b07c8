"""`bedrill due`."""

from __future__ import annotations

import pytest

SQL = "---\nid: sql\ntitle: Databases\nlesson: 9\n---\n\n## What does JOIN do? {#join}\n\nIt pairs rows.\n"


def test_a_new_deck_is_due_with_all_its_notes(invoke, deck_file):
    """Siblings count once: the cloze has two cards, one of them comes today."""
    invoke("import", str(deck_file()))

    result = invoke("due", "--json")

    assert result.code == 0
    assert (result.json["new"], result.json["total"]) == (3, 3)


def test_the_json_is_that_of_the_design(invoke, deck_file):
    invoke("import", str(deck_file()), str(deck_file(SQL, "sql.md")))
    invoke("grade", "sql/join", "easy")
    invoke("grade", "cap/log", "again")

    result = invoke("due", "--json")

    assert (result.code, result.err) == (0, "")
    assert result.json == {
        "on": "2026-01-05",
        "new": 2,
        "learning": 1,
        "review": 0,
        "total": 3,
        "decks": [{"deck": "cap", "title": "CAP", "lesson": None, "new": 2, "learning": 1, "review": 0}],
    }


def test_a_later_day(invoke, deck_file):
    invoke("import", str(deck_file(SQL, "sql.md")))
    invoke("grade", "sql/join", "easy")

    result = invoke("due", "--on", "2026-03-01", "--json")

    assert (result.json["on"], result.json["review"], result.json["total"]) == ("2026-03-01", 1, 1)


def test_a_table_for_people(invoke, deck_file):
    invoke("import", str(deck_file()), str(deck_file(SQL, "sql.md")))

    result = invoke("due")

    assert result.out == (
        "deck  new  learning  review  title\n"
        "sql     1         0       0  Databases\n"
        "cap     3         0       0  CAP\n"
        "4 cards\n"
    )
    assert (result.code, result.err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        pytest.param([], "4\n", id="all"),
        pytest.param(["cap"], "3\n", id="a deck"),
        pytest.param(["9"], "1\n", id="a lesson"),
        pytest.param(["1-9", "c*"], "4\n", id="a range and a glob"),
        pytest.param(["--on", "2026-01-06"], "5\n", id="another day, without regard to siblings"),
    ],
)
def test_one_number_for_a_prompt(invoke, deck_file, arguments, count):
    invoke("import", str(deck_file()), str(deck_file(SQL, "sql.md")))

    result = invoke("due", "--count", *arguments)

    assert (result.code, result.out, result.err) == (0, count, "")


def test_nothing_is_due(invoke):
    assert invoke("due").out == "nothing is due\n"
    assert invoke("due", "--count").out == "0\n"
    assert invoke("due", "--json").json["decks"] == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        pytest.param(["capp"], 4, "bedrill: no deck 'capp'\ndid you mean 'cap'?\n", id="no such deck"),
        pytest.param(
            ["--on", "tomorrow"], 2, "bedrill: 'tomorrow' is no date\ntry: write it as 2027-01-15\n", id="no date"
        ),
        pytest.param(
            ["--on", "2026-01-04"], 2, "bedrill: 2026-01-04 is over\ntry: give today or a later day\n", id="the past"
        ),
    ],
)
def test_what_cannot_be_meant(invoke, deck_file, arguments, code, message):
    invoke("import", str(deck_file()))

    result = invoke("due", *arguments)

    assert (result.code, result.out, result.err) == (code, "", message)


def test_control_characters_of_a_title_are_shown(invoke, deck_file):
    """On a terminal they would be obeyed."""
    invoke("import", str(deck_file(SQL.replace("Databases", '"a\\e[2Jb"'), "sql.md")))

    assert "a␛[2Jb" in invoke("due").out
