"""
One review session: next card, answer, undo, requeue. No terminal and no database in it.

The queue is gathered when the session begins, and again when something else than an answer changed it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill import review_queue
from bedrill.model import Rating
from bedrill.stats.session_summary import Answer, Summary, summary

if TYPE_CHECKING:
    from bedrill.model import Candidate, CardState
    from bedrill.review_queue import ReviewQueue


USUAL_PACE_MS: Final = 20_000
"""Time per card before a session has a pace of its own."""


class Left(NamedTuple):
    """How many cards a session still has."""

    new: int
    learning: int
    review: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self)


class Session:
    """
    A running session.

    Attributes:
        limit: Answers after which it ends; None for no limit.
        ends_ms: Instant (epoch ms) after which no further card comes; None for none.
        is_cram: The schedule is left alone; a card that was not known comes again at the end.
        undone: The card whose answer was taken back: it comes next.
    """

    def __init__(
        self,
        queue: ReviewQueue,
        learn_ahead_ms: int,
        limit: int | None = None,
        ends_ms: int | None = None,
        is_cram: bool = False,  # noqa: FBT001, FBT002 - named by its callers
    ) -> None:
        self.queue = queue
        self.learn_ahead_ms = learn_ahead_ms
        self.limit = limit
        self.ends_ms = ends_ms
        self.is_cram = is_cram
        self.answers: list[Answer] = []
        self.undone: Candidate | None = None

    def next_card(self, now_ms: int) -> Candidate | None:
        """The card to ask now, or None: the session is over, or has to wait for `wait_until`."""
        if self.undone is not None:
            return self.undone
        if self.limit is not None and len(self.answers) >= self.limit:
            return None
        if self.ends_ms is not None and now_ms >= self.ends_ms:
            return None
        return review_queue.next_card(self.queue, now_ms, self.learn_ahead_ms)

    def is_new(self, candidate: Candidate) -> bool:
        """Whether the queue has the card as a new one."""
        return candidate.card in self.queue.new_cards

    def record(self, candidate: Candidate, rating: Rating, before: CardState, after: CardState, ms: int) -> None:
        """Note an answer; a card with a step of minutes comes back."""
        self.undone = None
        self.answers.append(Answer(candidate, rating, before.phase, ms))
        self._remove(candidate)
        if self.is_cram:
            if rating is Rating.AGAIN:
                self.queue = review_queue.at_the_end(self.queue, candidate)
        elif after.due_at is not None:
            self.queue = review_queue.with_step(self.queue, candidate, round(after.due_at.timestamp() * 1000))

    def drop(self, candidate: Candidate) -> None:
        """The card is not asked in this session: it was suspended, buried, or answered elsewhere."""
        self.undone = None
        self._remove(candidate)

    def take_back(self, candidate: Candidate, queue: ReviewQueue) -> None:
        """The last answer was undone: its card comes next, and `queue` is what is left."""
        if self.answers and self.answers[-1].candidate.card == candidate.card:
            self.answers.pop()
        self.queue = queue
        self.undone = candidate

    def left(self) -> Left:
        """What is still to come, the card that is shown included."""
        new = sum(card.card in self.queue.new_cards for card in self.queue.main)
        review = len(self.queue.main) + len(self.queue.called) - new
        learning = len(self.queue.learning)
        if self.limit is None:
            return Left(new, learning, review)
        room = max(self.limit - len(self.answers), 0)
        learning = min(learning, room)
        review = min(review, room - learning)
        return Left(min(new, room - learning - review), learning, review)

    def ms_left(self, now_ms: int) -> int:
        """
        How long the rest will take, in ms: at the pace of this session, or the usual one before there is any.

        Where the session ends at an instant, no longer than until then.
        """
        pace_ms = summary(self.answers).duration_ms / len(self.answers) if self.answers else USUAL_PACE_MS
        estimate_ms = round(self.left().total * pace_ms)
        return estimate_ms if self.ends_ms is None else max(min(estimate_ms, self.ends_ms - now_ms), 0)

    def summary(self) -> Summary:
        """What was done so far."""
        return summary(self.answers)

    def _remove(self, candidate: Candidate) -> None:
        remove = review_queue.without_card if self.is_cram else review_queue.without
        self.queue = remove(self.queue, candidate)
