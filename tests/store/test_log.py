"""The log: answers, what was undone of them, and the sums of each day."""

from __future__ import annotations

import pytest

from bedrill.model import DaySum, Rating, Review, ReviewKind, Tick
from bedrill.store import log


def review(number, card=1, rating=Rating.GOOD, kind=ReviewKind.LEARN, day=20_000, ms=1_000):
    return Review(number, card, rating, kind, day, 0, 600, ms, "1a2b")


def test_what_is_appended_comes_back_as_it_was(filled):
    answers = [review(1), review(2, card=2), review(5, rating=Rating.AGAIN, kind=ReviewKind.REVIEW)]
    for answer in answers:
        log.append(filled.db, answer)

    assert list(log.everything(filled.db)) == answers
    assert log.of_card(filled.db, 1) == [answers[0], answers[2]]
    assert (log.last_kept(filled.db), log.last_id(filled.db)) == (answers[2], 5)


def test_an_empty_log_has_no_last_answer(filled):
    assert (log.last_kept(filled.db), log.last_id(filled.db)) == (None, 0)


def test_an_undone_answer_stays_in_the_log_and_is_not_counted(filled):
    for number in (1, 2, 3):
        log.append(filled.db, review(number))

    log.append_undo(filled.db, 3, 10)
    log.append_undo(filled.db, 1, 11)

    assert list(log.everything(filled.db)) == log.of_card(filled.db, 1) == [review(2)]
    assert log.last_kept(filled.db) == review(2)
    assert log.last_id(filled.db) == 3
    assert filled.db.execute("SELECT count(*) FROM reviews").fetchone() == (3,)


def test_the_answers_of_a_day_say_which_was_the_first_of_its_card(filled):
    log.append(filled.db, review(1, card=1, day=19_999))
    log.append(filled.db, review(2, card=2, kind=ReviewKind.CRAM))
    log.append(filled.db, review(3, card=2, rating=Rating.AGAIN))
    log.append(filled.db, review(4, card=2))
    log.append(filled.db, review(5, card=1))
    log.append(filled.db, review(6, card=3))
    log.append_undo(filled.db, 6, 10)

    rows = log.since(filled.db, 0, 20_000)

    assert [(row.review_id, row.card_row, row.kind, row.is_first) for row in rows] == [
        (2, 2, ReviewKind.CRAM, False),
        (3, 2, ReviewKind.LEARN, True),
        (4, 2, ReviewKind.LEARN, False),
        (5, 1, ReviewKind.LEARN, False),
    ]


def test_when_the_first_answer_is_undone_the_next_one_is_the_first(filled):
    log.append(filled.db, review(1))
    log.append_undo(filled.db, 1, 10)
    log.append(filled.db, review(2))

    assert [row.is_first for row in log.since(filled.db, 0, 20_000)] == [True]


def test_points_that_were_missed_are_the_musts_without_a_tick(filled):
    log.append(filled.db, review(1, card=1))
    ticks = [
        Tick("must", "hit", ("#choice",), hit=True),
        Tick("must", "missed", ("#log", "012-git.md#rebase"), hit=False),
        Tick("should", "missed as well", ("#quorum",), hit=False),
    ]

    log.append_details(filled.db, 1, ticks, "Either of the two.")

    assert log.missed_points(filled.db, [1, 99]) == [(1, "cap", "#log 012-git.md#rebase")]
    assert filled.db.execute("SELECT * FROM transcripts").fetchall() == [(1, "Either of the two.")]


def test_an_empty_transcript_is_no_row(filled):
    log.append(filled.db, review(1))

    log.append_details(filled.db, 1, [], "")

    assert filled.db.execute("SELECT count(*) FROM transcripts").fetchone() == (0,)


def test_the_sums_of_a_day_grow_and_shrink_with_its_answers(db):
    log.count_in_day(db, review(1), "learn", is_first=True)
    log.count_in_day(db, review(2, rating=Rating.AGAIN, ms=500), "learn", is_first=False)
    log.count_in_day(db, review(3, rating=Rating.EASY), "mature", is_first=False)
    log.count_in_day(db, review(4, day=20_001), "young", is_first=False)
    before = log.day_sums(db, 20_000, 20_000)

    log.count_in_day(db, review(3, rating=Rating.EASY), "mature", is_first=False, by=-1)
    log.count_in_day(db, review(1), "learn", is_first=True, by=-1)

    assert before == [
        DaySum(20_000, "learn", 1, 0, 1, 0, 1, 1_500),
        DaySum(20_000, "mature", 0, 0, 0, 1, 0, 1_000),
    ]
    assert log.day_sums(db, 20_000, 20_000) == [DaySum(20_000, "learn", 1, 0, 0, 0, 0, 500)]


def test_the_latest_answers_are_summed_by_phase_and_rating_with_first_ones_apart(filled):
    log.append(filled.db, review(1, rating=Rating.EASY, ms=9_000))
    log.append(filled.db, review(2, card=2))
    log.append(filled.db, review(3, card=2, ms=3_000))
    log.append(filled.db, review(4, card=2, ms=5_000))
    log.append(filled.db, review(5, kind=ReviewKind.REVIEW, ms=7_000))
    log.append(filled.db, review(6, kind=ReviewKind.CRAM))
    log.append(filled.db, review(7, card=3))
    log.append_undo(filled.db, 7, 10)

    assert sorted(log.answer_sums(filled.db)) == [
        ("concept", 1, 0, 3, 2, 8_000),
        ("concept", 1, 1, 3, 1, 1_000),
        ("concept", 1, 1, 4, 1, 9_000),
        ("concept", 2, 0, 3, 1, 7_000),
    ]
    assert log.answer_sums(filled.db, latest=1) == [("concept", 2, 0, 3, 1, 7_000)]


def test_sums_can_be_replaced(db):
    log.count_in_day(db, review(1), "learn", is_first=True)

    log.put_day_sums(db, [DaySum(3, "young", 0, 1, 0, 0, 0, 7)])

    assert log.day_sums(db, 0, 30_000) == [DaySum(3, "young", 0, 1, 0, 0, 0, 7)]


@pytest.mark.parametrize(
    ("days", "today", "length"),
    [
        pytest.param([], 10, 0, id="nothing yet"),
        pytest.param([10], 10, 1, id="today"),
        pytest.param([9], 10, 1, id="yesterday still counts"),
        pytest.param([8], 10, 0, id="a day was missed"),
        pytest.param([7, 8, 9, 10], 10, 4, id="four days"),
        pytest.param([6, 8, 9], 10, 2, id="a gap ends it"),
    ],
)
def test_a_streak_is_days_in_a_row_up_to_today_or_yesterday(db, days, today, length):
    for day in days:
        log.count_in_day(db, review(day, day=day), "learn", is_first=True)

    assert log.streak(db, today) == length


def test_a_day_whose_only_answer_was_undone_is_no_day_of_the_streak(db):
    log.count_in_day(db, review(1, day=10), "learn", is_first=True)
    log.count_in_day(db, review(1, day=10), "learn", is_first=True, by=-1)

    assert log.streak(db, 10) == 0
