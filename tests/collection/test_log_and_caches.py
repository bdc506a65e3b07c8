"""
Whatever is answered and taken back: states, sums and counts are those of the log.

The log is the truth; everything else on disk can be made from it again.
"""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedrill import history
from bedrill.collection import answering, browse, doctor, importing, open_collection, today
from bedrill.collection.answering import NothingToUndoError
from bedrill.errors import ReviewOrderError
from bedrill.memory import DEFAULT_PARAMETERS
from bedrill.model import Rating
from bedrill.store import cards, log

DECK = """\
---
id: cap
---

## First? {#first}

1

## {{c1::Second}} and {{c2::third}}. {#both}
"""
NAMES = ("cap/first", "cap/both#1", "cap/both#2")
ANSWER = st.tuples(st.just("answer"), st.sampled_from(NAMES), st.sampled_from(Rating), st.booleans())
UNDO = st.tuples(st.just("undo"))
WAIT = st.tuples(st.just("wait"), st.integers(-3_000, 40_000_000))
SETTING = st.tuples(
    st.just("set"),
    st.sampled_from(
        (
            ("learning_steps", ""),
            ("learning_steps", "1m 10m 1d"),
            ("relearning_steps", "10m 2d"),
            ("fsrs_parameters", " ".join(map(str, (0.4, 0.6, 2.4, 5.8, *DEFAULT_PARAMETERS[4:])))),
            ("desired_retention", "0.8"),
            ("day_start", "23:30"),
            ("time_zone", "Pacific/Kiritimati"),
            ("time_zone", "America/Los_Angeles"),
        )
    ),
)
STEPS = st.lists(ANSWER | ANSWER | UNDO | WAIT | WAIT | SETTING, max_size=25)


class Life:
    """A collection and its clock; `live` takes a step of a person's life with it."""

    def __init__(self, path, file):
        self.at = datetime(2026, 1, 5, 9, tzinfo=UTC)
        self.collection = open_collection(path, lambda: self.at)
        importing.import_paths(self.collection, [file])

    def live(self, step):
        match step:
            case ("answer", name, rating, is_cram):
                card = browse.card_named(self.collection, name)
                with contextlib.suppress(ReviewOrderError):
                    answering.answer(self.collection, card, rating, duration_ms=1_500, is_cram=is_cram)
            case ("undo",):
                try:
                    answering.undo(self.collection)
                except NothingToUndoError:
                    assert not list(log.everything(self.collection.db))
            case ("wait", seconds):
                self.at += timedelta(seconds=seconds)
            case ("set", (key, value)):
                browse.set_setting(self.collection, key, value)


@pytest.fixture
def born(tmp_path, deck_file):
    """Starts one life after the other."""
    file = deck_file(DECK)
    lives: list[Life] = []

    def start():
        if lives:
            lives[-1].collection.close()
        lives.append(Life(tmp_path / f"{len(lives)}.db", file))
        return lives[-1]

    yield start
    lives[-1].collection.close()


@given(STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_states_and_sums_are_those_of_the_log_after_every_step(born, steps):
    life = born()
    db = life.collection.db

    for step in steps:
        life.live(step)

        assert cards.states(db) == history.replay(log.everything(db), life.collection.settings)
        assert log.day_sums(db, 0, 99_999) == history.day_sums(log.everything(db))


@given(STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_doctor_finds_nothing_to_mend_and_a_rebuild_changes_nothing(born, steps):
    life = born()
    for step in steps:
        life.live(step)
    before = cards.states(life.collection.db), log.day_sums(life.collection.db, 0, 99_999)

    findings = doctor.examine(life.collection)
    answering.rebuild(life.collection)

    assert [finding.name for finding in findings if not finding.ok and finding.name != "clock"] == []
    assert (cards.states(life.collection.db), log.day_sums(life.collection.db, 0, 99_999)) == before


@given(STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_taking_everything_back_leaves_a_collection_as_if_nothing_had_been_answered(born, steps):
    life = born()
    for step in steps:
        life.live(step)

    for _ in range(len(steps)):
        life.live(("undo",))

    assert cards.states(life.collection.db) == {}
    assert log.day_sums(life.collection.db, 0, 99_999) == []
    assert today.answers_today(life.collection, life.collection.clock.today()) == []
    assert log.streak(life.collection.db, life.collection.clock.today()) == 0


@given(STEPS, st.lists(ANSWER, min_size=1, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_answer_that_is_taken_back_might_as_well_not_have_been_given(born, steps, answers):
    life = born()
    for step in steps:
        life.live(step)
    db = life.collection.db
    states, sums, given = cards.states(db), log.day_sums(db, 0, 99_999), len(list(log.everything(db)))

    for answer in answers:
        life.live(answer)
    for _ in range(len(list(log.everything(db))) - given):
        life.live(("undo",))

    assert cards.states(db) == states
    assert log.day_sums(db, 0, 99_999) == sums
