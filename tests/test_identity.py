from __future__ import annotations

import pytest

from bedrill.deckfile.parser import parse_deck
from bedrill.identity import COMPARED_CHARS, MAX_PAIRS, matches
from bedrill.note import StoredNote


def stored(text: str, *, retired: bool = False) -> list[StoredNote]:
    """The notes of a deck as a collection has them; rows count from 1."""
    return [
        StoredNote(row, 1, 1, note.slug, note.slug_is_derived, note.text, "", row, None, 1 if retired else None)
        for row, note in enumerate(parse_deck(text, "cards.md").notes, 1)
    ]


def rows(known: list[StoredNote], text: str) -> list[int | None]:
    return [found and found.row_id for found in matches(known, parse_deck(text, "cards.md").notes)]


TELLING = "The log is flushed before the page is."
CACHE = "## Why does a cache need an eviction policy?\n\nIt is smaller than what it caches.\n\n"
LOG = "## What does a write-ahead log protect against?\n\nA crash between two page writes.\n\n"


def test_the_same_deck_finds_every_note() -> None:
    assert rows(stored(CACHE + LOG), CACHE + LOG) == [1, 2]


def test_order_does_not_matter() -> None:
    assert rows(stored(CACHE + LOG), LOG + CACHE) == [2, 1]


def test_a_new_note_is_new() -> None:
    assert rows(stored(CACHE), LOG + CACHE) == [None, 1]


def test_an_empty_collection_knows_nothing() -> None:
    assert rows([], CACHE) == [None]


def test_an_explicit_slug_is_an_identity() -> None:
    assert rows(stored("## a? {#a}\n\nb\n"), "## Something quite different? {#a}\n\nand its answer\n") == [1]


def test_a_retired_note_that_comes_back_finds_itself() -> None:
    assert rows(stored(CACHE, retired=True), CACHE) == [1]


def test_writing_the_slug_in_keeps_the_note() -> None:
    assert rows(stored(CACHE), CACHE.replace("?\n", "? {#eviction}\n")) == [1]


def test_taking_the_slug_out_keeps_the_note() -> None:
    assert rows(stored(CACHE.replace("?\n", "? {#eviction}\n")), CACHE) == [1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            "## Why a log?\n\nBecause of crashes.", "## Why a log?\n\nThe disk may fail.", id="another-answer"
        ),
        pytest.param(
            "## Why does a cache evict?\n\nIt is small.",
            "## Why does the cache evict?\n\nIt is smaller.",
            id="nearly-the-same-question",
        ),
        pytest.param(
            f"## Why is it safe?\n\n{TELLING}",
            f"## What makes recovery after power loss possible?\n\n{TELLING}",
            id="a-telling-answer",
        ),
        pytest.param(
            "## Which port has HTTPS?\n\n443",
            "## Which TCP port does HTTPS have?\n\n443",
            id="a-short-answer-and-a-related-question",
        ),
        pytest.param("## Why a log? {#old}\n\nb", "## Why a log? {#new}\n\nb", id="another-slug-and-nothing-else"),
        pytest.param("## Why a   log?\n\nb", "## why a log?\n\nB", id="white-space-and-case"),
    ],
)
def test_a_reworded_note_is_recognised(old: str, new: str) -> None:
    assert rows(stored(old), new) == [1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("## Which port has SSH?\n\n22", "## How many bits has a nibble?\n\n22", id="a-short-answer-alone"),
        pytest.param("## Why a log?\n\na", "## How fast is light in glass?\n\nb", id="nothing-in-common"),
        pytest.param("## Why a log? {#a}\n\nb", "## Why a log? {#c}\n\nd", id="two-slugs-and-two-answers"),
        pytest.param("## Why a log? {#a}\n\nb", "## Why a big log? {#c}\n\nb", id="two-slugs-and-two-questions"),
    ],
)
def test_another_note_is_not_taken_for_it(old: str, new: str) -> None:
    assert rows(stored(old), new) == [None]


def test_the_best_pair_wins() -> None:
    old = "## Why does a cache evict items?\n\nIt is small.\n\n## Why does a cache expire items?\n\nThey go stale.\n"
    new = (
        "## Why does a cache expire an item?\n\nThey go stale.\n\n## Why does a cache evict an item?\n\nIt is small.\n"
    )

    assert rows(stored(old), new) == [2, 1]


def test_no_note_is_taken_twice() -> None:
    assert rows(stored(CACHE), CACHE + CACHE) == [1, None]


def test_choices_and_key_points_are_part_of_an_answer() -> None:
    old = "## Which is right of these two?\n- [ ] one\n- [x] two\n\n## Tell me why. {.interview}\n### Key points\n- must: a\n"
    new = "## Tell me why. {.interview}\n### Key points\n- must: a\n\n## Which is right of these two?\n- [ ] one\n- [x] two\n"

    assert rows(stored(old), new) == [2, 1]


def test_a_deck_that_was_rewritten_whole_is_not_compared_note_by_note() -> None:
    count = int(MAX_PAIRS**0.5) + 1
    old = "".join(f"## Why {number}?\n\n{TELLING}\n\n" for number in range(count))
    new = "".join(f"## How {number}?\n\n{TELLING}\n\n" for number in range(count))

    assert rows(stored(old), new) == [None] * count


def test_only_the_beginning_of_long_questions_is_compared() -> None:
    beginning = "word " * (COMPARED_CHARS // 5)

    assert rows(stored(f"## {beginning} one?\n\na"), f"## {beginning} {'two ' * 5_000}?\n\nb") == [1]
