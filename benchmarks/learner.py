"""
A simulated learner: histories of single cards, as FSRS and an honest student would have made them.

He answers on the day a card is due, forgets a share of the cards that differs from card to card, and stops at a card
when its interval is likely to contain today: what is due on any day is then about 1 % of the cards. No card is ever
asked twice in the same millisecond: each has a slot of its own in the day.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from bedrill.clock import DAY_S
from bedrill.memory import AGAIN, EASY, GOOD, HARD, LEARNING, RELEARNING, REVIEW, kernel_of, next_step
from bedrill.model import ReviewKind

if TYPE_CHECKING:
    from bedrill.config import Settings
    from bedrill.model import StudyDay

LONGEST_DAYS: Final = 365
"""The learner's longest interval: it keeps histories within about ten years."""
PLANNED: Final = (4, 10)
"""Answers after which a history may end; most go on a little, until the interval is long. About 10 on average."""
STOP_DAYS: Final = 350
"""From this interval on a history that may end does; from shorter ones in proportion."""
FORGETS: Final = (0.02, 0.09)
"""Share of answers that are AGAIN: of the easiest and of the hardest card."""
LEFT_IN_STEPS: Final = 0.002
"""Share of cards whose last answer, yesterday, left them in a step of minutes."""
DAY_MS: Final = DAY_S * 1000
MORNING_MS: Final = 8 * 3_600_000
SLOT_MS: Final = 16
STEP_MS: Final = 600_000
"""Time between two answers to a card on one day: 10 minutes, no shorter than any learning step."""

Row = tuple[int, int, int, int, int, int, int, int]
"""Columns of `reviews`: id, card_id, rating, kind, studied_on, elapsed_days, interval_s, duration_ms."""


class Learner:
    """Makes histories; the same seed makes the same ones."""

    def __init__(self, settings: Settings, yesterday: StudyDay, seed: int) -> None:
        self.rand = random.Random(seed).random
        self.yesterday = yesterday
        self.kernel = kernel_of(settings.fsrs_parameters)
        self.learning_s, self.relearning_s = settings.learning_steps, settings.relearning_steps

    def history(self, card: int) -> list[Row]:
        """The answers to a card, the last of them so that it is due today or later."""
        rand, (first, following) = self.rand, self.kernel
        forgets = FORGETS[0] + (FORGETS[1] - FORGETS[0]) * rand()
        planned = PLANNED[0] + int(rand() * (PLANNED[1] - PLANNED[0] + 1))
        left_in_steps = rand() < LEFT_IN_STEPS
        answers: list[tuple[int, int, int, int, int, int]] = []
        phase, step, stability, difficulty = LEARNING, 0, 0.0, 0.0
        day = elapsed = place = 0
        while True:
            rating = self._rating(forgets, in_review=phase == REVIEW)
            kind = phase - 1  # of `ReviewKind`: the phase before the answer
            if answers:
                stability, difficulty = following(stability, difficulty, elapsed, rating)
            else:
                stability, difficulty = first(rating)
            phase, step = next_step(phase, step, rating, len(self.learning_s), len(self.relearning_s))
            days = 0 if phase != REVIEW else min(max(1, round(stability * (0.95 + 0.1 * rand()))), LONGEST_DAYS)
            answers.append((day, place, rating, kind, elapsed, days * DAY_S or self._step_s(phase, step)))
            if len(answers) >= planned and (left_in_steps if not days else days >= STOP_DAYS * rand()):
                return self._placed(card, answers, days)
            day, elapsed, place = day + days, days, 0 if days else place + 1

    def _rating(self, forgets: float, *, in_review: bool) -> int:
        draw = self.rand()
        if not in_review:
            return AGAIN if draw < 0.1 else EASY if draw > 0.97 else GOOD
        return AGAIN if draw < forgets else HARD if draw < forgets + 0.08 else EASY if draw > 0.97 else GOOD

    def _step_s(self, phase: int, step: int) -> int:
        return (self.learning_s if phase == LEARNING else self.relearning_s)[step]

    def _placed(self, card: int, answers: list[tuple[int, int, int, int, int, int]], days: int) -> list[Row]:
        """The answers on real days: the last one is no longer ago than the interval that it gave."""
        rand = self.rand
        shift = self.yesterday - int(rand() * days) - answers[-1][0]
        slot_ms = MORNING_MS + card * SLOT_MS
        return [
            (
                (shift + day) * DAY_MS + slot_ms + place * (STEP_MS + 1),
                card,
                rating,
                kind,
                shift + day,
                elapsed,
                interval_s,
                2_000 + int(rand() * 20_000),
            )
            for day, place, rating, kind, elapsed, interval_s in answers
        ]


assert (ReviewKind.LEARN, ReviewKind.REVIEW, ReviewKind.RELEARN) == (LEARNING - 1, REVIEW - 1, RELEARNING - 1)
