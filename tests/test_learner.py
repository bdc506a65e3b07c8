"""A person as FSRS sees them: what answers are drawn, and what is remembered after them."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedrill.gain import Prospect
from bedrill.habits import USUAL
from bedrill.learner import MOST_STEPS, Learner
from bedrill.memory import DEFAULT_PARAMETERS, curve_of, kernel_of, retrievability
from bedrill.model import Candidate, Kind, MemoryState

TODAY = 20_000
NEW = Prospect(Candidate(1, 1, 1), Kind.CONCEPT, 1.0)
KNOWN = NEW._replace(memory=MemoryState(10.0, 5.0), last_on=TODAY - 20)


def learner(seed: int = 1, steps: tuple[int, int] = (2, 1)) -> Learner:
    return Learner(DEFAULT_PARAMETERS, USUAL, steps, Random(seed))


def share(card: Prospect, rating: int, draws: int = 20_000) -> float:
    person = learner()
    return sum(person.ratings(card, TODAY)[0][0] == rating for _ in range(draws)) / draws


def test_a_new_card_is_not_recalled_and_a_known_one_by_its_curve():
    assert learner().recalls(NEW, TODAY) == 0
    assert learner().recalls(KNOWN, TODAY) == retrievability(20, 10.0, curve_of(DEFAULT_PARAMETERS))


def test_a_card_is_forgotten_as_often_as_its_curve_says():
    assert share(KNOWN, 1) == pytest.approx(1 - learner().recalls(KNOWN, TODAY), abs=0.01)


@pytest.mark.parametrize("rating", [1, 2, 3, 4])
def test_first_ratings_come_as_often_as_the_habits_say(rating):
    assert share(NEW, rating) == pytest.approx(USUAL[Kind.CONCEPT].first[rating - 1], abs=0.01)


@given(st.integers(0, 10**6), st.sampled_from([NEW, KNOWN]), st.tuples(st.integers(0, 4), st.integers(0, 4)))
def test_a_day_ends_when_its_steps_are_passed_and_takes_the_time_of_its_answers(seed, card, steps):
    ratings, seconds = learner(seed, steps).ratings(card, TODAY)

    assert all(1 <= rating <= 4 for rating in ratings)
    assert len(ratings) <= 1 + MOST_STEPS
    assert 4 not in ratings[:-1]
    habits = USUAL[Kind.CONCEPT]
    first_s = habits.learning_s if card is NEW else habits.review_s
    later_s = habits.learning_s if card is NEW else habits.relearning_s
    assert seconds == pytest.approx(first_s[ratings[0] - 1] + sum(later_s[rating - 1] for rating in ratings[1:]))


def test_without_steps_an_answer_is_all():
    assert all(len(learner(seed, (0, 0)).ratings(card, TODAY)[0]) == 1 for seed in range(50) for card in (NEW, KNOWN))


@given(st.integers(0, 10**6), st.sampled_from([NEW, KNOWN]))
def test_what_is_remembered_is_what_fsrs_makes_of_the_ratings(seed, card):
    ratings, _ = learner(seed).ratings(card, TODAY)
    first, following = kernel_of(DEFAULT_PARAMETERS)
    memory = first(ratings[0])
    if card.memory is not None:
        memory = following(card.memory.stability_days, card.memory.difficulty, 20, ratings[0])
    for rating in ratings[1:]:
        memory = following(*memory, 0, rating)

    answered, _ = learner(seed).answer(card, TODAY)

    assert answered == card._replace(memory=MemoryState(*memory), last_on=TODAY)


def test_the_same_random_numbers_give_the_same_answers():
    assert [learner(7).ratings(KNOWN, TODAY) for _ in range(3)] == [learner(7).ratings(KNOWN, TODAY)] * 3
