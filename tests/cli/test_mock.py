"""`bedrill mock`: a mock interview on a real pseudo-terminal, and its sheet afterwards."""

from __future__ import annotations

import json

import pytest
from tests.cli.terminal import Terminal, log, rows, run_bedrill

NOTE = """
## How do you {name}? {{#{name} .interview form={form} level={level} think=5s speak=25s}}

### Key points

- must: first of {name} ([ground](#ground))
- must: second of {name}
- should: third of {name}

### Answer

Like *this*, {name}.

### Follow-ups

- And then? → after {name}
- And why? → because of {name}

### Red flags

- never tests
"""
DECK = (
    "---\nid: talk\n---\n\n## What is the ground? {#ground}\n\nThe ground.\n"
    + NOTE.format(name="debug", form="debug", level="mid")
    + NOTE.format(name="lead", form="behavioural", level="staff")
    + NOTE.format(name="explain", form="explain", level="junior")
)


@pytest.fixture
def db(study):
    return study(DECK)


def held(db, *arguments: str) -> Terminal:
    """A mock interview, at its first question."""
    terminal = Terminal(db, columns=100).start("mock", *arguments)
    terminal.wait_for(r"think 0:\d\d of 0:30.*\? help")
    return terminal


def answered(terminal: Terminal, follow_ups: str, points: str, rating: str, then: str) -> str:
    """Answer one question: y and n for its follow-ups and for its points and red flags; returns what was shown."""
    text = terminal.press(" ", r"space key")
    for place, key in enumerate(follow_ups):
        text += terminal.press(" ", r"was that yours\? y / n")
        text += terminal.press(key, r"space key" if place + 1 < len(follow_ups) else r"did you say it\? y / n")
    for key in points[:-1]:
        text += terminal.press(key, r"y / n")
    text += terminal.press(points[-1], r"4 (easy|\[easy\])")
    return text + terminal.press(rating, then)


def test_a_round_from_the_first_question_to_the_sheet(db):
    terminal = held(db, "--questions", "2", "--level", "mid")
    first = answered(terminal, "yn", "yyyn", "3", r"debug\?")
    terminal.wait_for(r"2 of 2, \d+:\d\d left")

    last = answered(terminal, "yy", "yny" + "n", "2", r"no more questions")
    sheet = terminal.wait_for(r"reread talk/ground|missed, essential: second of debug")
    terminal.end()

    assert (
        first.index("And then?") < first.index("And why?") < first.index("first of explain") < first.index("Like this")
    )
    assert "2 of 2 essential points; 1 of 1 good ones; 1 of 2 follow-ups; in time: good" in first
    assert "1 of 2 essential points; in time: hard" in last
    assert "yes (3 of 4)" in sheet
    assert "2 of 2 questions, 3 of 4 essential points" in sheet
    assert [row[:2] for row in log(db)] == [("explain", 3), ("debug", 2)]
    assert {row[0] for row in rows(db, "SELECT section FROM ticks")} == {
        "must",
        "should",
        "follow-up",
        "red flag",
        "mock",
    }


def test_every_answer_is_kept_when_one_leaves_and_has_its_sheet(db):
    terminal = held(db, "--questions", "2", "--level", "mid")
    answered(terminal, "nn", "nnnn", "1", r"think 0:\d\d of 0:30.*\? help")
    sheet = terminal.press("q", r"reread talk/ground")
    terminal.end()

    assert "strong no (1 of 4)" in sheet
    assert "1 of 2 questions, 0 of 2 essential points" in sheet
    assert [row[:2] for row in log(db)] == [("explain", 1)]


def test_an_answer_that_is_taken_back_is_asked_again_and_counts_once(db):
    terminal = held(db, "--questions", "2", "--level", "mid")
    answered(terminal, "nn", "nnnn", "1", r"think 0:\d\d of 0:30.*\? help")
    terminal.press("u", r"is taken back")
    terminal.wait_for(r"1 of 2, ")
    answered(terminal, "yy", "yyyn", "4", r"think 0:\d\d of 0:30.*\? help")
    terminal.press("q", r"strong yes \(4 of 4\)")
    terminal.end()

    (sheet,) = json.loads(run_bedrill(db, "mock", "--list", "--json").stdout)
    assert [question["verdict"] for question in sheet["questions"]] == [4]


def test_an_answer_from_before_the_interview_is_not_taken_back_in_it(db):
    run_bedrill(db, "grade", "talk/ground", "good")
    terminal = held(db, "--questions", "1", "--level", "mid")

    terminal.press("u", r"nothing was answered in this interview yet")
    terminal.press("q", r"$")
    terminal.end()

    assert [row[:2] for row in log(db)] == [("ground", 3)]


def test_a_sheet_outlives_its_cards(db, tmp_path):
    terminal = held(db, "--questions", "1", "--level", "junior")
    answered(terminal, "yn", "nyyn", "3", r"of answers")
    terminal.end()
    (tmp_path / "net.md").write_text("---\nid: talk\n---\n\n## What is the ground? {#ground}\n\nThe ground.\n")
    assert run_bedrill(db, "import", str(tmp_path / "net.md")).returncode == 0

    shown = run_bedrill(db, "mock", "--show")
    figures = run_bedrill(db, "stats", "all", "--json")

    assert "missed, essential: first of explain" in shown.stdout
    assert json.loads(figures.stdout)["figures"]["points"]["tables"]["points"][0]["card"] == "talk/explain"


def test_no_question_is_asked_when_the_time_is_over_and_the_one_that_runs_is_finished(db):
    terminal = held(db, "--questions", "2", "--minutes", "0.02")
    terminal.wait_for(r"over")

    answered(terminal, "yy", "yyyn", "3", r"mock interview of")
    terminal.end()

    assert len(log(db)) == 1


@pytest.fixture
def two(db):
    """A collection with two mock interviews."""
    for rating, points in (("1", "nnnn"), ("4", "yyyn")):
        terminal = held(db, "--questions", "1", "--level", "junior")
        answered(terminal, "yy", points, rating, r"of answers")
        terminal.end()
    return db


def test_interviews_are_listed_and_compared(two):
    listed = run_bedrill(two, "mock", "--list").stdout.splitlines()
    shown = run_bedrill(two, "mock", "--show").stdout

    assert [line.split()[0] for line in listed[1:]] == ["1", "2"]
    assert listed[1].endswith("1 strong no")
    assert listed[2].endswith("4 strong yes")
    assert "the one before: strong no (1 of 4); 1 of 1 question, 0 of 2 essential points" in shown
    assert "the one before" not in run_bedrill(two, "mock", "--show", "1").stdout


def test_a_sheet_is_markdown_in_which_text_of_decks_is_text(study, tmp_path):
    evil = NOTE.format(name="evil", form="explain", level="mid").replace(
        "first of", "[x](http://evil.example) <b> *first* of"
    )
    db = study("---\nid: talk\n---\n\n## What is the ground? {#ground}\n\nThe ground.\n" + evil)
    terminal = held(db, "--questions", "1", "--markdown", str(tmp_path / "sheet.md"))
    answered(terminal, "yn", "nyyn", "3", r"of answers")
    terminal.end()

    text = (tmp_path / "sheet.md").read_text()
    assert text == run_bedrill(db, "mock", "--show", "--markdown", "-").stdout
    assert text.splitlines()[4:] == [
        "## 1. How do you evil?",
        "",
        "`talk/evil`: **no** (2 of 4), " + text.splitlines()[6].partition("4), ")[2],
        "",
        "- [x] essential: second of evil",
        "- [ ] essential: \\[x\\](http://evil.example) \\<b\\> \\*first\\* of evil",
        "- [x] good: third of evil",
        "- [x] follow-up: And then?",
        "- [ ] follow-up: And why?",
        "",
        "Reread `talk/ground`.",
    ]


def test_sheets_travel_with_json_lines(two, tmp_path):
    everything, other = tmp_path / "everything.jsonl", tmp_path / "other.db"
    assert run_bedrill(two, "export", str(everything)).returncode == 0
    assert run_bedrill(other, "import", str(everything)).returncode == 0

    held_here, held_there = (json.loads(run_bedrill(db, "mock", "--list", "--json").stdout) for db in (two, other))

    assert held_here == held_there
    assert len(held_here) == 2


def test_an_undone_answer_is_on_no_sheet(two):
    run_bedrill(two, "undo")

    assert len(json.loads(run_bedrill(two, "mock", "--list", "--json").stdout)) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "mock needs a terminal"),
        (("--show",), 4, "no mock interview was held yet"),
        (("--show", "3"), 4, "no mock interview was held yet"),
        (("--list", "--markdown", "-"), 2, "--markdown writes one sheet"),
        (("--level", "guru"), 2, "guru"),
        (("--questions", "0"), 2, "0 is not in the range"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(db, arguments, code, said):
    result = run_bedrill(db, "mock", *arguments)

    assert result.returncode == code
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_without_a_question_of_that_level_it_says_so(study):
    db = study("## What is the ground? {#ground}\n\nThe ground.\n")

    terminal = Terminal(db).start("mock", "--level", "junior")
    said = terminal.wait_for(r"name other decks, or another --level")
    terminal.end()

    assert "there are no interview cards for level junior to ask" in said


def test_no_line_is_wider_than_forty_columns(two, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")

    shown = run_bedrill(two, "mock", "--show").stdout + run_bedrill(two, "mock", "--list").stdout

    assert [line for line in shown.splitlines() if len(line) > 40] == []
