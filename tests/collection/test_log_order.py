"""The log stays in order, and a clock that was wrong does not lock anybody out."""

from __future__ import annotations

import pytest

from bedrill.collection import answering, importing, log_order
from bedrill.errors import ReviewOrderError
from bedrill.model import Rating
from bedrill.store import cards, log


@pytest.fixture
def answer(collection, deck_file):
    importing.import_paths(collection, [deck_file()])

    def give(name: str = "cap/choice") -> int:
        (card,) = cards.by_name(collection.db, name)
        answered = answering.answer(collection, card, Rating.GOOD, duration_ms=1000)
        assert answered is not None
        return answered.review.review_id

    return give


def test_a_clock_that_was_set_back_by_a_day_is_named(collection, now, answer):
    answer()
    now.move(days=-1)

    with pytest.raises(ReviewOrderError) as error:
        log_order.check_clock(collection)

    assert error.value.message == "the clock says 2026-01-04 09:00, but the last answer is of 2026-01-05 09:00"
    assert error.value.hint == "set the clock right; where it was wrong then, 'bedrill undo' takes that answer back"


def test_a_clock_that_lags_a_little_gives_the_next_millisecond(collection, now, answer):
    first = answer()
    now.move(minutes=-10)

    assert answer("cap/log") == first + 1


def test_answers_of_a_clock_that_ran_ahead_can_be_taken_back(collection, now, answer):
    now.move(days=300)
    answer()
    now.move(days=-300)
    with pytest.raises(ReviewOrderError):
        answer()

    answering.undo(collection)
    mended = answer()

    kept = log.last_kept(collection.db)
    assert kept is not None
    assert kept.review_id == mended
    assert mended < log.last_id(collection.db)


def test_an_instant_is_never_given_twice(collection, now, answer):
    """Not even that of an answer which was taken back."""
    first = answer()
    answering.undo(collection)

    second = answer()
    third = answer("cap/log")

    assert [second - first, third - first] == [1, 2]
