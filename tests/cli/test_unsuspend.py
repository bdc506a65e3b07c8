"""`bedrill unsuspend`."""

from __future__ import annotations


def test_cards_are_back_where_they_stood(invoke, deck_file):
    invoke("import", str(deck_file()))
    invoke("grade", "cap/choice", "easy")
    before = invoke("show", "cap/choice", "--json").json
    invoke("suspend", "cap")

    result = invoke("unsuspend", "cap/choice")

    assert (result.code, result.out, result.err) == (0, "", "1 card unsuspended\n")
    assert invoke("show", "cap/choice", "--json").json == before
    assert invoke("unsuspend", "cap").err == "3 cards unsuspended (1 were already)\n"


def test_an_unknown_name(invoke, deck_file):
    invoke("import", str(deck_file()))

    assert invoke("unsuspend", "cap/lok").code == 4
