"""
Anki's card templates, rendered: fields, conditions and filters, as the manual describes them.

What only a browser can do (scripts, styles) is left to the conversion of HTML; what asks for an answer to be typed is
told by `typed_field`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_TAG: Final = re.compile(r"\{\{\s*([#^/]?)\s*([^{}]*?)\s*\}\}")
_CLOZE_FIELD: Final = re.compile(r"\{\{\s*(?:[^{}]*:)?cloze:\s*(?:[^{}:]*:)*([^{}:]+?)\s*\}\}")
_TYPE_FIELD: Final = re.compile(r"\{\{\s*type:(?:cloze:|nc:)*\s*([^{}:]+?)\s*\}\}")
_TAGS: Final = re.compile(r"<[^<>]*>")
_ANSWER_LINE: Final = re.compile(r"<hr\s+id=[\"']?answer[\"']?\s*/?>", re.IGNORECASE)
_SPECIAL: Final = ("FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID")


def render(template: str, fields: Mapping[str, str]) -> str:
    """
    The HTML of one side of a card.

    Args:
        fields: By name; "Tags", "Deck" and the like as well. A field that is not there is empty. Front sides are not
            repeated on the back.
    """
    out: list[str] = []
    hidden: list[bool] = []
    end = 0
    for match in _TAG.finditer(template):
        if not any(hidden):
            out.append(template[end : match.start()])
        end = match.end()
        sign, name = match.groups()
        if sign in ("#", "^"):
            is_empty = not _is_filled(fields.get(name, ""))
            hidden.append(is_empty if sign == "#" else not is_empty)
        elif sign == "/":
            if hidden:
                hidden.pop()
        elif not any(hidden):
            out.append(_value(name, fields))
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
    return list(dict.fromkeys(_CLOZE_FIELD.findall(template)))


def typed_field(template: str) -> str:
    """The field that must be typed, or ""."""
    match = _TYPE_FIELD.search(template)
    return match.group(1) if match else ""
