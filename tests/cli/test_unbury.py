"""`bedrill unbury`."""

from __future__ import annotations


def test_buried_cards_are_back_today(invoke, deck_file):
    invoke("import", str(deck_file()))
    invoke("bury", "cap")

    result = invoke("unbury", "cap/log")
    again = invoke("unbury", "cap")

    assert (result.code, result.out, result.err) == (0, "", "1 card dug out\n")
    assert again.err == "3 cards dug out (1 were already)\n"
    assert invoke("due", "--count").out == "3\n"


def test_an_unknown_name(invoke, deck_file):
    invoke("import", str(deck_file()))

    assert invoke("unbury", "cap/lok").code == 4
