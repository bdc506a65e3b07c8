"""`bedrill undo`."""

from __future__ import annotations


def test_the_last_answer_is_taken_back_and_then_the_one_before(invoke, deck_file, now):
    invoke("import", str(deck_file()))
    invoke("grade", "cap/choice", "good")
    now.move(minutes=1)
    invoke("grade", "cap/log", "again")

    first = invoke("undo")
    second = invoke("undo", "--json")
    third = invoke("undo")

    assert (first.code, first.out, first.err) == (0, "cap/log: 'again' is taken back\n", "")
    assert second.json == {"card": "cap/choice", "rating": 3, "reviewed_at": "2026-01-05T09:00:00.000Z"}
    assert (third.code, third.out, third.err) == (1, "", "bedrill: there is no answer to take back\n")
    assert invoke("due", "--json").json["new"] == 3


def test_undo_crosses_lapses(invoke, deck_file, now):
    invoke("import", str(deck_file()))
    invoke("grade", "cap/choice", "easy")
    now.move(days=9)
    before = invoke("show", "cap/choice", "--json").json
    invoke("grade", "cap/choice", "again")
    lapsed = invoke("show", "cap/choice", "--json").json

    invoke("undo")

    assert (lapsed["phase"], lapsed["lapses"]) == ("relearning", 1)
    assert invoke("show", "cap/choice", "--json").json == before
