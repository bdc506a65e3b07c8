"""Typed answers and multiple choice in the session."""

from __future__ import annotations

import pytest
from tests.cli.terminal import Terminal, log, rows, without_escapes

TYPED = """\
## Which command lists the branches? {#branches .typed}

`git branch`

With `-a` the remote ones, too.

### Accept

- /git branch (-l|--list)/
"""

CHOICE = """\
## Which of these is safe? {#safe}

- [ ] PUT
- [x] GET
- [ ] POST

### Answer

GET asks for no change.
"""

SLOW = """\
## Type it. {#slow .typed}

`x`

### Accept

- /(a+)+$/
"""


@pytest.mark.parametrize(
    ("typed", "said", "rating"),
    [
        pytest.param("git branch", "right", 3, id="the answer"),
        pytest.param("  git   branch --list ", "right", 3, id="a pattern, white space apart"),
        pytest.param("git branches", "git branch[-es-]", 1, id="too much"),
        pytest.param("git", "git{+ branch+}", 1, id="too little"),
    ],
)
def test_a_typed_answer_is_compared_and_a_rating_suggested(study, typed, said, rating):
    db = study(TYPED)
    terminal = Terminal(db, environment={"NO_COLOR": "1"}).start("review", "--limit", "1")
    terminal.wait_for(r"\? help")
    terminal.press("t", r"> ")

    answer = terminal.press(typed + "\r", r"4 easy|4 \[easy\]")
    terminal.press(" ", r"tomorrow")

    assert said in answer
    assert "With -a the remote ones" in answer
    assert [given for _, given, _ in log(db)] == [rating]


def test_a_typed_card_can_be_shown_without_typing(study):
    terminal = Terminal(study(TYPED)).start("review")
    terminal.wait_for(r"\? help")

    answer = terminal.press(" ", r"\[good\]")

    assert "git branch" in answer


def test_a_pattern_that_never_ends_is_given_up(study):
    """Catastrophic backtracking in a foreign deck costs a second, not the session."""
    terminal = Terminal(study(SLOW)).start("review")
    terminal.wait_for(r"\? help")
    terminal.press("t", r"> ")

    terminal.press("a" * 60 + "!\r", r"\[again\]")


def test_the_right_choice_suggests_good_and_a_wrong_one_again(study):
    db = study(CHOICE)
    terminal = Terminal(db).start("review", "--limit", "1")
    question = terminal.wait_for(r"\? help")
    numbers = {
        line.split()[1]: line.split()[0] for line in question.split("\n") if line.strip()[:2] in ("1 ", "2 ", "3 ")
    }

    answer = terminal.press(numbers["GET"], r"\[good\]")
    terminal.press("u", r"there is no answer to take back")

    assert f"right: {numbers['GET']}" in answer
    assert "GET asks for no change." in answer
    assert sorted(numbers) == ["GET", "POST", "PUT"]


def test_a_wrong_choice_suggests_again(study):
    db = study(CHOICE)
    terminal = Terminal(db).start("review", "--limit", "1")
    question = terminal.wait_for(r"\? help")
    number = next(line.split()[0] for line in question.split("\n") if line.strip().endswith("PUT"))

    terminal.press(number, r"\[again\]")
    terminal.press(" ", r"again → 1m")

    assert [given for _, given, _ in log(db)] == [1]


def test_choices_keep_their_places_until_the_card_is_answered(study):
    db = study(CHOICE)
    seen = []
    for _ in range(3):
        terminal = Terminal(db).start("review")
        seen.append([line for line in terminal.wait_for(r"\? help").split("\n") if line.strip()[:1] in "123"])
        terminal.press("q", r"")
        terminal.end()

    assert seen[0] == seen[1] == seen[2]
    assert rows(db, "SELECT count(*) FROM reviews") == [(0,)]
    assert without_escapes("\x1b[1mx\x1b[0m") == "x"
