from __future__ import annotations

import pytest

from bedrill.deckfile.lint import text
from bedrill.deckfile.parser import parse_deck


def test_words_stand_outside_of_code() -> None:
    assert text.words("Don't `run it` now: [a b](c) e.g. TCP/IP\n\n```text\nd\n```") == [
        "don't", "now", "a", "b", "e.g", "tcp/ip",
    ]  # fmt: skip


def test_content_words_count_code_spans_and_no_stop_words() -> None:
    assert text.content_words("What is the `GET` of a cache?") == ["get", "cache"]


@pytest.mark.parametrize(
    ("markdown", "count"),
    [
        ("", 0),
        ("One", 0),
        ("One.", 1),
        ("One. Two? Three!", 3),
        ("One, e.g. Two.", 1),
        ("v1.2 and 3.4.", 1),
        ("`a. B.` c.", 1),
        ("One.\n\n`b` two.", 2),
    ],
)
def test_sentences_end_with_a_mark_before_a_new_beginning(markdown: str, count: int) -> None:
    assert text.sentences(markdown) == count


@pytest.mark.parametrize(
    ("markdown", "paragraph"),
    [("", ""), ("a\nb\n\nc", "a\nb"), ("```text\nx\n```\n\na", "a"), ("\n\n a", "a")],
)
def test_the_first_paragraph_is_no_fence(markdown: str, paragraph: str) -> None:
    assert text.first_paragraph(markdown) == paragraph


def test_the_front_shows_deletions() -> None:
    (note,) = parse_deck("## A {{c1::b::c}} d", "a.md").notes

    assert text.front(note) == "A b d"


def test_stems_let_forms_of_a_word_meet() -> None:
    assert text.stems("It requested") == text.stems("requests") == {"reque"}
