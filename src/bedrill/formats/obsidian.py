"""
Flashcards inside of Obsidian's notes, as its spaced-repetition plugin marks them.

`front::back`, `one:::other` (both ways), paragraphs with a line `?` or `??` (both ways) between front and back, and
paragraphs with ==hidden== parts. Source: the plugin's documentation, "Question & Answer Cards", "Basic Cloze Cards",
"Organizing into Decks"; separators as they are by default.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.deckfile.code_spans import code_spans
from bedrill.deckfile.compose import cloze_note, question_and_answer
from bedrill.deckfile.limits import MAX_CLOZE_NUMBER
from bedrill.deckfile.parser import decoded
from bedrill.deckfile.problems import Problems
from bedrill.formats.composed import Card, deck_of, lines_of, one_line_note
from bedrill.note import DeckFile, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bedrill.deckfile.grammar import Line

_SCHEDULE: Final = re.compile(r"\s*<!--SR:[^<>]*-->\s*")
_TAGS: Final = re.compile(r"(?:#[^\s#]+[ \t]*)+")
_MULTI: Final = re.compile(r"\?{1,2}[ \t]*")
_HIDDEN: Final = re.compile(
    r"==(?P<marked>[^=\n](?:[^=]|=(?!=))*)==(?:\^\[(?P<hint>[^\[\]\n]*)\]|\[\^(?P<group>\d{1,2})\])?"
    r"|\{\{(?P<anki>c\d{1,3}::(?:(?!\}\}).)+)\}\}",
    re.DOTALL,
)


class _Block(NamedTuple):
    """A paragraph: its first line's number, its lines, and the tags of the deck that it stands in."""

    line: int
    lines: tuple[str, ...]
    has_code: bool
    tags: tuple[str, ...]


def recognises(data: bytes, path: str) -> bool:
    """Whether there are more cards of this kind than `##` notes, and nothing that only bedrill's decks have."""
    del path
    text = data.decode("utf-8", "replace")
    if "::" not in text and "==" not in text and "\n?" not in text:
        return False
    problems = Problems("")
    header, lines = lines_of(text, problems)
    if any(line.startswith(("id:", "lesson:", "requires:")) for line in header):
        return False
    headings = [line for line in lines if line.level == 2]  # noqa: PLR2004 - `##`
    if any(re.search(r"\{[#.]", line.text) or "{{c" in line.text for line in headings):
        return False
    return sum(1 for block in _blocks(lines) for _ in _cards_of(block)) > len(headings)


def read(data: bytes, path: str) -> DeckFile:
    """The deck in a file's bytes. Never raises on content."""
    text = decoded(data, path)
    if not isinstance(text, str):
        return DeckFile(path, "", "", problems=(text,))
    problems = Problems(path)
    _, lines = lines_of(text, problems)
    if any(_SCHEDULE.search(line.text) for line in lines):
        message, hint = "the schedule in <!--SR:…--> is not taken over", "cards begin as new ones"
        problems(0, "O1", message, hint, Severity.INFO)
    return deck_of(path, "", (card for block in _blocks(lines) for card in _cards_of(block)), problems)


def _blocks(lines: Sequence[Line]) -> Iterator[_Block]:
    """Paragraphs; a fence belongs to the one that it touches. A line of tags is for all that follows."""
    tags: tuple[str, ...] = ()
    texts: list[str] = []
    first, has_code = 0, False

    def block() -> Iterator[_Block]:
        if texts:
            yield _Block(first, tuple(texts), has_code, tags)

    for line in lines:
        text = line.text if line.in_fence else _SCHEDULE.sub("", line.text)
        is_tags = not line.in_fence and _TAGS.fullmatch(text.strip()) is not None
        if not line.in_fence and (not text.strip() or line.level or is_tags):
            yield from block()
            texts, has_code = [], False
            if is_tags:
                tags = _names(text)
            continue
        if not texts:
            first = line.number
        texts.append(text)
        has_code |= line.in_fence
    yield from block()


def _names(text: str) -> tuple[str, ...]:
    """What the tags of a line say beyond `#flashcards`: the sub-decks."""
    names = (word.removeprefix("#").removeprefix("flashcards").strip("/") for word in text.split())
    return tuple(re.sub(r"[{}\"'=,]", "_", name.replace("/", "::")) for name in names if name)


def _cards_of(block: _Block) -> Iterable[Card]:
    """The cards of a paragraph: one, one for each line, or none."""
    tags = block.tags
    lines = list(block.lines)
    leading = _TAGS.match(lines[0])
    if leading and lines[0][leading.end() :].strip():  # a tag before a card is for that card alone
        tags = _names(leading.group())
        lines[0] = lines[0][leading.end() :]
    attributes = f"tags={','.join(tags)}" if tags else ""
    divider = next((place for place, line in enumerate(lines) if _MULTI.fullmatch(line)), 0)
    if 0 < divider < len(lines) - 1:
        front, back = "\n".join(lines[:divider]), "\n".join(lines[divider + 1 :])
        words = ".reversed " if lines[divider].strip() == "??" else ""
        yield Card(question_and_answer(front, back, attributes=(words + attributes).strip()), block.line)
        return
    if block.has_code:
        return
    found = False
    for place, line in enumerate(lines):
        card = one_line_note(line, attributes)
        if card:
            found = True
            yield Card(card, block.line + place)
    if not found:
        text = _with_deletions("\n".join(lines))
        if text is not None:
            yield Card(cloze_note(text, "", attributes=attributes), block.line)


def _with_deletions(text: str) -> str | None:
    """`text` with each ==part== as a deletion; None if there is none. Numbers in `[^1]` group them."""
    spans = code_spans(text)
    number = 0

    def deletion(match: re.Match[str]) -> str:
        nonlocal number
        if any(span.start < match.start() < span.end for span in spans):
            return match.group()
        number += 1
        if match["anki"]:
            return match.group()
        hidden = match["marked"].replace("::", ":\u200b:").replace("}}", "} }")
        said = f"::{match['hint']}" if match["hint"] else ""
        group = int(match["group"]) if match["group"] else number
        return f"{{{{c{min(max(group, 1), MAX_CLOZE_NUMBER)}::{hidden}{said}}}}}"

    found = _HIDDEN.sub(deletion, text)
    return found if number else None
