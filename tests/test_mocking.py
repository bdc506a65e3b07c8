"""Which questions a mock interview asks, in which order, and what its sheet comes to."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedrill import mocking
from bedrill.deckfile.interview_parser import FORMS
from bedrill.goals import LEVELS
from bedrill.mocking import Asked, Plan, Question, Sheet
from bedrill.model import Rating, Tick

TODAY = 20_000
QUESTIONS = st.lists(
    st.builds(
        Question,
        card=st.integers(1, 10_000),
        deck=st.integers(1, 5),
        form=st.sampled_from(FORMS),
        level=st.sampled_from(LEVELS),
        box_s=st.integers(10, 900),
        recall=st.floats(0, 1),
        hit=st.none() | st.floats(0, 1),
        last_on=st.none() | st.integers(TODAY - 400, TODAY),
        is_on_known_ground=st.booleans(),
    ),
    max_size=30,
    unique_by=lambda question: question.card,
)
PLANS = st.builds(
    Plan,
    mock=st.integers(0, 10**13),
    level=st.sampled_from(("", *LEVELS)),
    minutes=st.floats(0.5, 120),
    questions=st.integers(1, 8),
)


@given(QUESTIONS, PLANS)
def test_a_draw_keeps_to_number_minutes_and_level_and_asks_nothing_twice(questions, plan):
    drawn = mocking.draw(questions, plan, TODAY)

    assert len(drawn) <= plan.questions
    assert len({each.card for each in drawn}) == len(drawn)
    assert all(mocking.suits(each, plan.level) for each in drawn)
    assert len(drawn) <= 1 or sum(each.planned_s for each in drawn) <= plan.minutes * 60
    assert bool(drawn) == any(mocking.suits(each, plan.level) for each in questions)


@given(QUESTIONS, PLANS, st.randoms())
def test_the_same_plan_draws_the_same_questions_in_whatever_order_they_are_given(questions, plan, random):
    shuffled = list(questions)
    random.shuffle(shuffled)

    assert mocking.draw(questions, plan, TODAY) == mocking.draw(shuffled, plan, TODAY)


@given(QUESTIONS, PLANS)
def test_a_round_opens_briefly_and_ends_with_behaviour(questions, plan):
    drawn = mocking.draw(questions, plan, TODAY)

    parts = [
        0 if each.form in ("explain", "compare") else 2 if each.form in ("behavioural", "negotiate") else 1
        for each in drawn
    ]
    assert parts == sorted(parts)
    opening = [each.box_s for each, part in zip(drawn, parts, strict=True) if part == 0]
    assert opening == sorted(opening)


def counted(questions: list[Question], count: int = 1) -> Counter[int]:
    """How often each card is drawn by three hundred interviews."""
    return Counter(
        each.card for mock in range(300) for each in mocking.draw(questions, Plan(mock, "", 600, count), TODAY)
    )


def test_weak_questions_are_drawn_more_often_than_those_that_are_known():
    drawn = counted([Question(1, 1, "explain", "mid", 60, 0.95, 1.0, TODAY - 30), Question(2, 1, "explain", "mid", 60)])

    assert drawn[2] > 5 * drawn[1] > 0


def test_what_was_asked_today_comes_last():
    drawn = counted(
        [
            Question(1, 1, "explain", "mid", 60, 1.0, 0.2, TODAY),
            Question(2, 1, "explain", "mid", 60, 0.9, 0.9, TODAY - 20),
        ]
    )

    assert drawn[2] > 5 * drawn[1]


def test_decks_and_forms_are_mixed():
    same = [Question(card, 1, "design", "mid", 60) for card in range(1, 9)]
    drawn = counted([*same, Question(9, 2, "debug", "mid", 60)], count=2)

    assert drawn[9] > 100  # two of nine without the mixing would be 67


def test_decks_whose_ground_is_known_come_first():
    drawn = counted(
        [Question(1, 1, "explain", "mid", 60, is_on_known_ground=False), Question(2, 1, "explain", "mid", 60)]
    )

    assert drawn[2] > 1.5 * drawn[1]


def asked(musts: str, *, seconds: int = 10, flag: bool = False) -> Asked:
    """An answer that hit some musts, such as "110"."""
    ticks = [Tick("must", f"point {place}", (), hit == "1") for place, hit in enumerate(musts)]
    return Asked("a/b", "Why?", seconds, 60, Rating.GOOD, (*ticks, Tick("red flag", "bad", (), flag)))


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ([asked("11")], 3),
        ([asked("10")], 2),
        ([asked("000")], 1),
        ([asked("11", seconds=61)], 2),
        ([asked("11"), asked("10")], 3),
        ([asked("11"), asked("10"), asked("10")], 2),
        ([asked("11"), asked("11"), asked("11", flag=True)], 2),
        ([], 0),
    ],
)
def test_the_verdict_is_the_average_and_no_better_than_no_with_a_red_flag(answers, verdict):
    assert Sheet(Plan(1, "", 45, 5), tuple(answers)).verdict == verdict


def test_a_sheet_sums_up_its_answers():
    sheet = Sheet(Plan(1, "", 45, 5), (asked("110"), asked("01", seconds=20, flag=True)))

    assert (sheet.musts, sheet.seconds, sheet.red_flags) == ((3, 5), 30, 1)


@given(PLANS, st.integers(0, 10_000))
def test_a_tag_is_read_back(plan, seconds):
    plan = plan._replace(minutes=round(plan.minutes, 1))

    assert mocking.read_tag(mocking.tag_of(plan, seconds)) == (plan, seconds)


@given(st.text() | st.from_regex(r"\d+ (mid|-|x) (\d+|nan|inf) \d+ \d+"))
def test_any_text_is_a_tag_or_none(text):
    found = mocking.read_tag(text)

    assert found is None or found[0].level in ("", *LEVELS)


@pytest.mark.parametrize(
    "text",
    [f"{10**30} mid 45 5 10", "-1 mid 45 5 10", "1 mid 1e9 5 10", "1 mid 45 0 10", "1 mid 45 5 -1", "1 guru 45 5 10"],
)
def test_a_tag_that_an_import_brings_with_numbers_out_of_range_is_none(text):
    assert mocking.read_tag(text) is None
