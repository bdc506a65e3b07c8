"""The replay of the log, and the per-day sums. That a replay gives what the answers gave is in test_properties.py."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pytest

from bedrill.clock import instant
from bedrill.config import Settings
from bedrill.history import bucket_of, day_sums, replay
from bedrill.memory import DEFAULT_PARAMETERS, kernel_of
from bedrill.model import CardState, DaySum, MemoryState, Phase, Rating, Review, ReviewKind

ON: Final = 20_000
DAY_S: Final = 86_400
NOON_MS: Final = ON * DAY_S * 1000 + 12 * 3_600_000
FIRST, FOLLOWING = kernel_of(DEFAULT_PARAMETERS)


def review(
    card: int,
    rating: Rating,
    interval_s: int,
    *,
    on: int = ON,
    kind: ReviewKind = ReviewKind.LEARN,
    minute: int = 0,
    duration_ms: int = 1000,
) -> Review:
    """An answer at `minute` after noon of study day `on`."""
    at_ms = NOON_MS + (on - ON) * DAY_S * 1000 + minute * 60_000
    return Review(at_ms, card, rating, kind, on, 0, interval_s, duration_ms)


def test_a_first_answer_in_steps():
    states = replay([review(7, Rating.GOOD, 600)], Settings())

    assert states == {
        7: CardState(
            phase=Phase.LEARNING,
            step=1,
            memory=MemoryState(*FIRST(3)),
            due_on=ON,
            due_at=instant(NOON_MS) + timedelta(minutes=10),
            last_on=ON,
            last_at=instant(NOON_MS),
            reps=1,
        )
    }


def test_a_card_that_lapsed():
    """The interval is that of the log, whatever the settings say now: the one shown is the one written."""
    log = [
        review(7, Rating.EASY, 8 * DAY_S),
        review(7, Rating.AGAIN, 700, on=ON + 9, kind=ReviewKind.REVIEW),
    ]

    states = replay(log, Settings())

    assert states == {
        7: CardState(
            phase=Phase.RELEARNING,
            memory=MemoryState(*FOLLOWING(*FIRST(4), 9, 1)),
            due_on=ON + 9,
            due_at=instant(log[1].review_id) + timedelta(seconds=700),
            last_on=ON + 9,
            last_at=instant(log[1].review_id),
            reps=2,
            lapses=1,
        )
    }


def test_days_count_from_the_day_of_the_answer():
    states = replay([review(7, Rating.EASY, 8 * DAY_S)], Settings())

    assert (states[7].due_on, states[7].due_at) == (ON + 8, None)


def test_an_interval_of_nothing_is_a_step_that_is_over_at_once():
    """Other programs write such rows."""
    states = replay([review(7, Rating.GOOD, 0)], Settings())

    assert (states[7].due_on, states[7].due_at) == (ON, instant(NOON_MS))


def test_cards_are_apart():
    log = [
        review(1, Rating.EASY, DAY_S),
        review(2, Rating.AGAIN, 60, minute=1),
        review(1, Rating.HARD, DAY_S, on=ON + 1),
    ]

    states = replay(log, Settings())

    assert states == {
        1: replay([log[0], log[2]], Settings())[1],
        2: replay([log[1]], Settings())[2],
    }
    assert list(states) == [1, 2]


@pytest.mark.parametrize("kind", [ReviewKind.CRAM, ReviewKind.MANUAL])
def test_some_visits_leave_the_schedule_alone(kind):
    good = review(7, Rating.GOOD, 600)

    states = replay(
        [good, review(7, Rating.AGAIN, 0, minute=5, kind=kind), review(8, Rating.AGAIN, 0, kind=kind)], Settings()
    )

    assert states == replay([good], Settings())


def test_rows_of_plain_numbers_will_do():
    """What SQLite gives."""
    log = [review(7, Rating.EASY, 8 * DAY_S), review(7, Rating.AGAIN, 600, on=ON + 9, kind=ReviewKind.REVIEW)]

    rows = [tuple(int(value) if isinstance(value, int) else value for value in row) for row in log]

    assert replay(rows, Settings()) == replay(log, Settings())  # type: ignore[arg-type]
    assert day_sums(rows) == day_sums(log)  # type: ignore[arg-type]


def test_an_empty_log_has_no_states_and_no_sums():
    assert (replay([], Settings()), day_sums([])) == ({}, [])


def test_other_steps_make_other_phases():
    log = [review(7, Rating.GOOD, 600), review(7, Rating.GOOD, 2 * DAY_S, minute=10)]

    phases = [replay(log, Settings(learning_steps=steps))[7].phase for steps in ((60, 600), (60, 600, 3600))]

    assert phases == [Phase.REVIEW, Phase.LEARNING]


def test_a_day_is_summed_by_bucket():
    log = [
        review(1, Rating.GOOD, 600, duration_ms=5000),
        review(2, Rating.AGAIN, 60, minute=1, duration_ms=7000),
        review(1, Rating.EASY, 5 * DAY_S, minute=10, duration_ms=1000),
        review(1, Rating.HARD, 30 * DAY_S, on=ON + 5, kind=ReviewKind.REVIEW),
        review(2, Rating.GOOD, 0, on=ON + 5, minute=1, kind=ReviewKind.CRAM),
        review(1, Rating.AGAIN, 600, on=ON + 40, kind=ReviewKind.REVIEW),
        review(1, Rating.GOOD, 21 * DAY_S, on=ON + 40, minute=10, kind=ReviewKind.RELEARN),
        review(1, Rating.GOOD, 50 * DAY_S, on=ON + 61, kind=ReviewKind.REVIEW),
    ]

    assert day_sums(log) == [
        DaySum(ON, "learn", again=1, hard=0, good=1, easy=1, introduced=2, duration_ms=13_000),
        DaySum(ON + 5, "cram", again=0, hard=0, good=1, easy=0, introduced=0, duration_ms=1000),
        DaySum(ON + 5, "young", again=0, hard=1, good=0, easy=0, introduced=0, duration_ms=1000),
        DaySum(ON + 40, "mature", again=1, hard=0, good=0, easy=0, introduced=0, duration_ms=1000),
        DaySum(ON + 40, "relearn", again=0, hard=0, good=1, easy=0, introduced=0, duration_ms=1000),
        DaySum(ON + 61, "mature", again=0, hard=0, good=1, easy=0, introduced=0, duration_ms=1000),
    ]


def test_a_cram_neither_introduces_a_card_nor_changes_its_interval():
    log = [
        review(1, Rating.GOOD, 0, kind=ReviewKind.CRAM),
        review(1, Rating.EASY, 21 * DAY_S, minute=1),
        review(1, Rating.GOOD, 0, on=ON + 1, kind=ReviewKind.CRAM),
        review(1, Rating.GOOD, 60 * DAY_S, on=ON + 21, kind=ReviewKind.REVIEW),
    ]

    sums = {(row.studied_on, row.bucket): (row.answers, row.introduced) for row in day_sums(log)}

    assert sums == {(ON, "cram"): (1, 0), (ON, "learn"): (1, 1), (ON + 1, "cram"): (1, 0), (ON + 21, "mature"): (1, 0)}


def test_a_manual_change_of_the_schedule_is_no_answer_of_its_day():
    log = [review(1, 0, 0, kind=ReviewKind.MANUAL)]  # type: ignore[arg-type]

    assert day_sums(log) == []


@pytest.mark.parametrize(
    ("kind", "interval_before_days", "bucket"),
    [
        pytest.param(ReviewKind.LEARN, 0, "learn", id="learn"),
        pytest.param(ReviewKind.REVIEW, 20, "young", id="young"),
        pytest.param(ReviewKind.REVIEW, 21, "mature", id="mature from 21 days on"),
        pytest.param(ReviewKind.RELEARN, 30, "relearn", id="relearn"),
        pytest.param(ReviewKind.CRAM, 30, "cram", id="cram"),
        pytest.param(ReviewKind.MANUAL, 30, "manual", id="manual"),
        pytest.param(1, 30, "mature", id="a plain number"),
    ],
)
def test_answers_belong_to_buckets(kind, interval_before_days, bucket):
    assert bucket_of(kind, interval_before_days) == bucket
