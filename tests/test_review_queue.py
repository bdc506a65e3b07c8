"""The day's queue, case by case. What holds for every queue is in test_review_queue_properties.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from bedrill.model import Candidate, Waiting
from bedrill.review_queue import (
    Done,
    ReviewQueue,
    at_the_end,
    next_card,
    todays_queue,
    wait_until,
    with_step,
    without,
    without_card,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTHING_DONE: Final = Done({})
NOW: Final = 1_000_000
AHEAD: Final = 20 * 60_000


def cards(text: str, first: int = 1) -> list[Candidate]:
    """A card for each letter, its deck: all of different notes."""
    return [Candidate(first + place, first + place, ord(letter)) for place, letter in enumerate(text)]


def decks(queue: ReviewQueue) -> str:
    """The decks of the main part, as letters."""
    return "".join(chr(card.deck) for card in queue.main)


def in_steps(card: int, due_ms: int, note: int | None = None) -> Waiting:
    """A card in steps."""
    return Waiting(Candidate(card, note or card, ord("L")), due_ms)


ONE, TWO = Candidate(1, 1, 1), Candidate(2, 2, 2)


@pytest.mark.parametrize(
    ("reviews", "last_deck", "order"),
    [
        pytest.param("ABAB", None, "ABAB", id="already apart"),
        pytest.param("AABB", None, "ABAB", id="the earliest of another deck comes next"),
        pytest.param("AABC", None, "ABAC", id="and then the first deck again"),
        pytest.param("AAAB", None, "ABAA", id="no more than can be"),
        pytest.param("BCAAA", None, "ABACA", id="the deck with more than half comes first"),
        pytest.param("BAA", None, "ABA", id="just more than half"),
        pytest.param("BCAA", None, "BACA", id="half is not yet too many"),
        pytest.param("ABC", "A", "BAC", id="not the deck of the last answer"),
        pytest.param("AAB", "A", "BAA", id="even if one is left for the end"),
        pytest.param("A", "A", "A", id="unless there is no other"),
        pytest.param("", "A", "", id="nothing"),
    ],
)
def test_neighbours_come_from_different_decks_where_possible(reviews, last_deck, order):
    done = Done({}, last_deck=ord(last_deck) if last_deck else None)

    queue = todays_queue([], cards(reviews), [], done, new_left=0, reviews_left=99)

    assert decks(queue) == order


@pytest.mark.parametrize(
    ("reviews", "new", "done", "order"),
    [
        pytest.param("ABCD", "XY", NOTHING_DONE, "AXBCYD", id="new cards in the middle of equal parts"),
        pytest.param("AB", "WXYZ", NOTHING_DONE, "WAXYBZ", id="more new than reviews"),
        pytest.param("A", "X", NOTHING_DONE, "AX", id="a review before a new card"),
        pytest.param("", "XY", NOTHING_DONE, "XY", id="new only"),
        pytest.param("BCD", "XY", Done({}, reviews=1), "XBCYD", id="after one review of the same day"),
        pytest.param("BCD", "Y", Done({}, reviews=1, new=1), "BCYD", id="after the first new card too"),
    ],
)
def test_new_cards_are_spread_over_the_day(reviews, new, done, order):
    queue = todays_queue([], cards(reviews), cards(new, 100), done, new_left=9, reviews_left=9)

    assert decks(queue) == order
    assert queue.new_cards == {100 + place for place in range(len(new))}


def test_the_spread_goes_on_where_it_was_after_quitting():
    """A review of the larger deck came first, out of its place among the reviews; that must not move the others."""
    reviews, new = cards("BAA"), cards("BA", 100)
    whole = todays_queue([], reviews, new, NOTHING_DONE, new_left=2, reviews_left=3)

    done = Done({2: {2}}, reviews=1, last_deck=ord("A"))
    rest = todays_queue([], [reviews[0], reviews[2]], new, done, new_left=2, reviews_left=2)

    assert whole.main[0] == reviews[1]
    assert rest.main == whole.main[1:]


def test_siblings_are_never_asked_on_one_day():
    """Who is in steps speaks for a note before who was called, then a review, then a new card."""
    step = in_steps(11, NOW, note=1)
    called, review, new = Candidate(22, 2, 1), Candidate(32, 3, 1), Candidate(42, 4, 1)
    reviews = [Candidate(12, 1, 1), Candidate(21, 2, 1), review, Candidate(33, 3, 1)]
    fresh = [Candidate(13, 1, 1), Candidate(23, 2, 1), Candidate(31, 3, 1), new, Candidate(43, 4, 1)]

    queue = todays_queue([step], reviews, fresh, NOTHING_DONE, new_left=9, reviews_left=9, called=[called])

    assert queue == ReviewQueue((step,), (called,), (review, new), frozenset({42}))


def test_of_two_siblings_in_steps_the_sooner_comes():
    sooner, later = in_steps(12, NOW - 5, note=1), in_steps(11, NOW, note=1)

    queue = todays_queue([sooner, later], [], [], NOTHING_DONE, new_left=9, reviews_left=9)

    assert queue.learning == (sooner,)


def test_a_note_answered_today_is_asked_again_only_by_the_same_card():
    """It may come back in steps, or because an interview called for it."""
    done = Done({1: {11}, 2: {21}, 3: {1, 2}})
    steps = [in_steps(11, NOW, note=1), in_steps(22, NOW, note=2), in_steps(1, NOW, note=3)]
    called = [Candidate(21, 2, 1), Candidate(12, 1, 1)]

    queue = todays_queue(
        steps, [Candidate(13, 1, 1)], [Candidate(23, 2, 1)], done, new_left=9, reviews_left=9, called=called
    )

    assert queue == ReviewQueue((steps[0],), (called[0],))


def test_a_card_that_is_called_while_in_steps_comes_once():
    step = in_steps(1, NOW + 60_000)

    queue = todays_queue([step], [], [], Done({1: {1}}), new_left=9, reviews_left=9, called=[step.candidate])

    assert queue == ReviewQueue(learning=(step,))


def test_who_was_called_comes_though_the_limits_are_reached():
    queue = todays_queue([], [TWO], [], NOTHING_DONE, new_left=0, reviews_left=0, called=[ONE])

    assert queue == ReviewQueue(called=(ONE,))


def test_the_last_one_called_is_a_neighbour_too():
    called = Candidate(9, 9, ord("A"))

    queue = todays_queue([], cards("AB"), [], Done({}, last_deck=ord("B")), new_left=0, reviews_left=9, called=[called])

    assert decks(queue) == "BA"


@pytest.mark.parametrize(
    ("new_left", "reviews_left", "order"),
    [
        pytest.param(1, 2, "AXB", id="as many as are left"),
        pytest.param(0, 2, "AB", id="no new ones"),
        pytest.param(1, 0, "X", id="no reviews"),
        pytest.param(-1, -3, "", id="the limits were lowered below what is done"),
        pytest.param(9, 9, "AXBYC", id="more than there are"),
    ],
)
def test_limits_hold(new_left, reviews_left, order):
    queue = todays_queue([], cards("ABC"), cards("XY", 100), NOTHING_DONE, new_left=new_left, reviews_left=reviews_left)

    assert decks(queue) == order


def test_a_sibling_left_out_makes_room_for_the_next():
    reviews = [Candidate(11, 1, 1), Candidate(12, 1, 1), Candidate(21, 2, 1)]

    queue = todays_queue([], reviews, [], NOTHING_DONE, new_left=0, reviews_left=2)

    assert queue.main == (reviews[0], reviews[2])


def test_no_more_is_read_than_needed():
    """A collection may have a million candidates."""

    def stream(first: int, count: int) -> Iterator[Candidate]:
        yield from cards("ABC"[:count], first)
        pytest.fail("read on")

    queue = todays_queue([], stream(1, 3), stream(100, 2), NOTHING_DONE, new_left=2, reviews_left=3)
    nothing = todays_queue([], stream(1, 0), stream(100, 0), NOTHING_DONE, new_left=0, reviews_left=-1)

    assert (queue.size, nothing.size) == (5, 0)


SOON, LATER, TOO_LATE = in_steps(7, NOW), in_steps(7, NOW + AHEAD), in_steps(7, NOW + AHEAD + 1)


@pytest.mark.parametrize(
    ("queue", "card"),
    [
        pytest.param(ReviewQueue((SOON,), (ONE,), (TWO,)), SOON.candidate, id="a step that is over"),
        pytest.param(ReviewQueue((LATER,), (ONE,), (TWO,)), ONE, id="what an interview called back"),
        pytest.param(ReviewQueue((LATER,), (), (TWO,)), TWO, id="the rest, while a step is not over"),
        pytest.param(ReviewQueue((LATER,)), LATER.candidate, id="ahead, when nothing else is left"),
        pytest.param(ReviewQueue((TOO_LATE,)), None, id="but not too far ahead"),
        pytest.param(ReviewQueue(), None, id="nothing"),
    ],
)
def test_the_card_to_ask_now(queue, card):
    assert next_card(queue, NOW, AHEAD) == card


def test_without_cards_to_ask_one_waits_for_the_next_step():
    queue = ReviewQueue((TOO_LATE, in_steps(8, NOW + AHEAD + 9)))

    assert (wait_until(queue), wait_until(ReviewQueue(main=(ONE,)))) == (NOW + AHEAD + 1, None)


def test_a_note_that_was_answered_is_nowhere_in_the_queue():
    """Nor are its siblings."""
    queue = ReviewQueue(
        (in_steps(11, NOW, note=1), in_steps(7, NOW)),
        (Candidate(12, 1, 1), TWO),
        (Candidate(13, 1, 1), TWO),
        frozenset({2}),
    )

    rest = without(queue, Candidate(14, 1, 1))

    assert rest == ReviewQueue((in_steps(7, NOW),), (TWO,), (TWO,), frozenset({2}))
    assert (queue.size, rest.size) == (6, 3)


def test_a_cram_goes_on_with_the_siblings():
    queue = ReviewQueue(main=(Candidate(11, 1, 1), Candidate(12, 1, 1), TWO))

    assert without_card(queue, Candidate(11, 1, 1)) == ReviewQueue(main=(Candidate(12, 1, 1), TWO))


def test_a_card_that_comes_back_takes_its_place_among_the_steps():
    queue = ReviewQueue((in_steps(5, NOW), in_steps(8, NOW + 2)), main=(TWO,))

    for card, due_ms in ((6, NOW + 1), (9, NOW), (4, NOW + 2)):
        queue = with_step(queue, in_steps(card, 0).candidate, due_ms)

    assert [(step.candidate.card, step.due_ms - NOW) for step in queue.learning] == [
        (5, 0),
        (9, 0),
        (6, 1),
        (4, 2),
        (8, 2),
    ]
    assert queue.main == (TWO,)


def test_a_card_may_be_put_behind_all_others():
    assert at_the_end(ReviewQueue(main=(TWO,)), ONE) == ReviewQueue(main=(TWO, ONE))
