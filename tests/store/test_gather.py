"""What the queue is made of: which cards count, in which order, and through which index."""

from __future__ import annotations

import pytest

from bedrill.collection import importing
from bedrill.model import Candidate, CardState, Kind, MemoryState, Phase
from bedrill.store import cards, gather

TODAY = 20_000
ONE = """\
---
id: one
---

## First? {#first}

1

## Second? {#second}

2

## Core? {#core .core}

3

## Say it. {#say .interview form=explain level=mid}

### Key points

- must: it

### Answer

It.
"""
TWO = "---\nid: two\n---\n\n## {{c1::One}} and {{c2::two}}. {#both}\n"


@pytest.fixture
def db(collection, deck_file):
    """Cards 1 to 4 of deck `one`, 5 and 6 of deck `two`."""
    importing.import_paths(collection, [deck_file(ONE, "one.md"), deck_file(TWO, "two.md")])
    return collection.db


def in_review(db, card, *, due_on, last_on, stability):
    state = CardState(Phase.REVIEW, 0, MemoryState(stability, 5.0), due_on, None, last_on, None, 1, 0)
    cards.put_state(db, card, state)


def in_steps(db, card, due_at, *, phase=Phase.LEARNING):
    state = CardState(phase, 0, MemoryState(1.0, 5.0), TODAY, due_at, TODAY, due_at, 1, 0)
    cards.put_state(db, card, state)


def rows(candidates):
    return [candidate.card for candidate in candidates]


def test_new_cards_come_deck_by_deck_core_first(db):
    assert rows(gather.new_cards(db, TODAY, [2, 1], None)) == [5, 6, 3, 1, 2, 4]
    assert rows(gather.new_cards(db, TODAY, [1], Kind.INTERVIEW)) == [4]
    assert list(gather.new_cards(db, TODAY, [], None)) == []


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        pytest.param("retrievability", [2, 1, 3], id="the likeliest to be recalled first"),
        pytest.param("due", [1, 2, 3], id="the longest overdue first"),
        pytest.param("stability", [2, 3, 1], id="the most stable first"),
    ],
)
def test_reviews_come_in_the_order_that_is_set(db, order, expected):
    in_review(db, 1, due_on=TODAY - 9, last_on=TODAY - 20, stability=15.0)
    in_review(db, 2, due_on=TODAY - 5, last_on=TODAY - 85, stability=80.0)
    in_review(db, 3, due_on=TODAY, last_on=TODAY - 40, stability=20.0)
    in_review(db, 5, due_on=TODAY + 1, last_on=TODAY - 4, stability=1.0)

    found = gather.reviews(db, TODAY, order, None, None, 10)

    assert rows(found) == expected


def test_a_random_order_stays_the_same_all_day_and_changes_overnight(db):
    for card in range(1, 7):
        in_review(db, card, due_on=TODAY, last_on=TODAY - 4, stability=4.0)

    orders = {day: rows(gather.reviews(db, day, "random", None, None, 10)) for day in range(TODAY, TODAY + 20)}

    assert rows(gather.reviews(db, TODAY, "random", None, None, 10)) == orders[TODAY]
    assert all(sorted(order) == [1, 2, 3, 4, 5, 6] for order in orders.values())
    assert len({tuple(order) for order in orders.values()}) > 5


@pytest.mark.parametrize("limit", [1, 2, 6, 7])
def test_reviews_are_read_in_portions_without_a_gap(db, limit):
    for card in range(1, 7):
        in_review(db, card, due_on=TODAY, last_on=TODAY - card, stability=4.0)

    assert rows(gather.reviews(db, TODAY, "retrievability", None, None, limit)) == [1, 2, 3, 4, 5, 6]


def test_cards_in_steps_come_by_their_instants(db, now):
    now.move(minutes=5)
    in_steps(db, 2, now())
    now.move(minutes=-3)
    in_steps(db, 1, now(), phase=Phase.RELEARNING)
    in_steps(db, 5, None)

    found = gather.learning(db, TODAY, None, None)

    assert [(waiting.candidate.card, waiting.due_ms) for waiting in found] == [
        (5, 0),
        (1, 1_767_603_720_000),
        (2, 1_767_603_900_000),
    ]
    assert gather.learning(db, TODAY - 1, None, None) == []
    assert [waiting.candidate.card for waiting in gather.learning(db, TODAY, [2], None)] == [5]


@pytest.mark.parametrize(
    "take_out",
    [
        pytest.param(lambda db: cards.set_suspended(db, [1], suspended=True), id="suspended"),
        pytest.param(lambda db: cards.set_buried(db, [1], TODAY + 1), id="buried"),
        pytest.param(lambda db: db.execute("UPDATE cards SET retired = 1 WHERE id = 1"), id="retired"),
    ],
)
def test_cards_that_are_out_of_study_are_not_gathered(db, now, take_out):
    take_out(db)

    fresh = rows(gather.new_cards(db, TODAY, [1], None))
    in_review(db, 1, due_on=TODAY, last_on=TODAY - 4, stability=4.0)
    due = rows(gather.reviews(db, TODAY, "due", None, None, 9))
    in_steps(db, 1, now())
    steps = gather.learning(db, TODAY, None, None)

    assert (fresh, due, steps) == ([3, 2, 4], [], [])
    assert gather.live_of_note(db, "one", "first", TODAY) is None


def test_a_buried_card_is_back_on_its_day(db):
    cards.set_buried(db, [1], TODAY + 1)

    assert 1 not in rows(gather.new_cards(db, TODAY, [1], None))
    assert 1 in rows(gather.new_cards(db, TODAY + 1, [1], None))


def test_a_note_speaks_through_its_first_card_that_is_in_study(db):
    first = gather.live_of_note(db, "two", "both", TODAY)
    cards.set_suspended(db, [5], suspended=True)

    assert (first, gather.live_of_note(db, "two", "both", TODAY)) == (Candidate(5, 5, 2), Candidate(6, 5, 2))
    assert gather.live_of_note(db, "two", "none", TODAY) is None


def test_a_cram_goes_through_every_answered_card_the_weakest_first(db, now):
    in_review(db, 1, due_on=TODAY + 99, last_on=TODAY - 4, stability=9.0)
    in_review(db, 2, due_on=TODAY, last_on=TODAY - 4, stability=3.0)
    in_steps(db, 5, now())

    assert rows(gather.cards_of(db, None, None)) == [5, 2, 1]
    assert rows(gather.cards_of(db, [1], None)) == [2, 1]
    assert rows(gather.cards_of(db, None, Kind.INTERVIEW)) == []


def test_the_core_of_a_deck_without_core_cards_is_every_card(db):
    in_review(db, 3, due_on=TODAY, last_on=TODAY - 4, stability=9.0)

    assert gather.core_memories(db, 1) == [(TODAY - 4, 9.0)]
    assert gather.core_memories(db, 2) == [(None, None), (None, None)]


def test_a_later_day_counts_what_is_due_by_then(db, now):
    in_review(db, 1, due_on=TODAY + 3, last_on=TODAY - 4, stability=9.0)
    in_steps(db, 2, now())
    cards.set_buried(db, [3], TODAY + 1)

    assert gather.counts(db, TODAY, TODAY) == {1: (1, 1, 0), 2: (2, 0, 0)}
    assert gather.counts(db, TODAY + 3, TODAY) == {1: (2, 1, 1), 2: (2, 0, 0)}


def test_the_load_of_a_day_is_its_review_cards(db):
    in_review(db, 1, due_on=TODAY + 3, last_on=TODAY - 4, stability=9.0)
    in_review(db, 2, due_on=TODAY + 3, last_on=TODAY - 4, stability=9.0)
    cards.set_suspended(db, [2], suspended=True)

    load = gather.load_of(db)

    assert [load(TODAY + days) for days in (2, 3, 3)] == [0, 1, 1]


def test_memories_and_suspended_cards_of_a_deck(db):
    in_review(db, 1, due_on=TODAY + 3, last_on=TODAY - 4, stability=9.0)
    cards.set_suspended(db, [2], suspended=True)

    assert gather.memories(db, 1) == [(TODAY - 4, 9.0), (None, None), (None, None)]
    assert len(gather.memories(db, None)) == 5
    assert (gather.suspended(db, 1), gather.suspended(db, 2)) == (1, 0)
