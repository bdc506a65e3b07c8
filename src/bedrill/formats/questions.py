"""
`Q:` and `A:`, and `C:` with `[hidden]` parts: the Markdown of hashcards and repeater.

Markers stand at the beginning of a line. A card ends at `---` or at the next one; what stands between is a note that
belongs to no card, but for a line `front::back`, as repeater has it. Source: the formats as their documentation has
them (hashcards README, "Format"; repeater, "Card Format").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bedrill.deckfile.code_spans import code_spans
from bedrill.deckfile.compose import cloze_note, question_and_answer
from bedrill.deckfile.grammar import scan
from bedrill.deckfile.limits import MAX_CLOZE_NUMBER
from bedrill.deckfile.parser import decoded
from bedrill.deckfile.problems import Problems
from bedrill.formats.composed import Card, deck_of, lines_of, one_line_note
from bedrill.note import DeckFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedrill.deckfile.grammar import Line

_MARKER: Final = re.compile(r"([QAC]):[ \t]*(.*)")
_NAME: Final = re.compile(r"""\s*name\s*=\s*(?:"([^"]*)"|'([^']*)')\s*""")
_RULE: Final = re.compile(r"---+[ \t]*")
_BRACKETS: Final = re.compile(r"\\.|\[|\](?:\([^()\n]*\))?")


def recognises(data: bytes, path: str) -> bool:
    """Whether a line outside of code begins with `Q:` or `C:`."""
    del path
    text = data.decode("utf-8", "replace")
    if "Q:" not in text and "C:" not in text:
        return False
    lines = scan(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return any(not line.in_fence and line.text.startswith(("Q:", "C:")) for line in lines)


def read(data: bytes, path: str) -> DeckFile:
    """The deck in a file's bytes. Never raises on content."""
    text = decoded(data, path)
    if not isinstance(text, str):
        return DeckFile(path, "", "", problems=(text,))
    problems = Problems(path)
    header, lines = lines_of(text, problems)
    name = next((match[1] or match[2] or "" for line in header if (match := _NAME.fullmatch(line))), "")
    return deck_of(path, name, _cards(lines, problems), problems)


def _cards(lines: list[Line], problems: Problems) -> Iterator[Card]:
    """The cards, as their ends are found."""
    parts: dict[str, list[str]] = {}
    start, active, is_open = 0, "", False
    for line in lines:
        match = None if line.in_fence else _MARKER.match(line.text)
        marker = match[1] if match else ""
        is_end = bool(marker in ("Q", "C") or (not line.in_fence and _RULE.fullmatch(line.text)))
        if is_end:
            yield from _card(parts, start, problems)
            parts, active = {}, ""
        if match and marker == "A" and ("Q" not in parts or "A" in parts):
            problems(line.number, "Q2", "an answer without a question", "write 'Q:' before it")
            parts, active = {}, ""
        elif match:
            start = start if marker == "A" else line.number
            active = marker
            parts[active] = [match[2]]
        elif active and not is_end:
            parts[active].append(line.text)
        elif not line.in_fence and (text := one_line_note(line.text)):
            yield Card(text, line.number)
        is_open = line.in_fence
    if is_open and parts and sum(text.lstrip().startswith(("```", "~~~")) for text in parts[active]) % 2:
        problems(start, "N5", "a code fence in this card is never closed", "close it with a line of the same marks")
    yield from _card(parts, start, problems)


def _card(parts: dict[str, list[str]], line: int, problems: Problems) -> Iterator[Card]:
    """The card of the parts that were gathered, if it is whole."""
    told = {marker: "\n".join(lines).strip() for marker, lines in parts.items()}
    if "C" in told:
        text = _with_deletions(told["C"])
        if text is None:
            problems(line, "Q3", "a cloze without whole [brackets]", "write C: The [hidden] part.")
        else:
            yield Card(cloze_note(text, ""), line)
    elif "Q" in told:
        if not told["Q"] or not told.get("A"):
            missing = "a question that asks nothing" if not told["Q"] else "a question without an answer"
            problems(line, "Q1", missing, "write 'Q:' and 'A:', each with text")
        else:
            yield Card(question_and_answer(told["Q"], told["A"]), line)


def _with_deletions(text: str) -> str | None:
    """`text` with each [part] as a deletion of its own; None if there is none, or a bracket is left over."""
    spans = code_spans(text)
    shown: list[str] = []
    end = number = 0
    opened = -1
    for match in _BRACKETS.finditer(text):
        mark = match.group()
        if mark.startswith("\\") or any(span.start < match.start() < span.end for span in spans):
            continue
        if mark == "[":
            if opened >= 0:
                return None
            opened = match.start()
            continue
        if opened < 0:
            return None
        is_link = mark != "]" or text[opened - 1 : opened] == "!"
        hidden = text[opened + 1 : match.start()]
        if not is_link:
            if not hidden.strip() or "}}" in hidden:
                return None
            number += 1
            hidden = hidden.replace("::", ":\u200b:")
            shown += (text[end:opened], f"{{{{c{min(number, MAX_CLOZE_NUMBER)}::{hidden}}}}}")
            end = match.end()
        opened = -1
    return "".join([*shown, text[end:]]) if number and opened < 0 else None
