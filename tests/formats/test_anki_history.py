"""Anki's log and card states as bedrill's. What the real Anki writes is in test_apkg.py; here are older and odder rows."""

from __future__ import annotations

import math
from datetime import time

import pytest
from tests.conftest import Now, at

from bedrill.clock import Clock, day_number, epoch_ms, instant
from bedrill.formats.anki_collection import Catalog
from bedrill.formats.anki_history import CardRow, LogRow, answers_of, memory_of, state_of
from bedrill.model import CardState, Phase, ReviewKind

NOON_MS = epoch_ms(at("2026-01-05 12:00"))
DAY_MS = 86_400_000
ZERO = day_number(at("2026-01-01 00:00").date())
CLOCK = Clock(time(4), None, Now())
CATALOG = Catalog({}, {}, {}, ZERO, is_first_scheduler=False)


def log(*rows: tuple[int, int, int, int, int]) -> list[LogRow]:
    """Rows of (day, ease, interval, factor, type)."""
    return [
        LogRow(NOON_MS + day * DAY_MS, 1, ease, ivl, 0, factor, 4000, type_) for day, ease, ivl, factor, type_ in rows
    ]


def card(**changes: object) -> CardRow:
    return CardRow(1, 1, 1, 0, 2, 2, 40, 30, 2500, 5, 1, 0, "")._replace(**changes)  # type: ignore[arg-type]


def kinds(rows: list[LogRow], catalog: Catalog = CATALOG) -> list[tuple[int, int]]:
    return [(record.kind, record.rating) for record in answers_of(rows, catalog, CLOCK)]


def test_answers_keep_their_kind_rating_interval_and_time():
    records = answers_of(log((0, 3, -600, 500, 0), (0, 3, 2, 500, 0), (2, 2, 5, 500, 1)), CATALOG, CLOCK)

    assert [(r.kind, r.rating, r.interval_s, r.duration_ms) for r in records] == [
        (0, 3, 600, 4000),
        (0, 3, 2 * 86_400, 4000),
        (1, 2, 5 * 86_400, 4000),
    ]


def test_a_cram_is_a_cram_and_an_early_review_a_review():
    assert kinds(log((0, 3, 3, 500, 0), (1, 3, 3, 0, 3), (2, 3, 9, 500, 3))) == [(0, 3), (3, 3), (1, 3)]


def test_forget_begins_anew_and_other_changes_by_hand_are_left_to_the_state():
    rows = log((0, 4, 9, 500, 0), (1, 0, 30, 2500, 4), (2, 0, 9, 500, 5), (3, 0, 0, 0, 4), (4, 3, -600, 500, 0))

    assert kinds(rows) == [(0, 4), (4, 0), (0, 3)]


def test_a_card_that_was_learned_twice_begins_anew_the_second_time():
    """Old Ankis did not log that a card was forgotten."""
    rows = log((0, 4, 9, 0, 0), (9, 3, 20, 2500, 1), (30, 3, -600, 0, 0), (30, 3, 1, 0, 0), (31, 3, 3, 2500, 1))

    records = answers_of(rows, CATALOG, CLOCK)

    assert [record.kind for record in records] == [0, 1, 4, 0, 0, 1]
    assert records[2].review_id == records[3].review_id - 1
    assert records[2].interval_s == 0


def test_where_the_beginning_is_gone_the_first_interval_stands_for_it():
    records = answers_of(log((0, 3, 20, 2500, 1), (20, 3, 45, 2500, 1)), CATALOG, CLOCK)

    assert [record.kind for record in records] == [1, 4, 1]
    assert records[1].given == CardState(
        phase=Phase.REVIEW,
        memory=memory_of(20, 2500),
        due_on=CLOCK.study_day(instant(NOON_MS)) + 20,
        last_on=CLOCK.study_day(instant(NOON_MS)),
        last_at=instant(NOON_MS),
        reps=1,
    )


def test_ratings_of_the_first_scheduler_are_those_of_today():
    old = CATALOG._replace(is_first_scheduler=True)

    assert kinds(log((0, 1, -60, 0, 0), (0, 2, -600, 0, 0), (0, 3, 4, 0, 0), (4, 2, 6, 2500, 1)), old) == [
        (0, 1),
        (0, 3),
        (0, 4),
        (1, 2),
    ]


@pytest.mark.parametrize("row", [(0, 7, 1, 500, 0), (0, 3, 1, 500, 9), (0, -1, 1, 500, 1)])
def test_rows_that_anki_does_not_write_are_left_out(row):
    assert kinds(log(row)) == []


def test_intervals_and_times_have_bounds():
    records = answers_of(
        [LogRow(NOON_MS, 1, 3, 10**9, 0, 500, -5, 0), LogRow(NOON_MS + 1, 1, 3, -(10**9), 0, 500, 10**9, 0)],
        CATALOG,
        CLOCK,
    )

    assert [(r.interval_s, r.duration_ms) for r in records] == [(100_000 * 86_400, 0), (86_399, 3_600_000)]


def test_the_state_of_a_review_card_by_fsrs():
    data = f'{{"s": 12.5, "d": 5.5, "lrt": {NOON_MS // 1000}}}'
    state = state_of(card(data=data), [], CATALOG, CLOCK)

    assert state.memory == (12.5, 5.5)
    assert (state.phase, state.due_on, state.reps, state.lapses) == (Phase.REVIEW, ZERO + 40, 5, 1)
    assert state.last_at == instant(NOON_MS)


def test_the_state_of_a_review_card_without_fsrs_and_history():
    state = state_of(card(), [], CATALOG, CLOCK)

    assert state.memory == memory_of(30, 2500)
    assert state.last_on is not None
    assert state.last_on <= CLOCK.today()


def test_a_learning_card_waits_for_its_minute():
    due_s = NOON_MS // 1000 + 600
    state = state_of(
        card(type=1, queue=1, due=due_s, data='{"s": 1, "d": 5}'), log((0, 3, -600, 500, 0)), CATALOG, CLOCK
    )

    assert (state.phase, state.due_at) == (Phase.LEARNING, instant(due_s * 1000))


@pytest.mark.parametrize(
    "data",
    [
        "nonsense",
        "[]",
        '{"s": "x"}',
        '{"s": NaN, "d": 5}',
        '{"s": 1e999, "d": 5}',
        '{"lrt": -5}',
        '{"lrt": 1e30}',
        '{"s": -3, "d": 99}',
    ],
)
def test_odd_data_of_a_card_is_no_harm(data):
    state = state_of(card(data=data), [], CATALOG, CLOCK)

    assert state.memory is not None
    assert 0 < state.memory.stability_days <= 36_500
    assert 1 <= state.memory.difficulty <= 10


def test_a_new_card_is_new():
    assert state_of(card(type=0, queue=0), [], CATALOG, CLOCK) == CardState()


@pytest.mark.parametrize("ease", [1300, 2000, 2500, 3500])
def test_the_memory_of_an_interval_and_an_ease_grows_by_that_ease(ease):
    """The difficulty is the one at which a Good answer on the due day multiplies the interval by the ease."""
    from bedrill.memory import DEFAULT_PARAMETERS, kernel_of

    memory = memory_of(30, ease)
    _, following = kernel_of(DEFAULT_PARAMETERS)
    after, _ = following(*memory, 30, ReviewKind.CRAM)

    if 1 < memory.difficulty < 10:
        assert math.isclose(after / 30, ease / 1000, rel_tol=0.02)
