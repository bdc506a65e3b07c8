"""The fuzz: within Anki's ranges, the same for the same card, and to the least loaded day."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.fsrs_vectors import VECTORS

from bedrill.clock import date_of, instant
from bedrill.config import Settings
from bedrill.memory import DEFAULT_PARAMETERS, LOWER_BOUNDS, UPPER_BOUNDS
from bedrill.model import CardState, MemoryState, Phase, Rating
from bedrill.scheduling import FUZZ_RANGES, fuzz_range_days, fuzzed_days, outcomes

if TYPE_CHECKING:
    from collections.abc import Callable

ON: Final = 20_000
DAY_S: Final = 86_400
LOADS: Final = st.lists(st.integers(0, 3), min_size=1, max_size=40)
"""Cards due on the days to come, over and over."""


def no_load(_: int) -> int:
    return 0


@st.composite
def cards_in_review(draw: st.DrawFn) -> CardState:
    """A card in review, last answered up to a year ago."""
    memory = MemoryState(draw(st.floats(0.001, 400.0)), draw(st.floats(1.0, 10.0)))
    return CardState(Phase.REVIEW, 0, memory, ON, None, ON - draw(st.integers(0, 365)), None, draw(st.integers(1, 30)))


@st.composite
def any_settings(draw: st.DrawFn) -> Settings:
    """Settings that change intervals."""
    parameters = draw(
        st.one_of(
            st.just(DEFAULT_PARAMETERS),
            st.tuples(*(st.floats(lower, upper) for lower, upper in zip(LOWER_BOUNDS, UPPER_BOUNDS, strict=True))),
        )
    )
    return Settings(
        fsrs_parameters=parameters,
        desired_retention=draw(st.sampled_from([0.7, 0.9, 0.99])),
        learning_steps=draw(st.sampled_from([(), (60, 600)])),
        relearning_steps=draw(st.sampled_from([(), (600,)])),
        maximum_interval_days=draw(st.sampled_from([1, 2, 9, 36_500])),
    )


@pytest.mark.parametrize(
    ("interval_days", "shortest", "longest"),
    [
        pytest.param(1, 1, 1, id="no fuzz for a day"),
        pytest.param(2, 2, 2, id="nor for two"),
        pytest.param(3, 2, 4, id="a day from 2.5 on"),
        pytest.param(7, 5, 9, id="and 15 % of the days up to 7"),
        pytest.param(17, 14, 20, id="and 10 % of those up to 20"),
        pytest.param(20, 17, 23, id="all of them"),
        pytest.param(37, 33, 41, id="and 5 % of those above"),
    ],
)
def test_the_range_is_that_of_ankis_own_tests(interval_days, shortest, longest):
    """Source: ankitects/anki rslib/src/scheduler/states/fuzz.rs, test with_review_fuzz."""
    assert fuzz_range_days(interval_days, 1000) == (shortest, longest)


def test_the_ranges_are_ankis():
    ranges = [(start, float(end), share) for start, end, share in VECTORS["fuzz_ranges"]["value"]]

    assert list(FUZZ_RANGES) == ranges


@pytest.mark.parametrize("maximum", [3, 10, 36_500])
def test_every_interval_has_ankis_range(maximum):
    """The formula of fuzz.rs, which rounds halves away from zero."""
    for interval in range(3, maximum + 1):
        delta = (
            1.0 + 0.15 * (min(interval, 7) - 2.5) + 0.1 * max(min(interval, 20) - 7, 0) + 0.05 * max(interval - 20, 0)
        )
        ankis = (math.floor(interval - delta + 0.5), min(math.floor(interval + delta + 0.5), maximum))

        assert fuzz_range_days(interval, maximum) == ankis


@hypothesis_settings(max_examples=300, deadline=None)
@given(st.integers(1, 400), st.text(max_size=5), LOADS)
def test_the_least_loaded_day_of_the_range_is_taken(interval, seed, loads):
    shortest, longest = fuzz_range_days(interval, 36_500)

    days = fuzzed_days(interval, seed, 36_500, ON, lambda day: loads[day % len(loads)])

    assert shortest <= days <= longest
    assert loads[(ON + days) % len(loads)] == min(loads[(ON + d) % len(loads)] for d in range(shortest, longest + 1))


def test_among_equal_days_the_seed_decides_and_every_day_has_its_turn():
    taken = {fuzzed_days(17, f"card {number}", 36_500, ON, no_load) for number in range(200)}

    assert taken == set(range(14, 21))


def test_one_seed_gives_one_day():
    days = [fuzzed_days(17, "cap/choice:4", 36_500, ON, no_load) for _ in range(10)]

    assert days == [days[0]] * 10


def test_fuzz_takes_no_day_before_the_least_that_is_allowed():
    days = {fuzzed_days(17, f"card {number}", 36_500, ON, no_load, at_least=19) for number in range(100)}

    assert days == {19, 20}


def test_the_load_is_asked_for_the_days_of_the_range_only_and_not_at_all_without_fuzz():
    asked: list[int] = []

    def load(day: int) -> int:
        asked.append(day)
        return 0

    fuzzed_days(2, "seed", 36_500, ON, load)
    fuzzed_days(7, "seed", 36_500, ON, load)

    assert asked == [ON + days for days in (5, 6, 7, 8, 9)]


@hypothesis_settings(max_examples=400, deadline=None)
@given(st.one_of(st.just(CardState()), cards_in_review()), any_settings(), st.text(max_size=5), LOADS)
def test_a_better_rating_never_gives_a_shorter_interval_in_review(state, settings, seed, loads):
    given_by = outcomes(state, ON, settings, seed=seed, load=lambda day: loads[day % len(loads)])

    intervals = [outcome.interval_s for outcome in given_by.values() if outcome.phase is Phase.REVIEW]
    assert all(worse <= better for worse, better in pairwise(intervals))
    assert all(DAY_S <= interval <= settings.maximum_interval_days * DAY_S for interval in intervals)


@hypothesis_settings(max_examples=300, deadline=None)
@given(cards_in_review(), any_settings(), st.text(max_size=5), LOADS)
def test_fuzz_moves_an_interval_of_days_within_its_range_and_nothing_else(state, settings, seed, loads):
    plain = outcomes(state, ON, settings._replace(fuzz=False))

    fuzzed = outcomes(state, ON, settings, seed=seed, load=lambda day: loads[day % len(loads)])

    for rating in Rating:
        days = plain[rating].interval_s // DAY_S
        assert fuzzed[rating]._replace(interval_s=0) == plain[rating]._replace(interval_s=0)
        if plain[rating].phase is Phase.REVIEW and days > 2:
            shortest, longest = fuzz_range_days(days, settings.maximum_interval_days)
            assert shortest <= fuzzed[rating].interval_s // DAY_S <= longest
        else:
            assert fuzzed[rating] == plain[rating]


def test_chance_has_no_part_in_it():
    """py-fsrs's own fuzz draws from the global generator; a preview must not even move it."""
    state = CardState(Phase.REVIEW, 0, MemoryState(60.0, 5.0), ON, None, ON - 60, None, 4)
    before = random.getstate()

    again = [outcomes(state, ON, Settings(), seed="cap/choice") for _ in range(20)]

    assert again == [again[0]] * 20
    assert random.getstate() == before


def test_the_seed_is_the_card_and_its_number_of_answers():
    """So that a card does not keep to the early end of the range for ever."""
    memory = MemoryState(60.0, 5.0)
    states = [CardState(Phase.REVIEW, 0, memory, ON, None, ON - 60, None, reps) for reps in range(40)]

    by_card = {outcomes(states[0], ON, Settings(), seed=f"card {n}")[Rating.GOOD].interval_s for n in range(40)}
    by_reps = {outcomes(state, ON, Settings(), seed="card")[Rating.GOOD].interval_s for state in states}

    assert len(by_card) > 10
    assert len(by_reps) > 10


def _days_of(shares: tuple[int, ...], load: Callable[[int], int] = lambda _: 3) -> list[int]:
    """How many of 700 cards with ten days until the next answer come back on each weekday, Monday first."""
    settings = Settings(easy_days=shares)
    state = CardState(Phase.REVIEW, 0, MemoryState(10.0, 5.0), 20_000, None, 19_990, instant(0), 3, 0)
    found = [0] * 7
    for card in range(700):
        on = 20_000 + card % 7
        days = outcomes(state, on, settings, seed=f"card {card}", load=load)[Rating.GOOD].interval_s // 86_400
        found[date_of(on + days).weekday()] += 1
    return found


def test_a_day_that_is_to_get_nothing_gets_nothing_where_there_is_a_choice():
    assert _days_of((100,) * 5 + (0, 0))[5:] == [0, 0]


def test_an_easy_day_gets_cards_only_where_the_others_are_that_much_fuller():
    """Saturday is to get half: three cards there count like seven elsewhere."""
    shares = (100, 100, 100, 100, 100, 50, 100)

    even = _days_of(shares)
    full = _days_of(shares, lambda day: 3 if date_of(day).weekday() == 5 else 8)

    assert even[5] == 0
    assert full[5] > 300


def test_days_that_are_alike_are_as_without_the_setting():
    assert _days_of((100,) * 7) == _days_of((40,) * 7)


def test_where_every_day_of_the_range_is_to_get_nothing_the_seed_decides():
    assert sum(_days_of((0, 0, 0, 0, 0, 0, 100), lambda _: 0)) == 700
