"""What an answer is worth for a day to come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedrill.gain import STEEP, Gains, Prospect, ranked
from bedrill.habits import USUAL
from bedrill.memory import DEFAULT_PARAMETERS, kernel_of, retrievability
from bedrill.model import Candidate, Kind, MemoryState

TODAY = 20_000
FIRST, FOLLOWING = kernel_of(DEFAULT_PARAMETERS)


def gains(days_left: int = 30, steps: tuple[int, int] = (2, 1)) -> Gains:
    return Gains(DEFAULT_PARAMETERS, USUAL, TODAY, TODAY + days_left, steps)


def known(card: int, stability: float, elapsed: int, weight: float = 1.0, difficulty: float = 5.0) -> Prospect:
    memory = MemoryState(stability, difficulty)
    return Prospect(Candidate(card, card, 1), Kind.CONCEPT, weight, memory, TODAY - elapsed)


def new(card: int, weight: float = 1.0, kind: Kind = Kind.CONCEPT) -> Prospect:
    return Prospect(Candidate(card, card, 1), kind, weight)


prospects = st.builds(
    known, st.integers(1, 10**6), st.floats(0.01, 3_000), st.integers(0, 900), st.floats(0.1, 3), st.floats(1, 10)
)


def test_a_new_card_that_is_always_easy_is_worth_its_recall_on_the_day_per_second():
    habits = {kind: usual._replace(first=(0, 0, 0, 1)) for kind, usual in USUAL.items()}
    worth = Gains(DEFAULT_PARAMETERS, habits, TODAY, TODAY + 30, (2, 1)).of(new(1))

    assert worth.with_answer == pytest.approx(retrievability(30, FIRST(4)[0], STEEP))
    assert worth.seconds == pytest.approx(10.71)
    assert worth.per_second == pytest.approx(worth.with_answer / 10.71)


def test_steps_are_part_of_a_new_cards_time_and_memory():
    habits = {kind: usual._replace(first=(0, 0, 1, 0)) for kind, usual in USUAL.items()}
    worth = Gains(DEFAULT_PARAMETERS, habits, TODAY, TODAY + 30, (2, 1)).of(new(1))

    stability = FOLLOWING(*FIRST(3), 0, 3)[0]
    assert worth.seconds == pytest.approx(2 * 13.78)
    assert worth.with_answer == pytest.approx(retrievability(30, stability, STEEP))


def test_a_known_card_is_worth_what_the_answer_adds_on_the_day_if_it_may_fail():
    card = known(1, 10.0, 20)
    habits = {kind: usual._replace(recalled=(0, 0, 1, 0)) for kind, usual in USUAL.items()}
    worth = Gains(DEFAULT_PARAMETERS, habits, TODAY, TODAY + 30, (0, 0)).of(card)

    now = retrievability(20, 10.0, (0.9 ** (-1 / DEFAULT_PARAMETERS[20]) - 1, -DEFAULT_PARAMETERS[20]))
    recalled = retrievability(30, FOLLOWING(10.0, 5.0, 20, 3)[0], STEEP)
    forgotten = retrievability(30, FOLLOWING(10.0, 5.0, 20, 1)[0], STEEP)
    assert worth.recall_now == pytest.approx(now)
    assert worth.without == pytest.approx(retrievability(50, 10.0, STEEP))
    assert worth.with_answer == pytest.approx(now * recalled + (1 - now) * forgotten)
    assert worth.seconds == pytest.approx(now * 12.38 + (1 - now) * 19.38)
    assert worth.per_second == pytest.approx((worth.with_answer - worth.without) / worth.seconds)


@given(prospects, st.integers(-3, 400), st.floats(0.1, 5))
def test_weight_multiplies_the_gain_and_nothing_else(card, days_left, weight):
    once, more = gains(days_left).of(card), gains(days_left).of(card._replace(weight=card.weight * weight))

    assert more.per_second == pytest.approx(once.per_second * weight)
    assert more[1:] == once[1:]


@given(prospects, st.integers(-3, 400), st.tuples(st.integers(0, 3), st.integers(0, 3)))
def test_recall_is_a_probability_and_time_is_positive(card, days_left, steps):
    for worth in (gains(days_left, steps).of(card), gains(days_left, steps).of(new(1))):
        assert 0 <= worth.without <= 1
        assert 0 <= worth.with_answer <= 1
        assert 0 <= worth.recall_now <= 1
        assert worth.seconds > 0


@given(st.lists(prospects, unique_by=lambda card: card.candidate.card), st.integers(1, 200))
def test_ranking_is_by_gain_per_second_with_fresh_cards_last_and_todays_left_out(cards, days_left):
    weigher = gains(days_left)
    order = list(ranked([*cards, new(0)], weigher))

    assert all(card.last_on != TODAY for card, _ in order)
    keys = [(weigher.is_fresh(card), -worth.per_second) for card, worth in order]
    assert keys == sorted(keys)
    left_out = {card.candidate.card for card in cards} - {card.candidate.card for card, _ in order}
    assert all(
        card.last_on == TODAY or weigher.of(card).per_second <= 0 for card in cards if card.candidate.card in left_out
    )


def test_a_card_is_fresh_up_to_nine_tenths():
    assert gains().is_fresh(known(1, 10.0, 10))
    assert not gains().is_fresh(known(1, 10.0, 11))
    assert not gains().is_fresh(new(1))


def test_what_is_known_and_fades_can_come_before_all_that_is_new():
    cards = [new(1, weight=3.0), new(2, weight=2.0), known(3, 2.0, 40)]

    assert [card.candidate.card for card, _ in ranked(cards, gains())] == [1, 2, 3]
    assert [card.candidate.card for card, _ in ranked(cards, gains(), known_first=True)] == [3, 1, 2]


def test_equals_keep_the_order_of_the_course():
    assert [card.candidate.card for card, _ in ranked([new(5), new(3), new(4)], gains())] == [5, 3, 4]


def test_on_the_day_itself_the_next_one_counts():
    assert gains(0).of(new(1)) == gains(1).of(new(1))


def test_an_interview_card_takes_its_time():
    assert gains().of(new(1, kind=Kind.INTERVIEW)).seconds > 100
