"""
The replay of the log: reviews in, card states out.

What is stored on a card is a cache of this; `cache == replay` is a tested property.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bedrill.clock import DAY_S, epoch_ms, instant
from bedrill.memory import AGAIN, LEARNING, REVIEW, kernel_of, next_step
from bedrill.model import CardState, DaySum, MemoryState, Phase, ReviewKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bedrill.config import Settings
    from bedrill.model import Review

MATURE_DAYS: Final = 21
_NOTHING_GIVEN: Final[Mapping[int, CardState]] = MappingProxyType({})
_RELEARN: Final = int(ReviewKind.RELEARN)
"""The last kind that is an answer to the schedule; a plain number, since comparing enum members costs."""
_Running = tuple[int, int, float, float, int, int, int, int, int]
"""Phase, step, stability, difficulty, study day and id of the last answer, interval in seconds, reps, lapses."""


def replay(
    reviews: Iterable[Review], settings: Settings, given: Mapping[int, CardState] = _NOTHING_GIVEN
) -> dict[int, CardState]:
    """
    The state of every card that has one, by card; a card that was forgotten by a MANUAL row has none.

    Args:
        reviews: The log without what was undone, oldest first. Plain tuples in the order of `Review`'s fields do.
        given: States that MANUAL rows set, by review id; without a memory they leave that as it was.
    """
    first, following = kernel_of(settings.fsrs_parameters)
    moves = _Moves(len(settings.learning_steps), len(settings.relearning_steps))
    running: dict[int, _Running] = {}
    for review_id, card_id, rating, kind, studied_on, _, interval_s, _, _ in reviews:
        if kind > _RELEARN:
            if kind == ReviewKind.MANUAL:
                _move_by_hand(running, card_id, studied_on, interval_s, given.get(review_id))
            continue
        before = running.get(card_id)
        if before is None:
            stability, difficulty = first(rating)
            phase, step = moves[LEARNING, 0, rating]
            running[card_id] = (phase, step, stability, difficulty, studied_on, review_id, interval_s, 1, 0)
            continue
        phase, step, stability, difficulty, last_on, _, _, reps, lapses = before
        stability, difficulty = following(stability, difficulty, studied_on - last_on, rating)
        if phase == REVIEW and rating == AGAIN:
            lapses += 1
        phase, step = moves[phase, step, rating]
        running[card_id] = (phase, step, stability, difficulty, studied_on, review_id, interval_s, reps + 1, lapses)
    return {card_id: _state(*values) for card_id, values in running.items()}


def _move_by_hand(
    running: dict[int, _Running], card_id: int, studied_on: int, interval_s: int, given: CardState | None
) -> None:
    """What a MANUAL row does: give a state, forget the card (no interval), or say anew when it comes back."""
    before = running.get(card_id)
    if given is not None:
        memory = given.memory or (MemoryState(*before[2:4]) if before else None)
        if memory is not None and given.last_on is not None and given.last_at is not None:
            running[card_id] = (
                given.phase, given.step, *memory, given.last_on, epoch_ms(given.last_at), _interval_s(given),
                given.reps, given.lapses,
            )  # fmt: skip
    elif not interval_s:
        running.pop(card_id, None)
    elif before is not None:
        since_last_s = (studied_on - before[4]) * DAY_S
        running[card_id] = (*before[:6], since_last_s + interval_s, *before[7:])


def _interval_s(state: CardState) -> int:
    """The interval that `_state` makes the due date of `state` from."""
    assert state.last_on is not None and state.due_on is not None and state.last_at is not None  # noqa: PT018
    if state.due_at is not None:
        return (epoch_ms(state.due_at) - epoch_ms(state.last_at)) // 1000
    return (state.due_on - state.last_on) * DAY_S


class _Moves(dict[tuple[int, int, int], tuple[int, int]]):
    """Phase, step and rating to phase and step, each worked out once."""

    def __init__(self, learning_steps: int, relearning_steps: int) -> None:
        super().__init__()
        self._steps = (learning_steps, relearning_steps)

    def __missing__(self, key: tuple[int, int, int]) -> tuple[int, int]:
        self[key] = next_step(*key, *self._steps)
        return self[key]


def day_sums(reviews: Iterable[Review]) -> list[DaySum]:
    """
    The per-day sums of the log, by day and bucket: what `days` caches.

    Args:
        reviews: The log without what was undone, oldest first.
    """
    sums: dict[tuple[int, str], list[int]] = {}
    interval_days: dict[int, int] = {}
    for _, card_id, rating, kind, studied_on, _, interval_s, duration_ms, _ in reviews:
        if kind == ReviewKind.MANUAL:  # no answer, but it ends or sets an interval
            if interval_s:
                interval_days[card_id] = interval_s // DAY_S
            else:
                interval_days.pop(card_id, None)
            continue
        bucket = bucket_of(kind, interval_days.get(card_id, 0))
        row = sums.setdefault((studied_on, bucket), [0] * 6)
        if kind <= _RELEARN:
            row[4] += card_id not in interval_days
            interval_days[card_id] = interval_s // DAY_S
        row[rating - 1] += 1
        row[5] += duration_ms
    return [DaySum(*key, *row) for key, row in sorted(sums.items())]


def bucket_of(kind: int, interval_before_days: int) -> str:
    """The row of the per-day sums that an answer belongs to: learn, young, mature, relearn, cram or manual."""
    if kind == ReviewKind.REVIEW:
        return "mature" if interval_before_days >= MATURE_DAYS else "young"
    return ReviewKind(kind).name.lower()


def _state(
    phase: int,
    step: int,
    stability: float,
    difficulty: float,
    last_on: int,
    last_ms: int,
    interval_s: int,
    reps: int,
    lapses: int,
) -> CardState:
    is_step = interval_s % DAY_S != 0 or interval_s == 0
    return CardState(
        phase=Phase(phase),
        step=step,
        memory=MemoryState(stability, difficulty),
        due_on=last_on if is_step else last_on + interval_s // DAY_S,
        due_at=instant(last_ms + interval_s * 1000) if is_step else None,
        last_on=last_on,
        last_at=instant(last_ms),
        reps=reps,
        lapses=lapses,
    )
