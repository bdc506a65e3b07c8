"""Cards that other plain-text programs keep in a file, as one deck of bedrill."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.deckfile.code_spans import code_spans
from bedrill.deckfile.compose import question_and_answer
from bedrill.deckfile.grammar import attribute_block, fences, scan
from bedrill.deckfile.note_parser import read_note
from bedrill.deckfile.slugs import deck_id_of, free_slug, slugify
from bedrill.limits import MAX_CLOZE_NUMBER, MAX_LINES, MAX_NOTE_CHARS, MAX_NOTES
from bedrill.note import DeckFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bedrill.deckfile.grammar import Line
    from bedrill.deckfile.problems import Problems

_FRONT_MATTER: Final = re.compile(r"(?:---|\+\+\+)[ \t]*")
_OURS: Final = ("id:", "lesson:", "requires:")
_CARDS: Final = ("Q:", "C:")
_CODE: Final = "\0"
"""Stands for a character of code; no text that is read has one."""
_ITEM: Final = re.compile(r"\s*[-*+][ \t]+")
_SEPARATOR: Final = re.compile(r"(?<!:):::?(?!:)")
_BRACES: Final = re.compile(r"\{\{(?:(?!\{\{|\}\}).)+\}\}")
_CLOZE: Final = re.compile(r"\{\{(?=c(?:\d|::))")


class Card(NamedTuple):
    """The text of a note, and the line of the file where what it was made of begins."""

    text: str
    line: int


def lines_of(text: str, problems: Problems) -> tuple[list[str], list[Line]]:
    """
    The lines of the front matter, without its marks, and those of the rest; line ends of any kind.

    A fence that is never closed is a problem: what stands behind it is code, and no card.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MAX_LINES:
        problems(MAX_LINES + 1, "D4", f"more than {MAX_LINES} lines", "split the file")
        return [], []
    end = _front_matter_end(lines)
    rest = list(scan(lines[end + 1 :], end + 2))
    for fence in fences(rest):
        if not fence.is_closed:
            hint = "close it with a line of the same marks"
            problems(fence.line, "N5", "this code fence is never closed: no card behind it is seen", hint)
    return lines[1:end], rest


def _front_matter_end(lines: Sequence[str]) -> int:
    """The index of the line that ends the front matter; -1 without one, as where a card is between two rules."""
    if not _FRONT_MATTER.fullmatch(lines[0]):
        return -1
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() == lines[0].rstrip():
            return index
        if line.startswith(_CARDS):
            break
    return -1


def is_ours(header: Iterable[str], lines: Iterable[Line]) -> bool:
    """Whether a text has what only bedrill's own decks have: their front matter, attributes or a cloze in a `##`."""
    if any(line.startswith(_OURS) for line in header):
        return True
    notes = (line.title for line in lines if line.level == 2)  # noqa: PLR2004 - `##`
    return any(attribute_block(title) is not None or _CLOZE.search(title) for title in notes)


def without_code(text: str) -> str:
    """`text` with another character for each one of code, so that what is found in it has the same place in `text`."""
    fenced = "\n".join(_CODE * len(line.text) if line.in_fence else line.text for line in scan(text.split("\n")))
    parts: list[str] = []
    end = 0
    for span in code_spans(fenced):
        parts += (fenced[end : span.start], _CODE * (span.end - span.start))
        end = span.end
    return "".join([*parts, fenced[end:]])


def one_line_note(line: str, attributes: str = "") -> str:
    """
    The note of a line `front::back` or `one:::other`; "" if it is none.

    A separator in code or in `{{braces}}` is text, and so is one with nothing before or behind it.
    """
    if "::" not in line:
        return ""
    searched = _BRACES.sub(lambda match: _CODE * len(match.group()), without_code(line))
    for match in _SEPARATOR.finditer(searched):
        front, back = _ITEM.sub("", line[: match.start()], count=1).strip(), line[match.end() :].strip()
        if front and back:
            words = ".reversed " if match.group() == ":::" else ""
            return question_and_answer(front, back, attributes=(words + attributes).strip())
    return ""


def deletion(number: int, hidden: str, hint: str = "") -> str:
    """A cloze deletion that hides just `hidden`, whatever is in it."""
    parts = [inert(part).replace("::", ":\u200b:").replace("}}", "} }") for part in (hidden, hint) if part]
    return f"{{{{c{min(max(number, 1), MAX_CLOZE_NUMBER)}::{'::'.join(parts)}}}}}"


def inert(text: str) -> str:
    """`text` of another program, in which `{{c1::…}}` is no deletion."""
    return _CLOZE.sub("{\u200b{", text)


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
