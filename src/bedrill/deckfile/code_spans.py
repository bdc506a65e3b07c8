"""Code spans of one piece of Markdown, in time linear in its length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_BACKTICKS: Final = re.compile(r"`+")


class CodeSpan(NamedTuple):
    """Where a span starts and ends, its backticks included, and the code between them."""

    start: int
    end: int
    code: str


def code_spans(text: str) -> list[CodeSpan]:
    """The code spans of `text`, in order: a run of backticks is closed by the next run of the same length."""
    runs = [match.span() for match in _BACKTICKS.finditer(text)]
    closing: list[int | None] = [None] * len(runs)
    last: dict[int, int] = {}
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        closing[index] = last.get(length)
        last[length] = index
    spans: list[CodeSpan] = []
    index = 0
    while index < len(runs):
        closer = closing[index]
        if closer is not None:
            spans.append(CodeSpan(runs[index][0], runs[closer][1], text[runs[index][1] : runs[closer][0]]))
            index = closer
        index += 1
    return spans


def replace_code(text: str, replacement: Callable[[str], str]) -> str:
    """`text` with each code span replaced by what `replacement` makes of its code."""
    parts: list[str] = []
    end = 0
    for span in code_spans(text):
        parts += (text[end : span.start], replacement(span.code))
        end = span.end
    return "".join([*parts, text[end:]])
