"""
What an answer does to a card: the one door to py-fsrs.

py-fsrs counts days in blocks of 24 hours, fuzzes with the global `random()`, and sleeps in `Card()`. Here it is fed
study days (as midnights, UTC), its fuzz is off, and cards are made with everything given. bedrill's own fuzz is a pure
function: the same card, answer and load give the same day.
"""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import fsrs

from bedrill.clock import DAY_S
from bedrill.model import CardState, MemoryState, Phase, Rating, ReviewKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedrill.config import Settings
    from bedrill.model import StudyDay

FUZZ_RANGES: Final = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, float("inf"), 0.05))
"""From, to (days), share. The same as Anki's (`rslib/src/scheduler/states/fuzz.rs`) and py-fsrs's."""
_MIDNIGHT: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Outcome(NamedTuple):
    """
    What an answer gives.

    Attributes:
        phase, step, memory: Of the card afterwards.
        interval_s: Until it comes back: a multiple of 86,400 counts study days, anything less is a step in seconds.
    """

    phase: Phase
    step: int
    memory: MemoryState
    interval_s: int


def outcomes(
    state: CardState, on: StudyDay, settings: Settings, *, seed: str = "", load: Callable[[StudyDay], int] | None = None
) -> dict[Rating, Outcome]:
    """
    What each rating would give, from AGAIN to EASY.

    In the review phase a better rating never gives a shorter interval.

    Args:
        on: Study day of the answer.
        seed: Names the card; with `state.reps` it seeds the fuzz.
        load: Cards due on a study day; fuzz takes the least loaded day of its range, as far as weekdays are alike.
    """
    weighed = _weighed(load or _no_load, settings.easy_days)
    card = _fsrs_card(state)
    # A traveller's local date may go back by one: that is the same day to FSRS, never a negative time.
    answered_at = _MIDNIGHT + timedelta(days=on if state.last_on is None else max(on, state.last_on))
    results: dict[Rating, Outcome] = {}
    at_least = 1
    for rating in Rating:
        after, _ = _scheduler(settings).review_card(card, fsrs.Rating(rating), answered_at)
        interval_s = round((after.due - answered_at).total_seconds())
        if after.state is fsrs.State.Review:
            days = interval_s // DAY_S
            if settings.fuzz:
                days = fuzzed_days(days, f"{seed}:{state.reps}", settings.maximum_interval_days, on, weighed, at_least)
            at_least = days = max(days, at_least)
            interval_s = days * DAY_S
        assert after.stability is not None and after.difficulty is not None  # noqa: PT018 - py-fsrs sets both
        memory = MemoryState(after.stability, after.difficulty)
        results[rating] = Outcome(Phase(after.state.value), after.step or 0, memory, interval_s)
    return results


def after_answer(state: CardState, outcome: Outcome, rating: Rating, at: datetime, on: StudyDay) -> CardState:
    """The card's state after `outcome`, reached at `at` on study day `on`."""
    is_step = outcome.interval_s % DAY_S != 0 or outcome.interval_s == 0
    return CardState(
        phase=outcome.phase,
        step=outcome.step,
        memory=outcome.memory,
        due_on=on if is_step else on + outcome.interval_s // DAY_S,
        due_at=at + timedelta(seconds=outcome.interval_s) if is_step else None,
        last_on=on,
        last_at=at,
        reps=state.reps + 1,
        lapses=state.lapses + (state.phase is Phase.REVIEW and rating is Rating.AGAIN),
    )


def review_kind(phase: Phase) -> ReviewKind:
    """What an answer to a card in `phase` counts as."""
    match phase:
        case Phase.NEW | Phase.LEARNING:
            return ReviewKind.LEARN
        case Phase.REVIEW:
            return ReviewKind.REVIEW
        case _:
            return ReviewKind.RELEARN


def fuzz_range_days(interval_days: int, maximum_days: int) -> tuple[int, int]:
    """The shortest and the longest interval that fuzz may make of one; at least 2 days, unless there is no fuzz."""
    if interval_days < FUZZ_RANGES[0][0]:
        return interval_days, interval_days
    delta = 1.0 + sum(share * max(min(interval_days, end) - start, 0.0) for start, end, share in FUZZ_RANGES)
    longest = min(round(interval_days + delta), maximum_days)
    return min(max(2, round(interval_days - delta)), longest), longest


def fuzzed_days(
    interval_days: int,
    seed: str,
    maximum_days: int,
    on: StudyDay,
    load: Callable[[StudyDay], float],
    at_least: int = 1,
) -> int:
    """
    `interval_days`, moved within its fuzz range to the least loaded day; among equals `seed` decides.

    Args:
        on: Study day from which the interval counts.
        load: Cards due on a study day.
        at_least: No shorter interval is taken, even if the range allows it.
    """
    shortest, longest = fuzz_range_days(interval_days, maximum_days)
    candidates = range(min(max(shortest, at_least), longest), longest + 1)
    loads = [load(on + days) for days in candidates] if len(candidates) > 1 else [0]
    equals = [days for days, cards in zip(candidates, loads, strict=True) if cards == min(loads)]
    return equals[zlib.crc32(seed.encode()) % len(equals)]


def _no_load(_: StudyDay) -> int:
    return 0


def _weighed(load: Callable[[StudyDay], int], shares: tuple[int, ...]) -> Callable[[StudyDay], float]:
    """The load of a day against the share that its weekday is to get; a day that is to get nothing counts as full."""

    def weigh(day: StudyDay) -> float:
        share = shares[(day + 3) % 7]  # day 0, 1970-01-01, was a Thursday
        return (load(day) + 1) / share if share else float("inf")

    return weigh


@lru_cache(maxsize=4)
def _scheduler(settings: Settings) -> fsrs.Scheduler:
    return fsrs.Scheduler(
        parameters=settings.fsrs_parameters,
        desired_retention=settings.desired_retention,
        learning_steps=[timedelta(seconds=seconds) for seconds in settings.learning_steps],
        relearning_steps=[timedelta(seconds=seconds) for seconds in settings.relearning_steps],
        maximum_interval=settings.maximum_interval_days,
        enable_fuzzing=False,
    )


def _fsrs_card(state: CardState) -> fsrs.Card:
    """`state` as py-fsrs has it: there a new card is in learning, at step 0, without a last review."""
    in_steps = state.phase is not Phase.REVIEW
    return fsrs.Card(
        card_id=1,
        state=fsrs.State.Learning if state.phase is Phase.NEW else fsrs.State(state.phase),
        step=state.step if in_steps else None,
        stability=state.memory.stability_days if state.memory else None,
        difficulty=state.memory.difficulty if state.memory else None,
        due=_MIDNIGHT,
        last_review=None if state.last_on is None else _MIDNIGHT + timedelta(days=state.last_on),
    )
