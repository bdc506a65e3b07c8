"""Cloze deletions, `{{c1::hidden::hint}}`: finding, hiding and revealing them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from bedrill.deckfile.code_spans import code_spans, replace_code

_DELETION: Final = re.compile(r"\{\{c(\d{1,3})::((?:(?!\{\{c\d|\}\}).)*?)\}\}", re.DOTALL)
_OPENING: Final = re.compile(r"\{\{c(?:\d|::)")


class Deletion(NamedTuple):
    """A hidden part: its number, what is hidden, the hint ("" if none), and where it stands."""

    number: int
    hidden: str
    hint: str
    start: int
    end: int


def deletions(text: str) -> list[Deletion]:
    """The cloze deletions of `text`, in order of place."""
    found = []
    for match in _DELETION.finditer(text):
        hidden, _, hint = match.group(2).partition("::")
        found.append(Deletion(int(match.group(1)), hidden, hint, match.start(), match.end()))
    return found


def has_stray_mark(text: str) -> bool:
    """Whether `text` opens a cloze that is not whole, outside of code spans."""
    rest = _DELETION.sub("", text)
    return bool(_OPENING.search(replace_code(rest, lambda _: "")))


def reveal(text: str) -> str:
    """`text` with every deletion shown."""
    return _DELETION.sub(lambda match: match.group(2).partition("::")[0], text)


def hide(text: str, number: int) -> str:
    """`text` with deletion `number` as `[…]` or `[hint]`, and the others shown."""

    def shown(match: re.Match[str]) -> str:
        hidden, _, hint = match.group(2).partition("::")
        return f"[{hint or '…'}]" if int(match.group(1)) == number else hidden

    return _DELETION.sub(shown, text)


def mark(text: str, number: int) -> str:
    """`text` with deletion `number` in bold (not inside code, where bold is two stars), and the others shown."""
    code = code_spans(text)

    def shown(match: re.Match[str]) -> str:
        hidden = match.group(2).partition("::")[0]
        is_code = any(span.start < match.start() < span.end for span in code)
        return f"**{hidden}**" if int(match.group(1)) == number and not is_code else hidden

    return _DELETION.sub(shown, text)


def answer_of(text: str, number: int) -> str:
    """What deletion `number` hides; several parts of one number are joined by " … "."""
    return " … ".join(part.hidden for part in deletions(text) if part.number == number)
