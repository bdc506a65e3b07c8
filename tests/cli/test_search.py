"""`bedrill search`; what each filter finds is in tests/store/test_search.py."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _deck(invoke, deck_file):
    invoke("import", str(deck_file()))
    invoke("config", "fuzz", "off")


def test_a_table_for_people(invoke):
    invoke("grade", "cap/choice", "easy")
    invoke("grade", "cap/log", "again")
    invoke("suspend", "cap/quorum#2")

    result = invoke("search", "deck:cap")

    assert (result.code, result.err) == (0, "4 cards\n")
    assert result.out == (
        "cap/choice    8d   What must a replicated store give up while partitioned?\n"
        "cap/quorum#1  new  A quorum is […] of the replicas.\n"
        "cap/quorum#2  off  A quorum is a majority of […].\n"
        "cap/log       due  Which command shows the log?\n"
    )


def test_as_data(invoke):
    result = invoke("search", "log", "--json")

    assert (result.code, result.err) == (0, "")
    assert result.json == [{"card": "cap/log", "deck": "cap", "question": "Which command shows the log?"}]


def test_words_may_be_given_one_by_one(invoke):
    assert (
        invoke("search", "consistency", "or", "log", "--json").json
        == invoke("search", "consistency or log", "--json").json
    )
    assert len(invoke("search", "consistency", "or", "log", "--json").json) == 2


def test_what_begins_with_a_minus_stands_behind_two(invoke):
    assert [row["card"] for row in invoke("search", "--json", "--", "-deck:x", "-is:new").json] == []
    assert len(invoke("search", "--json", "--", "-is:suspended").json) == 4


def test_nothing_found_is_no_failure(invoke):
    result = invoke("search", "zebra")

    assert (result.code, result.out, result.err) == (0, "", "0 cards\n")
    assert invoke("search", "zebra", "--json").json == []


def test_what_cannot_be_read(invoke):
    result = invoke("search", "is:nice")

    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "bedrill: no state 'is:nice'\n"
        "try: is: new, learn, learning, review, suspended, buried, due, leech, core, edited, flagged\n"
    )


def test_control_characters_of_a_deck_are_shown(invoke, deck_file):
    invoke("import", str(deck_file("---\nid: evil\n---\n\n## Red \x1b[31m alert? {#red}\n\nYes.\n", "evil.md")))

    assert invoke("search", "alert").out == "evil/red  new  Red ␛[31m alert?\n"
