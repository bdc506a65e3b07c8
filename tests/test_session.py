"""One session: what comes next, what is left, what is taken back, and what it came to."""

from __future__ import annotations

from typing import Final

import pytest

from bedrill.clock import instant
from bedrill.model import Candidate, CardState, Phase, Rating, Waiting
from bedrill.review_queue import ReviewQueue, wait_until
from bedrill.session import Left, Session

NOW: Final = 1_767_603_600_000
MINUTE: Final = 60_000
AHEAD: Final = 20 * MINUTE
NEW: Final = CardState()
IN_REVIEW: Final = CardState(phase=Phase.REVIEW, due_on=20_458)
DUE_LATER: Final = CardState(phase=Phase.REVIEW, due_on=20_470)

A1, A2, B1, B2, C1 = (Candidate(*row) for row in ((11, 1, 1), (12, 1, 1), (21, 2, 1), (22, 2, 1), (31, 3, 2)))


def in_steps(due_ms: int) -> CardState:
    """The state of a card in steps."""
    return CardState(phase=Phase.LEARNING, due_on=20_458, due_at=instant(due_ms))


def session(*main: Candidate, **options: object) -> Session:
    """A session of reviews."""
    return Session(ReviewQueue(main=main), AHEAD, **options)  # type: ignore[arg-type]


def test_answered_cards_do_not_come_again():
    running = session(A1, B1, C1)

    asked = []
    while (card := running.next_card(NOW)) is not None:
        asked.append(card)
        running.record(card, Rating.GOOD, IN_REVIEW, DUE_LATER, 1000)

    assert asked == [A1, B1, C1]
    assert running.left() == Left(0, 0, 0)


def test_a_card_in_steps_comes_back_when_its_time_has_come():
    running = session(A1, B1, C1)
    running.record(A1, Rating.AGAIN, IN_REVIEW, in_steps(NOW + MINUTE), 1000)

    before, then = running.next_card(NOW + MINUTE - 1), running.next_card(NOW + MINUTE)

    assert (before, then) == (B1, A1)


def test_a_step_that_is_not_over_comes_ahead_only_when_nothing_else_is_left():
    running = session(A1, B1)
    running.record(A1, Rating.AGAIN, IN_REVIEW, in_steps(NOW + AHEAD), 1000)

    with_another_left = running.next_card(NOW)
    running.record(B1, Rating.AGAIN, IN_REVIEW, in_steps(NOW + AHEAD + 2), 1000)
    nothing_else = running.next_card(NOW)
    running.record(A1, Rating.GOOD, IN_REVIEW, DUE_LATER, 1000)
    too_far_ahead = running.next_card(NOW)

    assert (with_another_left, nothing_else, too_far_ahead) == (B1, A1, None)
    assert wait_until(running.queue) == NOW + AHEAD + 2
    assert running.next_card(NOW + 2) == B1


def test_a_step_of_whole_days_does_not_come_back_today():
    running = session(A1)

    running.record(A1, Rating.AGAIN, NEW, CardState(phase=Phase.LEARNING, due_on=20_459), 1000)

    assert running.next_card(NOW + 365 * 86_400_000) is None


def test_the_session_ends_after_its_limit_of_answers():
    running = session(A1, B1, C1, limit=2)

    for card in (A1, B1):
        assert running.next_card(NOW) == card
        running.record(card, Rating.GOOD, IN_REVIEW, DUE_LATER, 1000)

    assert running.next_card(NOW) is None


def test_the_session_ends_when_its_minutes_are_over():
    running = session(A1, ends_ms=NOW + 10 * MINUTE)

    assert running.next_card(NOW + 10 * MINUTE - 1) == A1
    assert running.next_card(NOW + 10 * MINUTE) is None


def test_a_card_that_was_dropped_is_not_asked():
    running = session(A1, B1)

    running.drop(A1)

    assert running.next_card(NOW) == B1
    assert running.answers == []


def test_an_answer_taken_back_brings_its_card_next_though_the_session_was_over():
    running = session(A1, B1, limit=1, ends_ms=NOW + 1)
    running.record(A1, Rating.AGAIN, IN_REVIEW, DUE_LATER, 1000)

    running.take_back(A1, ReviewQueue(main=(B1, A1)))

    assert running.next_card(NOW + 5) == A1
    assert running.answers == []
    assert running.left() == Left(0, 0, 1)


def test_after_the_second_answer_to_a_card_taken_back_the_session_goes_on():
    running = session(A1, B1)
    running.record(A1, Rating.AGAIN, IN_REVIEW, in_steps(NOW), 1000)
    running.take_back(A1, ReviewQueue(main=(A1, B1)))

    running.record(A1, Rating.GOOD, IN_REVIEW, DUE_LATER, 2000)

    assert running.next_card(NOW) == B1
    assert running.summary()[:4] == (0, 0, 1, 0)


def test_answers_can_be_taken_back_one_after_the_other_and_beyond_the_session():
    """The card of an answer that another process gave comes next as well; the session has no answer of it to forget."""
    running = session(A1, B1)
    for card in (A1, B1):
        running.record(card, Rating.GOOD, IN_REVIEW, DUE_LATER, 1000)

    asked = []
    for card, queue in ((B1, (B1,)), (A1, (A1, B1)), (C1, (C1, A1, B1))):
        running.take_back(card, ReviewQueue(main=queue))
        asked.append((running.next_card(NOW), len(running.answers)))

    assert asked == [(B1, 1), (A1, 0), (C1, 0)]


def test_a_card_taken_back_may_be_dropped():
    running = session(A1, B1)
    running.record(A1, Rating.GOOD, IN_REVIEW, DUE_LATER, 1000)
    running.take_back(A1, ReviewQueue(main=(A1, B1)))

    running.drop(A1)

    assert running.next_card(NOW) == B1


def test_in_a_cram_a_card_that_was_not_known_comes_again_at_the_end():
    running = session(A1, C1, is_cram=True)

    asked = []
    for rating in (Rating.AGAIN, Rating.GOOD, Rating.AGAIN, Rating.HARD):
        card = running.next_card(NOW)
        assert card is not None
        asked.append(card)
        running.record(card, rating, IN_REVIEW, IN_REVIEW, 1000)

    assert asked == [A1, C1, A1, A1]
    assert running.next_card(NOW) is None


def test_a_cram_leaves_the_steps_of_a_card_alone():
    running = session(A1, is_cram=True)

    running.record(A1, Rating.GOOD, in_steps(NOW), in_steps(NOW), 1000)

    assert running.next_card(NOW) is None


def test_a_cram_asks_every_card_and_siblings_too():
    running = session(A1, A2, C1, B1, B2, is_cram=True)

    asked = []
    while (card := running.next_card(NOW)) is not None:
        asked.append(card)
        if card == C1:
            running.drop(card)
        else:
            running.record(card, Rating.GOOD, IN_REVIEW, IN_REVIEW, 1000)

    assert asked == [A1, A2, C1, B1, B2]


STEP: Final = Waiting(Candidate(41, 4, 1), NOW + MINUTE)


@pytest.mark.parametrize(
    ("limit", "answered", "left"),
    [
        pytest.param(None, 0, Left(new=2, learning=1, review=2), id="everything"),
        pytest.param(9, 0, Left(new=2, learning=1, review=2), id="the limit is far"),
        pytest.param(4, 0, Left(new=1, learning=1, review=2), id="fewer new"),
        pytest.param(2, 0, Left(new=0, learning=1, review=1), id="fewer reviews"),
        pytest.param(3, 2, Left(new=0, learning=1, review=0), id="after two answers"),
        pytest.param(2, 2, Left(new=0, learning=0, review=0), id="the limit is reached"),
    ],
)
def test_what_is_left_counts_up_to_the_limit(limit, answered, left):
    queue = ReviewQueue((STEP,), (C1,), (A1, B1, Candidate(51, 5, 1)), frozenset({11, 51}))
    running = Session(queue, AHEAD, limit=limit)
    for number in range(answered):
        running.record(Candidate(90 + number, 90 + number, 9), Rating.GOOD, IN_REVIEW, DUE_LATER, 1000)

    assert running.left() == left
    assert left.total == sum(left)
    assert [running.is_new(card) for card in (A1, B1)] == [True, False]


@pytest.mark.parametrize(
    ("took_ms", "ends_ms", "limit", "ms_left"),
    [
        pytest.param([], None, None, 60_000, id="at the usual pace before there is any"),
        pytest.param([4_000, 10_001], None, None, 21_002, id="then at the pace of this session"),
        pytest.param([], None, 2, 40_000, id="up to the limit"),
        pytest.param([], NOW + 90_000, None, 60_000, id="sooner than the minutes are over"),
        pytest.param([], NOW + 45_000, None, 45_000, id="no longer than until then"),
        pytest.param([], NOW - 1, None, 0, id="nothing after that"),
    ],
)
def test_the_time_left_is_that_of_the_cards_left(took_ms, ends_ms, limit, ms_left):
    running = session(A1, B1, C1, ends_ms=ends_ms, limit=limit)

    for ms in took_ms:
        running.record(Candidate(99, 99, 9), Rating.GOOD, IN_REVIEW, DUE_LATER, ms)

    assert running.ms_left(NOW) == ms_left


def test_the_summary_counts_answers_time_and_true_retention():
    """Hard is a pass. Only cards in review count for retention: a card in steps is no test of memory."""
    running = session()
    for rating, before, ms in (
        (Rating.AGAIN, NEW, 1000),
        (Rating.GOOD, in_steps(NOW), 2000),
        (Rating.AGAIN, IN_REVIEW, 3000),
        (Rating.HARD, IN_REVIEW, 4000),
        (Rating.GOOD, IN_REVIEW, 5000),
        (Rating.EASY, IN_REVIEW, 6000),
        (Rating.AGAIN, CardState(phase=Phase.RELEARNING), 7000),
    ):
        running.record(A1, rating, before, DUE_LATER, ms)

    summary = running.summary()

    assert summary._asdict() == {
        "again": 3, "hard": 1, "good": 2, "easy": 1, "reviewed": 4, "passed": 3, "introduced": 1, "duration_ms": 28_000,
    }  # fmt: skip
    assert (summary.answers, summary.true_retention) == (7, 0.75)


def test_without_reviews_there_is_no_true_retention():
    running = session(A1)
    running.record(A1, Rating.GOOD, NEW, in_steps(NOW + MINUTE), 1000)

    assert running.summary().true_retention is None
