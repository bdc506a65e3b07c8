"""
`Q:` and `A:`, and `C:` with `[hidden]` parts: the Markdown of hashcards and repeater.

Markers stand at the beginning of a line. A card ends at `---` or at the next one; what stands between is a note that
belongs to no card, but for a line `front::back`, as repeater has it. Source: the formats as their documentation has
them (hashcards README, "Format"; repeater, "Card Format").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bedrill.deckfile.compose import cloze_note, question_and_answer
from bedrill.deckfile.parser import decoded
from bedrill.deckfile.problems import Problems
from bedrill.formats.composed import Card, deck_of, deletion, inert, is_ours, lines_of, one_line_note, without_code
from bedrill.note import DeckFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedrill.deckfile.grammar import Line

_MARKER: Final = re.compile(r"([QAC]):(?!\\\w)[ \t]*(.*)")  # `C:\x` is a path of Windows
_NAME: Final = re.compile(r"""\s*name\s*=\s*(?:"([^"]*)"|'([^']*)')\s*(?:#.*)?""")
_RULE: Final = re.compile(r"---+[ \t]*")
_TARGET: Final = r"\((?:[^()\n]|\([^()\n]*\))*\)"
_BRACKETS: Final = re.compile(rf"\\.|!\[[^\[\]\n]*\](?:{_TARGET})?|\[|\](?:{_TARGET})?")


def recognises(data: bytes, path: str) -> bool:
    """Whether a line outside of code begins with `Q:` or `C:`, and nothing is there that only bedrill's decks have."""
    del path
    text = data.decode("utf-8", "replace")
    if "Q:" not in text and "C:" not in text:
        return False
    header, lines = lines_of(text, Problems(""))
    markers = (_MARKER.match(line.text) for line in lines if not line.in_fence)
    return any(match and match[1] != "A" for match in markers) and not is_ours(header, lines)


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
    start, active = 0, ""
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
        elif active:
            parts[active].append(line.text)
        elif not line.in_fence and (text := one_line_note(line.text)):
            yield Card(text, line.number)
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
    shown: list[str] = []
    end = number = 0
    opened = -1
    for match in _BRACKETS.finditer(without_code(text)):
        mark = match.group()
        if mark[0] in "\\!":
            continue
        if (mark == "[") is (opened >= 0):  # one within another, or one that closes nothing
            return None
        if mark == "[":
            opened = match.start()
            continue
        hidden = text[opened + 1 : match.start()]
        if mark == "]":  # with a target behind it, it is a link
            if not hidden.strip():
                return None
            number += 1
            shown += (inert(text[end:opened]), deletion(number, hidden))
            end = match.end()
        opened = -1
    return "".join([*shown, inert(text[end:])]) if number and opened < 0 else None
