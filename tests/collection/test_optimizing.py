"""Optimized parameters in a collection: kept if they are better, replayed, and back again."""

from __future__ import annotations

import pytest
from tests.hidden_learner import answers
from tests.test_optimizer import FORGETFUL

from bedrill.clock import day_number
from bedrill.collection import answering, doctor, optimizing
from bedrill.memory import DEFAULT_PARAMETERS
from bedrill.store import log

CARDS = 60


@pytest.fixture
def studied(collection, take, now):
    """A learner who forgets sooner than the defaults think."""
    take("\n\n".join(f"## What is the number {n}? {{#n{n}}}\n\n{n}." for n in range(CARDS)))
    log.append_all(collection.db, answers(FORGETFUL, CARDS, day_number(now().date()) - 3000))
    answering.rebuild(collection)
    return collection


def states(collection) -> list[tuple[object, ...]]:
    rows = collection.db.execute("SELECT id, stability_days, difficulty FROM cards ORDER BY id")
    return list(rows)


def test_better_parameters_are_kept_and_every_state_is_replayed(studied):
    reviews, before = studied.db.execute("SELECT * FROM reviews").fetchall(), states(studied)

    found = optimizing.fit(studied)
    optimizing.keep(studied, found)

    assert found.is_better
    assert studied.settings.fsrs_parameters == found.parameters
    assert states(studied) != before
    assert studied.db.execute("SELECT * FROM reviews").fetchall() == reviews
    assert all(finding.ok for finding in doctor.examine(studied))


def test_a_fit_alone_changes_nothing(studied):
    before = list(studied.db.iterdump())

    optimizing.fit(studied)

    assert list(studied.db.iterdump()) == before


def test_undo_goes_back_once(studied):
    before = states(studied)
    optimizing.keep(studied, optimizing.fit(studied))

    optimizing.undo(studied)

    assert (states(studied), studied.settings.fsrs_parameters) == (before, DEFAULT_PARAMETERS)
    with pytest.raises(optimizing.NothingOptimizedError):
        optimizing.undo(studied)


def test_too_few_answers_are_said(collection, take):
    take("## One? {#one}\n\n1.")

    with pytest.raises(optimizing.TooFewAnswersError, match="fewer than 400 answers"):
        optimizing.fit(collection)
