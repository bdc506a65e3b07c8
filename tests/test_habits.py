"""What to expect of a person's answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedrill.habits import USUAL, USUAL_WEIGHT, habits_of
from bedrill.model import Kind, Phase

sums = st.lists(
    st.tuples(
        st.sampled_from([kind.value for kind in Kind]),
        st.sampled_from([1, 2, 3]),
        st.booleans(),
        st.integers(1, 4),
        st.integers(1, 500),
        st.integers(0, 10_000_000),
    )
)


def test_without_answers_the_usual_averages_stand_in():
    for kind, habits in habits_of([]).items():
        assert list(habits.first) == pytest.approx([share / sum(USUAL[kind].first) for share in USUAL[kind].first])
        assert habits.review_s == pytest.approx(USUAL[kind].review_s)


@given(sums)
def test_shares_are_shares_and_seconds_lie_between_the_usual_and_ones_own(rows):
    for kind, habits in habits_of(rows).items():
        assert sum(habits.first) == pytest.approx(1)
        assert sum(habits.recalled) == pytest.approx(1)
        assert habits.recalled[0] == 0
        mine = [row for row in rows if row[0] == kind and row[1] == Phase.REVIEW and row[3] == 3]
        own_s = sum(row[5] for row in mine) / 1000 / max(1, sum(row[4] for row in mine))
        low, high = sorted([own_s if mine else USUAL[kind].review_s[2], USUAL[kind].review_s[2]])
        assert low - 1e-9 <= habits.review_s[2] <= high + 1e-9


def test_twenty_answers_of_ones_own_count_as_much_as_the_usual_ones():
    habits = habits_of([("concept", Phase.REVIEW, False, 3, USUAL_WEIGHT, USUAL_WEIGHT * 30_000)])[Kind.CONCEPT]

    assert habits.review_s[2] == pytest.approx((12.38 + 30) / 2)
    assert habits.recalled[2] == pytest.approx((0.631 + 1) / 2)


def test_only_first_answers_tell_how_new_cards_go():
    habits = habits_of(
        [("concept", Phase.LEARNING, True, 4, 10**6, 0), ("concept", Phase.LEARNING, False, 1, 10**6, 0)]
    )

    assert habits[Kind.CONCEPT].first[3] > 0.999
    assert habits[Kind.CONCEPT].learning_s[0] < 0.001


def test_interviews_and_concepts_are_told_apart():
    habits = habits_of([("interview", Phase.REVIEW, False, 3, 1_000, 200_000_000)])

    assert habits[Kind.CONCEPT] == habits_of([])[Kind.CONCEPT]
    assert habits[Kind.INTERVIEW].review_s[2] == pytest.approx(200, abs=1)
