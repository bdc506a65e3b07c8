"""
The line grammar of deck files: fences, headings and the attributes at the end of a heading.

Everything is linear in the length of the text, whatever the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.limits import MAX_NAME_CHARS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*(.*)")
_HEADING: Final = re.compile(r"(#{1,3})[ \t]+(.*)")
_ATTRIBUTE_BLOCK: Final = re.compile(r"(?:^|(?<=[ \t]))\{((?:[#.]|[A-Za-z][\w-]*=)[^{}]*)\}\s*$")
_SLUG: Final = re.compile(r"\w[\w.-]*")

KNOWN_SECTIONS: Final = {
    "answer": "answer",
    "hint": "hint",
    "accept": "accept",
    "source": "sources",
    "sources": "sources",
    "check": "check",
    "checks": "check",
    "context": "context",
    "key points": "key points",
    "follow-ups": "follow-ups",
    "mistakes": "mistakes",
    "red flags": "red flags",
}
"""The `###` headings that mean something, lower-cased, and the section each opens. Any other is plain content."""


class Line(NamedTuple):
    """
    A line of a deck file.

    Attributes:
        number: In the file; 1 is the first.
        level: 1 to 3 for a heading outside of fences, else 0.
        fence: The info string on a line that opens a fence; None elsewhere.
        in_fence: Whether the line is code: fences themselves, and what is between them.
    """

    number: int
    text: str
    level: int = 0
    fence: str | None = None
    in_fence: bool = False

    @property
    def title(self) -> str:
        """What a heading says."""
        return self.text.lstrip("#").strip() if self.level else ""


class Fence(NamedTuple):
    """A code fence: its info words, its code without the fence lines, the line it opens on, whether it was closed."""

    words: tuple[str, ...]
    code: str
    line: int
    is_closed: bool

    @property
    def language(self) -> str:
        """First word of the info string, lower-cased; "" without one."""
        return self.words[0].lower() if self.words else ""


class Attributes(NamedTuple):
    """What stands in `{…}` at the end of a heading; `faults` are the words that mean nothing."""

    slug: str | None = None
    classes: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    faults: tuple[str, ...] = ()

    def value(self, key: str) -> str:
        """The value of `key`, or ""."""
        return dict(self.values).get(key, "")


def scan(lines: Sequence[str], first_number: int = 1) -> Iterator[Line]:
    """One `Line` per line of text; inside a fence nothing is a heading."""
    open_mark = ""
    for number, text in enumerate(lines, first_number):
        match = _FENCE.match(text)
        if open_mark:
            mark = match.group(1) if match else ""
            yield Line(number, text, in_fence=True)
            if match and mark[0] == open_mark[0] and len(mark) >= len(open_mark) and not match.group(2).strip():
                open_mark = ""
        elif match and not (match.group(1)[0] == "`" and "`" in match.group(2)):
            open_mark = match.group(1)
            yield Line(number, text, fence=match.group(2).strip(), in_fence=True)
        else:
            heading = _HEADING.match(text)
            yield Line(number, text, level=len(heading.group(1)) if heading else 0)


def fences(lines: Sequence[Line]) -> list[Fence]:
    """The fences of scanned lines, in order."""
    found: list[Fence] = []
    start: Line | None = None
    code: list[str] = []
    for index, line in enumerate(lines):
        if line.fence is not None:
            start, code = line, []
        elif start is not None and line.in_fence:
            code.append(line.text)
            following = lines[index + 1] if index + 1 < len(lines) else None
            if following is None or not following.in_fence or following.fence is not None:
                found.append(_fence(start, code))
                start, code = None, []
    if start is not None:
        found.append(_fence(start, code))
    return found


def _fence(start: Line, body: list[str]) -> Fence:
    """The fence that opens at `start`; the last line of `body` is the closing one, if it closes."""
    opening = _FENCE.match(start.text)
    closing = _FENCE.match(body[-1]) if body else None
    is_closed = bool(
        opening and closing and closing.group(1).startswith(opening.group(1)) and not closing.group(2).strip()
    )
    code = body[:-1] if is_closed else body
    return Fence(tuple((start.fence or "").split()), "\n".join(code), start.number, is_closed)


def attribute_block(heading: str) -> tuple[int, int] | None:
    """Where the attributes at the end of a heading stand, braces included; None without any."""
    match = _ATTRIBUTE_BLOCK.search(heading)
    return (match.start(), match.end(1) + 1) if match else None


def split_attributes(heading: str) -> tuple[str, Attributes]:
    """A heading's text and the attributes at its end. `{x}` that is no attribute block stays in the text."""
    block = attribute_block(heading)
    if block is None:
        return heading.strip(), Attributes()
    slug: str | None = None
    classes: list[str] = []
    values: dict[str, str] = {}
    faults: list[str] = []
    for word in heading[block[0] + 1 : block[1] - 1].split():
        key, equals, value = word.partition("=")
        if word.startswith("#") and slug is None and is_name(word[1:]):
            slug = word[1:]
        elif word.startswith(".") and len(word) > 1:
            classes.append(word[1:])
        elif equals and key and value and key not in values:
            values[key] = value.strip("\"'")
        else:
            faults.append(word)
    return heading[: block[0]].strip(), Attributes(slug, tuple(classes), tuple(values.items()), tuple(faults))


def is_name(text: str) -> bool:
    """Whether `text` can name a note or a deck: letters, digits, `_`, `-` and `.`, the first of them no punctuation."""
    return len(text) <= MAX_NAME_CHARS and _SLUG.fullmatch(text) is not None


def section_of(title: str) -> str | None:
    """The section that a `###` heading opens, or None where the heading is plain content."""
    return KNOWN_SECTIONS.get(title.strip().lower())
