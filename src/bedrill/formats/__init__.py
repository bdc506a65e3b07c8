"""
File formats, one module each, and the dicts that name them.

A deck format has `recognises(data, path)` and `read(data, path)`, which gives the one deck of a text that people edit.
A stream format has `recognises(head, path)` and `read(path, shown, clock)`, which yields records as the file is read.
Neither raises on content: what is wrong is a `Problem`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from bedrill.formats import apkg, delimited, jsonl, markdown, obsidian, questions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from bedrill.clock import Clock
    from bedrill.exchange import Record
    from bedrill.note import DeckFile


class Format(Protocol):
    """What a module of a deck format offers."""

    def recognises(self, data: bytes, path: str) -> bool:
        """Whether the content looks like this format."""

    def read(self, data: bytes, path: str) -> DeckFile:
        """The deck in a file's bytes."""


class StreamFormat(NamedTuple):
    """
    A format that is read as a stream of records.

    Attributes:
        is_edited: Whether people edit such files and import them again: what is gone from one is then retired.
        deck_id: The deck that a file is.
    """

    name: str
    is_edited: bool
    recognises: Callable[[bytes, str], bool]
    read: Callable[[Path, str, Clock], Iterator[Record]]
    deck_id: Callable[[Path], str]


def _no_deck(path: Path) -> str:
    return path.stem


FORMATS: Final[Mapping[str, Format]] = {"questions": questions, "obsidian": obsidian, "markdown": markdown}
"""The more specific ones first."""
STREAMS: Final[Mapping[str, StreamFormat]] = {
    "apkg": StreamFormat("apkg", False, apkg.recognises, apkg.read, _no_deck),
    "jsonl": StreamFormat("jsonl", False, jsonl.recognises, jsonl.read, _no_deck),
    "csv": StreamFormat("csv", True, delimited.recognises, delimited.read, delimited.deck_id),
}
NAMES: Final = (*FORMATS, *STREAMS)
"""What `--format` takes."""
DECK_SUFFIXES: Final = (".md", ".markdown")
SUFFIXES: Final = (*DECK_SUFFIXES, ".csv", ".tsv", ".apkg", ".colpkg", ".jsonl")
"""What an import of a folder takes; other files are imported by name."""
_BY_SUFFIX: Final = {".apkg": "apkg", ".colpkg": "apkg", ".jsonl": "jsonl"}
"""Where the content shows nothing, the suffix tells which reader is to say what is wrong."""
HEAD_BYTES: Final = 64 * 1024


def read(data: bytes, path: str, name: str = "") -> DeckFile:
    """The deck in a file: by the format of that name, the first that recognises it, or bedrill's own."""
    if name in FORMATS:
        return FORMATS[name].read(data, path)
    for module in FORMATS.values():
        if module.recognises(data, path):
            return module.read(data, path)
    return markdown.read(data, path)


def stream_of(path: Path, name: str = "") -> StreamFormat | None:
    """The stream format of a file: that of `name`, or the one its content shows; None for a deck file."""
    if name:
        return STREAMS.get(name)
    if path.suffix.lower() in DECK_SUFFIXES:
        return None
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError:
        return None  # reading it as a deck says what is wrong
    by_content = (stream for stream in STREAMS.values() if stream.recognises(head, str(path)))
    is_table = path.suffix.lower() in delimited.SUFFIXES[:2] or delimited.recognises(head, "")
    is_text_deck = not is_table and any(module.recognises(head, "") for module in FORMATS.values())
    found = next(by_content, None) or STREAMS.get(_BY_SUFFIX.get(path.suffix.lower(), ""))
    return None if found is not None and found.name == "csv" and is_text_deck else found


def replace_file(path: Path, data: bytes) -> None:
    """Write a file so that, whatever happens, either the old or the new content is there."""
    temporary = path.with_name(f".{path.name}.bedrill")
    temporary.write_bytes(data)
    temporary.chmod(path.stat().st_mode)
    temporary.replace(path)
