"""Ordinary days to come, at a desired retention."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedrill.gain import Prospect
from bedrill.habits import USUAL, Habits
from bedrill.learner import Learner
from bedrill.memory import DEFAULT_PARAMETERS, curve_of, interval_days, kernel_of, retrievability
from bedrill.model import Candidate, Kind, MemoryState
from bedrill.workload import Life, Limits, live

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = 20_000
CURVE = curve_of(DEFAULT_PARAMETERS)


def new(count: int) -> list[tuple[Prospect, int | None]]:
    return [(Prospect(Candidate(n, n, 1), Kind.CONCEPT, 1.0), None) for n in range(count)]


def lived(
    cards: Sequence[tuple[Prospect, int | None]],
    days: int = 60,
    retention: float = 0.9,
    habits: Habits = USUAL[Kind.CONCEPT],
    seed: int = 1,
    **limits: float,
) -> Life:
    bounds = Limits(**{"new_per_day": 20, "reviews_per_day": 200, "maximum_interval_days": 36_500, **limits})  # type: ignore[arg-type]
    learner = Learner(DEFAULT_PARAMETERS, {Kind.CONCEPT: habits}, (0, 0), Random(seed))
    return live(cards, TODAY, days, retention, bounds, learner)


def test_a_card_that_is_always_good_comes_when_recall_has_fallen_to_the_desired():
    """Intervals worked out by hand from the curve and the formulas of FSRS."""
    sure = USUAL[Kind.CONCEPT]._replace(first=(0, 0, 1, 0), recalled=(0, 0, 1, 0))
    first, following = kernel_of(DEFAULT_PARAMETERS)
    memory, day, reviews = first(3), 0, 0
    while True:
        days = interval_days(memory[0], 0.99, CURVE, 36_500)
        if day + days >= 30:
            break
        day, reviews = day + days, reviews + 1
        memory = following(*memory, days, 3)
    for seed in range(20):  # at 99 % hardly a card is forgotten; take one that is not
        life = lived(new(1), 30, 0.99, sure, seed)
        if life.months[0].seconds == pytest.approx(13.78 + reviews * 12.38):
            assert (life.months[0].reviews, life.months[0].introduced) == (reviews, 1)
            assert life.known == pytest.approx(retrievability(29 - day, memory[0], CURVE))
            return
    pytest.fail("in no run was the card always good")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 80), st.integers(1, 100), st.floats(0.7, 0.97), st.integers(0, 30), st.integers(0, 99))
def test_months_cover_the_days_and_nothing_is_begun_twice(count, days, retention, new_per_day, seed):
    life = lived(new(count), days, retention, seed=seed, new_per_day=new_per_day)

    assert life.days == days
    assert [month.first for month in life.months] == list(range(0, days, 30))
    introduced = sum(month.introduced for month in life.months)
    assert introduced == min(count, days * new_per_day)
    assert 0 <= life.known <= introduced
    assert life.backlog == 0 or life.reviews_per_day > 0


def test_a_higher_retention_costs_more_reviews_and_leaves_more_known():
    lives = [lived(new(600), 180, retention) for retention in (0.7, 0.8, 0.9, 0.95)]

    assert [life.reviews_per_day for life in lives] == sorted(life.reviews_per_day for life in lives)
    assert [life.known for life in lives] == sorted(life.known for life in lives)


def test_answers_that_take_twice_as_long_take_twice_the_time():
    usual = USUAL[Kind.CONCEPT]
    slow = usual._replace(
        learning_s=tuple(2 * seconds for seconds in usual.learning_s),
        review_s=tuple(2 * seconds for seconds in usual.review_s),
    )

    assert lived(new(200), habits=slow).seconds_per_day == pytest.approx(2 * lived(new(200)).seconds_per_day)


def test_a_limit_of_time_is_overrun_by_one_answer_at_most():
    life = lived(new(2_000), 30, seconds_per_day=300, new_per_day=100)

    assert 300 <= life.seconds_per_day < 320


def test_what_does_not_fit_into_a_day_waits():
    life = lived(new(500), 30, reviews_per_day=2)

    assert life.months[0].reviews <= 60
    assert life.backlog > 100


def test_cards_that_exist_come_on_their_day_and_overdue_ones_at_once():
    memory = MemoryState(10.0, 5.0)
    cards = [
        (card._replace(memory=memory, last_on=TODAY - 10), TODAY + due)
        for (card, _), due in zip(new(3), (-5, 0, 40), strict=True)
    ]

    assert lived(cards, 1).months[0].reviews == 2
    assert lived(cards, 40).known > lived(cards, 40, reviews_per_day=0).known
    assert lived(cards, 1, reviews_per_day=0).known == pytest.approx(3 * retrievability(10, 10.0, CURVE))


def test_the_same_seed_gives_the_same_life():
    assert lived(new(50)) == lived(new(50))
