"""
Ordinary days to come, one by one: what is due is answered, some new cards are begun, and a scheduler sends each card on
to the day on which recall will have fallen to the desired retention. Pure.

fsrs-rs has such a simulator too, but its Python package takes no cards that exist already; what an answer is and takes
here is held against it in benchmarks/goal.py. Siblings and prerequisites are left out of account, and so is fuzz.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.memory import interval_days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.gain import Prospect
    from bedrill.learner import Learner
    from bedrill.model import StudyDay

MONTH_DAYS: Final = 30


class Limits(NamedTuple):
    """
    What a day may hold.

    Attributes:
        seconds_per_day: None for no limit of time.
    """

    new_per_day: int
    reviews_per_day: int
    maximum_interval_days: int
    seconds_per_day: float | None = None


class Month(NamedTuple):
    """
    Thirty days, or what is left of them.

    Attributes:
        first: Its first day, counted from 0.
        seconds, reviews, introduced: Sums over its days.
        known: Expected number of cards recalled on its last day.
    """

    first: int
    days: int
    seconds: float
    reviews: int
    introduced: int
    known: float


class Life(NamedTuple):
    """
    The days to come at one desired retention.

    Attributes:
        backlog: Reviews that are due on the last day and did not fit.
    """

    retention: float
    months: list[Month]
    backlog: int

    @property
    def days(self) -> int:
        """How many days."""
        return sum(month.days for month in self.months)

    @property
    def seconds_per_day(self) -> float:
        """On average."""
        return sum(month.seconds for month in self.months) / self.days

    @property
    def busiest_seconds_per_day(self) -> float:
        """On average of the busiest month."""
        return max(month.seconds / month.days for month in self.months)

    @property
    def reviews_per_day(self) -> float:
        """On average; new cards and steps are not counted."""
        return sum(month.reviews for month in self.months) / self.days

    @property
    def known(self) -> float:
        """Expected number of cards recalled on the last day."""
        return self.months[-1].known


def live(
    cards: Sequence[tuple[Prospect, StudyDay | None]],
    first: StudyDay,
    days: int,
    retention: float,
    limits: Limits,
    learner: Learner,
) -> Life:
    """
    Go through the days.

    Args:
        cards: New cards in the order in which they come, among those that are known, with the day they are due.
        days: At least 1.
    """
    course = _Course(cards, first, retention, limits, learner)
    months = []
    for start in range(0, days, MONTH_DAYS):
        length = min(MONTH_DAYS, days - start)
        done = [course.day(first + start + day) for day in range(length)]
        last = first + start + length - 1
        seconds, reviews, introduced = (sum(day[i] for day in done) for i in range(3))
        months.append(Month(start, length, seconds, int(reviews), int(introduced), course.known(last)))
    return Life(retention, months, course.due_by(first + days - 1))


class _Course:
    def __init__(
        self,
        cards: Sequence[tuple[Prospect, StudyDay | None]],
        first: StudyDay,
        retention: float,
        limits: Limits,
        learner: Learner,
    ) -> None:
        self._retention, self._limits, self._learner = retention, limits, learner
        self._new = [card for card, _ in reversed(cards) if card.memory is None]
        self._due: dict[StudyDay, list[Prospect]] = {}
        self._waiting: list[Prospect] = []
        for card, due_on in cards:
            if card.memory is not None:
                self._due.setdefault(max(due_on or first, first), []).append(card)

    def day(self, today: StudyDay) -> tuple[float, int, int]:
        """Seconds, reviews and new cards of a day."""
        self._waiting += self._due.pop(today, [])
        self._waiting.sort(key=lambda card: -self._learner.recalls(card, today))
        seconds, reviews, introduced = 0.0, 0, 0
        limit_s = self._limits.seconds_per_day
        left: list[Prospect] = []
        for card in self._waiting:
            if reviews >= self._limits.reviews_per_day or (limit_s is not None and seconds >= limit_s):
                left.append(card)
                continue
            seconds += self._answer(card, today)
            reviews += 1
        self._waiting = left
        while self._new and introduced < self._limits.new_per_day and (limit_s is None or seconds < limit_s):
            seconds += self._answer(self._new.pop(), today)
            introduced += 1
        return seconds, reviews, introduced

    def _answer(self, card: Prospect, today: StudyDay) -> float:
        card, seconds = self._learner.answer(card, today)
        assert card.memory is not None
        days = interval_days(
            card.memory.stability_days, self._retention, self._learner.curve, self._limits.maximum_interval_days
        )
        self._due.setdefault(today + days, []).append(card)
        return seconds

    def known(self, on: StudyDay) -> float:
        """The expected number of cards recalled on a day."""
        seen = [card for cards in self._due.values() for card in cards] + self._waiting
        return sum(self._learner.recalls(card, on) for card in seen)

    def due_by(self, on: StudyDay) -> int:
        """How many reviews wait at the end of a day."""
        return len(self._waiting) + sum(len(cards) for due_on, cards in self._due.items() if due_on <= on)
