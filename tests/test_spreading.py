"""Spreading reviews over days: who waits, how long, and what it costs."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedrill.memory import DEFAULT_PARAMETERS, curve_of, retrievability
from bedrill.model import DueCard
from bedrill.spreading import Move, cost, spread

CURVE = curve_of(DEFAULT_PARAMETERS)
TODAY = 20_000


@st.composite
def backlogs(draw: st.DrawFn) -> list[DueCard]:
    """Cards that are overdue, with distinct rows."""
    rows = draw(st.lists(st.integers(1, 10_000), unique=True, max_size=60))
    cards = []
    for row in rows:
        last_on = TODAY - draw(st.integers(1, 900))
        stability = draw(st.floats(0.01, 5_000))
        cards.append(DueCard(row, draw(st.integers(last_on, TODAY)), last_on, stability))
    return cards


loads = st.dictionaries(st.integers(TODAY, TODAY + 70), st.integers(0, 40)).map(
    lambda days: lambda day: days.get(day, 0)
)


@given(backlogs(), st.integers(1, 30), loads)
def test_every_card_gets_one_day_and_no_day_more_than_fits(cards, per_day, load):
    moves = spread(cards, TODAY, per_day, load, CURVE)

    assert sorted(move.card for move in moves) == sorted(cards)
    for day, count in Counter(move.to for move in moves).items():
        assert count <= max(per_day - load(day), 1)


@given(backlogs(), st.integers(1, 30), loads)
def test_days_follow_each_other_and_each_is_filled_before_the_next(cards, per_day, load):
    days = [move.to for move in spread(cards, TODAY, per_day, load, CURVE)]

    assert sorted(set(days)) == list(range(TODAY, TODAY + len(set(days))))
    assert days == sorted(days)
    counts = Counter(days)
    assert all(counts[day] == max(per_day - load(day), 1) for day in list(counts)[:-1])


@given(backlogs(), st.integers(1, 30), loads)
def test_what_is_best_known_comes_first(cards, per_day, load):
    recalls = [
        retrievability(TODAY - move.card.last_on, move.card.stability_days, CURVE)
        for move in spread(cards, TODAY, per_day, load, CURVE)
    ]

    assert recalls == sorted(recalls, reverse=True)


@given(backlogs(), st.integers(1, 30), loads)
def test_waiting_never_raises_what_would_be_recalled(cards, per_day, load):
    moves = spread(cards, TODAY, per_day, load, CURVE)
    price = cost(moves, TODAY, CURVE)

    assert 0 <= price.as_spread <= price.as_due + 1e-9
    assert price.as_due <= len(moves)


def test_the_cost_of_one_card_is_read_off_its_curve():
    card = DueCard(1, TODAY, TODAY - 10, 10.0)  # at a stability of ten days, ten days leave 90 %

    price = cost([Move(card, TODAY + 10)], TODAY, CURVE)

    assert price.as_due == pytest.approx(0.9)
    assert price.as_spread == pytest.approx(retrievability(20, 10.0, CURVE))


def test_a_card_that_is_not_due_yet_is_reckoned_on_the_day_it_is_due():
    card = DueCard(1, TODAY + 5, TODAY - 5, 10.0)

    assert list(cost([Move(card, TODAY + 5)], TODAY, CURVE)) == pytest.approx([0.9, 0.9])


def test_nothing_due_is_nothing_to_spread():
    assert spread([], TODAY, 5, lambda _: 0, CURVE) == []
    assert cost([], TODAY, CURVE) == (0, 0)
