"""
Anki's card templates, rendered: fields, conditions and filters, as the manual describes them.

What only a browser can do (scripts, styles) is left to the conversion of HTML; what asks for an answer to be typed is
told by `typed_field`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bedrill.limits import MAX_HTML_CHARS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TAG: Final = re.compile(r"\{\{([^{}]*)\}\}")
_TAGS: Final = re.compile(r"<[^<>]*>")
_ANSWER_LINE: Final = re.compile(r"<hr\s+id=[\"']?answer[\"']?\s*/?>", re.IGNORECASE)
_SPECIAL: Final = ("FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID")


def render(template: str, fields: Mapping[str, str]) -> str:
    """
    The HTML of one side of a card.

    Args:
        fields: By name; "Tags", "Deck" and the like as well. A field that is not there is empty. Front sides are not
            repeated on the back. What grows beyond `MAX_HTML_CHARS` is cut there: no card is that long, and a
            template can repeat a long field very often.
    """
    out: list[str] = []
    size = 0
    hidden: list[bool] = []
    depth = end = 0  # depth: how many of `hidden` are true
    filled: dict[str, bool] = {}
    for match in _TAG.finditer(template):
        if not depth:
            out.append(template[end : match.start()])
        end = match.end()
        name = match[1].strip()
        sign = name[:1] if name.startswith(("#", "^", "/")) else ""
        name = name.removeprefix(sign).lstrip()
        if sign in ("#", "^"):
            if name not in filled:
                filled[name] = _is_filled(fields.get(name, ""))
            hidden.append(filled[name] is (sign == "^"))
            depth += hidden[-1]
        elif sign == "/":
            depth -= hidden.pop() if hidden else 0
        elif not depth:
            out.append(_value(name, fields))
            size += len(out[-1])
            if size > MAX_HTML_CHARS:
                break
    out.append(template[end:])
    return "".join(out)


def _is_filled(field: str) -> bool:
    """Whether a field has more in it than white space and empty tags."""
    return bool(
        _TAGS.sub(lambda tag: "x" if tag[0].lower().startswith("<img") else "", field).replace("&nbsp;", "").strip()
    )


def _value(name: str, fields: Mapping[str, str]) -> str:
    """What stands for `{{filter:Field}}`."""
    *filters, field = [part.strip() for part in name.split(":")]
    if field == "FrontSide":
        return ""
    value = fields.get(field, "")
    for written in reversed(filters):
        if written == "text":
            value = _TAGS.sub("", value)
        elif written == "type" or written.startswith("tts"):
            value = ""
    return value


def without_answer_line(html: str) -> str:
    """The back of a card from its answer on: what stands before `<hr id=answer>` repeats the front."""
    parts = _ANSWER_LINE.split(html, maxsplit=1)
    return parts[-1]


def cloze_fields(template: str) -> list[str]:
    """The fields whose deletions a template asks."""
    return list(dict.fromkeys(field for *filters, field in _filtered(template) if field and "cloze" in filters))


def typed_field(template: str) -> str:
    """The field that must be typed, or ""."""
    found = (
        field
        for *filters, field in _filtered(template)
        if field and filters[:1] == ["type"] and set(filters[1:]) <= {"cloze", "nc"}
    )
    return next(found, "")


def _filtered(template: str) -> Iterator[list[str]]:
    """The filters and, last, the field of each tag."""
    for match in _TAG.finditer(template):
        yield [part.strip() for part in match[1].split(":")]
