"""How ready a goal will find its owner, lesson by lesson, and what time would be needed for more."""

from __future__ import annotations

from random import Random
from statistics import fmean, pvariance
from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.collection import plan, today
from bedrill.forecast import Plan, Rehearsal, by_gain
from bedrill.learner import Learner
from bedrill.model import Kind
from bedrill.store import catalog, course

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bedrill.collection import Collection
    from bedrill.gain import Prospect
    from bedrill.goals import Goal
    from bedrill.model import StudyDay
    from bedrill.store.catalog import DeckRow

TARGETS: Final = (0.5, 0.8, 0.9, 0.95)
"""Readiness for which the time is worked out."""
MINUTES: Final = (5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240)
"""A day, for which that is tried; between two of them it is read off a line."""
RUNS: Final = 5
CARD_DAYS: Final = 400_000
"""As many cards times days are gone through for the forecast, in up to `RUNS` runs, and at least one."""
SAMPLE_CARD_DAYS: Final = 20_000
"""As many for each of `MINUTES`: a part of the course stands for the whole, with its part of the time."""
NINE_TENTHS: Final = 1.645
"""Standard deviations to either side that hold 90 % of a normal distribution."""
FADES: Final = 0.05
"""A lesson that will be known so much less than today is left to fade."""


class Readiness(NamedTuple):
    """
    Expected shares, 0 to 1: of the cards recalled, never seen ones counting 0, and for interviews of key points.

    Attributes:
        concepts, interviews: Of the cards of either kind; None where there are none.
    """

    whole: float
    concepts: float | None
    interviews: float | None


class DeckForecast(NamedTuple):
    """
    One lesson of the goal.

    Attributes:
        now, then: Expected share known today and on the day.
        unseen_now, unseen_then: Cards never seen.
    """

    deck: DeckRow
    cards: int
    now: float
    then: float
    unseen_now: int
    unseen_then: float

    @property
    def is_left_out(self) -> bool:
        """Whether nothing of it is begun, and nothing will be."""
        return self.unseen_now == self.cards and self.unseen_then > self.cards - 0.5

    @property
    def fades(self) -> bool:
        """Whether what is known of it is left to fade."""
        return self.then < self.now - FADES


class Report(NamedTuple):
    """
    What is to be said of a goal.

    Attributes:
        days_left: Study days before the day, today included.
        low, high: 90 % of the days like that one lie between, as far as FSRS describes the person.
        minutes_for: For each target the minutes a day that would reach it; None where four hours would not.
    """

    goal: Goal
    days_left: int
    now: Readiness
    then: Readiness
    low: float
    high: float
    decks: list[DeckForecast]
    minutes_for: dict[float, float | None]


def report(collection: Collection, goal: Goal) -> Report:
    """Go through the days up to the goal, several times, and say what comes out."""
    on = collection.clock.today()
    outlook = _Outlook(collection, goal, on)
    now = outlook.recalls_now()
    runs = outlook.runs()
    then = [fmean(values) for values in zip(*(run.recall() for run in runs), strict=True)]
    after = outlook.readiness(then)
    shares = [outlook.readiness(run.recall()).whole for run in runs]
    low, high = outlook.band(then, shares)
    return Report(
        goal,
        goal.on - on,
        outlook.readiness(now),
        after,
        low,
        high,
        outlook.decks(now, then, runs),
        outlook.minutes_for(after.whole),
    )


class _Outlook:
    """The course of a goal as it stands, and what may become of it."""

    def __init__(self, collection: Collection, goal: Goal, on: StudyDay) -> None:
        self._goal, self._on = goal, on
        self._settings = collection.settings
        self._habits = plan.habits(collection)
        self._steps = plan.steps_of(collection.settings)
        weights = plan.Weights(collection, goal)
        rows = course.whole(collection.db)
        self.cards = [weights.prospect(row) for row in rows]
        self._core = frozenset(row.candidate.card for row in rows if row.is_core)
        self._course = catalog.decks(collection.db)
        mine = plan.goal_decks(collection, goal)
        self._mine = [mine is None or row.candidate.deck in mine for row in rows]
        self._requires = today.needs(self._course, mine) if collection.settings.prerequisites else {}
        answered = today.answers_today(collection, on)
        self._left_today_s = max(0.0, goal.minutes * 60 - sum(row.duration_ms for row in answered) / 1000)
        self._points = self._shares_of_points(course.points_hit(collection.db))

    def _shares_of_points(self, hit: Mapping[int, float]) -> list[float]:
        """The share of its key points that each card will bring if it is recalled: 1 for concepts."""
        usual = fmean(hit.values()) if hit else 1.0
        return [hit.get(card.candidate.card, usual) if card.kind is Kind.INTERVIEW else 1.0 for card in self.cards]

    def recalls_now(self) -> list[float]:
        """The probability of recall of each card today."""
        learner = self._learner(0)
        return [learner.recalls(card, self._on) for card in self.cards]

    def _learner(self, seed: int) -> Learner:
        return Learner(self._settings.fsrs_parameters, self._habits, self._steps, Random(seed))  # noqa: S311 - no secret: the same forecast each time

    def runs(self) -> list[Rehearsal]:
        """The days up to the goal, several times."""
        size = max(1, len(self.cards) * max(1, self._goal.on - self._on))
        count = max(1, min(RUNS, CARD_DAYS // size))
        return [self._run(self.cards, self._goal.minutes * 60, self._left_today_s, seed) for seed in range(count)]

    def _run(self, cards: Sequence[Prospect], seconds: float, first_seconds: float, seed: int) -> Rehearsal:
        goal = self._goal
        policy = by_gain(
            self._settings.fsrs_parameters, self._habits, goal.on, self._steps, known_first=goal.keeps_known
        )
        rules = Plan(goal.on, seconds, self._requires, self._core)
        rehearsal = Rehearsal(cards, rules, self._learner(seed), policy)
        rehearsal.study(self._on, first_seconds)
        return rehearsal

    def readiness(self, recalls: Sequence[float]) -> Readiness:
        """The shares that recalls of all cards mean."""
        rows = [
            (card.kind, recall * points)
            for card, recall, points, mine in zip(self.cards, recalls, self._points, self._mine, strict=True)
            if mine
        ]
        by_kind = {kind: [share for other, share in rows if other is kind] for kind in Kind}
        concepts, interviews = (fmean(by_kind[kind]) if by_kind[kind] else None for kind in Kind)
        return Readiness(fmean(share for _, share in rows) if rows else 0.0, concepts, interviews)

    def band(self, then: Sequence[float], shares: Sequence[float]) -> tuple[float, float]:
        """Where 90 % of the outcomes lie: by how the runs differ, and by what is drawn on the day itself."""
        mine = [
            (recall, points) for recall, points, is_mine in zip(then, self._points, self._mine, strict=True) if is_mine
        ]
        if not mine:
            return 0.0, 0.0
        on_the_day = sum(recall * (1 - recall) * points**2 for recall, points in mine) / len(mine) ** 2
        half = NINE_TENTHS * (pvariance(shares) + on_the_day) ** 0.5
        middle = fmean(recall * points for recall, points in mine)
        return max(0.0, middle - half), min(1.0, middle + half)

    def decks(self, now: Sequence[float], then: Sequence[float], runs: Sequence[Rehearsal]) -> list[DeckForecast]:
        """Each lesson of the goal that has cards."""
        places: dict[int, list[int]] = {}
        for place, card in enumerate(self.cards):
            if self._mine[place]:
                places.setdefault(card.candidate.deck, []).append(place)
        found = []
        for deck in self._course:
            mine = places.get(deck.row_id, [])
            if mine:
                unseen = fmean(sum(run.cards[place].memory is None for place in mine) for run in runs)
                found.append(
                    DeckForecast(
                        deck,
                        len(mine),
                        fmean(now[place] * self._points[place] for place in mine),
                        fmean(then[place] * self._points[place] for place in mine),
                        sum(self.cards[place].memory is None for place in mine),
                        unseen,
                    )
                )
        return found

    def minutes_for(self, share: float) -> dict[float, float | None]:
        """
        The minutes a day that each target would take, given the share that the goal's own minutes give.

        A part of the course wants somewhat other minutes than its part of the whole: what the goal's minutes give tells
        by how much.
        """
        days = max(1, self._goal.on - self._on)
        every = max(1, -(-len(self.cards) * days // SAMPLE_CARD_DAYS))
        notes = sorted({card.candidate.note for card in self.cards})[::every]
        kept = frozenset(notes)
        places = [place for place, card in enumerate(self.cards) if card.candidate.note in kept]
        part = len(places) / len(self.cards) if self.cards else 1.0
        reached: list[tuple[float, float]] = [(0.0, self._share_with(places, 0.0))]
        for minutes in MINUTES:
            if reached[-1][1] >= max(TARGETS[-1], share):
                break
            reached.append((minutes, self._share_with(places, minutes * 60 * part)))
        same = _read_off(reached, share)
        scale = self._goal.minutes / same if same else 1.0
        needed = {target: _read_off(reached, target) for target in TARGETS}
        return {target: None if at is None else at * scale for target, at in needed.items()}

    def _share_with(self, places: Sequence[int], seconds: float) -> float:
        run = self._run([self.cards[place] for place in places], seconds, seconds, 0)
        mine = [
            recall * self._points[place]
            for place, recall in zip(places, run.recall(), strict=True)
            if self._mine[place]
        ]
        return fmean(mine) if mine else 0.0


def _read_off(reached: Sequence[tuple[float, float]], target: float) -> float | None:
    """The first minutes at which a target is reached, on lines between the points."""
    minutes, share = reached[0]
    if share >= target:
        return 0.0
    for next_minutes, next_share in reached[1:]:
        if next_share >= target:
            return minutes + (next_minutes - minutes) * (target - share) / (next_share - share)
        minutes, share = next_minutes, next_share
    return None
