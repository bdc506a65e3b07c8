"""
The queue under a goal: what adds most to the day of the interview, inside the day's minutes.

Imported only by those who have a goal.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final

from bedrill import review_queue
from bedrill.collection import naming, today
from bedrill.gain import Gains, Prospect, ranked
from bedrill.goals import LEVELS
from bedrill.habits import habits_of
from bedrill.model import Kind
from bedrill.review_queue import Asked
from bedrill.store import cards, course, gather, log

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bedrill.collection import Collection
    from bedrill.collection.today import Scope
    from bedrill.config import Settings
    from bedrill.gain import Worth
    from bedrill.goals import Goal
    from bedrill.habits import Habits
    from bedrill.model import Candidate, StudyDay
    from bedrill.review_queue import Done, ReviewQueue
    from bedrill.store.cards import StoredCard
    from bedrill.store.course import CourseCard
    from bedrill.store.log import TodayRow

CORE_WEIGHT: Final = 2.0
"""A core card is what any interviewer expects: its recall counts twice."""
INTERVIEW_WEIGHT: Final = 8.0
"""An interview card counts as eight: so many key points it holds, on average of the shipped decks."""
ASIDE_WEIGHT: Final = 0.25
"""What the goal is not about, and interviews above its level, count a quarter: asked only where that costs little."""
MOST_WEIGHED: Final = 20_000
"""Of a backlog so many cards are weighed, best known first; it bounds the time on very large collections."""
_LEVEL: Final = re.compile(r"\blevel=(\w+)")


def queue(
    collection: Collection,
    goal: Goal,
    scope: Scope,
    answers: Sequence[TodayRow],
    done: Done,
    called: Sequence[Candidate],
) -> ReviewQueue:
    """What is left of today under a goal."""
    on = collection.clock.today()
    since = [row for row in answers if row.review_id >= scope.since_ms] if scope.budget_s is not None else answers
    budget_s = goal.minutes * 60 if scope.budget_s is None else scope.budget_s
    new_left = scope.new_limit
    if new_left is not None:
        new_left = max(0, new_left - sum(row.is_first for row in answers if row.review_id >= scope.since_ms))
    return review_queue.goals_queue(
        gather.learning(collection.db, on, None, scope.kind),
        (
            Asked(prospect.candidate, prospect.memory is None, worth.seconds)
            for prospect, worth in worth_asking(collection, goal, scope)
        ),
        done,
        seconds_left=budget_s - sum(row.duration_ms for row in since) / 1000,
        new_left=new_left,
        called=called,
    )


def worth_asking(collection: Collection, goal: Goal, scope: Scope) -> Iterator[tuple[Prospect, Worth]]:
    """The cards that may come today with what an answer to each is worth, best first; read as far as needed."""
    on = collection.clock.today()
    weigh = Weights(collection, goal)
    gains = gains_of(collection, goal, on)

    def known(*, fresh: bool) -> Iterator[Prospect]:
        rows = course.remembered(collection.db, on, scope.kind, fresh=fresh, limit=MOST_WEIGHED)
        return (weigh.prospect(row) for row in rows)

    decks = today.open_decks(collection, scope, on, goal_decks(collection, goal))
    new = (weigh.prospect(row) for row in course.new_of_decks(collection.db, on, decks, scope.kind))
    yield from ranked(chain(known(fresh=False), new), gains, known_first=goal.keeps_known)
    yield from ranked(known(fresh=True), gains)


def gains_of(collection: Collection, goal: Goal, on: StudyDay) -> Gains:
    """What weighs answers of a study day for a goal."""
    settings = collection.settings
    return Gains(settings.fsrs_parameters, habits(collection), on, goal.on, steps_of(settings))


def habits(collection: Collection) -> dict[Kind, Habits]:
    """How the person answers."""
    return habits_of(log.answer_sums(collection.db))


def steps_of(settings: Settings) -> tuple[int, int]:
    """How many learning and relearning steps there are."""
    return len(settings.learning_steps), len(settings.relearning_steps)


def goal_decks(collection: Collection, goal: Goal) -> frozenset[int] | None:
    """The decks that a goal is about, None for all; names that mean nothing any more are passed over."""
    if not goal.decks:
        return None
    return frozenset(naming.rows_meant(collection, goal.decks))


class Weights:
    """How much each card counts for a goal."""

    def __init__(self, collection: Collection, goal: Goal) -> None:
        self._decks = goal_decks(collection, goal)
        self._above = _above(course.interview_heads(collection.db), goal.level) if goal.level else frozenset()

    def prospect(self, row: CourseCard) -> Prospect:
        """A card with its weight."""
        weight = (CORE_WEIGHT if row.is_core else 1.0) * (INTERVIEW_WEIGHT if row.kind == Kind.INTERVIEW else 1.0)
        if (self._decks is not None and row.candidate.deck not in self._decks) or row.candidate.card in self._above:
            weight *= ASIDE_WEIGHT
        return prospect_of(row, weight)


def prospect_of(row: CourseCard, weight: float = 1.0) -> Prospect:
    """A card of the course as one that may be asked."""
    memory = row.memory
    return Prospect(row.candidate, Kind(row.kind), weight, memory, None if memory is None else row.last_on)


def _above(heads: Sequence[tuple[int, str]], level: str) -> frozenset[int]:
    """The interview cards whose level is above one."""
    higher: Mapping[str, bool] = {name: LEVELS.index(name) > LEVELS.index(level) for name in LEVELS}
    found = ((card, _LEVEL.search(head)) for card, head in heads)
    return frozenset(card for card, match in found if match and higher.get(match.group(1)))


def worth_of(collection: Collection, goal: Goal, card: StoredCard) -> Worth:
    """What an answer to one card is worth today."""
    state = card.state
    row = course.CourseCard(
        cards.candidate(card),
        card.kind,
        card.is_core,
        state.last_on,
        state.memory and state.memory.stability_days,
        state.memory and state.memory.difficulty,
        state.due_on,
    )
    return gains_of(collection, goal, collection.clock.today()).of(Weights(collection, goal).prospect(row))
