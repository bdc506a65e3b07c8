"""The days up to an interview, gone through one by one."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedrill.forecast import Plan, Rehearsal, by_gain
from bedrill.gain import Prospect
from bedrill.habits import USUAL
from bedrill.learner import Learner
from bedrill.memory import DEFAULT_PARAMETERS
from bedrill.model import Candidate, Kind, MemoryState

TODAY = 20_000
STEPS = (2, 1)


def cards(count: int, deck: int = 1, first: int = 0, siblings: int = 1) -> list[Prospect]:
    return [Prospect(Candidate(first + n, (first + n) // siblings, deck), Kind.CONCEPT, 1.0) for n in range(count)]


def rehearsal(some: list[Prospect], days: int = 20, minutes: float = 10, seed: int = 1, **rules: object) -> Rehearsal:
    on = TODAY + days
    learner = Learner(DEFAULT_PARAMETERS, USUAL, STEPS, Random(seed))
    plan = Plan(on, minutes * 60, **rules)  # type: ignore[arg-type]
    made = Rehearsal(some, plan, learner, by_gain(DEFAULT_PARAMETERS, USUAL, on, STEPS))
    made.study(TODAY)
    return made


def test_each_day_is_filled_and_overrun_by_one_card_at_most():
    spent = rehearsal(cards(2_000)).spent_s

    assert len(spent) == 20
    longest_s = 19.58 * 6
    assert all(600 <= seconds < 600 + longest_s for seconds in spent)


def test_more_time_leaves_more_known():
    known = [sum(rehearsal(cards(400), minutes=minutes).recall()) for minutes in (0, 5, 10, 20)]

    assert known == sorted(known)
    assert known[0] == 0
    assert known[3] > 1.5 * known[1]


def test_a_day_that_is_begun_has_only_what_is_left_of_it():
    learner = Learner(DEFAULT_PARAMETERS, USUAL, STEPS, Random(1))
    made = Rehearsal(cards(500), Plan(TODAY + 3, 600), learner, by_gain(DEFAULT_PARAMETERS, USUAL, TODAY + 3, STEPS))
    made.study(TODAY, 0.0)

    assert made.spent_s[0] == 0
    assert made.spent_s[1] >= 600


def test_siblings_are_not_asked_on_the_same_day():
    made = rehearsal(cards(40, siblings=2), days=1, minutes=60)

    assert sum(card.memory is not None for card in made.cards) == 20


def test_new_cards_wait_until_what_their_deck_rests_on_is_known():
    first, second = cards(10), cards(10, deck=2, first=100)
    core = frozenset(card.candidate.card for card in (*first, *second))

    waiting = rehearsal([*second, *first], days=1, minutes=120, requires={2: [1]}, core=core)
    later = rehearsal([*second, *first], days=3, minutes=120, requires={2: [1]}, core=core)

    assert [card.memory is None for card in waiting.cards] == [True] * 10 + [False] * 10
    assert all(card.memory is not None for card in later.cards)


def test_the_same_seed_gives_the_same_days():
    assert rehearsal(cards(100)).cards == rehearsal(cards(100)).cards


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 60), st.integers(0, 15), st.floats(0, 30), st.integers(0, 99))
def test_recall_is_a_probability_and_zero_only_for_what_is_new(count, days, minutes, seed):
    made = rehearsal(cards(count), days, minutes, seed)

    for card, recall in zip(made.cards, made.recall(), strict=True):
        assert 0 <= recall <= 1
        assert (recall == 0) == (card.memory is None)


def test_what_was_known_and_is_never_asked_fades_along_its_curve():
    known = Prospect(Candidate(1, 1, 1), Kind.CONCEPT, 1.0, MemoryState(10.0, 5.0), TODAY)

    assert rehearsal([known], days=10, minutes=0).recall() == [pytest.approx(0.9)]
