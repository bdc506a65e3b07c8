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


def test_a_cram_leaves_the_schedule_alone():
    good = review(7, Rating.GOOD, 600)
    crammed = [
        review(7, Rating.AGAIN, 0, minute=5, kind=ReviewKind.CRAM),
        review(8, Rating.AGAIN, 0, kind=ReviewKind.CRAM),
    ]

    assert replay([good, *crammed], Settings()) == replay([good], Settings())


def by_hand(card: int, interval_s: int, *, on: int) -> Review:
    """A change of the schedule that is no answer."""
    return review(card, 0, interval_s, on=on, kind=ReviewKind.MANUAL, minute=30)  # type: ignore[arg-type]


def test_a_card_that_was_forgotten_by_hand_begins_anew():
    easy, forget = review(7, Rating.EASY, 8 * DAY_S), by_hand(7, 0, on=ON + 1)
    again = review(7, Rating.GOOD, 600, on=ON + 3)

    assert replay([easy, forget], Settings()) == {}
    assert replay([easy, forget, again], Settings()) == replay([again], Settings())


def test_a_due_date_set_by_hand_moves_the_card_and_leaves_its_memory():
    easy = review(7, Rating.EASY, 8 * DAY_S)

    moved = replay([easy, by_hand(7, 30 * DAY_S, on=ON + 2)], Settings())[7]

    assert moved == replay([easy], Settings())[7]._replace(due_on=ON + 32)


def test_a_due_date_set_by_hand_means_nothing_for_a_card_without_memory():
    assert replay([by_hand(7, 30 * DAY_S, on=ON)], Settings()) == {}


SEVEN_DAYS_BEFORE: Final = instant(NOON_MS - 7 * DAY_S * 1000)
GIVEN: Final = CardState(
    phase=Phase.REVIEW,
    memory=MemoryState(40.0, 5.5),
    due_on=ON + 33,
    last_on=ON - 7,
    last_at=SEVEN_DAYS_BEFORE,
    reps=6,
    lapses=1,
)


def test_a_state_from_elsewhere_is_where_the_card_goes_on():
    given = by_hand(7, 33 * DAY_S, on=ON)
    good = review(7, Rating.GOOD, 60 * DAY_S, on=ON + 33, kind=ReviewKind.REVIEW)

    states = [replay(log, Settings(), {given.review_id: GIVEN})[7] for log in ([given], [given, good])]

    assert states[0] == GIVEN
    assert states[1].memory == MemoryState(*FOLLOWING(40.0, 5.5, 40, 3))
    assert (states[1].reps, states[1].lapses, states[1].due_on) == (7, 1, ON + 93)


def test_a_given_step_comes_back_at_its_minute():
    step = GIVEN._replace(phase=Phase.LEARNING, step=1, due_on=ON - 7, due_at=SEVEN_DAYS_BEFORE + timedelta(minutes=9))
    given = by_hand(7, 60, on=ON)

    assert replay([given], Settings(), {given.review_id: step}) == {7: step}


def test_a_given_state_without_memory_keeps_that_of_the_history():
    easy, given = review(7, Rating.EASY, 8 * DAY_S, on=ON - 7), by_hand(7, 33 * DAY_S, on=ON)

    moved = replay([easy, given], Settings(), {given.review_id: GIVEN._replace(memory=None)})[7]
    alone = replay([given], Settings(), {given.review_id: GIVEN._replace(memory=None)})

    assert moved == GIVEN._replace(memory=MemoryState(*FIRST(4)))
    assert alone == {}, "without a memory from anywhere the card is new"


def test_a_change_by_hand_says_which_interval_the_next_answer_ends():
    log = [
        review(7, Rating.GOOD, 3 * DAY_S),
        by_hand(7, 40 * DAY_S, on=ON + 1),
        review(7, Rating.GOOD, 90 * DAY_S, on=ON + 41, kind=ReviewKind.REVIEW),
        by_hand(7, 0, on=ON + 50),
        review(7, Rating.GOOD, 600, on=ON + 51),
    ]

    assert [(row.bucket, row.introduced) for row in day_sums(log)] == [("learn", 1), ("mature", 0), ("learn", 1)]


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
