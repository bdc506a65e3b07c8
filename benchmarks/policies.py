"""Ways of choosing cards, for benchmarks/goal.py: what a day asks, in its order, from what a scheduler knows."""

from __future__ import annotations

import zlib
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.forecast import by_gain
from bedrill.gain import Gains
from bedrill.memory import DEFAULT_PARAMETERS, curve_of, interval_days, retrievability

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bedrill.forecast import Policy
    from bedrill.gain import Prospect
    from bedrill.habits import Habits
    from bedrill.model import Kind, StudyDay

CURVE: Final = curve_of(DEFAULT_PARAMETERS)
REVIEWS_PER_DAY: Final = 200
MOST_DAYS: Final = 36_500


class World(NamedTuple):
    """What a policy may know."""

    on: StudyDay
    habits: Mapping[Kind, Habits]
    steps: tuple[int, int]


def recall(card: Prospect, today: StudyDay) -> float:
    """As a scheduler with default parameters sees it."""
    assert card.memory is not None
    assert card.last_on is not None
    return retrievability(today - card.last_on, card.memory.stability_days, CURVE)


def due_on(card: Prospect, retention: float) -> StudyDay:
    """The day on which a card falls to the desired retention."""
    assert card.memory is not None
    assert card.last_on is not None
    return card.last_on + interval_days(card.memory.stability_days, retention, CURVE, MOST_DAYS)


def scattered(card: Prospect, today: StudyDay) -> int:
    """A number that looks random, another each day."""
    return zlib.crc32(f"{card.candidate.card} {today}".encode())


def scheduled(
    order: Callable[[Prospect, StudyDay], object], new: int = 20, retention: float = 0.9, *, fills: bool = False
) -> Callable[[World], Policy]:
    """
    What a scheduler with limits asks: due cards in some order, new ones mixed in evenly.

    Args:
        fills: Time that is left over goes to more new cards.
    """

    def of(_: World) -> Policy:
        def policy(cards: Sequence[Prospect], today: StudyDay) -> Iterator[Prospect]:
            due = [card for card in cards if card.memory and due_on(card, retention) <= today]
            due.sort(key=lambda card: (order(card, today), scattered(card, today)))
            fresh = [card for card in cards if card.memory is None]
            mixed = _mixed(due[:REVIEWS_PER_DAY], fresh[:new])
            return chain(mixed, fresh[new:]) if fills else mixed

        return policy

    return of


def _mixed(reviews: Sequence[Prospect], new: Sequence[Prospect]) -> Iterator[Prospect]:
    """Both lines in their order, each spread evenly."""
    placed = [((place + 0.5) / len(line), card) for line in (reviews, new) for place, card in enumerate(line)]
    return (card for _, card in sorted(placed, key=lambda each: each[0]))


def greedy(world: World) -> Policy:
    """Gain per second by FSRS's own curve, and every card at any time."""

    def policy(cards: Sequence[Prospect], today: StudyDay) -> Iterator[Prospect]:
        gains = Gains(DEFAULT_PARAMETERS, world.habits, today, world.on, world.steps, CURVE)
        some = [card for card in cards if card.last_on != today]
        return iter(sorted(some, key=lambda card: -gains.of(card).per_second))

    return policy


def ours(world: World) -> Policy:
    """bedrill under a goal."""
    return by_gain(DEFAULT_PARAMETERS, world.habits, world.on, world.steps)


def _by_due(card: Prospect, _: StudyDay) -> object:
    return due_on(card, 0.9)


POLICIES: Final[Mapping[str, Callable[[World], Policy]]] = {
    "Anki default": scheduled(_by_due),
    "Anki default, time filled with new cards": scheduled(_by_due, fills=True),
    "random order": scheduled(lambda _, __: 0, fills=True),
    "retrievability ascending": scheduled(recall, fills=True),
    "retrievability descending": scheduled(lambda card, today: -recall(card, today), fills=True),
    "difficulty ascending": scheduled(lambda card, _: card.memory.difficulty, fills=True),  # type: ignore[union-attr]
    "Anki, 50 new, desired retention 0.8": scheduled(lambda card, _: due_on(card, 0.8), 50, 0.8),
    "greedy gain": greedy,
    "bedrill": ours,
}
