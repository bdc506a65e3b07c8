from __future__ import annotations

import pytest

from bedrill.deckfile.parser import parse_bytes, parse_deck
from bedrill.limits import MAX_DECK_BYTES, MAX_LINES, MAX_NOTE_CHARS, MAX_NOTES, MAX_PROBLEMS
from bedrill.note import DeckFile, Problem

QUESTION = "## q?\n\na\n"


def test_a_note_goes_to_the_next_heading_of_its_level_or_above(deck: DeckFile) -> None:
    """
    before

    ## one?

    1

    ### More

    still 1

    # Part

    between

    ## two?

    2
    """
    assert [(note.line, note.heading, note.answer) for note in deck.notes] == [
        (3, "one?", "1\n\n### More\n\nstill 1"),
        (15, "two?", "2"),
    ]


def test_a_derived_slug_keeps_clear_of_every_explicit_one(deck: DeckFile) -> None:
    """
    ## a

    1

    ## a

    2

    ## b {#a}

    3
    """
    assert [note.slug for note in deck.notes] == ["a-2", "a-3", "a"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(end: str) -> None:
    text = "---\nid: x\n---\n\n## q?\n\na\n\nb\n"

    assert parse_deck(text.replace("\n", end), "a.md") == parse_deck(text, "a.md")


def test_a_byte_order_mark_does_not_matter() -> None:
    assert parse_bytes(b"\xef\xbb\xbf" + QUESTION.encode(), "a.md") == parse_deck(QUESTION, "a.md")


def test_other_characters_do_not_end_a_line() -> None:
    (note,) = parse_deck("## a\x0cb\x85c\u2028d\n\ne", "a.md").notes

    assert note.heading == "a\x0cb\x85c\u2028d"


def test_a_deck_may_have_exactly_8_mib() -> None:
    deck = parse_bytes(QUESTION.encode().ljust(MAX_DECK_BYTES, b"a"), "a.md")

    assert [problem.message for problem in deck.problems] == [f"a note of more than {MAX_NOTE_CHARS} characters"]


def test_a_larger_file_is_not_read() -> None:
    deck = parse_bytes(QUESTION.encode().ljust(MAX_DECK_BYTES + 1, b"\n"), "a.md")

    assert deck == DeckFile(
        "a.md",
        "",
        "",
        problems=(Problem("a.md", 0, 1, "D4", "more than the 8 MiB that a deck may have", "split it"),),
    )


@pytest.mark.parametrize(
    ("data", "line", "column", "byte"),
    [
        pytest.param(b"\xe9", 1, 1, "e9", id="at-once"),
        pytest.param("## café ".encode() + b"\xe9", 1, 9, "e9", id="columns-are-characters"),
        pytest.param(b"a\r\nb\rc\n\xff", 4, 1, "ff", id="any-line-end"),
        pytest.param(b"\xef\xbb\xbfab\xe9", 1, 3, "e9", id="behind-a-byte-order-mark"),
        pytest.param(b"ab\xc3", 1, 3, "c3", id="cut-short"),
    ],
)
def test_a_byte_that_is_not_utf_8_has_its_place(data: bytes, line: int, column: int, byte: str) -> None:
    deck = parse_bytes(data, "a.md")

    message = f"byte 0x{byte} is not UTF-8"
    assert deck.problems == (Problem("a.md", line, column, "D3", message, "save the file as UTF-8"),)


def test_a_note_may_have_64_ki_characters() -> None:
    question = "## q?\n\n"
    fits = question + "a" * (MAX_NOTE_CHARS - len(question) - 1)

    assert parse_deck(fits, "a.md").problems == ()
    assert parse_deck(fits + "a", "a.md").problems == (
        Problem("a.md", 1, 1, "D4", "a note of more than 65536 characters", "split it"),
    )


def test_a_deck_may_have_50_000_notes() -> None:
    fits = "## a\nb\n" * MAX_NOTES

    deck = parse_deck(fits, "a.md")
    too_many = parse_deck(fits + "## a\nb\n", "a.md")

    assert len({note.slug for note in deck.notes}) == MAX_NOTES
    assert too_many.notes == ()
    assert too_many.problems == (Problem("a.md", 100_001, 1, "D4", "more than 50000 notes", "split the deck"),)


def test_a_deck_may_have_500_000_lines() -> None:
    deck = parse_deck("\n" * MAX_LINES, "a.md")

    assert deck.notes == ()
    assert deck.problems == (Problem("a.md", 500_001, 1, "D4", "more than 500000 lines", "split the deck"),)


def test_only_the_first_200_problems_are_listed() -> None:
    deck = parse_deck("## q?\n" * (MAX_PROBLEMS + 5), "a.md")

    assert len(deck.problems) == MAX_PROBLEMS + 1
    assert deck.problems[-1] == Problem("a.md", 0, 1, "D11", "problems not listed here: 5", "mend the first ones")


def test_an_open_fence_outside_of_notes_is_a_problem_and_not_a_loss() -> None:
    deck = parse_deck("```text\n\n## q?\n\na", "a.md")

    message = "this code fence is never closed: no note behind it is seen"
    assert deck.problems == (Problem("a.md", 1, 1, "N5", message, "close it with a line of the same marks"),)


def test_a_deck_with_errors_has_its_good_notes_and_says_so() -> None:
    deck = parse_deck("## one?\n\n1\n\n## two?\n", "a.md")

    assert [note.heading for note in deck.notes] == ["one?", "two?"]
    assert deck.has_errors


def test_a_warning_is_no_error() -> None:
    deck = parse_deck("## one? {.new}\n\n1\n", "a.md")

    assert [str(problem.severity) for problem in deck.problems] == ["warning"]
    assert not deck.has_errors
