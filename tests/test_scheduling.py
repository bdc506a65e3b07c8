"""What an answer does to a card: published intervals and steps, study days, and the preview that is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from tests.fsrs_vectors import VECTORS, close, of_kind, parameters_of

from bedrill.config import Settings
from bedrill.memory import curve_of, retrievability
from bedrill.model import CardState, MemoryState, Phase, Rating, ReviewKind
from bedrill.scheduling import after_answer, outcomes, review_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

START: Final = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
ON: Final = 19_325
DAY_S: Final = 86_400
IN_REVIEW: Final = CardState(
    phase=Phase.REVIEW,
    memory=MemoryState(12.0, 5.0),
    due_on=ON,
    last_on=ON - 12,
    last_at=START - timedelta(days=12),
    reps=4,
    lapses=1,
)


def answered(ratings: Sequence[int], settings: Settings, delta_days: Sequence[int] = ()) -> tuple[CardState, list[int]]:
    """The state after answers on `delta_days`, or else whenever the card is due; and the interval of each in seconds."""
    state, on, at = CardState(), ON, START
    intervals: list[int] = []
    for place, rating in enumerate(ratings):
        if delta_days:
            on += delta_days[place]
        elif state.due_on is not None:
            on, at = state.due_on, state.due_at or at
        outcome = outcomes(state, on, settings)[Rating(rating)]
        state = after_answer(state, outcome, Rating(rating), at, on)
        intervals.append(outcome.interval_s)
    return state, intervals


def in_days(intervals: Sequence[int]) -> list[int]:
    """Whole days of intervals in seconds."""
    return [seconds // DAY_S for seconds in intervals]


@pytest.mark.parametrize("vector", of_kind("scheduler_due_chain"))
def test_a_card_answered_whenever_it_is_due_gets_the_published_intervals(vector):
    settings = Settings(fsrs_parameters=parameters_of(vector), fuzz=False)

    _, intervals = answered(vector["ratings"], settings)

    assert in_days(intervals) == vector["expect_interval_days"]


@pytest.mark.parametrize("vector", of_kind("longterm_chain"))
def test_without_steps_the_intervals_are_the_published_ones(vector):
    """But where another scheduler forces the intervals of better ratings apart, which FSRS itself does not."""
    settings = Settings(fsrs_parameters=parameters_of(vector), fuzz=False, learning_steps=(), relearning_steps=())

    _, intervals = answered(vector["ratings"], settings)

    assert (in_days(intervals) == vector["expect_interval_days"]) is vector["same_intervals"]


@pytest.mark.parametrize("vector", of_kind("memory_state"))
def test_a_history_gives_the_published_state(vector):
    settings = Settings(fsrs_parameters=parameters_of(vector))

    state, _ = answered(vector["ratings"], settings, vector["delta_days"])

    assert state.memory is not None
    assert [state.memory.stability_days, state.memory.difficulty] == close(
        [vector["expect_stability"], vector["expect_difficulty"]], vector
    )


@pytest.mark.parametrize("vector", of_kind("next_states"))
def test_each_rating_gives_the_published_state(vector):
    settings = Settings(fsrs_parameters=parameters_of(vector))
    state, _ = answered(vector["ratings"], settings, vector["delta_days"])

    given_by = outcomes(state, ON + sum(vector["delta_days"]) + vector["next_delta"], settings)

    for rating, outcome in given_by.items():
        memory = outcome.memory
        assert [memory.stability_days, memory.difficulty] == close(vector["expect"][str(rating.value)], vector)


@pytest.mark.parametrize("vector", of_kind("next_interval"))
def test_the_interval_is_when_recall_falls_to_the_desired_retention(vector):
    """A new card without steps, whose first stability is the vector's. A hundred years are the most."""
    parameters = (*(vector["stability"],) * 4, *parameters_of(vector)[4:])
    settings = Settings(fsrs_parameters=parameters, learning_steps=(), fuzz=False)

    intervals = [
        outcomes(CardState(), ON, settings._replace(desired_retention=retention))[Rating.GOOD].interval_s
        for retention in vector["desired_retention"]
    ]

    assert in_days(intervals) == [min(days, 36_500) for days in vector["expect_days_rounded_min1"]]


@pytest.mark.parametrize("vector", of_kind("init"))
def test_a_first_answer_gives_the_published_days(vector):
    first = outcomes(CardState(), ON, Settings(fuzz=False))

    assert in_days([outcome.interval_s for outcome in first.values()]) == vector["expect_scheduled_days_with_steps"]


@pytest.mark.parametrize("vector", of_kind("retrievability_at_due_first"))
def test_when_a_first_interval_is_over_recall_is_the_published_one(vector):
    curve = curve_of(parameters_of(vector))
    first = outcomes(CardState(), ON, Settings(fuzz=False))

    recalls = [
        retrievability(outcome.interval_s // DAY_S, outcome.memory.stability_days, curve) for outcome in first.values()
    ]

    assert recalls == close(vector["expect"], vector)


@pytest.mark.parametrize("case", VECTORS["py_learning_steps"]["expect"], ids=lambda case: str(case["ratings"]))
def test_steps_lead_where_py_fsrs_says(case):
    state, intervals = answered(case["ratings"], Settings(fuzz=False))

    assert (state.phase, state.step) == (Phase[case["phase"].upper()], case["step"])
    assert intervals[-1] == case["seconds"]


def test_hard_on_the_only_step_waits_half_as_long_again():
    settings = Settings(learning_steps=(60,), fuzz=False)

    hard = outcomes(CardState(), ON, settings)[Rating.HARD]

    assert (hard.phase, hard.step, hard.interval_s) == (Phase.LEARNING, 0, 90)


def test_a_step_of_minutes_is_due_at_an_instant_of_the_same_day():
    outcome = outcomes(CardState(), ON, Settings())[Rating.GOOD]

    state = after_answer(CardState(), outcome, Rating.GOOD, START, ON)

    assert state == CardState(
        phase=Phase.LEARNING,
        step=1,
        memory=outcome.memory,
        due_on=ON,
        due_at=START + timedelta(minutes=10),
        last_on=ON,
        last_at=START,
        reps=1,
    )


def test_an_interval_of_nothing_is_a_step_that_is_over_at_once():
    """As the replay of an imported log has it."""
    outcome = outcomes(CardState(), ON, Settings())[Rating.GOOD]._replace(interval_s=0)

    state = after_answer(CardState(), outcome, Rating.GOOD, START, ON)

    assert (state.due_on, state.due_at) == (ON, START)


def test_a_step_of_a_day_is_due_on_a_study_day():
    outcome = outcomes(CardState(), ON, Settings(learning_steps=(DAY_S,)))[Rating.AGAIN]

    state = after_answer(CardState(), outcome, Rating.AGAIN, START, ON)

    assert (state.phase, state.due_on, state.due_at) == (Phase.LEARNING, ON + 1, None)


def test_in_review_a_card_is_due_on_a_study_day():
    outcome = outcomes(IN_REVIEW, ON, Settings(fuzz=False))[Rating.GOOD]

    state = after_answer(IN_REVIEW, outcome, Rating.GOOD, START, ON)

    assert state == CardState(
        phase=Phase.REVIEW,
        memory=outcome.memory,
        due_on=ON + outcome.interval_s // DAY_S,
        last_on=ON,
        last_at=START,
        reps=5,
        lapses=1,
    )


@pytest.mark.parametrize(
    ("phase", "rating", "lapses"),
    [
        pytest.param(Phase.REVIEW, Rating.AGAIN, 2, id="forgotten in review"),
        pytest.param(Phase.REVIEW, Rating.HARD, 1, id="hard is a pass"),
        pytest.param(Phase.LEARNING, Rating.AGAIN, 1, id="while learning"),
        pytest.param(Phase.RELEARNING, Rating.AGAIN, 1, id="while relearning"),
    ],
)
def test_a_lapse_is_an_again_in_review(phase, rating, lapses):
    before = IN_REVIEW._replace(phase=phase)

    after = after_answer(before, outcomes(before, ON, Settings())[rating], rating, START, ON)

    assert (after.lapses, after.reps) == (lapses, 5)


def test_days_are_study_days_and_not_blocks_of_24_hours():
    """Easy at 23:00, then Good at 22:00 on the next day: 23 hours that count as a day."""
    easy = outcomes(CardState(), ON, Settings())[Rating.EASY]
    state = after_answer(CardState(), easy, Rating.EASY, START, ON)

    good = outcomes(state, ON + 1, Settings())[Rating.GOOD]

    assert good.memory.stability_days == pytest.approx(13.49, abs=0.005)


@pytest.mark.parametrize("phase", [Phase.LEARNING, Phase.REVIEW, Phase.RELEARNING])
def test_a_date_that_went_back_counts_as_the_day_of_the_last_answer(phase):
    """Over the date line: no negative time, no negative interval."""
    state = IN_REVIEW._replace(phase=phase, last_on=ON)

    back, same = (outcomes(state, on, Settings()) for on in (ON - 1, ON))

    assert back == same
    assert all(outcome.interval_s > 0 for outcome in back.values())


def test_no_interval_is_longer_than_the_maximum():
    state = IN_REVIEW._replace(memory=MemoryState(900.0, 2.0), last_on=ON - 900)

    days = in_days([outcome.interval_s for outcome in outcomes(state, ON, Settings(maximum_interval_days=30)).values()])

    assert days[1:] == [30, 30, 30]


def test_every_rating_is_previewed_from_again_to_easy():
    assert list(outcomes(IN_REVIEW, ON, Settings())) == [Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY]


@pytest.mark.parametrize(
    ("phase", "kind"),
    [
        pytest.param(Phase.NEW, ReviewKind.LEARN, id="new"),
        pytest.param(Phase.LEARNING, ReviewKind.LEARN, id="learning"),
        pytest.param(Phase.REVIEW, ReviewKind.REVIEW, id="review"),
        pytest.param(Phase.RELEARNING, ReviewKind.RELEARN, id="relearning"),
    ],
)
def test_an_answer_counts_by_the_phase_before_it(phase, kind):
    assert review_kind(phase) is kind
