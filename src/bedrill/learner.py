"""
A person as FSRS sees them: what an answer will be, drawn by its probabilities and the person's habits. Pure.

Source of the transitions between steps: fsrs-rs, `SimulatorConfig::default`; the way through them is that of its
`simulate` (https://github.com/open-spaced-repetition/fsrs-rs), against which benchmarks/goal.py holds this one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bedrill.memory import AGAIN, EASY, GOOD, HARD, curve_of, kernel_of, retrievability
from bedrill.model import MemoryState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from random import Random

    from bedrill.gain import Prospect
    from bedrill.habits import Habits
    from bedrill.model import Kind, StudyDay

LEARNING_STEPS: Final = (
    (0.3686, 0.0628, 0.5108, 0.0577),
    (0.0442, 0.4553, 0.4457, 0.0549),
    (0.0519, 0.0470, 0.8462, 0.0550),
)
"""Share of each rating in a learning step, after AGAIN, HARD and GOOD."""
RELEARNING_STEPS: Final = (
    (0.2157, 0.0643, 0.6595, 0.0604),
    (0.0500, 0.4638, 0.4475, 0.0387),
    (0.1057, 0.1434, 0.7265, 0.0244),
)
"""The same in a relearning step."""
MOST_STEPS: Final = 5
"""Nobody answers more steps of a card on one day."""


class Learner:
    """Draws answers; the same `random` gives the same ones."""

    def __init__(
        self, parameters: Sequence[float], habits: Mapping[Kind, Habits], steps: tuple[int, int], random: Random
    ) -> None:
        """`steps`: how many learning and relearning steps there are."""
        self.curve = curve_of(parameters)
        self.random = random.random
        self._habits = habits
        self._steps = steps
        self._first, self._following = kernel_of(parameters)

    def recalls(self, prospect: Prospect, today: StudyDay) -> float:
        """The probability that a card is recalled; 0 while it is new."""
        if prospect.memory is None or prospect.last_on is None:
            return 0.0
        return retrievability(today - prospect.last_on, prospect.memory.stability_days, self.curve)

    def answer(self, prospect: Prospect, today: StudyDay) -> tuple[Prospect, float]:
        """The card after an answer and the steps that follow it today, and the seconds that takes."""
        ratings, seconds = self.ratings(prospect, today)
        return prospect._replace(memory=self.after(prospect, ratings, today), last_on=today), seconds

    def after(self, prospect: Prospect, ratings: Iterable[int], today: StudyDay) -> MemoryState:
        """What is remembered after a day's ratings of a card, the first of them a review if it was not new."""
        ratings = iter(ratings)
        if prospect.memory is None or prospect.last_on is None:
            memory = self._first(next(ratings))
        else:
            memory = self._following(*prospect.memory, today - prospect.last_on, next(ratings))
        for rating in ratings:
            memory = self._following(*memory, 0, rating)
        return MemoryState(*memory)

    def ratings(self, prospect: Prospect, today: StudyDay) -> tuple[list[int], float]:
        """The ratings of a card today, the steps behind the first included, and the seconds that they take."""
        habits = self._habits[prospect.kind]
        if prospect.memory is None:
            rating = self._drawn(habits.first, AGAIN)
            steps = self._steps[0] - (rating == GOOD)
            return self._through(rating, steps, LEARNING_STEPS, habits.learning_s, habits.learning_s[rating - 1])
        rating = self._drawn(habits.recalled[1:], HARD) if self.random() < self.recalls(prospect, today) else AGAIN
        seconds = habits.review_s[rating - 1]
        if rating != AGAIN:
            return [rating], seconds
        return self._through(rating, self._steps[1], RELEARNING_STEPS, habits.relearning_s, seconds)

    def _through(
        self, rating: int, steps: int, shares: Sequence[Sequence[float]], step_s: Sequence[float], seconds: float
    ) -> tuple[list[int], float]:
        ratings = [rating]
        passed = 0
        while passed < steps and rating != EASY and len(ratings) <= MOST_STEPS:
            rating = self._drawn(shares[rating - 1], AGAIN)
            ratings.append(rating)
            seconds += step_s[rating - 1]
            passed = 0 if rating == AGAIN else passed + (rating >= GOOD)
        return ratings, seconds

    def _drawn(self, shares: Iterable[float], first: int) -> int:
        """A rating from `first` on, each as often as its share says."""
        left = self.random()
        rating = first
        for rating, share in enumerate(shares, first):  # noqa: B007 - the last one takes what rounding leaves
            left -= share
            if left < 0:
                break
        return rating
