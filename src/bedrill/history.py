"""
The replay of the log: reviews in, card states out.

What is stored on a card is a cache of this; `cache == replay` is a tested property.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bedrill.clock import DAY_S, instant
from bedrill.memory import AGAIN, LEARNING, REVIEW, kernel_of, next_step
from bedrill.model import CardState, DaySum, MemoryState, Phase, ReviewKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedrill.config import Settings
    from bedrill.model import Review

MATURE_DAYS: Final = 21
_RELEARN: Final = int(ReviewKind.RELEARN)
"""The last kind that moves a card's schedule; a plain number, since comparing enum members costs."""


def replay(reviews: Iterable[Review], settings: Settings) -> dict[int, CardState]:
    """
    The state of every card that has an answer, by card.

    Args:
        reviews: The log without what was undone, oldest first. Plain tuples in the order of `Review`'s fields do.
    """
    first, following = kernel_of(settings.fsrs_parameters)
    moves = _Moves(len(settings.learning_steps), len(settings.relearning_steps))
    running: dict[int, tuple[int, int, float, float, int, int, int, int, int]] = {}
    for review_id, card_id, rating, kind, studied_on, _, interval_s, _, _ in reviews:
        if kind > _RELEARN:
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
        if not rating:
            continue  # a manual change of the schedule is no answer
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
