"""Errors carry a message, a hint, and the exit code that the command line ends with."""

from __future__ import annotations

import re

import pytest

from bedrill import errors
from bedrill.errors import (
    BedrillError,
    ConfigError,
    DeckError,
    EditError,
    NotFoundError,
    ReviewOrderError,
    SchemaTooNewError,
    StoreError,
    UsageError,
)
from bedrill.note import Problem


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [
        pytest.param(UsageError, 2, id="usage"),
        pytest.param(NotFoundError, 4, id="not found"),
        pytest.param(StoreError, 1, id="store"),
        pytest.param(SchemaTooNewError, 1, id="schema"),
        pytest.param(ReviewOrderError, 1, id="review order"),
        pytest.param(ConfigError, 1, id="config"),
        pytest.param(EditError, 1, id="edit"),
    ],
)
def test_an_error_says_what_is_wrong_and_what_to_do(error, exit_code):
    raised = error("no deck 'cpa'", "did you mean 'cap'?")

    assert isinstance(raised, BedrillError)
    assert (raised.message, raised.hint, raised.exit_code) == ("no deck 'cpa'", "did you mean 'cap'?", exit_code)
    assert str(raised) == "no deck 'cpa'"


def test_the_hint_may_be_missing():
    assert StoreError("the disk is full").hint == ""


def test_a_deck_error_carries_all_problems():
    problem = Problem("cap.md", 3, 1, "N1", "this note has no answer")

    raised = DeckError("cap.md has problems", [problem], "bedrill check cap.md")

    assert (raised.message, raised.hint, raised.exit_code) == ("cap.md has problems", "bedrill check cap.md", 1)
    assert raised.problems == (problem,)


def test_whoever_handles_store_errors_handles_a_schema_that_is_too_new():
    assert issubclass(SchemaTooNewError, StoreError)


def test_the_tree_at_the_top_of_the_module_names_every_error_under_its_parent():
    tree = re.findall(r"^ {4}([│├└─ ]*)(\w+Error)", errors.__doc__ or "", re.MULTILINE)
    drawn = {name: len(lead) // 4 for lead, name in tree}

    defined = {
        name: len(value.__mro__) - len(BedrillError.__mro__)
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, BedrillError)
    }

    assert drawn == defined
