"""
Spreading reviews over days: a backlog that is too much for today, or what falls into a break. Pure.

Cards come in the order of descending retrievability, which loses least under a backlog: what is nearly forgotten waits,
since it loses little by waiting (docs/design.md, "Scheduling").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedrill.memory import retrievability

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bedrill.memory import Curve
    from bedrill.model import DueCard, StudyDay


class Move(NamedTuple):
    """A card and the study day on which it is asked now."""

    card: DueCard
    to: StudyDay


class Cost(NamedTuple):
    """
    What it costs to wait: the expected number of cards recalled when they are asked.

    Attributes:
        as_due: If each were asked on the day it is due, or on the first one if that is over.
        as_spread: If each is asked on the day that it was given.
    """

    as_due: float
    as_spread: float


def spread(
    cards: Iterable[DueCard], first: StudyDay, per_day: int, load: Callable[[StudyDay], int], curve: Curve
) -> list[Move]:
    """
    A day for each card, from `first` on, in the order in which they are asked.

    Args:
        per_day: So many reviews fit into a day; at least one of these cards is put into each.
        load: Reviews that a day has anyway, without these cards.
    """
    moves: list[Move] = []
    day, room = first, max(per_day - load(first), 1)
    for card in sorted(cards, key=lambda card: (-_recall(card, first, curve), card.card)):
        if not room:
            day += 1
            room = max(per_day - load(day), 1)
        moves.append(Move(card, day))
        room -= 1
    return moves


def cost(moves: Sequence[Move], first: StudyDay, curve: Curve) -> Cost:
    """The expected recall of these cards, on the days that they are due and on those that they were given."""
    as_due = sum(_recall(card, max(card.due_on, first), curve) for card, _ in moves)
    return Cost(as_due, sum(_recall(card, to, curve) for card, to in moves))


def _recall(card: DueCard, on: StudyDay, curve: Curve) -> float:
    return retrievability(on - card.last_on, card.stability_days, curve)
