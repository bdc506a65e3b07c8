"""`bedrill suspend`."""

from __future__ import annotations

import pytest

WEB = "---\nid: web\nlesson: 5\ntags: [net]\n---\n\n## Which port? {#port}\n\n443\n"


@pytest.fixture(autouse=True)
def _decks(invoke, deck_file):
    invoke("import", str(deck_file()), str(deck_file(WEB, "web.md")))


@pytest.mark.parametrize(
    ("targets", "said", "suspended"),
    [
        pytest.param(["cap/choice"], "1 card suspended\n", ["cap/choice"], id="a card"),
        pytest.param(["cap/quorum"], "2 cards suspended\n", ["cap/quorum#1", "cap/quorum#2"], id="all siblings"),
        pytest.param(["cap/quorum#2"], "1 card suspended\n", ["cap/quorum#2"], id="one sibling"),
        pytest.param(["web"], "1 card suspended\n", ["web/port"], id="a deck"),
        pytest.param(["5", "cap/log"], "2 cards suspended\n", ["web/port", "cap/log"], id="a lesson and a card"),
        pytest.param(["tag:net"], "1 card suspended\n", ["web/port"], id="a tag"),
    ],
)
def test_cards_decks_and_tags(invoke, targets, said, suspended):
    result = invoke("suspend", *targets)

    assert (result.code, result.out, result.err) == (0, "", said)
    assert [row["card"] for row in invoke("search", "is:suspended", "--json").json] == suspended


def test_what_was_so_already_is_said(invoke):
    invoke("suspend", "cap/choice")

    assert invoke("suspend", "cap").err == "3 cards suspended (1 were already)\n"


def test_suspended_cards_are_not_asked(invoke):
    invoke("suspend", "cap", "web")

    assert invoke("due", "--count").out == "0\n"
    assert invoke("next", "--json").json == {"card": None}


@pytest.mark.parametrize(
    ("target", "message"),
    [
        pytest.param("cap/choise", "bedrill: no card 'cap/choise'\ndid you mean 'cap/choice'?\n", id="card"),
        pytest.param("cpa", "bedrill: no deck 'cpa'\ndid you mean 'cap'?\n", id="deck"),
        pytest.param("tag:nett", "bedrill: no deck is tagged 'nett'\ndid you mean 'net'?\n", id="tag"),
    ],
)
def test_an_unknown_name_changes_nothing(invoke, target, message):
    result = invoke("suspend", "cap/choice", target)

    assert (result.code, result.out, result.err) == (4, "", message)
    assert invoke("search", "is:suspended", "--json").json == []
