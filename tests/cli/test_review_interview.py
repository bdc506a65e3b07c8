"""Interview cards in the session: clock, key points before the model answer, follow-up, ticks, called concepts."""

from __future__ import annotations

import pytest
from tests.cli.terminal import Terminal, log, rows

DECK = """\
---
id: cap
---

## What does consistent mean in CAP? {#linearizable}

Linearizable.

## What must a store give up while partitioned? {#choice}

Consistency or availability.

## What does the CAP theorem claim? {#claim .interview form=explain level=mid think=20s speak=2m}

### Context

Three replicas.

### Key points

- must: C means linearizable ([linearizable](#linearizable))
- must: the choice exists only in a partition ([choice](#choice))
- should: latency otherwise

### Answer

While partitioned a store refuses or answers stale.

### Follow-ups

- Is CP always down? → only the minority
- And otherwise? → latency

### Mistakes

- pick two

### Red flags

- networks do not fail
"""


@pytest.fixture
def interview(study):
    """A session on the interview card only, at its question."""
    db = study(DECK)
    terminal = Terminal(db).start("review", "--kind", "interview", "--limit", "1")
    terminal.wait_for(r"think 0:\d\d of 2:20.*\? help")
    return db, terminal


def tick(terminal: Terminal, answers: str) -> str:
    """Answer the key points and red flags with y and n; returns what is shown up to the follow-up."""
    text = ""
    for key in answers[:-1]:
        text += terminal.press(key, r"y / n.*\? help")
    return text + terminal.press(answers[-1], r"space key.*\? help")


def test_key_points_come_before_the_model_answer(interview):
    _, terminal = interview

    points = terminal.press(" ", r"did you say it\? y / n")
    points += tick(terminal, "yyyn")
    answer = terminal.press(" ", r"was that yours\? y / n") + terminal.press("y", r"\[easy\]")

    assert "C means linearizable" in points
    assert "While partitioned" not in points
    assert "→ only the minority" in answer
    assert "While partitioned a store refuses or answers stale." in answer
    assert "2 of 2 essential points; 1 of 1 good ones; the follow-up; in time: easy" in answer


def test_ticks_are_stored_with_the_answer(interview):
    db, terminal = interview
    terminal.press(" ", r"y / n")
    tick(terminal, "ynyn")
    terminal.press(" ", r"y / n")
    terminal.press("n", r"\[hard\]")
    terminal.press(" ", r"tomorrow")

    assert rows(db, "SELECT section, hit FROM ticks ORDER BY position") == [
        ("must", 1),
        ("must", 0),
        ("should", 1),
        ("red flag", 0),
        ("follow-up", 0),
    ]
    assert [rating for _, rating, _ in log(db)] == [2]


def test_a_red_flag_suggests_again(interview):
    _, terminal = interview
    terminal.press(" ", r"y / n")
    tick(terminal, "yyyy")

    terminal.press(" ", r"y / n")

    terminal.press("y", r"\[again\]")


def test_the_concept_behind_a_missed_must_joins_todays_queue(study):
    db = study(DECK)
    terminal = Terminal(db).start("review", "--kind", "interview")
    terminal.wait_for(r"\? help")
    terminal.press(" ", r"y / n")
    tick(terminal, "ynyn")
    terminal.press(" ", r"y / n")
    terminal.press("y", r"\[hard\]")

    terminal.press(" ", r"cap/choice(.|\n)*What must a store give up.*(.|\n)*\? help")


def test_the_context_is_given_only_if_asked(interview):
    _, terminal = interview

    context = terminal.press("c", r"Three replicas\.")

    assert "Three replicas." in context


def test_a_typed_answer_is_kept(interview):
    db, terminal = interview
    terminal.press("t", r"> ")
    terminal.press("A store under partition\r", r"> ")
    terminal.press("must choose.\r", r"> ")
    terminal.press("\r", r"y / n")
    tick(terminal, "yyyn")
    terminal.press(" ", r"y / n")
    terminal.press("y", r"\[easy\]")
    terminal.press(" ", r"tomorrow")

    assert rows(db, "SELECT text FROM transcripts") == [("A store under partition\nmust choose.",)]


def test_the_clock_runs(interview):
    _, terminal = interview

    terminal.wait_for(r"0:01 of 2:20")
    terminal.wait_for(r"0:02 of 2:20")


def test_quitting_amid_the_key_points_writes_nothing(interview):
    db, terminal = interview
    terminal.press(" ", r"y / n")
    terminal.press("y", r"y / n")

    terminal.child.send("q")
    terminal.end()

    assert rows(db, "SELECT count(*) FROM reviews") == [(0,)]
    assert rows(db, "SELECT count(*) FROM ticks") == [(0,)]
