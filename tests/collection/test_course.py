"""The course: what is known, begun, open, waiting; and what a deck rests on."""

from __future__ import annotations

import pytest

from bedrill.collection import course
from bedrill.model import Rating

DECKS = {"http": [], "apis": ["http"], "crud": ["apis", "sql"], "sql": [], "own": ["crud"]}


@pytest.fixture
def places(collection, take):
    """Five decks that rest on each other; what stands where, by deck."""
    for lesson, (name, requires) in enumerate(DECKS.items(), 1):
        number = f"lesson: {lesson}\n" if name != "own" else ""
        text = f"---\nid: {name}\n{number}requires: {requires}\n---\n\n## What is {name}? {{#q}}\n\nThat.\n"
        take(text, f"{name}.md")
    return lambda: {place.deck.deck_id: place for place in course.places(collection)}


def standings(places) -> dict[str, str]:
    return {name: str(place.standing) for name, place in places.items()}


def test_at_the_beginning_what_rests_on_nothing_is_open(places):
    assert standings(places()) == {"http": "open", "apis": "waits", "crud": "waits", "sql": "open", "own": "waits"}


def test_what_is_known_opens_the_next(places, give):
    give("http/q", Rating.EASY)

    assert standings(places()) == {"http": "known", "apis": "open", "crud": "waits", "sql": "open", "own": "waits"}


def test_what_was_begun_and_is_forgotten_is_begun(places, give, now):
    give("http/q", Rating.EASY)
    give("sql/q", Rating.AGAIN)
    now.move(days=400)

    found = places()

    assert (found["http"].standing, found["sql"].standing) == ("begun", "begun")
    assert 0 < found["http"].readiness < 0.8
    assert found["apis"].waits_for == ("http",)


def test_it_is_counted_how_many_decks_wait_through_others(places, give):
    assert {name: place.opens for name, place in places().items()} == {
        "http": 3,
        "apis": 2,
        "crud": 1,
        "sql": 2,
        "own": 0,
    }


def test_decks_that_require_each_other_wait_for_each_other_and_no_more(collection, take):
    for name, other in (("a", "b"), ("b", "a")):
        take(f"---\nid: {name}\nrequires: [{other}]\n---\n\n## What is {name}? {{#q}}\n\nThat.\n", f"{name}.md")

    assert [(place.waits_for, place.opens) for place in course.places(collection)] == [(("b",), 1), (("a",), 1)]


def test_the_ground_of_a_deck_is_what_it_rests_on_directly_and_is_not_known(collection, places, give):
    rows = {name: place.deck.row_id for name, place in places().items()}
    give("sql/q", Rating.EASY)

    assert [(deck.deck_id, ready) for deck, ready in course.ground_of(collection, rows["crud"])] == [("apis", 0.0)]
    assert course.ground_of(collection, rows["http"]) == []
