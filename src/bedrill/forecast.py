"""
What will be known on a day to come, if each day until then is spent by a plan: the days are gone through one by one.
Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedrill.gain import Gains, ranked
from bedrill.readiness import is_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bedrill.gain import Prospect
    from bedrill.habits import Habits
    from bedrill.learner import Learner
    from bedrill.model import Kind, StudyDay

    Policy = Callable[[Sequence[Prospect], StudyDay], Iterable[Prospect]]
    """The cards to ask on a day, in that order, as far as the time goes."""


class Plan(NamedTuple):
    """
    What holds on every day up to the one that counts.

    Attributes:
        on: The day that counts.
        seconds: To study, each day.
        requires: Deck to the decks that must be known before its new cards come; the others may come at once.
        core: Cards by which a deck counts as known.
    """

    on: StudyDay
    seconds: float
    requires: Mapping[int, Sequence[int]] = {}
    core: frozenset[int] = frozenset()


class Rehearsal:
    """
    A course on its way to a day.

    Attributes:
        cards: As they stand, in the order given.
        spent_s: Seconds of each day so far.
        answers: How many answers were given, steps not counted.
    """

    def __init__(self, cards: Iterable[Prospect], plan: Plan, learner: Learner, policy: Policy) -> None:
        self.cards = list(cards)
        self.spent_s: list[float] = []
        self.answers = 0
        self._plan = plan
        self._learner = learner
        self._policy = policy
        self._place = {card.candidate.card: place for place, card in enumerate(self.cards)}
        self._decks = {card.candidate.deck for card in self.cards}
        self._needed = {other for others in plan.requires.values() for other in others}

    def study(self, first: StudyDay, first_seconds: float | None = None) -> None:
        """Go through the days from `first` up to the one before the day that counts, the first maybe only in part."""
        for today in range(first, self._plan.on):
            is_part = today == first and first_seconds is not None
            self.spent_s.append(self._day(today, first_seconds if is_part else self._plan.seconds))  # type: ignore[arg-type]

    def _day(self, today: StudyDay, seconds: float) -> float:
        spent = 0.0
        notes: set[int] = set()
        open_decks = self._open_decks(today)
        for prospect in self._policy(self.cards, today):
            if spent >= seconds:
                break
            candidate = prospect.candidate
            if candidate.note in notes or (prospect.memory is None and candidate.deck not in open_decks):
                continue
            notes.add(candidate.note)
            place = self._place[candidate.card]
            self.cards[place], took = self._learner.answer(prospect, today)
            self.answers += 1
            spent += took
        return spent

    def _open_decks(self, today: StudyDay) -> set[int]:
        """The decks whose new cards may come."""
        if not self._needed:
            return self._decks
        memories: dict[int, list[tuple[StudyDay | None, float | None]]] = {deck: [] for deck in self._needed}
        for card in self.cards:
            if card.candidate.deck in memories and card.candidate.card in self._plan.core:
                memories[card.candidate.deck].append((card.last_on, card.memory and card.memory.stability_days))
        known = {deck for deck in self._needed if is_known(memories[deck], today, self._learner.curve)}
        return {deck for deck in self._decks if known.issuperset(self._plan.requires.get(deck, ()))}

    def recall(self) -> list[float]:
        """The probability of recall of each card on the day that counts; 0 for what is still new."""
        return [self._learner.recalls(card, self._plan.on) for card in self.cards]


def by_gain(
    parameters: Sequence[float],
    habits: Mapping[Kind, Habits],
    on: StudyDay,
    steps: tuple[int, int],
    *,
    known_first: bool = False,
) -> Policy:
    """What bedrill does under a goal: the code that ranks its queue."""

    def policy(cards: Sequence[Prospect], today: StudyDay) -> Iterator[Prospect]:
        gains = Gains(parameters, habits, today, on, steps)
        return (prospect for prospect, _ in ranked(cards, gains, known_first=known_first))

    return policy
