"""What is known, and which lessons that opens. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from bedrill.memory import retrievability

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bedrill.memory import Curve
    from bedrill.model import StudyDay

KNOWN_RETRIEVABILITY: Final = 0.8
"""Average recall of its core cards from which on a lesson counts as known."""

Memory = tuple["StudyDay | None", "float | None"]
"""Last study day and stability in days of a card; None for a card never answered."""


def recall(memories: Iterable[Memory], on: StudyDay, curve: Curve) -> list[float]:
    """The probability of recall of each card on a study day; 0 for cards never answered."""
    return [
        0.0 if last_on is None or stability is None else retrievability(on - last_on, stability, curve)
        for last_on, stability in memories
    ]


def readiness(memories: Iterable[Memory], on: StudyDay, curve: Curve) -> float:
    """The expected share of cards that would be recalled on a study day, 0 to 1; 0 without cards."""
    values = recall(memories, on, curve)
    return sum(values) / len(values) if values else 0.0


def is_known(core: Sequence[Memory], on: StudyDay, curve: Curve) -> bool:
    """Whether a lesson counts as known: its core cards are all answered, and on average recalled at 80 % or more."""
    if any(last_on is None for last_on, _ in core):
        return False
    # The sums are compared, correctly rounded: an average of ten times 0.8 may come out below 0.8.
    return math.fsum(recall(core, on, curve)) >= KNOWN_RETRIEVABILITY * len(core)


def blocked_by(
    requires: Mapping[int, Sequence[int]],
    core_of: Callable[[int], Sequence[Memory]],
    on: StudyDay,
    curve: Curve,
) -> dict[int, list[int]]:
    """
    For each deck with unmet prerequisites, the decks that are not known yet.

    Args:
        requires: Deck to the decks that it rests on; those that are not in the collection are left out of it.
        core_of: The core cards of a deck; asked only for decks that are required.
    """
    known: dict[int, bool] = {}
    result: dict[int, list[int]] = {}
    for deck, needed in requires.items():
        for other in needed:
            if other not in known:
                known[other] = is_known(core_of(other), on, curve)
            if not known[other] and other != deck:
                result.setdefault(deck, []).append(other)
    return result
