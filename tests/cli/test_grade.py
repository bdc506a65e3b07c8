"""`bedrill grade`."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _deck(invoke, deck_file):
    invoke("import", str(deck_file()))
    invoke("config", "fuzz", "off")


def test_the_json_is_that_of_the_design(invoke):
    result = invoke("grade", "cap/choice", "easy", "--seconds", "12.5", "--json")

    assert (result.code, result.err) == (0, "")
    assert result.json == {
        "card": "cap/choice",
        "rating": 4,
        "reviewed_at": "2026-01-05T09:00:00.000Z",
        "due_at": "2026-01-13T04:00:00.000Z",
        "phase": "review",
        "stability_days": 8.2956,
        "difficulty": 1.0,
    }
    assert [row["duration_ms"] for row in invoke("show", "cap/choice", "--json").json["reviews"]] == [12_500]


def test_a_step_of_minutes_is_due_at_its_minute(invoke):
    result = invoke("grade", "cap/choice", "good", "--json").json

    assert (result["due_at"], result["phase"]) == ("2026-01-05T09:10:00.000Z", "learning")


@pytest.mark.parametrize(
    ("rating", "text"),
    [
        pytest.param("again", "cap/choice: again, again in 1m\n", id="again"),
        pytest.param("HARD", "cap/choice: hard, again in 5.5m\n", id="in capitals"),
        pytest.param("3", "cap/choice: good, again in 10m\n", id="a number"),
        pytest.param("4", "cap/choice: easy, again in 8d\n", id="days"),
    ],
)
def test_an_answer_says_when_the_card_comes_again(invoke, rating, text):
    result = invoke("grade", "cap/choice", rating)

    assert (result.code, result.out, result.err) == (0, text, "")


def test_a_name_without_a_number_means_the_first_sibling(invoke):
    assert invoke("grade", "cap/quorum", "good").out == "cap/quorum#1: good, again in 10m\n"


def test_a_card_that_was_answered_since_it_was_shown_is_not_answered_twice(invoke):
    shown = invoke("next", "--json").json["card"]
    given = (shown["id"], "good", "--reps", str(shown["reps"]))

    first, second = invoke("grade", *given), invoke("grade", *given)

    assert (first.code, second.code, second.out) == (0, 1, "")
    assert second.err == "bedrill: cap/choice was answered elsewhere; that answer stands\ntry: bedrill next\n"
    assert len(invoke("show", "cap/choice", "--json").json["reviews"]) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        pytest.param(
            ["cap/choice", "5"],
            2,
            "bedrill: no rating '5'\ntry: again, hard, good, easy, or 1 to 4\n",
            id="rating of 5",
        ),
        pytest.param(
            ["cap/choice", "0"],
            2,
            "bedrill: no rating '0'\ntry: again, hard, good, easy, or 1 to 4\n",
            id="rating of 0",
        ),
        pytest.param(
            ["cap/choise", "good"], 4, "bedrill: no card 'cap/choise'\ndid you mean 'cap/choice'?\n", id="unknown card"
        ),
        pytest.param(
            ["cap/choice", "good", "--seconds", "nan"],
            2,
            "bedrill: --seconds cannot be nan\ntry: give the time on the card\n",
            id="no number",
        ),
        pytest.param(
            ["cap/choice", "good", "--seconds", "inf"],
            2,
            "bedrill: --seconds cannot be inf\ntry: give the time on the card\n",
            id="infinite",
        ),
        pytest.param(
            ["cap/choice", "good", "--seconds", "-1"],
            2,
            "bedrill: Invalid value for '--seconds': -1.0 is not in the range x>=0.\ntry: bedrill grade --help\n",
            id="negative",
        ),
        pytest.param(["cap/choice"], 2, "bedrill: Missing argument 'RATING'.\ntry: bedrill grade --help\n", id="half"),
    ],
)
def test_what_cannot_be_meant_answers_nothing(invoke, arguments, code, message):
    result = invoke("grade", *arguments)

    assert (result.code, result.out, result.err) == (code, "", message)
    assert invoke("show", "cap/choice", "--json").json["reviews"] == []


def test_a_suspended_card_is_not_answered(invoke):
    invoke("suspend", "cap/choice")

    result = invoke("grade", "cap/choice", "good")

    assert result.code == 2
    assert result.err == "bedrill: cap/choice is suspended\ntry: bedrill unsuspend cap/choice\n"


def test_a_retired_card_is_not_answered(invoke, deck_file):
    invoke("import", str(deck_file(deck_file().read_text("utf-8").split("## A quorum")[0])))

    result = invoke("grade", "cap/log", "good")

    assert (result.code, result.err) == (2, "bedrill: cap/log is retired\n")


def test_a_clock_set_back_by_a_day_is_refused(invoke, now):
    invoke("grade", "cap/choice", "good")
    now.move(days=-1)

    result = invoke("grade", "cap/log", "good")

    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "bedrill: the clock says 2026-01-04 09:00, but the last answer is of 2026-01-05 09:00\n"
        "try: set the clock right; where it was wrong then, 'bedrill undo' takes that answer back\n"
    )
    assert invoke("show", "cap/log", "--json").json["reviews"] == []


def test_a_leech_is_named(invoke, now):
    invoke("config", "leech_lapses", "1")
    invoke("grade", "cap/choice", "easy")
    now.move(days=9)

    result = invoke("grade", "cap/choice", "again")

    assert result.out == "cap/choice: again, again in 10m\n"
    assert result.err == "cap/choice is a leech: forgotten 1 time. Edit it, or suspend it.\n"
    assert invoke("-q", "grade", "cap/log", "again").err == ""


@pytest.mark.parametrize(("option", "hit"), [("--sure", 1), ("--unsure", 0)])
def test_how_sure_one_was_is_kept_with_the_answer_and_goes_with_its_undo(invoke, deck_file, option, hit):
    invoke("import", str(deck_file()))

    assert invoke("grade", "cap/choice", "again", option).code == 0
    said = invoke("stats", "confidence", "--json").json["figures"]["confidence"]

    assert [row["answers"] for row in said["tables"]["said"]] == [hit, 1 - hit]
    assert [row["card"] for row in said["tables"]["cards"]] == (["cap/choice"] if hit else [])
    invoke("undo")
    assert invoke("stats", "confidence", "--json").json["figures"]["confidence"]["facts"]["answers"] == 0
