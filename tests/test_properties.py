"""What must always hold between modules: the log, its replay, the schedule, the study day; a session and its queue."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bedrill.clock import Clock, epoch_ms, instant
from bedrill.config import Settings
from bedrill.history import day_sums, replay
from bedrill.memory import DEFAULT_PARAMETERS, LOWER_BOUNDS, UPPER_BOUNDS
from bedrill.model import Candidate, CardState, Rating, Review, ReviewKind, Waiting
from bedrill.review_queue import ReviewQueue, wait_until
from bedrill.scheduling import after_answer, outcomes, review_kind
from bedrill.session import Left, Session

DAY_S: Final = 86_400
MINUTE: Final = 60_000
AHEAD: Final = 20 * MINUTE
START: Final = datetime(2026, 3, 7, 9, 0, tzinfo=UTC)
START_MS: Final = epoch_ms(START)
STEPS: Final = st.lists(st.sampled_from([1, 30, 60, 600, 3600, DAY_S, 2 * DAY_S]), max_size=3).map(tuple)
ZONES: Final = [
    ZoneInfo(name)
    for name in (
        "UTC",
        "America/New_York",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
    )
]


@st.composite
def any_settings(draw: st.DrawFn) -> Settings:
    """Settings on which the schedule depends."""
    bounds = zip(LOWER_BOUNDS, UPPER_BOUNDS, strict=True)
    return Settings(
        desired_retention=draw(st.sampled_from([0.7, 0.85, 0.9, 0.99])),
        learning_steps=draw(STEPS),
        relearning_steps=draw(STEPS),
        maximum_interval_days=draw(st.sampled_from([1, 30, 36_500])),
        fsrs_parameters=draw(st.just(DEFAULT_PARAMETERS) | st.tuples(*(st.floats(*pair) for pair in bounds))),
        fuzz=draw(st.booleans()),
    )


@dataclass
class Learner:
    """Someone who answers step by step, and keeps both the log and the states that the answers gave."""

    settings: Settings
    at: datetime = START
    log: list[Review] = field(default_factory=list)
    states: dict[int, CardState] = field(default_factory=dict)
    before: list[tuple[int, CardState | None]] = field(default_factory=list)

    def answer(self, card: int, rating: Rating, clock: Clock) -> None:
        """Answer a card now, as the collection does it."""
        state = self.states.get(card, CardState())
        on = clock.study_day(self.at)
        outcome = outcomes(state, on, self.settings, seed=f"deck/{card}", load=lambda day: day % 3)[rating]
        elapsed_days = 0 if state.last_on is None else max(0, on - state.last_on)
        kind = review_kind(state.phase)
        self.log.append(Review(epoch_ms(self.at), card, rating, kind, on, elapsed_days, outcome.interval_s, 1000))
        self.before.append((card, self.states.get(card)))
        self.states[card] = after_answer(state, outcome, rating, self.at, on)

    def cram(self, card: int, rating: Rating, clock: Clock) -> None:
        """Answer a card without touching its schedule."""
        on = clock.study_day(self.at)
        self.log.append(Review(epoch_ms(self.at), card, rating, ReviewKind.CRAM, on, 0, 0, 1000))
        self.before.append((card, self.states.get(card)))

    def undo(self) -> None:
        """Take the last answer back: the log without it, and the card as it was."""
        if self.log:
            self.log.pop()
            card, state = self.before.pop()
            if state is None:
                self.states.pop(card, None)
            else:
                self.states[card] = state


@st.composite
def learners(draw: st.DrawFn) -> Learner:
    """A learner with a few cards, some days of answers, some of them undone, and a journey or two."""
    learner = Learner(draw(any_settings()))
    clock = Clock(draw(st.sampled_from([time(4), time(0), time(2, 30), time(23, 59)])), draw(st.sampled_from(ZONES)))
    for _ in range(draw(st.integers(1, 25))):
        seconds = st.sampled_from([1, 61, 700, 7200]) | st.integers(1, 40).map(lambda days: days * DAY_S)
        learner.at += timedelta(seconds=draw(seconds), milliseconds=draw(st.integers(0, 999)))
        card, rating = draw(st.integers(1, 4)), Rating(draw(st.integers(1, 4)))
        match draw(st.sampled_from(["answer"] * 8 + ["cram", "undo", "travel"])):
            case "cram":
                learner.cram(card, rating, clock)
            case "undo":
                learner.undo()
            case "travel":
                clock = Clock(clock.day_start, draw(st.sampled_from(ZONES)))
            case _:
                learner.answer(card, rating, clock)
    return learner


@hypothesis_settings(max_examples=250, deadline=None)
@given(learners())
def test_the_replay_of_the_log_gives_the_states_that_the_answers_gave(learner):
    """Undone answers left out, to the last bit, whatever the settings, and with the cards interleaved."""
    assert replay(learner.log, learner.settings) == learner.states


@hypothesis_settings(max_examples=100, deadline=None)
@given(learners())
def test_a_replay_of_one_card_gives_what_a_replay_of_all_gives_for_it(learner):
    """That is how undo rebuilds a card."""
    everything = replay(learner.log, learner.settings)

    for card in learner.states:
        of_card = [review for review in learner.log if review.card_id == card]
        assert replay(of_card, learner.settings) == {card: everything[card]}


@hypothesis_settings(max_examples=100, deadline=None)
@given(learners())
def test_the_sums_of_all_days_are_the_log(learner):
    sums = day_sums(learner.log)

    given_by_rating = Counter(review.rating for review in learner.log)
    assert sum(row.again for row in sums) == given_by_rating[Rating.AGAIN]
    assert sum(row.hard for row in sums) == given_by_rating[Rating.HARD]
    assert sum(row.good for row in sums) == given_by_rating[Rating.GOOD]
    assert sum(row.easy for row in sums) == given_by_rating[Rating.EASY]
    assert sum(row.introduced for row in sums) == len(learner.states)
    assert sum(row.duration_ms for row in sums) == 1000 * len(learner.log)
    assert {row.studied_on for row in sums} == {review.studied_on for review in learner.log}


@hypothesis_settings(max_examples=200, deadline=None)
@given(learners(), st.sampled_from(ZONES), st.integers(0, 3 * DAY_S))
def test_wherever_one_travels_no_interval_is_negative_and_the_preview_is_what_is_written(learner, zone, seconds):
    """Between two answers of an hour, the local date may go back by one."""
    at = learner.at + timedelta(seconds=seconds)
    on = Clock(zone=zone).study_day(at)

    for state in (*learner.states.values(), CardState()):
        for rating, outcome in outcomes(state, on, learner.settings, seed="deck/slug").items():
            after = after_answer(state, outcome, rating, at, on)

            assert outcome.interval_s > 0
            assert (after.phase, after.step, after.memory) == (outcome.phase, outcome.step, outcome.memory)
            assert written_interval_s(after, at, on) == outcome.interval_s
            assert (after.reps, after.last_on, after.last_at) == (state.reps + 1, on, at)


def written_interval_s(after: CardState, at: datetime, on: int) -> Any:
    """What a card's new state says of when it comes back."""
    if after.due_at is not None:
        assert after.due_on == on
        return (after.due_at - at).total_seconds()
    assert after.due_on is not None
    return (after.due_on - on) * DAY_S


@hypothesis_settings(max_examples=200, deadline=None)
@given(
    st.lists(st.integers(0, 40), max_size=3),
    st.integers(0, 8),
    st.lists(st.tuples(st.sampled_from([1, 3, 30]), st.sampled_from([None, 1, 10, 50])), max_size=60),
)
def test_a_session_asks_every_card_in_its_time(waiting, reviews, answers):
    """A step that is over before anything else, the earliest first; a step that is not only when nothing else is left."""
    steps = [Waiting(Candidate(n, n, 9), START_MS + minutes * MINUTE) for n, minutes in enumerate(sorted(waiting), 100)]
    main = [Candidate(number, number, number % 3) for number in range(reviews)]
    running, now = Session(ReviewQueue(tuple(steps), (), tuple(main)), AHEAD), START_MS
    due = {step.candidate: step.due_ms for step in steps}

    for minutes, step_minutes in answers:
        card = running.next_card(now)
        soonest = min(due, key=lambda step: (due[step], step.card), default=None)
        if main and (soonest is None or due[soonest] > now):
            assert card == main[0]
        else:
            assert card == (soonest if soonest and due[soonest] <= now + AHEAD else None)
        if card is not None:
            due.pop(card, None)
            main = [other for other in main if other != card]
            if step_minutes:
                due = {**due, card: now + step_minutes * MINUTE}
            after = CardState(due_at=instant(now + step_minutes * MINUTE) if step_minutes else None)
            running.record(card, Rating.AGAIN, CardState(), after, 1000)
        now += minutes * MINUTE

    assert running.left() == Left(0, len(due), len(main))
    assert wait_until(running.queue) == min(due.values(), default=None)
