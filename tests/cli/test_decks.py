"""`bedrill decks`."""

from __future__ import annotations

import pytest

SQL = "---\nid: sql\ntitle: Databases\nlesson: 9\nrequires: [http]\n---\n\n## What does JOIN do? {#join}\n\nIt pairs rows.\n"
HTTP = "---\nid: http\ntitle: HTTP\nlesson: 5\n---\n\n## Which method? {#method .core}\n\n`PUT`\n"


@pytest.fixture(autouse=True)
def _decks(invoke, deck_file):
    invoke("import", str(deck_file()), str(deck_file(SQL, "sql.md")), str(deck_file(HTTP, "http.md")))


def test_a_table_for_people(invoke):
    invoke("grade", "cap/choice", "easy")

    result = invoke("decks")

    assert (result.code, result.err) == (0, "")
    assert result.out == (
        "#  deck  seen  cards  ready  title\n"
        "5  http     0      1     0%  HTTP\n"
        "9  sql      0      1     0%  Databases (waits for http)\n"
        "   cap      1      4    25%  CAP\n"
    )


def test_as_data(invoke):
    invoke("suspend", "cap/log")

    result = invoke("decks", "9", "cap", "--json")

    assert result.json == [
        {
            "deck": "sql",
            "title": "Databases",
            "lesson": 9,
            "cards": 1,
            "seen": 0,
            "suspended": 0,
            "readiness": 0.0,
            "waits_for": ["http"],
        },
        {
            "deck": "cap",
            "title": "CAP",
            "lesson": None,
            "cards": 3,
            "seen": 0,
            "suspended": 1,
            "readiness": 0.0,
            "waits_for": [],
        },
    ]


def test_what_is_known_opens_what_waits_for_it(invoke):
    invoke("grade", "http/method", "easy")

    assert [row["waits_for"] for row in invoke("decks", "--json").json] == [[], [], []]


def test_an_unknown_deck(invoke):
    result = invoke("decks", "sqll")

    assert (result.code, result.out, result.err) == (4, "", "bedrill: no deck 'sqll'\ndid you mean 'sql'?\n")


def test_control_characters_of_a_title_are_shown(invoke, deck_file):
    invoke("import", str(deck_file(SQL.replace("Databases", '"a\\e[2Jb"'), "sql.md")))

    assert "a␛[2Jb" in invoke("decks").out
