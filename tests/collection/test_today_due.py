"""How many cards each deck asks, today and later; and a cram."""

from __future__ import annotations

import pytest

from bedrill.collection import browse, today
from bedrill.model import Rating
from bedrill.store import log

DECK = "---\nid: {0}\nlesson: {1}\n---\n\n## A? {{#a}}\n\n1\n\n## B? {{#b}}\n\n2\n\n## {{{{c1::C}}}} {{{{c2::D}}}} {{#c}}\n"


@pytest.fixture(autouse=True)
def _two_decks(take):
    take(DECK.format("one", 1), "one.md")
    take(DECK.format("two", 2), "two.md")


def counts(rows):
    return {row.deck.deck_id: (row.new, row.learning, row.review) for row in rows}


def test_today_counts_what_the_queue_asks(collection, give, now):
    give("one/a", Rating.EASY)
    give("one/b", Rating.AGAIN)
    before = counts(today.due(collection))
    now.move(days=30)

    rows = today.due(collection)

    assert before == {"one": (1, 1, 0), "two": (3, 0, 0)}
    assert counts(rows) == {"one": (1, 1, 1), "two": (3, 0, 0)}
    assert sum(row.total for row in rows) == today.queue(collection).size


def test_decks_that_ask_nothing_are_there_with_zeros(collection):
    browse.set_suspended(collection, browse.cards_named(collection, "two"), suspended=True)

    assert counts(today.due(collection)) == {"one": (3, 0, 0), "two": (0, 0, 0)}


def test_a_scope_leaves_the_other_decks_out(collection):
    assert counts(today.due(collection, today.Scope(decks=(2,)))) == {"two": (3, 0, 0)}


def test_a_later_day_counts_what_is_scheduled_by_then(collection, give):
    """New cards up to the limit of one day, deck by deck; siblings are not looked at."""
    browse.set_setting(collection, "new_per_day", "5")
    give("one/a", Rating.EASY)
    on = collection.clock.today()

    assert counts(today.due(collection, on=on + 1)) == {"one": (3, 0, 0), "two": (2, 0, 0)}
    assert counts(today.due(collection, on=on + 30)) == {"one": (3, 0, 1), "two": (2, 0, 0)}


def test_buried_cards_are_back_tomorrow(collection):
    browse.set_buried(collection, browse.cards_named(collection, "one"), buried=True)
    on = collection.clock.today()

    assert counts(today.due(collection)) == {"one": (0, 0, 0), "two": (3, 0, 0)}
    assert counts(today.due(collection, on=on + 1)) == {"one": (4, 0, 0), "two": (4, 0, 0)}


def test_a_cram_asks_every_answered_card_until_it_is_passed(collection, give, now):
    give("one/a", Rating.EASY)
    give("one/c#1", Rating.AGAIN)
    now.move(minutes=1)
    scope = today.Scope(is_cram=True, since_ms=log.last_id(collection.db) + 1)

    def left():
        return [card.card for card in today.queue(collection, scope).main]

    first = left()
    give("one/c#1", Rating.AGAIN, is_cram=True)
    failed = left()
    give("one/c#1", Rating.GOOD, is_cram=True)

    assert (first, failed, left()) == ([3, 1], [3, 1], [1])


def test_the_day_begins_at_the_hour_that_is_set(collection, give, now):
    give("one/a", Rating.EASY)
    now.move(hours=18, minutes=59)
    before = len(today.answers_today(collection, collection.clock.today()))
    now.move(minutes=1)
    after = len(today.answers_today(collection, collection.clock.today()))

    assert (before, after) == (1, 0)
