"""What a session came to. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedrill.model import Phase, Rating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.model import Candidate


class Answer(NamedTuple):
    """One answer of the session: what it was to, and what was given."""

    candidate: Candidate
    rating: Rating
    phase_before: Phase
    duration_ms: int


class Summary(NamedTuple):
    """
    What a session came to.

    Attributes:
        again, hard, good, easy: Answers.
        reviewed, passed: Answers to cards in review, and those of them that were not AGAIN.
        introduced: Cards seen for the first time.
    """

    again: int
    hard: int
    good: int
    easy: int
    reviewed: int
    passed: int
    introduced: int
    duration_ms: int

    @property
    def answers(self) -> int:
        """All answers."""
        return self.again + self.hard + self.good + self.easy

    @property
    def true_retention(self) -> float | None:
        """The share of cards in review that were recalled, 0 to 1; None without any."""
        return self.passed / self.reviewed if self.reviewed else None


def summary(answers: Sequence[Answer]) -> Summary:
    """What some answers come to."""

    def given(rating: Rating) -> int:
        return sum(answer.rating is rating for answer in answers)

    in_review = [answer for answer in answers if answer.phase_before is Phase.REVIEW]
    return Summary(
        again=given(Rating.AGAIN),
        hard=given(Rating.HARD),
        good=given(Rating.GOOD),
        easy=given(Rating.EASY),
        reviewed=len(in_review),
        passed=sum(answer.rating is not Rating.AGAIN for answer in in_review),
        introduced=sum(answer.phase_before is Phase.NEW for answer in answers),
        duration_ms=sum(answer.duration_ms for answer in answers),
    )
