"""The names that people type for decks."""

from __future__ import annotations

import pytest

from bedrill.collection import naming
from bedrill.errors import NotFoundError

DECKS = (("http", 5, "web"), ("sql", 9, "data, web"), ("cap", 43, "theory"))
TEXT = "---\nid: {}\nlesson: {}\ntags: [{}]\n---\n\n## Question? {{#q}}\n\nAnswer.\n"
OWN = "---\nid: my-own\n---\n\n## Question? {#q}\n\nAnswer.\n"


@pytest.fixture(autouse=True)
def _decks(take):
    for name, lesson, tags in DECKS:
        take(TEXT.format(name, lesson, tags), f"{name}.md")
    take(OWN, "own.md")


@pytest.mark.parametrize(
    ("names", "decks"),
    [
        pytest.param(["43"], ["cap"], id="a lesson"),
        pytest.param(["043"], ["cap"], id="a lesson as its file has it"),
        pytest.param(["5-9"], ["http", "sql"], id="a range"),
        pytest.param(["1-999"], ["http", "sql", "cap"], id="a long range: no custom decks"),
        pytest.param(["my-own"], ["my-own"], id="an id"),
        pytest.param(["*"], ["http", "sql", "cap", "my-own"], id="all of them"),
        pytest.param(["?ql", "[hc]*"], ["http", "sql", "cap"], id="globs"),
        pytest.param(["cap", "5", "cap"], ["http", "cap"], id="several, once each, in the order of the course"),
        pytest.param([], [], id="none"),
    ],
)
def test_a_name_means_decks(collection, names, decks):
    assert [deck.deck_id for deck in naming.decks_named(collection, names)] == decks


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        pytest.param("htpp", "did you mean 'http'?", id="a slip"),
        pytest.param("44", "did you mean '43'?", id="a lesson that is not there"),
        pytest.param("9-5", "did you mean '9'?", id="a range the wrong way round"),
        pytest.param("HTTP", "'bedrill decks' lists them", id="ids are in lower case"),
        pytest.param("", "'bedrill decks' lists them", id="nothing"),
        pytest.param("9" * 5_000, "'bedrill decks' lists them", id="a number of 5,000 digits"),
        pytest.param("gr\udcf6\udcdfe", "'bedrill decks' lists them", id="not UTF-8"),
        pytest.param("*a*" * 300 + "!", "'bedrill decks' lists them", id="a pattern made to be slow"),
    ],
)
def test_an_unknown_deck_is_an_error_with_a_hint(collection, name, hint):
    with pytest.raises(NotFoundError) as caught:
        naming.decks_named(collection, ["cap", name])

    assert (caught.value.message, caught.value.hint, caught.value.exit_code) == (f"no deck '{name}'", hint, 4)


def test_a_tag_means_decks(collection):
    assert [deck.deck_id for deck in naming.decks_tagged(collection, "web")] == ["http", "sql"]


def test_an_unknown_tag_is_an_error_with_a_hint(collection):
    with pytest.raises(NotFoundError) as caught:
        naming.decks_tagged(collection, "dat")

    assert (caught.value.message, caught.value.hint) == ("no deck is tagged 'dat'", "did you mean 'data'?")
