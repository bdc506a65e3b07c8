"""`bedrill bury`."""

from __future__ import annotations


def test_cards_are_put_off_until_tomorrow(invoke, deck_file, now):
    invoke("import", str(deck_file()))

    result = invoke("bury", "cap/quorum", "cap/log")
    today = invoke("next", "--json").json["card"]["id"], invoke("due", "--count").out
    now.move(days=1)

    assert (result.code, result.out, result.err) == (0, "", "3 cards buried until tomorrow\n")
    assert today == ("cap/choice", "1\n")
    assert invoke("due", "--count").out == "3\n"


def test_tomorrow_begins_at_the_hour_that_is_set(invoke, deck_file, now):
    invoke("import", str(deck_file()))
    now.move(hours=18, minutes=30)
    invoke("bury", "cap")

    before = invoke("due", "--count").out
    now.move(minutes=30)

    assert (before, invoke("due", "--count").out) == ("0\n", "3\n")


def test_an_unknown_name(invoke, deck_file):
    invoke("import", str(deck_file()))

    result = invoke("bury", "cap/lok")

    assert (result.code, result.err) == (4, "bedrill: no card 'cap/lok'\ndid you mean 'cap/log'?\n")
