"""
What an answer today is worth for a day to come: expected recall gained on that day, per second of work. Pure.

The measure is greedy gain per second, the choice of the literature for a deadline (Pavlik & Anderson 2008; Hunziker et
al. 2019), with two changes that simulations with hidden parameters favoured (benchmarks/goal.py): a forgetting curve
with a steep tail, since FSRS overrates cards seen once and left for long, and no card while its recall is still high.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.memory import AGAIN as FORGOTTEN
from bedrill.memory import EASY, GOOD, LEARNING, RELEARNING, REVIEW, curve_of, kernel_of, next_step, retrievability

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bedrill.habits import Habits
    from bedrill.memory import Curve
    from bedrill.model import Candidate, Kind, MemoryState, StudyDay

STEEP_DECAY: Final = -0.5
STEEP: Final = (0.9 ** (1 / STEEP_DECAY) - 1, STEEP_DECAY)
"""The curve by which the day to come is judged: 90 % after as many days as the stability, as FSRS has it."""
FRESH_RECALL: Final = 0.9
"""A card that is recalled as surely as this is asked only when nothing else is left."""


class Prospect(NamedTuple):
    """
    A card that may be asked.

    Attributes:
        weight: How much its recall counts; 1 is usual.
        memory: None while it is new, and then `last_on` is None too.
    """

    candidate: Candidate
    kind: Kind
    weight: float
    memory: MemoryState | None = None
    last_on: StudyDay | None = None


class Worth(NamedTuple):
    """
    What an answer to a card is worth today.

    Attributes:
        per_second: Weighted recall gained on the day to come, per second; what cards are ranked by.
        seconds: Expected time for the answer, with the steps that follow it today.
        recall_now: Probability of recall today by FSRS's own curve; 0 for a new card.
        without, with_answer: Probability of recall on the day to come, by the steep curve.
    """

    per_second: float
    seconds: float
    recall_now: float
    without: float
    with_answer: float


class Gains:
    """Weighs cards for one day against another."""

    def __init__(
        self,
        parameters: Sequence[float],
        habits: Mapping[Kind, Habits],
        today: StudyDay,
        on: StudyDay,
        steps: tuple[int, int],
        tail: Curve = STEEP,
    ) -> None:
        """
        Args:
            on: The day to come; on that day itself, the next counts.
            steps: How many learning and relearning steps there are.
            tail: The curve by which the day to come is judged.
        """
        self.today = today
        self._days_left = max(1, on - today)
        self._habits = habits
        self._steps = steps
        self._tail = tail
        self._curve = curve_of(parameters)
        self._first, self._following = kernel_of(parameters)
        self._new = {kind: self._of_new(habits[kind]) for kind in habits}

    def of(self, prospect: Prospect) -> Worth:
        """What an answer to a card is worth."""
        if prospect.memory is None or prospect.last_on is None:
            worth = self._new[prospect.kind]
        else:
            worth = self._of_known(*prospect.memory, self.today - prospect.last_on, self._habits[prospect.kind])
        return worth._replace(per_second=worth.per_second * prospect.weight)

    def is_fresh(self, prospect: Prospect) -> bool:
        """Whether a card is recalled so surely that others come first: at 90 % the time gone is the stability."""
        return prospect.memory is not None and self.today - (prospect.last_on or 0) <= prospect.memory.stability_days

    def _of_known(self, stability: float, difficulty: float, elapsed: int, habits: Habits) -> Worth:
        left, following = self._days_left, self._following
        now = retrievability(elapsed, stability, self._curve)
        recalled = seconds = 0.0
        for rating in range(FORGOTTEN + 1, EASY + 1):
            share = habits.recalled[rating - 1]
            recalled += share * retrievability(left, following(stability, difficulty, elapsed, rating)[0], self._tail)
            seconds += share * habits.review_s[rating - 1]
        relearned = following(stability, difficulty, elapsed, FORGOTTEN)
        after_s, stability_after = self._through_steps(REVIEW, FORGOTTEN, relearned, habits.relearning_s)
        forgotten = retrievability(left, stability_after, self._tail)
        seconds = now * seconds + (1 - now) * (habits.review_s[0] + after_s)
        with_answer = now * recalled + (1 - now) * forgotten
        without = retrievability(elapsed + left, stability, self._tail)
        return Worth((with_answer - without) / seconds, seconds, now, without, with_answer)

    def _of_new(self, habits: Habits) -> Worth:
        seconds = with_answer = 0.0
        for rating, share in enumerate(habits.first, FORGOTTEN):
            after_s, stability = self._through_steps(LEARNING, rating, self._first(rating), habits.learning_s)
            seconds += share * (habits.learning_s[rating - 1] + after_s)
            with_answer += share * retrievability(self._days_left, stability, self._tail)
        return Worth(with_answer / seconds, seconds, 0.0, 0.0, with_answer)

    def _through_steps(
        self, phase: int, rating: int, memory: tuple[float, float], step_s: tuple[float, ...]
    ) -> tuple[float, float]:
        """Seconds and stability behind the steps that follow an answer today, each of them answered Good."""
        seconds = 0.0
        phase, step = next_step(phase, 0, rating, *self._steps)
        while phase in (LEARNING, RELEARNING):
            memory = self._following(*memory, 0, GOOD)
            seconds += step_s[GOOD - 1]
            phase, step = next_step(phase, step, GOOD, *self._steps)
        return seconds, memory[0]


def ranked(
    prospects: Iterable[Prospect], gains: Gains, *, known_first: bool = False
) -> Iterator[tuple[Prospect, Worth]]:
    """
    Cards in the order in which they are worth asking. Those answered today are left out.

    Equals keep their order. Cards that are still fresh come behind all others, and are weighed only when it comes to
    them.

    Args:
        known_first: What is known and fades comes before anything new.
    """
    fading: list[Prospect] = []
    fresh: list[Prospect] = []
    for prospect in prospects:
        if prospect.last_on != gains.today:
            (fresh if gains.is_fresh(prospect) else fading).append(prospect)
    for some in (fading, fresh):
        weighed = [(prospect, gains.of(prospect)) for prospect in some]
        weighed.sort(key=lambda each: (known_first and each[0].memory is None, -each[1].per_second))
        yield from (each for each in weighed if each[1].per_second > 0)
