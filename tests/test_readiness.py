"""When a lesson counts as known, and which lessons wait for it."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedrill.memory import DEFAULT_PARAMETERS, curve_of, retrievability
from bedrill.readiness import Memory, blocked_by, is_known, readiness, recall

TODAY: Final = 20_000
CURVE: Final = (0.25, -1.0)
"""A curve that is easy to reckon with: after as many days as the stability, recall is exactly 0.8."""
NEVER: Final = (None, None)
AT_80: Final = (TODAY - 4, 4.0)
JUST_BELOW: Final = (TODAY - 5, 4.0)
FRESH: Final = (TODAY, 4.0)


def test_recall_is_that_of_each_card_and_nothing_for_a_card_never_answered():
    values = recall([FRESH, AT_80, NEVER, (TODAY, None), (None, 4.0)], TODAY, CURVE)

    assert values == [1.0, 0.8, 0.0, 0.0, 0.0]


def test_recall_follows_the_curve_of_the_parameters():
    curve = curve_of(DEFAULT_PARAMETERS)

    values = recall([(TODAY - 3, 2.5)], TODAY, curve)

    assert values == [retrievability(3, 2.5, curve)]


def test_a_last_answer_of_tomorrow_counts_as_one_of_today():
    """Who travels west may study on a date before that of the last answer."""
    assert recall([(TODAY + 1, 4.0)], TODAY, CURVE) == [1.0]


def test_readiness_is_the_expected_share_of_cards_recalled():
    assert readiness([FRESH, AT_80, NEVER, NEVER], TODAY, CURVE) == 0.45


def test_nothing_is_ready_without_cards():
    assert readiness([], TODAY, CURVE) == 0.0


@pytest.mark.parametrize(
    ("core", "known"),
    [
        pytest.param([AT_80], True, id="exactly 80 %"),
        pytest.param([JUST_BELOW], False, id="less than 80 %"),
        pytest.param([FRESH, (TODAY - 8, 4.0)], True, id="80 % on average, though one is below"),
        pytest.param([FRESH] * 99 + [NEVER], False, id="one of a hundred never answered"),
        pytest.param([NEVER], False, id="never answered"),
        pytest.param([], True, id="no core cards"),
    ],
)
def test_a_lesson_is_known_when_its_core_is_answered_and_recalled_at_80_percent(core, known):
    assert is_known(core, TODAY, CURVE) is known


def test_any_number_of_cards_at_exactly_80_percent_is_known():
    """Ten times 0.8, added up one by one, is a little less than 8."""
    assert [cards for cards in range(1, 500) if not is_known([AT_80] * cards, TODAY, CURVE)] == []


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.floats(0.1, 400.0)), min_size=1, max_size=12),
    st.integers(0, 30),
)
def test_a_lesson_that_is_not_known_does_not_become_known_by_waiting(cards, days_later):
    core = [(TODAY - days_ago, stability) for days_ago, stability in cards]
    curve = curve_of(DEFAULT_PARAMETERS)

    assert is_known(core, TODAY, curve) >= is_known(core, TODAY + days_later, curve)


CORE: Final[dict[int, list[Memory]]] = {1: [FRESH], 2: [NEVER], 3: [JUST_BELOW], 4: []}


@pytest.mark.parametrize(
    ("requires", "blocked"),
    [
        pytest.param({5: [1]}, {}, id="what it requires is known"),
        pytest.param({5: [2]}, {5: [2]}, id="it is not"),
        pytest.param({5: [1, 2, 3]}, {5: [2, 3]}, id="some of it is not"),
        pytest.param({5: [3, 2]}, {5: [3, 2]}, id="in the order of the deck"),
        pytest.param({5: [4]}, {}, id="it has no core"),
        pytest.param({5: []}, {}, id="nothing is required, or only what is not in the collection"),
        pytest.param({2: [2]}, {}, id="a deck does not wait for itself"),
        pytest.param({2: [2, 3]}, {2: [3]}, id="itself and another"),
        pytest.param({2: [1], 3: [2], 5: [2, 3]}, {3: [2], 5: [2, 3]}, id="several decks"),
        pytest.param({}, {}, id="no decks"),
    ],
)
def test_decks_wait_for_those_that_they_require(requires, blocked):
    assert blocked_by(requires, CORE.__getitem__, TODAY, CURVE) == blocked


def test_only_decks_that_are_required_are_looked_at_and_each_once():
    asked: list[int] = []

    def core_of(deck: int) -> list[tuple[int | None, float | None]]:
        asked.append(deck)
        return [NEVER]

    blocked_by({5: [1, 2], 6: [2, 1], 7: []}, core_of, TODAY, CURVE)

    assert asked == [1, 2]
