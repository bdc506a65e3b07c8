"""The parts of a note's text: its sections, list items, choices, sources and durations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bedrill.deckfile.code_spans import code_spans
from bedrill.deckfile.grammar import section_of
from bedrill.note import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.deckfile.grammar import Line

_ITEM: Final = re.compile(r"[-*+][ \t]+(.*)")
_TASK: Final = re.compile(r"[-*+][ \t]+\[([ xX])\][ \t]+(.*)")
_SOURCE: Final = re.compile(r"(?:Source|Sources):[ \t]*(.*)")
_DURATION: Final = re.compile(r"(?:(\d{1,3})m)?(?:(\d{1,4})s)?")

BODY: Final = "body"
"""The section before the first known `###`."""


def split_sections(lines: Sequence[Line]) -> tuple[dict[str, list[Line]], list[Line]]:
    """
    The lines of each section, without the headings that open them, and the headings that open one a second time.

    The lines of a repeated section follow those of its first.
    """
    sections: dict[str, list[Line]] = {BODY: []}
    repeated: list[Line] = []
    current = sections[BODY]
    for line in lines:
        name = section_of(line.title) if line.level == 3 else None  # noqa: PLR2004 - `###`
        if name is None:
            current.append(line)
            continue
        if name in sections:
            repeated.append(line)
        current = sections.setdefault(name, [])
    return sections, repeated


def text_of(lines: Sequence[Line]) -> str:
    """The lines as Markdown, without blank lines around it."""
    return "\n".join(line.text for line in lines).strip("\n").rstrip()


def list_items(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """Line number and text of each item of a list; indented lines go on with the item before."""
    items: list[tuple[int, list[str]]] = []
    for line in lines:
        match = _ITEM.match(line.text)
        if match and not line.in_fence:
            items.append((line.number, [match.group(1).strip()]))
        elif items and _goes_on(line):
            items[-1][1].append(line.text.strip())
    return [(number, " ".join(parts)) for number, parts in items]


def _goes_on(line: Line) -> bool:
    """Whether an indented line goes on with the list item before it."""
    return line.text.startswith((" ", "\t")) and bool(line.text.strip())


def take_sources(sections: dict[str, list[Line]]) -> tuple[str, ...]:
    """The sources of a note; a last paragraph `Source: …` is taken out of the section where it stands."""
    found = [text for _, text in list_items(sections.get("sources", []))]
    if not found:
        found = [line.text.strip() for line in sections.get("sources", []) if line.text.strip()]
    for name, lines in sections.items():
        if name != "sources":
            found += _take_source_paragraph(lines)
    return tuple(found)


def _take_source_paragraph(lines: list[Line]) -> list[str]:
    """Remove the last paragraph of `lines` if it is a source, and return what it names."""
    end = len(lines)
    while end and not lines[end - 1].text.strip():
        end -= 1
    start = end
    while start and lines[start - 1].text.strip() and not lines[start - 1].in_fence:
        start -= 1
        match = _SOURCE.match(lines[start].text)
        if match:
            paragraph = " ".join([match.group(1), *(line.text.strip() for line in lines[start + 1 : end])])
            del lines[start:end]
            return [part.strip() for part in paragraph.split("; ") if part.strip()]
    return []


def split_choices(lines: Sequence[Line]) -> tuple[list[Line], tuple[Choice, ...], list[Line]]:
    """What stands before a task list, its choices, and what follows it; without one all is "before"."""
    first = next((i for i, line in enumerate(lines) if not line.in_fence and _TASK.match(line.text)), None)
    if first is None:
        return list(lines), (), []
    choices: list[tuple[bool, list[str]]] = []
    end = len(lines)
    for index, line in enumerate(lines[first:], first):
        match = None if line.in_fence else _TASK.match(line.text)
        if match:
            choices.append((match.group(1) != " ", [match.group(2).strip()]))
        elif _goes_on(line):
            choices[-1][1].append(line.text.strip())
        elif line.text.strip():
            end = index
            break
    found = tuple(Choice(" ".join(parts), is_right) for is_right, parts in choices)
    return list(lines[:first]), found, list(lines[end:])


def duration_s(text: str) -> int | None:
    """Seconds of "90s", "2m" or "1m30s"; None for anything else, and for nothing."""
    match = _DURATION.fullmatch(text)
    if not text or not match:
        return None
    return int(match.group(1) or 0) * 60 + int(match.group(2) or 0)


def bare(text: str) -> str:
    """One line without the Markdown around the whole of it: **bold** and `code`. What is in code stays as it is."""
    text = text.strip()
    for mark in ("**", "__"):
        inner = text[len(mark) : -len(mark)]
        if inner.strip() and text.startswith(mark) and text.endswith(mark) and mark not in inner:
            text = inner.strip()
    spans = code_spans(text)
    is_code = len(spans) == 1 and spans[0].start == 0 and spans[0].end == len(text) and bool(spans[0].code.strip())
    return spans[0].code.strip() if is_code else text
