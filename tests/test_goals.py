"""Interview dates, and how they are written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedrill.clock import day_number
from bedrill.goals import LEVELS, Goal, goals_from, goals_text, nearest, with_goal

JANUARY = day_number(date(2027, 1, 15))

goals = st.lists(
    st.builds(
        Goal,
        st.integers(day_number(date(2020, 1, 1)), day_number(date(2099, 1, 1))),
        st.integers(1, 1440).map(float) | st.sampled_from([0.5, 12.5]),
        st.sampled_from(("", *LEVELS)),
        st.lists(st.sampled_from(["43", "1-30", "cap", "net*"]), max_size=3).map(tuple),
        st.booleans(),
    ),
    unique_by=lambda goal: goal.on,
    max_size=4,
).map(lambda some: tuple(sorted(some)))


@given(goals)
def test_what_is_written_is_read_back(some):
    assert goals_from(goals_text(some)) == some


def test_a_goal_is_written_as_one_would_say_it():
    goal = Goal(JANUARY, 25, "mid", ("1-30", "cap"))

    assert goals_text([goal]) == "2027-01-15 25m level=mid 1-30 cap"
    assert goals_from(" 2027-01-15 ;") == (Goal(JANUARY),)
    assert goals_from("") == ()


@given(goals, st.integers(day_number(date(2019, 1, 1)), day_number(date(2100, 1, 1))))
def test_the_nearest_that_is_not_over_rules(some, today):
    ahead = [goal for goal in some if goal.on >= today]

    assert nearest(some, today) == (ahead[0] if ahead else None)


def test_a_goal_on_the_same_day_takes_the_place_of_the_old_one():
    later = Goal(JANUARY + 9)

    assert with_goal((Goal(JANUARY, 20), later), Goal(JANUARY, 40)) == (Goal(JANUARY, 40), later)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("soon", "'soon' is no date"),
        ("2027-02-30 20m", "'2027-02-30' is no date"),
        ("2027-01-15 0m", "0 minutes a day are none"),
        ("2027-01-15 2000m", "2000 minutes a day are none"),
        ("2027-01-15 level=god", "'level=god' is not understood"),
        ("2027-01-15 keep=all", "'keep=all' is not understood"),
    ],
)
def test_what_is_no_goal_says_why(text, said):
    with pytest.raises(ValueError, match=said):
        goals_from(text)
