"""A mock interview on a terminal: a review of the cards that were drawn, with the clock of an interview over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedrill import mocking
from bedrill.cli import view_mock
from bedrill.cli.review_screen import OnScreen, ReviewScreen
from bedrill.cli.text import clock, shortened, width_of
from bedrill.clock import epoch_ms
from bedrill.collection import mocks
from bedrill.collection.today import Scope
from bedrill.model import Kind, Tick
from bedrill.review_queue import ReviewQueue
from bedrill.store import cards
from bedrill.store.log import answered_since

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.cli.app import App
    from bedrill.mocking import Plan
    from bedrill.model import Candidate
    from bedrill.note import FollowUp, Interview
    from bedrill.store.cards import StoredCard


class MockScreen(ReviewScreen):
    """
    One mock interview. No question is asked once its minutes are over; the one that runs may be finished.

    Args:
        drawn: The cards to ask, in order.
    """

    follow_ups_come_first = True

    def __init__(self, app: App, plan: Plan, drawn: Sequence[Candidate]) -> None:
        self.plan = plan
        self.drawn = tuple(drawn)
        self.ends_ms = plan.mock + round(plan.minutes * 60_000)
        super().__init__(app, Scope(kind=Kind.INTERVIEW, since_ms=plan.mock), ends_ms=self.ends_ms)

    def queue(self) -> ReviewQueue:
        """The cards that were drawn and not answered since it began; those that were suspended on the way are gone."""
        done = answered_since(self.collection.db, self.plan.mock)
        rows = [card.card for card in self.drawn if card.card not in done]
        live = {card.row_id for card in cards.by_rows(self.collection.db, rows) if _may_be_asked(card)}
        left = [card for card in self.drawn if card.card in live]
        return ReviewQueue(main=tuple(left))

    def follow_ups(self, shown: OnScreen, interview: Interview) -> tuple[FollowUp, ...]:  # noqa: ARG002 - all of them
        """All of them, one at a time."""
        return interview.follow_ups

    def more_ticks(self, shown: OnScreen) -> tuple[Tick, ...]:
        """That the answer belongs to this interview, and when it was given."""
        if shown.candidate not in self.drawn:  # taken back from an earlier session where two sessions run
            return ()
        return (Tick(mocking.SECTION, mocking.tag_of(self.plan, shown.spoken_s), (), hit=True),)

    def common_key(self, key: str, shown: OnScreen) -> None:
        """What a key does on either side of a card; what was answered before the interview is not taken back in it."""
        if key == "u" and not self.session.answers:
            self.say("nothing was answered in this interview yet")
            return
        super().common_key(key, shown)

    def prompt(self, what: str) -> str:
        """The line under a question: what to press, which question it is, and what is left of the interview."""
        left_ms = self.ends_ms - epoch_ms(self.collection.now())
        time_left = f"{clock(left_ms // 1000)} left" if left_ms >= 0 else f"{clock(-left_ms // 1000)} over"
        number = min(len(self.session.answers) + 1, len(self.drawn))
        progress = f"{number} of {len(self.drawn)}, {time_left}"
        room = self.console.width - 1 - width_of(progress)
        return f"{shortened(f'{what} · ? help', room - 2):<{max(room, 0)}}{progress}"

    def say_end(self, *, is_first: bool) -> None:  # noqa: ARG002 - a mock interview always has a question
        """Why no further question comes."""
        left = len(self.drawn) - len(self.session.answers)
        self.say(f"the time is over, {left} not asked" if left > 0 else "no more questions, thank you")

    def sum_up(self) -> None:
        """The sheet, beside the interview before."""
        if self.session.answers:
            held = mocks.sheets(self.collection)
            view_mock.print_sheet(self.app, held, len(held) - 1)


def _may_be_asked(card: StoredCard) -> bool:
    return card.kind == Kind.INTERVIEW and not card.suspended and not card.retired
