"""
FSRS-6 as plain arithmetic: what a replay of a million reviews needs, and nothing that must be imported first.

The formulas and the order of their operations are those of py-fsrs 6.3.2 (`fsrs/scheduler.py`), so that results are
equal to the last bit; a property test holds them to it. Single answers go through `bedrill.scheduling`, where py-fsrs
itself does the work.

Source: FSRS-6, open-spaced-repetition; py-fsrs 6.3.2.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_PARAMETERS: Final = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
"""py-fsrs 6.3.2, DEFAULT_PARAMETERS."""
LOWER_BOUNDS: Final = (
    0.001, 0.001, 0.001, 0.001, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, 0.001,
    0.001, 0.001, 0.001, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.1,
)  # fmt: skip
"""py-fsrs 6.3.2, LOWER_BOUNDS_PARAMETERS."""
UPPER_BOUNDS: Final = (
    100.0, 100.0, 100.0, 100.0, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5,
    5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8,
)  # fmt: skip
"""py-fsrs 6.3.2, UPPER_BOUNDS_PARAMETERS."""
STABILITY_MIN: Final = 0.001
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
LEARNING, REVIEW, RELEARNING = 1, 2, 3


Curve = tuple[float, float]
"""The forgetting curve, (factor, decay): retrievability = (1 + factor * elapsed / stability) ** decay."""
First = Callable[[int], tuple[float, float]]
"""rating -> (stability in days, difficulty) after a card's first answer."""
Following = Callable[[float, float, int, int], tuple[float, float]]
"""(stability, difficulty, elapsed study days, rating) -> (stability, difficulty) after a later answer."""


def curve_of(parameters: Sequence[float]) -> Curve:
    """The forgetting curve that 21 parameters give; `parameters[20]` is its decay, without the sign."""
    decay = -parameters[20]
    return 0.9 ** (1 / decay) - 1, decay


def retrievability(elapsed_days: float, stability_days: float, curve: Curve) -> float:
    """The probability of recall, 0 to 1, `elapsed_days` after the last answer; a negative time counts as none."""
    factor, decay = curve
    return float((1 + factor * max(0, elapsed_days) / stability_days) ** decay)


def interval_days(stability_days: float, retention: float, curve: Curve, maximum_days: int) -> int:
    """Whole days, 1 to `maximum_days`, after which recall has fallen to `retention`: py-fsrs's, without fuzz."""
    factor, decay = curve
    return min(max(1, round(float(stability_days / factor * (retention ** (1 / decay) - 1)))), maximum_days)


def kernel_of(parameters: Sequence[float]) -> tuple[First, Following]:
    """
    The state transitions of FSRS-6 for 21 parameters, as functions of plain numbers.

    What does not depend on the card is computed once. A product is only shortened where the order of operations, and
    so the last bit, stays that of py-fsrs.
    """
    w = tuple(parameters)
    factor, decay = curve_of(w)
    ratings = (AGAIN, HARD, GOOD, EASY)
    first_difficulties = [float(w[4] - (math.e ** (w[5] * (rating - 1))) + 1) for rating in ratings]
    firsts = [(max(w[i], STABILITY_MIN), min(max(first_difficulties[i], 1.0), 10.0)) for i in range(4)]
    same_day = [math.e ** (w[17] * (rating - 3 + w[18])) for rating in ratings]
    same_day_power, recall_power, failure_power, failure_growth = -w[19], -w[9], -w[12], w[13]
    recall_scale, recall_pull, failure_scale, failure_pull = math.e ** w[8], w[10], w[11], w[14]
    failure_divisor = math.e ** (w[17] * w[18])
    hard_penalty, easy_bonus = w[15], w[16]
    deltas = [-(w[6] * (rating - 3)) for rating in ratings]
    reverted, kept = w[7] * first_difficulties[3], 1 - w[7]
    e = math.e

    def first(rating: int) -> tuple[float, float]:
        return firsts[rating - 1]

    def following(stability: float, difficulty: float, elapsed_days: int, rating: int) -> tuple[float, float]:
        if elapsed_days < 1:
            increase = same_day[rating - 1] * (stability**same_day_power)
            if rating != AGAIN and increase < 1.0:
                increase = 1.0
            new_stability = stability * increase
        else:
            recall = (1 + factor * elapsed_days / stability) ** decay
            if rating == AGAIN:
                new_stability = (
                    failure_scale
                    * (difficulty**failure_power)
                    * ((stability + 1) ** failure_growth - 1)
                    * (e ** ((1 - recall) * failure_pull))
                )
                most = stability / failure_divisor
                new_stability = min(new_stability, most)
            else:
                growth = (
                    recall_scale
                    * (11 - difficulty)
                    * (stability**recall_power)
                    * ((e ** ((1 - recall) * recall_pull)) - 1)
                )
                if rating == HARD:
                    growth *= hard_penalty
                elif rating == EASY:
                    growth *= easy_bonus
                new_stability = stability * (1 + growth)
        new_difficulty = reverted + kept * (difficulty + (10.0 - difficulty) * deltas[rating - 1] / 9.0)
        if new_difficulty < 1.0:
            new_difficulty = 1.0
        elif new_difficulty > 10.0:  # noqa: PLR2004 - the scale ends at 10
            new_difficulty = 10.0
        return (max(STABILITY_MIN, new_stability)), new_difficulty

    return first, following


def next_step(phase: int, step: int, rating: int, learning_steps: int, relearning_steps: int) -> tuple[int, int]:
    """
    Phase and step after an answer, given how many steps there are. A new card counts as LEARNING, step 0.

    The step is 0 in the review phase.
    """
    if phase == REVIEW:
        return (RELEARNING, 0) if rating == AGAIN and relearning_steps else (REVIEW, 0)
    steps = learning_steps if phase == LEARNING else relearning_steps
    if not steps or rating == EASY or (step >= steps and rating != AGAIN):
        return REVIEW, 0
    if rating == AGAIN:
        return phase, 0
    if rating == HARD:
        return phase, step
    return (REVIEW, 0) if step + 1 == steps else (phase, step + 1)
