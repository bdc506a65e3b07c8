"""`bedrill optimize`; what is fitted is in tests/test_optimizer.py."""

from __future__ import annotations

from contextlib import closing

import pytest
from tests.hidden_learner import answers
from tests.test_optimizer import FORGETFUL

from bedrill.clock import day_number
from bedrill.collection import answering, open_collection
from bedrill.memory import DEFAULT_PARAMETERS
from bedrill.store import log


@pytest.fixture
def learner(invoke, deck_file, db_path, now):
    """Makes a learner with these hidden parameters."""

    def call(parameters) -> None:
        invoke("import", str(deck_file("\n\n".join(f"## What is {n}? {{#n{n}}}\n\n{n}." for n in range(60)), "n.md")))
        with closing(open_collection(db_path, now)) as collection:
            log.append_all(collection.db, answers(parameters, 60, day_number(now().date()) - 3000))
            answering.rebuild(collection)

    return call


def test_better_parameters_are_kept_and_can_be_taken_back(invoke, learner):
    learner(FORGETFUL)
    defaults = invoke("config", "fsrs_parameters").out

    dry = invoke("optimize", "--dry-run")
    still = invoke("config", "fsrs_parameters").out
    result = invoke("optimize")
    fitted = invoke("config", "fsrs_parameters").out
    undone = invoke("optimize", "--undo")

    assert (dry.code, dry.err) == (0, "they would be kept: bedrill optimize\n")
    assert (result.code, result.out) == (0, dry.out)
    assert result.err == "the fitted parameters are in use; 'bedrill optimize --undo' goes back\n"
    lines = result.out.splitlines()
    assert lines[0] == "540 answers on a later day; the latest 108 judge"
    assert [line.split()[0] for line in lines[2:]] == ["log", "in", "fitted"]
    assert still == defaults != fitted
    assert (undone.code, undone.err) == (0, "the parameters of before are back\n")
    assert invoke("config", "fsrs_parameters").out == defaults
    assert invoke("doctor").code == 0


def test_where_those_in_use_are_better_nothing_changes(invoke, learner):
    learner(DEFAULT_PARAMETERS)
    invoke("optimize")
    before = invoke("config", "fsrs_parameters").out

    result = invoke("optimize", "--json")

    assert result.code == 0
    assert result.json["kept"] is (result.json["after"]["log_loss"] < result.json["before"]["log_loss"])
    assert (invoke("config", "fsrs_parameters").out != before) is result.json["kept"]


def test_the_json(invoke, learner):
    learner(FORGETFUL)

    data = invoke("optimize", "--dry-run", "--json").json

    assert list(data) == ["answers", "held_out", "before", "after", "kept", "parameters"]
    assert (data["answers"], data["held_out"], data["kept"], len(data["parameters"])) == (540, 108, False, 21)
    assert list(data["before"]) == ["log_loss", "rmse"]


def test_too_few_answers(invoke):
    result = invoke("optimize")

    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "bedrill: fewer than 400 answers on a later day than the one before; that is too few to fit to\n"
        "try: the defaults of FSRS serve until then; go on with 'bedrill review'\n"
    )


def test_nothing_to_take_back_and_both_at_once(invoke):
    assert invoke("optimize", "--undo").err == "bedrill: no parameters were optimized\ntry: bedrill optimize\n"
    assert invoke("optimize", "--undo", "--dry-run").code == 2
