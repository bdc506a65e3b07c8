"""`bedrill goal`; what it foretells is in tests/collection/test_goal_report.py."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.cli.terminal import Terminal, run_bedrill


@pytest.fixture
def course(invoke, deck_file):
    """Three lessons of twenty cards; the clock stands at 5 January 2026."""
    for lesson in (1, 2, 3):
        front = f"---\nid: l{lesson}\nlesson: {lesson}\ntitle: Lesson {lesson}\n---\n\n"
        cards = "\n\n".join(f"## What is {n} in {lesson}? {{#n{n}}}\n\nThe number {n}." for n in range(20))
        invoke("import", str(deck_file(front + cards, f"{lesson}.md")))


def test_a_goal_is_stored_and_told(invoke, course):
    result = invoke("goal", "2026-01-25", "--minutes", "5")

    assert result.code == 0
    head = result.out.splitlines()
    assert head[0] == "interview  2026-01-25, in 20 days; 5 min a day"
    assert head[1].startswith("readiness  0% today, ")
    assert head[2].startswith("min a day  for 50% ")
    assert "on the day:" in result.out
    assert "Lesson 2" in result.out
    assert invoke("config", "goals").out == "2026-01-25 5m\n"
    assert invoke("goal").out == result.out


def test_what_is_not_said_again_stays(invoke, course):
    invoke("goal", "2026-01-25", "--minutes", "5", "--level", "mid", "1-2")
    invoke("goal", "2026-01-25", "--keep-known")
    invoke("goal", "2026-01-25", "--minutes", "7.5")

    assert invoke("config", "goals").out == "2026-01-25 7.5m level=mid keep=known 1-2\n"

    invoke("goal", "2026-01-25", "--level", "any", "--cover-more", "3")

    assert invoke("config", "goals").out == "2026-01-25 7.5m 3\n"


def test_of_several_the_nearest_is_told_and_the_others_are_named(invoke, course):
    invoke("goal", "2026-03-01", "--minutes", "40")
    result = invoke("goal", "2026-01-25")

    assert result.out.startswith("interview  2026-01-25, in 20 days; 20 min a day")
    assert result.out.endswith("later: 2026-03-01, 40 min a day\n")


def test_a_goal_can_be_dropped(invoke, course):
    invoke("goal", "2026-01-25")
    result = invoke("goal", "2026-01-25", "--drop")

    assert (result.code, result.out, result.err) == (0, "", "the goal of 2026-01-25 is forgotten\n")
    assert invoke("goal").code == 4
    assert invoke("goal", "2026-01-25", "--drop").code == 4


def test_after_its_day_a_goal_is_no_goal(invoke, course, now):
    invoke("goal", "2026-01-25", "--minutes", "5")
    now.move(days=20)
    on_the_day = invoke("goal")
    now.move(days=1)

    assert on_the_day.out.startswith("interview  2026-01-25, in 0 days")
    assert invoke("goal").err.startswith("bedrill: no interview is ahead")
    assert invoke("--json").json["goal"] is None


def test_json_has_every_number(invoke, course):
    data = invoke("goal", "2026-01-25", "--minutes", "5", "--level", "senior", "--json").json

    assert (data["on"], data["minutes"], data["level"], data["keep_known"]) == ("2026-01-25", 5, "senior", False)
    assert data["readiness"]["today"] == {"all": 0, "concepts": 0, "interviews": None}
    assert data["band"][0] <= data["readiness"]["then"]["all"] <= data["band"][1]
    assert list(data["minutes_for"]) == ["0.5", "0.8", "0.9", "0.95"]
    assert [row["lesson"] for row in data["decks"]] == [1, 2, 3]
    assert {"deck", "title", "cards", "today", "then", "unseen_today", "unseen_then", "left_out", "fades"} < set(
        data["decks"][0]
    )


def test_it_says_what_it_gives_up_and_how_to_choose_otherwise(invoke, course):
    result = invoke("goal", "2026-01-07", "--minutes", "3")

    assert "not reached: l2, l3." in result.out
    assert "bedrill goal 2026-01-07 --minutes 6 DECK..." in result.out


def test_the_glance_names_the_interview(invoke, course):
    invoke("goal", "2026-01-25", "--minutes", "5")

    assert "goal       2026-01-25, in 20 days; 5 min a day\n" in invoke().out


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("soon",), 2, "'soon' is no date"),
        (("2026-01-04",), 2, "that day is over"),
        (("2099-01-04",), 2, "that day is more than three years ahead"),
        (("--minutes", "5"), 2, "which day?"),
        (("2026-01-25", "--minutes", "0"), 2, "--minutes"),
        (("2026-01-25", "--minutes", "2000"), 2, "--minutes"),
        (("2026-01-25", "--level", "god"), 2, "--level"),
        (("2026-01-25", "nowhere"), 4, "no deck 'nowhere'"),
        ((), 4, "no interview is ahead"),
    ],
)
def test_what_is_no_goal_is_said_in_a_line(invoke, course, args, code, said):
    result = invoke("goal", *args)

    assert result.code == code
    assert said in result.err
    assert invoke("config", "goals").out == "\n"


@pytest.fixture
def soon():
    """A date that is thirty days ahead."""
    return (datetime.now(UTC) + timedelta(days=30)).date().isoformat()


def test_a_session_under_a_goal_says_why_it_asks_and_what_is_left(study, soon):
    db = study()
    run_bedrill(db, "goal", soon, "--minutes", "25")
    terminal = Terminal(db).start("review")
    terminal.wait_for(r"Which port.*\? help")

    why = terminal.press("?", r"why this card.*")
    terminal.press(" ", r"4 easy")
    terminal.press("4", r"\? help")
    end = terminal.press("q", rf"days? to {soon}; tomorrow 25 minutes")

    assert "new; learned today, recalled" in why.replace("\n", " ")
    assert "1 answer in" in end
    assert terminal.end() == 0


def test_when_the_minutes_of_the_day_are_over_the_session_ends_and_says_so(study, soon):
    db = study()
    run_bedrill(db, "goal", soon, "--minutes", "0.4")
    run_bedrill(db, "grade", "net/port", "easy", "--seconds", "30")
    terminal = Terminal(db).start("review")

    end = terminal.wait_for(r"goes on all the same")

    assert f"30 s of 0.4 min today for {soon}" in end
    assert "'bedrill review --minutes 10'" in end
    assert terminal.end() == 0
