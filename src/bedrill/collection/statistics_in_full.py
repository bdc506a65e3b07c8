"""Every figure of the statistics: those of the first screen, and all that are asked for by name."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bedrill.clock import instant
from bedrill.collection import answering
from bedrill.collection.statistics import Statistics
from bedrill.stats import activity, cards, course, recall, steps
from bedrill.store import cards as stored
from bedrill.store import figures
from bedrill.store.connection import snapshot
from bedrill.store.figures import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.collection import Collection
    from bedrill.stats.figure import Figure


class FullStatistics(Statistics):
    """All figures of a part of a collection; the name of each is its method's."""

    by_kind = True

    @cached_property
    def _cards(self) -> list[cards.Standing]:
        return list(map(cards.Standing._make, figures.cards(self.db, self.part, self.on)))

    def reviews(self) -> Figure:
        """See `activity.reviews`."""
        return activity.reviews(self.sums, self.span())

    def counts(self) -> Figure:
        """See `cards.counts`."""
        return cards.counts(self._cards)

    def intervals(self) -> Figure:
        """See `cards.intervals`."""
        return cards.intervals(self._cards)

    def stability(self) -> Figure:
        """See `cards.stability`."""
        return cards.stability(self._cards)

    def difficulty(self) -> Figure:
        """See `cards.difficulty`."""
        return cards.difficulty(self._cards)

    def retrievability(self) -> Figure:
        """See `cards.recallable`."""
        return cards.recallable(self._cards, self.on, self.curve)

    def hours(self) -> Figure:
        """See `activity.hours`; crams are left out. Every zone is off by whole quarters of an hour."""
        zone = self.collection.clock.zone
        quarters = figures.quarter_hours(self.db, self.part, self.span().first)
        return activity.hours((instant(ms).astimezone(zone).hour, given, right) for ms, given, right in quarters)

    def buttons(self) -> Figure:
        """See `activity.buttons`."""
        return activity.buttons(self.sums, self.span())

    def introduced(self) -> Figure:
        """See `activity.introduced`."""
        return activity.introduced(self.sums, self.span())

    def trend(self) -> Figure:
        """See `recall.trend`."""
        return recall.trend(self.sums, self.span(), self.collection.settings.desired_retention)

    def steps(self) -> Figure:
        """See `steps.steps`; all answers count, since a card's first one may be long ago."""
        found = steps.delays(figures.answers(self.db, self.part))
        return steps.steps(found, self.collection.settings.desired_retention, self.curve)

    def knowledge(self) -> Figure:
        """See `cards.knowledge`."""
        known, seen = sum(row.known for row in self.lesson_rows), sum(row.seen for row in self.lesson_rows)
        return cards.knowledge(known, seen, sum(row.duration_ms for row in self.sums))

    def lessons(self) -> Figure:
        """See `course.lessons`."""
        return course.lessons(self.lesson_rows)

    def kinds(self) -> Figure:
        """See `course.kinds`."""
        return course.kinds(self.lesson_rows)

    def points(self) -> Figure:
        """See `course.points`."""
        rows = figures.points(self.db, self.part, self.span().first)
        names = dict(zip((row[0] for row in rows), self.names([row[0] for row in rows]), strict=True))
        return course.points([(names[card], *rest) for card, *rest in rows])  # type: ignore[misc]

    def pace(self) -> Figure:
        """See `course.pace`."""
        rows = {row[0]: row for row in figures.interview_answers(self.db, self.part, self.span().first)}
        found = []
        for card in stored.by_rows(self.db, rows):
            interview = answering.note_of(card).interview
            if interview is not None:
                _, answers, ms = rows[card.row_id]
                found.append((card.name, answers, ms, interview.box_s))
        return course.pace(found)


def made(
    collection: Collection, names: Sequence[str], part: Part | None = None, days: int | None = None
) -> list[Figure]:
    """Some figures by their names, as of one moment; see `statistics.NAMES`."""
    with snapshot(collection.db):
        statistics = FullStatistics(collection, part or Part(), days)
        return [getattr(statistics, name)() for name in names]
