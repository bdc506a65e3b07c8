"""
Learners whose memory nobody who chooses cards gets to see, for benchmarks/goal.py.

Source of the spread of parameters: fsrs-optimizer, `DEFAULT_PARAMS_STDDEV_TENSOR`
(https://github.com/open-spaced-repetition/fsrs-optimizer); initial stabilities, whose spread there is wider than their
size, are drawn as powers of ten instead.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from bedrill.learner import Learner
from bedrill.memory import DEFAULT_PARAMETERS, LOWER_BOUNDS, UPPER_BOUNDS, curve_of, kernel_of, retrievability

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bedrill.gain import Prospect
    from bedrill.habits import Habits
    from bedrill.model import Kind, MemoryState, StudyDay

SPREAD: Final = (
    0, 0, 0, 0, 0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33,
    0.3, 0.09, 0.16, 0.57, 0.25, 1.03, 0.31, 0.32, 0.14, 0.27,
)  # fmt: skip
"""Standard deviations of the parameters over users; the first four are not used."""
FIRST_SPREAD: Final = 0.35
"""Of the logarithm to base ten of the initial stabilities."""
DECAY: Final = 20
SHAPES: Final = ("fitted", "decay 0.5", "exponential")
"""What the hidden forgetting curve is: FSRS-6 with parameters of its own, a steeper power, or no power at all."""


def parameters_of(number: int) -> tuple[float, ...]:
    """The hidden parameters of a learner, the same each time."""
    rand = random.Random(f"learner {number}")
    scale = 10 ** rand.gauss(0, FIRST_SPREAD)
    drawn = [value * scale * 10 ** rand.gauss(0, FIRST_SPREAD / 2) for value in DEFAULT_PARAMETERS[:4]]
    drawn = sorted(drawn)
    drawn += [rand.gauss(value, spread) for value, spread in zip(DEFAULT_PARAMETERS[4:], SPREAD[4:], strict=True)]
    return tuple(
        min(max(value, lower), upper) for value, lower, upper in zip(drawn, LOWER_BOUNDS, UPPER_BOUNDS, strict=True)
    )


class HiddenLearner(Learner):
    """Answers by a hidden memory; the states that others see are what a scheduler makes of the ratings."""

    def __init__(
        self,
        seen: Sequence[float],
        hidden: Sequence[float],
        shape: str,
        habits: Mapping[Kind, Habits],
        steps: tuple[int, int],
        seed: str,
    ) -> None:
        super().__init__(seen, habits, steps, random.Random(seed))
        if shape == "decay 0.5":
            hidden = (*hidden[:DECAY], 0.5)
        self.is_exponential = shape == "exponential"
        self.hidden_curve = curve_of(hidden)
        self.kernel = kernel_of(hidden)
        self.memories: dict[int, tuple[float, float, StudyDay]] = {}

    def recalls(self, prospect: Prospect, today: StudyDay) -> float:
        """The true probability."""
        if prospect.candidate.card not in self.memories:
            return 0.0
        stability, _, last_on = self.memories[prospect.candidate.card]
        if self.is_exponential:
            return float(0.9 ** ((today - last_on) / stability))
        return retrievability(today - last_on, stability, self.hidden_curve)

    def after(self, prospect: Prospect, ratings: Iterable[int], today: StudyDay) -> MemoryState:
        """What a scheduler makes of the ratings; the hidden memory moves along."""
        ratings = list(ratings)
        card = prospect.candidate.card
        first, following = self.kernel
        if card in self.memories:
            stability, difficulty, _ = self.memories[card]
            memory = following(stability, difficulty, self._elapsed(prospect, today, stability), ratings[0])  # type: ignore[arg-type]
        else:
            memory = first(ratings[0])
        for rating in ratings[1:]:
            memory = following(*memory, 0, rating)
        self.memories[card] = (*memory, today)
        return super().after(prospect, ratings, today)

    def _elapsed(self, prospect: Prospect, today: StudyDay, stability: float) -> float:
        """The time after which a power curve has fallen as low as the hidden one has."""
        if not self.is_exponential:
            return today - self.memories[prospect.candidate.card][2]
        factor, decay = self.hidden_curve
        recall = max(self.recalls(prospect, today), 1e-6)
        return float(max(1.0, stability / factor * (recall ** (1 / decay) - 1)))
