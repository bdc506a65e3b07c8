"""Decks back to text, and the one mending that `check --fix` does: writing slugs in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bedrill.deckfile.grammar import attribute_block, split_attributes

if TYPE_CHECKING:
    from bedrill.note import DeckFile

_LINE_END: Final = re.compile(r"(\r\n|\r|\n)")


def write_deck(deck: DeckFile) -> str:
    """
    `deck` as a deck file: front matter, then its notes as written.

    Returns:
        What `parse_deck` reads as the same deck again, lines apart, if `deck` has no errors and its front matter fits
        into the 4 KiB that are allowed. Text outside of notes is not part of a deck.
    """
    fields: dict[str, object] = {"id": deck.deck_id, "title": deck.title}
    if deck.lesson is not None:
        fields["lesson"] = deck.lesson
    if deck.level:
        fields["level"] = deck.level
    if deck.requires:
        fields["requires"] = [_number_or_text(word) for word in deck.requires]
    if deck.tags:
        fields["tags"] = list(deck.tags)
    if deck.topic_count:
        fields["topics"] = deck.topic_count
    if deck.waivers:
        fields["allow"] = dict(deck.waivers)
    header = "".join(_yaml(key, value) for key, value in fields.items())
    return "\n".join([f"---\n{header}---\n", *(note.text + "\n" for note in deck.notes)])


def _number_or_text(word: str) -> int | str:
    """A lesson number without quotes around it."""
    return int(word) if word.isdecimal() and str(int(word)) == word else word


def _yaml(key: str, value: object) -> str:
    """One key of front matter; a list stands on its line."""
    import yaml  # noqa: PLC0415 - costs 20 ms, and only writing needs it

    flow = None if isinstance(value, list) else False
    return str(yaml.safe_dump({key: value}, default_flow_style=flow, allow_unicode=True, width=10_000))


def with_slugs(text: str, deck: DeckFile) -> tuple[str, int]:
    """
    `text`, the file that `deck` was parsed from, with a slug on every note, and how many were written.

    Nothing else changes: line ends, white space and the other attributes stay as they are.
    """
    parts = _LINE_END.split(text)
    derived = [note for note in deck.notes if note.slug_is_derived]
    for note in derived:
        index = 2 * (note.line - 1)  # between two lines stands the line end
        parts[index] = _with_slug(parts[index], note.slug)
    return "".join(parts), len(derived)


def text_with_slug(text: str, slug: str) -> str:
    """The text of a note with `slug` on its heading, in the place of any other."""
    heading, line_end, rest = text.partition("\n")
    _, attributes = split_attributes(heading)
    if attributes.slug is not None:
        if attributes.slug == slug:
            return text
        start = heading.rindex("{")
        heading = heading[:start] + heading[start:].replace(f"#{attributes.slug}", f"#{slug}", 1)
        return heading + line_end + rest
    return _with_slug(heading, slug) + line_end + rest


def _with_slug(heading: str, slug: str) -> str:
    """A `##` line with the slug first in its attributes."""
    block = attribute_block(heading)
    if block is not None:
        return f"{heading[: block[0] + 1]}#{slug} {heading[block[0] + 1 :]}"
    end = len(heading.rstrip())
    return f"{heading[:end]} {{#{slug}}}{heading[end:]}"
