from __future__ import annotations

import pytest

from bedrill.deckfile.parser import parse_deck
from bedrill.deckfile.writer import with_slugs, write_deck

FULL = """\
---
id: '010'
title: 'HTTP: basics'
lesson: 5
level: beginner
requires: [1, tcp, '042']
tags: [web, 'yes']
topics: 2
allow:
  F4#a: the contrast is the card
---

## a? {#a}

1

## b?

2
"""


def test_a_deck_is_written_as_its_author_would() -> None:
    deck = parse_deck(FULL, "cards.md")

    assert deck.problems == ()
    assert write_deck(deck) == FULL


def test_only_what_is_said_is_written() -> None:
    deck = parse_deck("prose\n\n## a?\n\n1\n\n# Part\n\nprose", "cards.md")

    assert write_deck(deck) == "---\nid: cards\ntitle: cards\n---\n\n## a?\n\n1\n"


@pytest.mark.parametrize("title", ["a\u2028b", "- a", "a: b # c", "'a'", '"', "\x1b[31m", "…", "null", "1_000"])
def test_any_title_survives(title: str) -> None:
    deck = parse_deck("## a?\n\n1", "cards.md")._replace(title=title)

    assert parse_deck(write_deck(deck), "cards.md").title == title


@pytest.mark.parametrize(
    ("text", "fixed", "count"),
    [
        pytest.param("## a?\n\n1\n", "## a? {#a}\n\n1\n", 1, id="no-attributes"),
        pytest.param("## a? {.core}\n\n1\n", "## a? {#a .core}\n\n1\n", 1, id="attributes"),
        pytest.param("## a? {#b}\n\n1\n", "## a? {#b}\n\n1\n", 0, id="a-slug"),
        pytest.param("## a? \t\r\n\r\n1  \r\n", "## a? {#a} \t\r\n\r\n1  \r\n", 1, id="crlf-and-trailing-space"),
        pytest.param("## a?\r\r1", "## a? {#a}\r\r1", 1, id="cr"),
        pytest.param("##   use {x}\n\n1", "##   use {x} {#use-x}\n\n1", 1, id="braces-in-the-question"),
        pytest.param("##   a {{c1::b}}", "##   a {{c1::b}} {#a-b}", 1, id="cloze-at-the-end"),
        pytest.param(
            "## a?\r\n\r\n1\x0c2\u2028\r\n\r\n## b?\r\n\r\n3",
            "## a? {#a}\r\n\r\n1\x0c2\u2028\r\n\r\n## b? {#b}\r\n\r\n3",
            2,
            id="odd-characters",
        ),
        pytest.param("\ufeff## a?\n\n1", "\ufeff## a? {#a}\n\n1", 1, id="byte-order-mark"),
        pytest.param(
            "---\nid: x\n---\n# T\n## a?\n\n1", "---\nid: x\n---\n# T\n## a? {#a}\n\n1", 1, id="below-front-matter"
        ),
    ],
)
def test_slugs_are_written_and_nothing_else_changes(text: str, fixed: str, count: int) -> None:
    assert with_slugs(text, parse_deck(text, "cards.md")) == (fixed, count)
