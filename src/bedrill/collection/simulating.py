"""The days to come as they would be at several desired retentions, for the cards and the habits of this collection."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from bedrill import workload
from bedrill.collection import plan
from bedrill.errors import BedrillError
from bedrill.learner import Learner
from bedrill.store import course
from bedrill.workload import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedrill.collection import Collection
    from bedrill.workload import Life


class NoCardsError(BedrillError):
    """There is nothing to simulate."""


def lives(
    collection: Collection,
    retentions: Sequence[float],
    days: int,
    *,
    decks: frozenset[int] | None = None,
    new_per_day: int | None = None,
    seconds_per_day: float | None = None,
) -> Iterator[Life]:
    """
    The days to come at each desired retention; the same collection gives the same days.

    Args:
        decks: Only their cards; None for all.
        new_per_day: Instead of the setting.

    Raises:
        NoCardsError: There are no cards.
    """
    settings = collection.settings
    cards = [
        (plan.prospect_of(row), row.due_on)
        for row in course.whole(collection.db)
        if decks is None or row.candidate.deck in decks
    ]
    if not cards:
        raise NoCardsError("there are no cards to simulate", "'bedrill import' brings some, 'bedrill unsuspend' back")
    habits = plan.habits(collection)
    limits = Limits(
        settings.new_per_day if new_per_day is None else new_per_day,
        settings.reviews_per_day,
        settings.maximum_interval_days,
        seconds_per_day,
    )
    for retention in retentions:
        learner = Learner(settings.fsrs_parameters, habits, plan.steps_of(settings), Random(1))  # noqa: S311 - no secret
        yield workload.live(cards, collection.clock.today(), days, retention, limits, learner)
