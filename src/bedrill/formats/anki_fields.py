"""The fields of a note of Anki to the texts of notes of bedrill."""

from __future__ import annotations

import html
import re
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.deckfile.cloze import deletions
from bedrill.deckfile.compose import cloze_note, question_and_answer
from bedrill.deckfile.grammar import is_name
from bedrill.formats import anki_models
from bedrill.formats.anki_templates import cloze_fields, render, typed_field, without_answer_line
from bedrill.formats.html_to_markdown import cloze_markdown_of, markdown_of
from bedrill.limits import MAX_CLOZE_NUMBER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bedrill.formats.anki_collection import NoteType

_SEPARATOR: Final = re.compile(r"[{}\"'=,\s]+")
_OCCLUSION: Final = re.compile(r"image-occlusion:")
_OURS: Final = {model.model_id: model for model in anki_models.MODELS}


class Side(NamedTuple):
    """
    One note of bedrill that a note of Anki becomes.

    Attributes:
        text: Gives it: the conversion of HTML takes long, and a note that has not changed does not need it.
        number: 0 for the first; from 1 on where the cards of a note ask different things.
        ordinals: bedrill's numbers of its cards, by Anki's.
        deck_id, slug: Of a note that bedrill had exported; else "".
        lost: What cannot be shown, in words; "" if nothing is lost.
    """

    text: Callable[[], str]
    ordinals: Mapping[int, int]
    number: int = 0
    deck_id: str = ""
    slug: str = ""
    lost: str = ""


def sides_of(
    kind: NoteType, type_id: int, values: Sequence[str], templates: Sequence[int], deck: str, tags: str
) -> list[Side]:
    """The notes that a note becomes; `templates` are the cards that it has."""
    attributes = _attributes(tags)
    if type_id in _OURS or kind.name in {model.name for model in anki_models.MODELS}:
        return [_ours(kind, values, attributes)]
    fields = dict(zip(kind.fields, values, strict=False))
    fields |= {"Tags": tags.strip(), "Deck": deck, "Subdeck": deck.rpartition("::")[2], "Type": kind.name, "Card": ""}
    if kind.is_cloze and kind.templates:
        return [_cloze(kind, fields, [number for number in templates if 0 <= number < MAX_CLOZE_NUMBER], attributes)]
    numbers = sorted(number for number in templates if 0 <= number < len(kind.templates))
    if len(numbers) == 2:  # noqa: PLR2004 - there and back, perhaps
        one, other = (_faces(kind, fields, number) for number in numbers)
        if _is_reversed(one, other):
            text = partial(question_and_answer, *one, attributes=f".reversed {attributes}".strip())
            return [Side(text, {number: place for place, number in enumerate(numbers, 1)})]
    return [
        Side(partial(_basic, kind, fields, number, attributes), {number: 0}, place)
        for place, number in enumerate(numbers)
    ]


def _attributes(tags: str) -> str:
    """The attributes of a note with Anki's tags."""
    found = [_SEPARATOR.sub("_", tag) for tag in tags.split() if tag.lower() != "leech"]
    return f"tags={','.join(found)}" if found else ""


def _faces(kind: NoteType, fields: Mapping[str, str], number: int) -> tuple[str, str]:
    """Question and answer of a card, as Markdown."""
    front, back = kind.templates[number]
    question = markdown_of(render(front, fields))
    answer = markdown_of(without_answer_line(render(back, fields)))
    return question, answer


def _is_reversed(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one == (other[1], other[0]) and all(one)


def _basic(kind: NoteType, fields: Mapping[str, str], number: int, attributes: str) -> str:
    """A card as a note, typed if Anki asks for that."""
    question, answer = _faces(kind, fields, number)
    typed = typed_field(kind.templates[number][0])
    expected = markdown_of(fields.get(typed, "")).strip() if typed else ""
    if expected and "\n" not in expected:
        first = f"`{expected}`" if "`" not in expected else expected
        rest = "" if answer == expected else answer
        return question_and_answer(question, f"{first}\n\n{rest}".strip(), attributes=f".typed {attributes}".strip())
    return question_and_answer(question, answer, attributes=attributes)


def _cloze(kind: NoteType, fields: Mapping[str, str], templates: Sequence[int], attributes: str) -> Side:
    """A cloze: the text with its deletions, and what else stands on the back."""
    front, back = kind.templates[0]
    names = cloze_fields(front) or list(kind.fields[:1])
    source = "<br><br>".join(fields.get(name, "") for name in names)
    others = {name: "" if name in names else value for name, value in fields.items()}
    lost = "an image occlusion: its picture is named, the shapes are not shown" if _OCCLUSION.search(source) else ""
    has_deletions = "{{c" in source

    def text() -> str:
        extra = markdown_of(render(back, others))
        asked = cloze_markdown_of(source)
        write = cloze_note if deletions(asked) else question_and_answer
        return write(asked, extra, attributes=attributes)

    ordinals = {number: number + 1 for number in templates} if has_deletions else {0: 0}
    return Side(text, ordinals, lost=lost)


def _ours(kind: NoteType, values: Sequence[str], attributes: str) -> Side:
    """A note that bedrill had exported, from its fields."""
    fields = dict(zip(kind.fields, values, strict=False))
    deck_id, _, slug = html.unescape(fields.get("Card", "")).rpartition("/")
    is_named = is_name(deck_id) and is_name(slug)
    style = kind.name.removeprefix("bedrill ")
    ordinals: Mapping[int, int] = {0: 1, 1: 2} if style == "reversed" else {0: 0}
    if style == "cloze":
        ordinals = {number - 1: number for number in range(1, MAX_CLOZE_NUMBER + 1)}
    text = partial(_our_text, fields, style, slug if is_named else "", attributes)
    return Side(text, ordinals, deck_id=deck_id if is_named else "", slug=slug if is_named else "")


def _our_text(fields: Mapping[str, str], style: str, slug: str, attributes: str) -> str:
    words = [f"#{slug}" if slug else "", f".{style}" if style in ("reversed", "typed", "interview") else ""]
    words += [".core" if "core" in attributes.removeprefix("tags=").split(",") else "", attributes]
    told = " ".join(word for word in words if word)
    sources = [part for part in markdown_of(fields.get("Source", "")).removeprefix("Source: ").split("; ") if part]
    hint, answer = markdown_of(fields.get("Hint", "")), markdown_of(fields.get("Answer", ""))
    if style == "cloze":
        question = cloze_markdown_of(fields.get("Question", ""))
        return cloze_note(question, answer, attributes=told, hint=hint, sources=sources)
    question = markdown_of(fields.get("Question", ""))
    text = question_and_answer(question, answer, attributes=told, hint=hint, sources=sources)
    return text + _interview(fields) if style == "interview" else text


def _interview(fields: Mapping[str, str]) -> str:
    """The sections of an interview note."""
    parts: list[str] = []
    for title in ("Context", "Key points", "Follow-ups", "Mistakes", "Red flags"):
        body = markdown_of(fields.get(title, ""))
        if title == "Key points":
            body = re.sub(r"^- \*\*(must|should|senior)\*\* ", r"- \1: ", body, flags=re.MULTILINE)
        if body:
            parts.append(f"\n\n### {title}\n\n{body}")
    return "".join(parts)
