"""Cards that other plain-text programs keep in a file, as one deck of bedrill."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.deckfile.code_spans import code_spans
from bedrill.deckfile.compose import question_and_answer
from bedrill.deckfile.grammar import scan
from bedrill.deckfile.limits import MAX_LINES, MAX_NOTE_CHARS, MAX_NOTES
from bedrill.deckfile.note_parser import read_note
from bedrill.deckfile.slugs import deck_id_of, free_slug, slugify
from bedrill.note import DeckFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bedrill.deckfile.grammar import Line
    from bedrill.deckfile.problems import Problems

_SEPARATOR: Final = re.compile(r"(?<!:):::?(?!:)")
_FRONT_MATTER: Final = re.compile(r"(?:---|\+\+\+)[ \t]*")


class Card(NamedTuple):
    """The text of a note, and the line of the file where what it was made of begins."""

    text: str
    line: int


def lines_of(text: str, problems: Problems) -> tuple[list[str], list[Line]]:
    """The lines of the front matter, without its marks, and those of the rest; line ends of any kind."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MAX_LINES:
        problems(MAX_LINES + 1, "D4", f"more than {MAX_LINES} lines", "split the file")
        return [], []
    if _FRONT_MATTER.fullmatch(lines[0]):
        mark = lines[0].strip()
        end = next((place for place, line in enumerate(lines[1:], 1) if line.strip() == mark), 0)
        if end:
            return lines[1:end], list(scan(lines[end + 1 :], end + 2))
    return [], list(scan(lines))


def deck_of(path: str, title: str, cards: Iterable[Card], problems: Problems, tags: Sequence[str] = ()) -> DeckFile:
    """
    The deck of some cards: each has a slug from its question.

    Args:
        title: Names the deck; "" for the name of the file.
    """
    name = title.strip() or PurePath(path).stem
    taken: dict[str, int] = {}
    numbers: dict[str, int] = {}
    notes = []
    for card in cards:
        if len(card.text) > MAX_NOTE_CHARS:
            problems(card.line, "D4", f"a note of more than {MAX_NOTE_CHARS} characters", "split it")
            continue
        note = read_note(card.text)
        asked = note.heading if any(char.isalnum() for char in note.heading) else note.question
        slug = free_slug(slugify(asked), taken, numbers)
        taken[slug] = card.line
        notes.append(note._replace(slug=slug, line=card.line))
    if len(notes) > MAX_NOTES:
        problems(notes[MAX_NOTES].line, "D4", f"more than {MAX_NOTES} notes", "split the file")
    if not notes and not problems.found:
        problems(0, "D5", "no cards in this file", "--format names another format")
    return DeckFile(path, deck_id_of(name), name, tags=tuple(tags), notes=tuple(notes), problems=problems.sorted())


def one_line_note(line: str, attributes: str = "") -> str:
    """The note of a line `front::back` or `one:::other`; "" if it is none."""
    spans = code_spans(line)
    inside = [match.span() for match in re.finditer(r"\{\{.*?\}\}", line)]
    for match in _SEPARATOR.finditer(line):
        if any(span.start < match.start() < span.end for span in spans):
            continue
        if any(start < match.start() < end for start, end in inside):
            continue
        front, back = line[: match.start()].strip(" \t-*+"), line[match.end() :].strip()
        if front and back:
            words = ".reversed " if match.group() == ":::" else ""
            return question_and_answer(front, back, attributes=(words + attributes).strip())
    return ""
