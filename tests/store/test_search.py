"""Anki's search notation: what each word, filter and operator finds."""

from __future__ import annotations

import pytest

from bedrill.collection import answering, browse, importing
from bedrill.model import Rating

CAP = """\
---
id: cap
lesson: 43
tags: [distributed-systems, theory]
---

## What must a store give up? {#choice .core}

Consistency or availability, while partitioned.

## A quorum is {{c1::a majority}} of {{c2::the replicas}}. {#quorum}

Two majorities overlap: idempotent retries are safe.

## When would you give up consistency? {#when .interview form=explain level=mid}

### Key points

- must: names a case where stale beats late

### Answer

A shopping cart.
"""
HTTP = """\
---
id: http
lesson: 5
tags: [web]
---

## Which method is idempotent but not safe? {#put}

`PUT`, by RFC 9110. Größe und Café: 100 % sure, C++ says a->b_c.
"""
OWN = "---\nid: own\n---\n\n## Who wrote this? {#me}\n\nI did, after the partition.\n"
EVERYTHING = ["http/put", "cap/choice", "cap/quorum#1", "cap/quorum#2", "cap/when", "own/me"]


@pytest.fixture
def found(collection, deck_file, now):
    """Searches a collection of three decks in which cap/choice is in review and http/put in learning."""
    files = [deck_file(CAP, "cap.md"), deck_file(HTTP, "http.md"), deck_file(OWN, "own.md")]
    importing.import_paths(collection, files)
    give(collection, "http/put", Rating.GOOD)
    give(collection, "cap/choice", Rating.EASY)
    browse.set_suspended(collection, [browse.card_named(collection, "cap/quorum#2")], suspended=True)
    browse.set_buried(collection, [browse.card_named(collection, "own/me")], buried=True)
    browse.set_flag(collection, browse.card_named(collection, "cap/when"), 3)
    return lambda query: [card.name for card in browse.find(collection, query)]


def give(collection, name, rating):
    answering.answer(collection, browse.card_named(collection, name), rating, duration_ms=1_000)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        pytest.param("", EVERYTHING, id="nothing finds everything, in the order of the course"),
        pytest.param("idempotent", ["http/put", "cap/quorum#1", "cap/quorum#2"], id="a word"),
        pytest.param("IDEMPOTENT", ["http/put", "cap/quorum#1", "cap/quorum#2"], id="in any case"),
        pytest.param("idempoten", ["http/put", "cap/quorum#1", "cap/quorum#2"], id="the beginning of a word"),
        pytest.param("dempotent", [], id="not the end of one"),
        pytest.param("grosse", [], id="sharp s is a letter of its own"),
        pytest.param("größe tea", [], id="both words must be there"),
        pytest.param("größe cafe", ["http/put"], id="accents may be left out"),
        pytest.param("consistency partitioned", ["cap/choice"], id="words anywhere"),
        pytest.param('"give up"', ["cap/choice", "cap/when"], id="a phrase"),
        pytest.param('"up give"', [], id="a phrase keeps its order"),
        pytest.param('-"give up" deck:cap', ["cap/quorum#1", "cap/quorum#2"], id="not a phrase"),
        pytest.param("give-up", ["cap/choice", "cap/when"], id="words joined by a hyphen are a phrase"),
        pytest.param("idem*", ["http/put", "cap/quorum#1", "cap/quorum#2"], id="a star at the end"),
        pytest.param("idem*safe", ["http/put", "cap/quorum#1", "cap/quorum#2"], id="a star inside"),
        pytest.param("safe*idem", [], id="a star keeps the order"),
        pytest.param("100*%*sure", ["http/put"], id="a star beside a percent sign"),
        pytest.param("b_c", ["http/put"], id="an underscore is no wildcard"),
        pytest.param("b*xc", [], id="and a star needs the rest"),
        pytest.param('"->"', ["http/put"], id="signs without letters"),
        pytest.param("%", ["http/put"], id="a percent sign alone"),
        pytest.param("_", ["http/put"], id="an underscore alone"),
        pytest.param('"or"', ["cap/choice"], id="a quoted operator is a word"),
    ],
)
def test_words_find_notes(found, query, names):
    assert found(query) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        pytest.param("deck:http or deck:own", ["http/put", "own/me"], id="or"),
        pytest.param("deck:http OR deck:own", ["http/put", "own/me"], id="OR"),
        pytest.param("deck:cap and is:core", ["cap/choice"], id="and"),
        pytest.param("deck:own or deck:cap is:core", ["cap/choice", "own/me"], id="and binds closer than or"),
        pytest.param("is:core deck:cap or deck:own", ["cap/choice", "own/me"], id="on the left, too"),
        pytest.param("(deck:own or deck:cap) is:core", ["cap/choice"], id="parentheses bind closest"),
        pytest.param("-deck:cap", ["http/put", "own/me"], id="not"),
        pytest.param("-deck:43", ["http/put", "own/me"], id="not a lesson: decks without one count as well"),
        pytest.param("-(deck:cap or deck:own)", ["http/put"], id="not a group"),
        pytest.param("-(-deck:own)", ["own/me"], id="not not"),
        pytest.param("- deck:cap", ["http/put", "own/me"], id="a minus that stands alone"),
        pytest.param("- - deck:own", ["own/me"], id="two of them"),
        pytest.param("-deck:cap -deck:own", ["http/put"], id="two nots"),
        pytest.param("((deck:own))", ["own/me"], id="more parentheses than needed"),
    ],
)
def test_conditions_are_joined_as_in_anki(found, query, names):
    assert found(query) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        pytest.param("deck:43", ["cap/choice", "cap/quorum#1", "cap/quorum#2", "cap/when"], id="a lesson"),
        pytest.param("deck:ht*", ["http/put"], id="a glob"),
        pytest.param("tag:web", ["http/put"], id="a tag"),
        pytest.param(
            "tag:distributed*", ["cap/choice", "cap/quorum#1", "cap/quorum#2", "cap/when"], id="a tag's start"
        ),
        pytest.param("tag:systems", [], id="not a part of a tag"),
        pytest.param("kind:interview", ["cap/when"], id="kind"),
        pytest.param("card:cap/q*", ["cap/quorum#1", "cap/quorum#2"], id="card"),
        pytest.param("flag:3", ["cap/when"], id="flag"),
        pytest.param("is:flagged", ["cap/when"], id="flagged"),
        pytest.param("is:new", ["cap/quorum#1", "cap/quorum#2", "cap/when", "own/me"], id="new"),
        pytest.param("is:learning", ["http/put"], id="learning"),
        pytest.param("is:learn", ["http/put"], id="learn, as Anki says"),
        pytest.param("is:review", ["cap/choice"], id="review"),
        pytest.param("is:due", ["http/put"], id="due"),
        pytest.param("is:suspended", ["cap/quorum#2"], id="suspended"),
        pytest.param("is:buried", ["own/me"], id="buried"),
        pytest.param("is:core", ["cap/choice"], id="core"),
        pytest.param("is:leech", [], id="leech"),
        pytest.param("is:edited", [], id="edited"),
        pytest.param("prop:stability>5", ["cap/choice"], id="prop"),
        pytest.param("prop:s<=5", ["http/put"], id="a short name: new cards have no stability"),
        pytest.param('prop:"s > 5"', ["cap/choice"], id="with spaces"),
        pytest.param("prop:difficulty<5", ["http/put", "cap/choice"], id="difficulty"),
        pytest.param("prop:r=1", ["http/put", "cap/choice"], id="retrievability on the day"),
        pytest.param("prop:interval>=6", ["cap/choice"], id="interval"),
        pytest.param("prop:due=0", ["http/put"], id="days until due"),
        pytest.param("prop:reps!=1", ["cap/quorum#1", "cap/quorum#2", "cap/when", "own/me"], id="reps"),
        pytest.param("prop:lapses=0", EVERYTHING, id="lapses"),
    ],
)
def test_filters_find_cards(found, query, names):
    assert found(query) == names


def test_states_that_take_time(found, collection, now):
    for _ in range(8):
        now.move(days=30)
        give(collection, "cap/choice", Rating.AGAIN)
        now.move(minutes=10)
        give(collection, "cap/choice", Rating.GOOD)
    browse.edit(collection, browse.card_named(collection, "own/me"), "## Who wrote this? {#me}\n\nMe.\n")

    assert found("is:leech") == found("prop:lapses>=8") == ["cap/choice"]
    assert found("is:edited") == ["own/me"]
    assert found("is:buried") == []
    now.move(days=40)
    assert found("is:due is:review") == found("prop:due<0 is:review") == ["cap/choice"]
    assert found("prop:r<0.9 is:review") == ["cap/choice"]


def test_suspended_and_buried_cards_are_not_due(found, collection, now):
    now.move(days=40)
    assert found("is:due") == ["http/put", "cap/choice"]

    browse.set_suspended(collection, [browse.card_named(collection, "http/put")], suspended=True)
    browse.set_buried(collection, [browse.card_named(collection, "cap/choice")], buried=True)

    assert found("is:due") == []


def test_retired_cards_are_never_found(found, collection, deck_file):
    importing.import_paths(collection, [deck_file(OWN.replace("#me", "#you").replace("Who", "Whoever"), "own.md")])

    assert "own/me" not in found("")
