"""
The review session on a terminal: what is shown, and what each key does.

It decides nothing: which card comes, what a rating gives and what is written are the collection's and the session's.
"""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING

from bedrill.cli import keys, review_actions, view_card, view_session
from bedrill.cli.console import console_for, styled
from bedrill.cli.review_actions import CardGone, Quit
from bedrill.cli.text import interval, percent
from bedrill.clock import epoch_ms
from bedrill.collection import log_order, today
from bedrill.deckfile.note_parser import read_note
from bedrill.model import Rating
from bedrill.note import Style
from bedrill.session import Session
from bedrill.store import cards
from bedrill.store.connection import data_version, snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from bedrill.cli.app import App
    from bedrill.collection.today import Scope
    from bedrill.model import Candidate, StudyDay, Tick
    from bedrill.note import FollowUp, Interview, Note
    from bedrill.review_queue import ReviewQueue
    from bedrill.scheduling import Outcome
    from bedrill.store.cards import StoredCard

REVEAL = frozenset(" \n\r")
RATINGS = {str(int(rating)): rating for rating in Rating}
SURE = {"y": True, "n": False}


class OnScreen:
    """
    The card that is shown.

    Attributes:
        suggested: What space gives once the answer is shown.
        spoken_s: Seconds until an interview answer was given.
        is_sure: What was said before the answer showed; None if nothing was.
        outcomes: What each rating would give; filled when the answer is shown.
    """

    def __init__(self, candidate: Candidate, card: StoredCard, note: Note, shown_on: StudyDay) -> None:
        self.candidate = candidate
        self.card = card
        self.note = note
        self.shown_on = shown_on
        self.shown_at_s = time.monotonic()
        self.suggested = Rating.GOOD
        self.outcomes: dict[Rating, Outcome] = {}
        self.ticks: Sequence[Tick] = ()
        self.transcript = ""
        self.is_sure: bool | None = None
        self.spoken_s = 0


class ReviewScreen:
    """
    One session, from the first card to the summary.

    Attributes:
        follow_ups_come_first: Whether an interview answer is followed up before its key points are ticked.
    """

    follow_ups_come_first = False

    def __init__(self, app: App, scope: Scope, *, limit: int | None = None, ends_ms: int | None = None) -> None:
        self.app = app
        self.collection = app.collection
        self.scope = scope
        self.keyboard = keys.Keyboard()
        settings = self.collection.settings
        with snapshot(self.collection.db):
            queue = self.queue()
            self._version = data_version(self.collection.db)
        self.session = Session(queue, settings.learn_ahead_minutes * 60_000, limit, ends_ms, scope.is_cram)
        self._day = self.collection.clock.today()
        self._offered: set[int] = set()

    @property
    def console(self) -> Console:
        """A console for the terminal as wide as it is now."""
        return console_for(self.app)

    def run(self) -> None:
        """Ask until there is nothing left or the user leaves, then sum up."""
        with keys.signals_end_cleanly():
            try:
                self._loop()
            except Quit:
                pass
            except KeyboardInterrupt:
                self.sum_up()
                raise
            self.sum_up()

    def sum_up(self) -> None:
        """What the session came to."""
        view_session.print_summary(self.console, self.collection, self.session.summary())

    def _loop(self) -> None:
        is_first = True
        while True:
            with snapshot(self.collection.db):  # or else a card that is answered in between is asked as it is by then
                self._notice_others()
                candidate = self.session.next_card(epoch_ms(self.collection.now()))
                card = cards.by_row(self.collection.db, candidate.card) if candidate else None
            if candidate is None or card is None:
                self.say_end(is_first=is_first)
                return
            is_first = False
            try:
                shown = self._show(candidate, card)
                if not self.session.answers:
                    log_order.check_clock(self.collection)
                self._ask(shown)
            except CardGone:
                continue

    def say_end(self, *, is_first: bool) -> None:
        """Why no further card comes."""
        view_session.print_end(self.console, self.collection, self.session, is_first=is_first)

    def _notice_others(self) -> None:
        """Gather again if another process changed the collection, or a new study day began."""
        version, day = data_version(self.collection.db), self.collection.clock.today()
        if (version, day) != (self._version, self._day):
            self._version, self._day = version, day
            self.gather()

    def _show(self, candidate: Candidate, card: StoredCard) -> OnScreen:
        note = read_note(card.text, card.slug)
        console = self.console
        view_card.print_title(console, card)
        if note.interview:
            view_card.print_interview_head(console, note.interview)
        view_card.print_question(console, card, note)
        return OnScreen(candidate, card, note, self.collection.clock.today())

    def _ask(self, shown: OnScreen) -> None:
        """Question to rating, by the way that the note's style asks for."""
        if shown.note.interview:
            from bedrill.cli.review_interview import hold_interview  # noqa: PLC0415 - one way at a time

            hold_interview(self, shown)
        elif shown.note.style is Style.TYPED:
            from bedrill.cli.review_typed import take_typed  # noqa: PLC0415

            take_typed(self, shown)
        else:
            self._wait_for_reveal(shown)
            self.print_divider()
            view_card.print_answer(self.console, shown.card, shown.note)
        self._rate(shown)

    def _wait_for_reveal(self, shown: OnScreen) -> None:
        choices = view_card.shuffled(shown.card, shown.note)
        picked: set[int] = set()
        asks_sure = self.collection.settings.confidence
        asked = "y sure · n unsure · space show" if asks_sure else "space show"
        while True:
            key = self.key(self.prompt(f"{'1-9 choose · ' if choices else ''}{asked}"))
            if key in REVEAL:
                break
            if asks_sure and key in SURE:
                shown.is_sure = SURE[key]
                self.say("sure" if shown.is_sure else "unsure")
                break
            if choices and key.isdecimal() and 1 <= int(key) <= len(choices):
                picked ^= {int(key)}
                self.console.print(styled(f"chosen: {', '.join(map(str, sorted(picked))) or 'none'}"))
                if sum(choice.right for choice in choices) == 1:
                    break
                continue
            self.common_key(key, shown)
        if choices and picked:
            right = {number for number, choice in enumerate(choices, 1) if choice.right}
            shown.suggested = Rating.GOOD if picked == right else Rating.AGAIN

    def _rate(self, shown: OnScreen) -> None:
        """Take a rating and write it."""
        from bedrill.collection import answering  # noqa: PLC0415 - the scheduler, once the first card is on screen

        duration_ms = round((time.monotonic() - shown.shown_at_s) * 1000)
        shown.outcomes = answering.previews(self.collection, shown.card, self.collection.now())
        while True:
            key = self.key(view_session.rating_line(self.console, shown, is_cram=self.scope.is_cram))
            if key in REVEAL or key in RATINGS:
                break
            self.common_key(key, shown)
        rating = RATINGS.get(key, shown.suggested)
        outcome = shown.outcomes[rating]
        answered = answering.answer(
            self.collection,
            shown.card,
            rating,
            duration_ms=duration_ms,
            outcome=outcome,
            shown_on=shown.shown_on,
            is_cram=self.scope.is_cram,
            ticks=(*shown.ticks, *answering.confidence(shown.is_sure), *self.more_ticks(shown)),
            transcript=shown.transcript,
        )
        if answered is None:
            self.say("answered elsewhere in the meantime; that answer stands")
            self.session.drop(shown.candidate)
            return
        came = "the schedule stays" if self.scope.is_cram else interval(answered.review.interval_s)
        self.say(f"{rating.name.lower()} → {came}")
        self.session.record(shown.candidate, rating, shown.card.state, answered.state, answered.review.duration_ms)
        if shown.note.interview or today.goal_of(
            self.collection, self.scope
        ):  # what is worth most may be another card now
            self.gather()
        if rating is Rating.AGAIN:
            self._offer_ground(shown.card)
        if answered.is_leech:
            self.say(
                f"a leech: forgotten {answered.state.lapses} times. 'u' then 'e' to edit it, or 's' to suspend it."
            )

    def _offer_ground(self, card: StoredCard) -> None:
        """After a miss, once for each deck: the lessons that it rests on and that are not known."""
        if card.deck_row in self._offered:
            return
        self._offered.add(card.deck_row)
        from bedrill.collection import course  # noqa: PLC0415 - only after a miss

        for deck, ready in course.ground_of(self.collection, card.deck_row):
            self.say(f"it rests on {deck.deck_id}, {percent(ready)} known: bedrill review {deck.deck_id}")

    def follow_ups(self, shown: OnScreen, interview: Interview) -> tuple[FollowUp, ...]:
        """The follow-ups to ask: another one at each answer, in turn."""
        every = interview.follow_ups
        return (every[shown.card.state.reps % len(every)],) if every else ()

    def more_ticks(self, shown: OnScreen) -> tuple[Tick, ...]:  # noqa: ARG002 - for other sessions
        """What else is kept with an answer."""
        return ()

    def key(self, prompt: str, timeout_s: float | None = None) -> str:
        """The key that is pressed under a prompt line; the line is gone afterwards. "" when `timeout_s` is over."""
        view_session.show_prompt(self.console, prompt)
        try:
            key = self.keyboard.read(timeout_s)
        finally:
            with contextlib.suppress(OSError):  # the terminal may be closed by now
                view_session.hide_prompt(self.console, prompt)
        if key in (keys.END_OF_INPUT, "\x04"):
            raise Quit
        return key or ""

    def prompt(self, what: str) -> str:
        """The line under a question: what to press, and what is left."""
        return view_session.prompt_line(self.console, what, self.session, epoch_ms(self.collection.now()))

    def common_key(self, key: str, shown: OnScreen) -> None:
        """What a key does on either side of a card; nothing for a key that means nothing."""
        review_actions.act(self, key, shown)

    def gather(self) -> None:
        """Make the queue anew from the collection."""
        self.session.queue = self.queue()

    def queue(self) -> ReviewQueue:
        """What is left to ask."""
        return today.queue(self.collection, self.scope)

    def say(self, text: str) -> None:
        """A line between cards."""
        self.console.print(styled((text, "dim")))

    def print_divider(self) -> None:
        """The line between question and answer."""
        self.console.print(styled(("─" * min(self.console.width, 20), "dim")))
        sys.stdout.flush()
