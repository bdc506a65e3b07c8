"""Searches that cannot be read, and searches that were typed to do harm."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedrill.collection import browse
from bedrill.config import Settings
from bedrill.errors import UsageError
from bedrill.store import search

CARDS = {"cap/choice", "cap/quorum#1", "cap/quorum#2", "cap/log"}


@pytest.mark.parametrize(
    ("query", "message", "hint"),
    [
        pytest.param(
            "is:dew",
            "no state 'is:dew'",
            "is: new, learn, learning, review, suspended, buried, due, leech, core, edited, flagged",
            id="is",
        ),
        pytest.param("kind:quiz", "no kind 'quiz'", "kind:concept or kind:interview", id="kind"),
        pytest.param("flag:9a", "flag:9a is no flag", "flag:0 to flag:7", id="flag"),
        pytest.param("flag:" + "9" * 30, f"flag:{'9' * 30} is no flag", "flag:0 to flag:7", id="a huge flag"),
        pytest.param(
            "prop:ease<2",
            "cannot read prop:ease<2",
            "write prop:stability<5; properties are stability, difficulty, retrievability, ivl, interval, due, reps, "
            "lapses",
            id="prop",
        ),
        pytest.param(
            "http://example.org",
            "no filter 'http:'",
            "filters are deck: tag: kind: is: prop: flag: card:; quote a word that contains ':'",
            id="filter",
        ),
        pytest.param("(a", "a '(' is never closed in the search", "add ')'", id="open"),
        pytest.param("a)", "a ')' too many in the search", "take it away, or open it", id="close"),
        pytest.param(
            "a or",
            "something is missing in the search",
            "a word on both sides of 'or', and inside ( )",
            id="or without a word",
        ),
        pytest.param(
            "()", "something is missing in the search", "a word on both sides of 'or', and inside ( )", id="empty group"
        ),
        pytest.param("a -", "something is missing in the search", "a word behind '-'", id="a minus at the end"),
        pytest.param("(a -)", "something is missing in the search", "a word behind '-'", id="a minus before )"),
        pytest.param("- or a", "something is missing in the search", "a word behind '-'", id="a minus before or"),
        pytest.param("(" * 30, "too many parentheses in the search", "", id="nested too deep"),
        pytest.param("x" * 10_000, "a search has at most 1000 characters", "", id="10,000 characters"),
        pytest.param("gr\udcf6\udcdfe", "the search is not UTF-8", "", id="not UTF-8"),
    ],
)
def test_a_search_that_cannot_be_read_says_why(db, query, message, hint):
    with pytest.raises(UsageError) as caught:
        search.find(db, query, 0, Settings())

    assert (caught.value.message, caught.value.hint) == (message, hint)


WORDS = ("a", "or", "and", "not", "deck:", "is:due", "prop:r<1", "NEAR(", "tag:[", "deck:" + "9" * 20, ";--", " ")
SIGNS = ('"', "'", "-", "(", ")", "*", ":", "^", "+", "\0", "\\", "%", "{", "}", "²", "\u0301", "𝕏")
FRAGMENTS = st.sampled_from(WORDS + SIGNS)


@given(st.lists(FRAGMENTS, max_size=30).map(" ".join) | st.lists(FRAGMENTS, max_size=60).map("".join) | st.text())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_finds_cards_or_says_what_is_wrong(filled, query):
    """No word reaches SQL or FTS5 as anything but a value: there is no other error, and no card that is not there."""
    with contextlib.suppress(UsageError):
        assert {card.name for card in browse.find(filled, query)} <= CARDS


def test_as_many_words_as_a_search_may_have(db):
    for query in ("a " * 500, "-a " * 333, "- " * 499 + "a", "a or " * 199 + "a", "(a) " * 249, "tag:a " * 166):
        assert search.find(db, query, 0, Settings()) == []
