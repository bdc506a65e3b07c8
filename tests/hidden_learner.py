"""A learner whose memory follows parameters that the scheduler does not know, for tests of what is fitted to answers."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from bedrill.memory import curve_of, kernel_of, retrievability
from bedrill.model import Rating, Review, ReviewKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.model import StudyDay


def answers(parameters: Sequence[float], cards: int, first_on: StudyDay, seed: int = 1) -> list[Review]:
    """Ten answers to each card, at growing intervals, in the order in which they were given: Good, or Again if forgotten."""
    rand = random.Random(seed)
    first, following = kernel_of(parameters)
    curve = curve_of(parameters)
    rows: list[Review] = []
    for card in range(1, cards + 1):
        on, memory = first_on + card % 200, first(Rating.GOOD)
        rows.append(_review(card, on, Rating.GOOD, ReviewKind.LEARN, 0, card))
        interval = 2
        for _ in range(9):
            on += interval
            recalled = rand.random() < retrievability(interval, memory[0], curve)
            rating = Rating.GOOD if recalled else Rating.AGAIN
            memory = following(*memory, interval, rating)
            rows.append(_review(card, on, rating, ReviewKind.REVIEW, interval, card))
            interval = max(1, round(interval * (1.9 if recalled else 0.4)))
    return sorted(rows)


def _review(card: int, on: StudyDay, rating: Rating, kind: ReviewKind, elapsed: int, place: int) -> Review:
    return Review(on * 86_400_000 + 43_200_000 + place, card, rating, kind, on, elapsed, 86_400, 5_000, "test")
