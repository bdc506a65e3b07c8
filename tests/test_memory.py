"""FSRS-6 as plain arithmetic: the published values, and py-fsrs to the last bit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import fsrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fsrs_vectors import DATA, VECTORS, close, of_kind, parameters_of

from bedrill.memory import (
    AGAIN,
    DEFAULT_PARAMETERS,
    EASY,
    GOOD,
    HARD,
    LEARNING,
    LOWER_BOUNDS,
    RELEARNING,
    REVIEW,
    STABILITY_MIN,
    UPPER_BOUNDS,
    curve_of,
    kernel_of,
    next_step,
    retrievability,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

EPOCH: Final = datetime(2026, 1, 5, tzinfo=UTC)
PARAMETERS: Final = st.one_of(
    st.just(DEFAULT_PARAMETERS),
    st.tuples(*(st.floats(lower, upper) for lower, upper in zip(LOWER_BOUNDS, UPPER_BOUNDS, strict=True))),
)
ANSWERS: Final = st.lists(
    st.tuples(st.sampled_from([0, 0, 1, 2, 5, 21, 100, 4000]), st.integers(AGAIN, EASY)), min_size=1, max_size=25
)
"""Days since the answer before, and ratings."""


def chain(parameters: Sequence[float], ratings: Sequence[int], delta_days: Sequence[int]) -> list[tuple[float, float]]:
    """Stability and difficulty after each answer."""
    first, following = kernel_of(parameters)
    states = [first(ratings[0])]
    for rating, days in zip(ratings[1:], delta_days[1:], strict=True):
        states.append(following(*states[-1], days, rating))
    return states


@settings(max_examples=300, deadline=None)
@given(PARAMETERS, ANSWERS, st.integers(0, 3), st.integers(0, 3))
def test_states_and_steps_are_those_of_py_fsrs_to_the_last_bit(parameters, answers, learning_steps, relearning_steps):
    scheduler = fsrs.Scheduler(
        parameters,
        learning_steps=[timedelta(minutes=1)] * learning_steps,
        relearning_steps=[timedelta(minutes=10)] * relearning_steps,
        enable_fuzzing=False,
    )
    card, at = fsrs.Card(card_id=1, due=EPOCH), EPOCH
    first, following = kernel_of(parameters)
    memory, phase, step = None, LEARNING, 0

    for days, rating in answers:
        at += timedelta(days=days)
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), at)
        memory = first(rating) if memory is None else following(*memory, days, rating)
        phase, step = next_step(phase, step, rating, learning_steps, relearning_steps)

        assert memory == (card.stability, card.difficulty)
        assert (phase, step) == (card.state.value, card.step or 0)
        recall = retrievability(days, memory[0], curve_of(parameters))
        assert recall == scheduler.get_card_retrievability(card, at + timedelta(days=days))


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([LEARNING, RELEARNING]), st.integers(0, 5), st.integers(0, 3), st.integers(0, 3), st.integers(1, 4)
)
def test_a_card_beyond_the_last_step_goes_where_py_fsrs_sends_it(phase, step, learning, relearning, rating):
    """That happens when the steps are made fewer while a card is in them."""
    scheduler = fsrs.Scheduler(
        learning_steps=[timedelta(minutes=1)] * learning,
        relearning_steps=[timedelta(minutes=1)] * relearning,
        enable_fuzzing=False,
    )
    card = fsrs.Card(1, fsrs.State(phase), step, stability=2.0, difficulty=5.0, due=EPOCH, last_review=EPOCH)

    after, _ = scheduler.review_card(card, fsrs.Rating(rating), EPOCH)

    assert next_step(phase, step, rating, learning, relearning) == (after.state.value, after.step or 0)


@settings(max_examples=200, deadline=None)
@given(PARAMETERS, ANSWERS, st.integers(-3, 0))
def test_a_negative_time_counts_as_the_same_day(parameters, answers, days):
    """A traveller's date may go back."""
    _, following = kernel_of(parameters)
    stability, difficulty = chain(parameters, [rating for _, rating in answers], [days for days, _ in answers])[-1]

    for rating in (AGAIN, HARD, GOOD, EASY):
        assert following(stability, difficulty, days, rating) == following(stability, difficulty, 0, rating)
    assert retrievability(days, stability, curve_of(parameters)) == 1.0


def test_parameters_and_bounds_are_those_of_py_fsrs():
    assert list(DEFAULT_PARAMETERS) == DATA["parameter_sets"]["fsrs6_default"]
    assert list(LOWER_BOUNDS) == DATA["bounds"]["lower"]
    assert list(UPPER_BOUNDS) == DATA["bounds"]["upper"]
    assert fsrs.Scheduler().parameters == DEFAULT_PARAMETERS


@pytest.mark.parametrize("vector", of_kind("memory_state"))
def test_a_history_gives_the_published_state(vector):
    state = chain(parameters_of(vector), vector["ratings"], vector["delta_days"])[-1]

    assert list(state) == close([vector["expect_stability"], vector["expect_difficulty"]], vector)


@pytest.mark.parametrize("vector", of_kind("longterm_chain"))
def test_a_history_without_steps_gives_the_published_states(vector):
    states = chain(parameters_of(vector), vector["ratings"], [0, *vector["expect_interval_days"][:-1]])

    assert [stability for stability, _ in states] == close(vector["expect_stability"], vector)
    assert [difficulty for _, difficulty in states] == close(vector["expect_difficulty"], vector)


@pytest.mark.parametrize("vector", of_kind("memory_state_batch"))
def test_two_answers_give_the_published_states(vector):
    parameters = parameters_of(vector)

    states = [chain(parameters, case["ratings"], case["delta_days"])[-1] for case in vector["cases"]]

    assert [stability for stability, _ in states] == close(vector["expect_stability"], vector)
    assert [difficulty for _, difficulty in states] == close(vector["expect_difficulty"], vector)


@pytest.mark.parametrize("vector", of_kind("next_state_from"))
def test_one_answer_gives_the_published_state(vector):
    stability, difficulty = vector["state"]
    _, following = kernel_of(parameters_of(vector))

    after = following(stability, difficulty, vector["delta_days"], vector["rating"])

    assert list(after) == close([vector["expect_stability"], vector["expect_difficulty"]], vector)


@pytest.mark.parametrize("vector", of_kind("init"))
def test_a_first_answer_gives_the_published_state(vector):
    first, _ = kernel_of(parameters_of(vector))

    states = [first(rating) for rating in (AGAIN, HARD, GOOD, EASY)]

    assert [stability for stability, _ in states] == close(vector["expect_stability"], vector)
    assert [difficulty for _, difficulty in states] == close(vector["expect_difficulty"], vector)


@pytest.mark.parametrize("vector", of_kind("retrievability", "retrievability_pairs"))
def test_recall_falls_along_the_published_curve(vector):
    curve = curve_of((*DEFAULT_PARAMETERS[:20], vector["decay"]))
    stabilities = vector["stability"]
    if not isinstance(stabilities, list):
        stabilities = [stabilities] * len(vector["elapsed"])

    recalls = [retrievability(days, s, curve) for days, s in zip(vector["elapsed"], stabilities, strict=True)]

    assert recalls == close(vector["expect"], vector)


@pytest.mark.parametrize("vector", of_kind("next_difficulty"))
def test_difficulty_moves_as_published(vector):
    _, following = kernel_of(parameters_of(vector))

    after = [following(5.0, vector["difficulty"], 5, rating)[1] for rating in vector["ratings"]]

    assert after == close(vector["expect"], vector)


def days_until(recalls: Sequence[float], stability: float, parameters: Sequence[float]) -> Any:
    """The days after which recall has fallen so far: what the kernel wants where a vector gives recall."""
    factor, decay = curve_of(parameters)
    return [stability / factor * (recall ** (1 / decay) - 1) for recall in recalls]


@pytest.mark.parametrize("vector", of_kind("stability_success"))
def test_stability_after_a_pass_is_the_published_one(vector):
    """What the vector has for Again is the formula of a pass, without a penalty or a bonus: that of Good."""
    parameters, stability = parameters_of(vector), vector["stability"]
    _, following = kernel_of(parameters)
    days = days_until(vector["retrievability"], stability, parameters)
    ratings = [GOOD if rating == AGAIN else rating for rating in vector["ratings"]]

    cases = zip(vector["difficulty"], days, ratings, strict=True)
    after = [following(stability, *case)[0] for case in cases]

    assert after == close(vector["expect"], vector)


@pytest.mark.parametrize("vector", of_kind("stability_failure"))
def test_stability_after_a_lapse_is_the_published_one(vector):
    parameters, stability = parameters_of(vector), vector["stability"]
    _, following = kernel_of(parameters)
    days = days_until(vector["retrievability"], stability, parameters)

    cases = zip(vector["difficulty"], days, strict=True)
    after = [following(stability, *case, AGAIN)[0] for case in cases]

    assert after == close(vector["expect"], vector)


@pytest.mark.parametrize("vector", of_kind("stability_short"))
def test_stability_after_an_answer_on_the_same_day_is_the_published_one(vector):
    _, following = kernel_of(parameters_of(vector))

    after = [following(vector["stability"], 5.0, 0, rating)[0] for rating in vector["ratings"]]

    assert after == close(vector["expect"], vector)


def test_ten_times_easy_at_once_gives_the_least_difficulty():
    _, difficulty = chain(DEFAULT_PARAMETERS, [EASY] * 10, [0] * 10)[-1]

    assert difficulty == VECTORS["py_easy10_same_second"]["expect_difficulty"]


def test_stability_has_a_floor_however_often_a_card_is_forgotten():
    states = chain(DEFAULT_PARAMETERS, [AGAIN] * 1000, [2] * 1000)

    assert min(stability for stability, _ in states) == STABILITY_MIN


def test_in_review_only_again_leads_back_into_steps():
    ratings = (AGAIN, HARD, GOOD, EASY)

    with_steps = [next_step(REVIEW, 0, rating, 2, 1) for rating in ratings]
    without = [next_step(REVIEW, 0, rating, 2, 0) for rating in ratings]

    assert with_steps == [(RELEARNING, 0), (REVIEW, 0), (REVIEW, 0), (REVIEW, 0)]
    assert without == [(REVIEW, 0)] * 4
