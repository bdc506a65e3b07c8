from __future__ import annotations

import re

import pytest

from bedrill.deckfile.grammar import is_name
from bedrill.deckfile.slugs import free_slug, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        pytest.param("What is 2PC?", "what-is-2pc", id="words"),
        pytest.param("a {{c1::b::hint}} c", "a-b-c", id="deletions-are-shown"),
        pytest.param("Où est le café?", "ou-est-le-cafe", id="accents-go"),
        pytest.param("`snake_case` & more", "snake-case-more", id="underscores-part-words"),
        pytest.param("什么是缓存?", "什么是缓存", id="other-scripts-stay"),
        pytest.param("one " * 30, "one-one-one-one-one-one-one-one-one-one-one-one", id="whole-words-within-48"),
        pytest.param("x" * 60, "x" * 48, id="a-long-word-is-cut"),
        pytest.param("?!", "note-545f940d", id="no-words"),
    ],
)
def test_a_slug_says_what_the_question_says(text: str, slug: str) -> None:
    assert slugify(text) == slug
    assert is_name(slug)


def test_a_lone_surrogate_has_a_slug() -> None:
    assert re.fullmatch("note-[0-9a-f]{8}", slugify("\ud800"))


def test_a_taken_slug_is_numbered() -> None:
    numbers: dict[str, int] = {}

    assert free_slug("a", {}, numbers) == "a"
    assert free_slug("a", {"a", "a-2"}, numbers) == "a-3"
    assert free_slug("a", {"a", "a-2", "a-3"}, numbers) == "a-4"


def test_many_equal_questions_cost_one_look_each() -> None:
    looks = 0

    class Taken(set[str]):
        def __contains__(self, slug: object) -> bool:
            nonlocal looks
            looks += 1
            return super().__contains__(slug)

    taken = Taken()
    numbers: dict[str, int] = {}
    for _ in range(1_000):
        taken.add(free_slug("a", taken, numbers))

    assert len(taken) == 1_000
    assert looks <= 3_000
