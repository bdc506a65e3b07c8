"""
Deck text to notes.

    parse_bytes   a file's bytes: size, encoding, then
    parse_deck    front matter, then one note per `##`

Neither raises on content: every fault is a `Problem` of the result, with its place and what to do.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from bedrill.deckfile import front_matter
from bedrill.deckfile.grammar import Line, fences, scan, split_attributes
from bedrill.deckfile.note_parser import parse_note
from bedrill.deckfile.problems import Problems
from bedrill.deckfile.slugs import free_slug, slugify
from bedrill.limits import MAX_DECK_BYTES, MAX_LINES, MAX_NOTE_CHARS, MAX_NOTES
from bedrill.note import DeckFile, Note, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence


def parse_bytes(data: bytes, path: str) -> DeckFile:
    """The deck in a file's bytes. Bytes that are no text give a deck without notes and one problem."""
    text = decoded(data, path)
    return parse_deck(text, path) if isinstance(text, str) else DeckFile(path, "", "", problems=(text,))


def decoded(data: bytes, path: str) -> str | Problem:
    """The text that some bytes are, a byte order mark left out; or why they are none."""
    if len(data) > MAX_DECK_BYTES:
        return Problem(
            path, 0, 1, "D4", f"more than the {MAX_DECK_BYTES // 2**20} MiB that a deck may have", "split it"
        )
    if b"\0" in data:
        return Problem(path, 0, 1, "D2", "this is a binary file, not a deck", "a deck is Markdown text in UTF-8")
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _lines(body[: error.start].decode("utf-8"))
        message = f"byte 0x{body[error.start]:02x} is not UTF-8"
        return Problem(path, len(before), len(before[-1]) + 1, "D3", message, "save the file as UTF-8")


def parse_deck(text: str, path: str) -> DeckFile:
    """The deck that `text` is. `path` names it in problems, and its stem is the default of `id`."""
    problems = Problems(path)
    lines = _lines(text.removeprefix("\ufeff"))
    if len(lines) > MAX_LINES:
        problems(MAX_LINES + 1, "D4", f"more than {MAX_LINES} lines", "split the deck")
        lines = []
    header, start = front_matter.split(lines)
    if start < 0:
        problems(1, "D6", "the front matter is never closed", "end it with a line '---'")
        start = 1
    meta = front_matter.read(header, path, problems)
    notes = _notes(list(scan(lines[start:], start + 1)), problems)
    if not notes and not problems.found:
        problems(0, "D5", "no notes in this file", "a note starts with a line '## question'")
    return DeckFile(
        path,
        meta.deck_id,
        meta.title,
        lesson=meta.lesson,
        level=meta.level,
        requires=meta.requires,
        tags=meta.tags,
        topic_count=meta.topic_count,
        waivers=meta.waivers,
        notes=notes,
        problems=problems.sorted(),
    )


def _lines(text: str) -> list[str]:
    """The lines of `text`, whatever ends them; always one or more."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _notes(lines: Sequence[Line], problems: Problems) -> tuple[Note, ...]:
    """The notes, each with a slug of its own."""
    blocks, outside = _blocks(lines)
    for fence in fences(outside):
        if not fence.is_closed:
            hint = "close it with a line of the same marks"
            problems(fence.line, "N5", "this code fence is never closed: no note behind it is seen", hint)
    if len(blocks) > MAX_NOTES:
        problems(blocks[MAX_NOTES][0].number, "D4", f"more than {MAX_NOTES} notes", "split the deck")
        return ()
    headings = [split_attributes(block[0].title) for block in blocks]
    taken: dict[str, int] = {}
    for block, (_, attributes) in zip(blocks, headings, strict=True):
        line = block[0].number
        if attributes.slug is not None and taken.setdefault(attributes.slug, line) != line:
            message = f"the slug '{attributes.slug}' is taken by the note in line {taken[attributes.slug]}"
            problems(line, "N1", message, "give this one another")
    numbers: dict[str, int] = {}
    notes: list[Note] = []
    for block, (heading, attributes) in zip(blocks, headings, strict=True):
        if sum(len(line.text) + 1 for line in block) > MAX_NOTE_CHARS:
            problems(block[0].number, "D4", f"a note of more than {MAX_NOTE_CHARS} characters", "split it")
            continue
        slug = attributes.slug or free_slug(slugify(heading), taken, numbers)
        taken.setdefault(slug, block[0].number)
        notes.append(parse_note(block, slug, problems))
    return tuple(notes)


def _blocks(lines: Sequence[Line]) -> tuple[list[list[Line]], list[Line]]:
    """The lines of each note, from its `##` to the next `##` or `#`, and the lines outside of notes."""
    blocks: list[list[Line]] = []
    outside: list[Line] = []
    current = outside
    for line in lines:
        if line.level == 2:  # noqa: PLR2004 - `##`
            current = []
            blocks.append(current)
        elif line.level == 1:
            current = outside
        current.append(line)
    return blocks, outside
