from __future__ import annotations

import pytest

from bedrill import formats
from bedrill.deckfile.parser import parse_bytes
from bedrill.formats import markdown

DECK = b"---\nid: a\ntitle: a\n---\n\n## q?\n\na\n"


@pytest.mark.parametrize(
    ("data", "path"),
    [
        pytest.param(DECK, "cards.txt", id="a-question"),
        pytest.param(b"a\r\n## q?\r\n", "cards", id="a-question-further-down"),
        pytest.param(b"", "cards.md", id="suffix"),
        pytest.param(b"", "cards.markdown", id="long-suffix"),
    ],
)
def test_markdown_is_known_by_its_questions_or_its_suffix(data: bytes, path: str) -> None:
    assert markdown.recognises(data, path)


@pytest.mark.parametrize("data", [b"", b"# title\n", b"front,back\n", b"a ## b\n", b"##b\n"])
def test_other_text_is_not_markdown(data: bytes) -> None:
    assert not markdown.recognises(data, "cards.txt")


def test_what_is_read_is_what_the_parser_reads() -> None:
    assert markdown.read(DECK, "a.md") == parse_bytes(DECK, "a.md")


def test_what_is_written_is_read_again() -> None:
    assert markdown.write(markdown.read(DECK, "a.md")).encode() == DECK


def test_a_file_goes_to_the_format_that_recognises_it() -> None:
    assert formats.read(DECK, "a.txt") == parse_bytes(DECK, "a.txt")
