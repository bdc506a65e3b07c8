"""Slugs made from questions, for notes that have none in their file."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from bedrill.deckfile.cloze import reveal
from bedrill.limits import MAX_NAME_CHARS

if TYPE_CHECKING:
    from collections.abc import Container

_WORDS_KEPT_CHARS: Final = 48
_NOT_A_WORD: Final = re.compile(r"[^\w]+|_+")


def slugify(text: str) -> str:
    """`text` as a slug: lower case, words joined by "-", at most 48 characters; a hash where no word is left."""
    plain = reveal(text).lower()
    in_ascii = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    words = [word for word in _NOT_A_WORD.split(in_ascii) if word] or [w for w in _NOT_A_WORD.split(plain) if w]
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > _WORDS_KEPT_CHARS:
            break
        slug = f"{slug}-{word}" if slug else word[:_WORDS_KEPT_CHARS]
    return slug or "note-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def free_slug(wanted: str, taken: Container[str], numbers: dict[str, int]) -> str:
    """
    `wanted`, or the first of `wanted-2`, `wanted-3`, … that is not taken.

    Args:
        numbers: The last number given for each `wanted`, kept from call to call, so that many equal questions cost
            no more than different ones.
    """
    slug, number = wanted, numbers.get(wanted, 1)
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    numbers[wanted] = number
    return slug


def deck_id_of(title: str) -> str:
    """A deck id made from a title: `Backend::HTTP` is `backend.http`; the same title always gives the same."""
    parts = [slugify(part) for part in title.split("::") if part.strip()]
    deck_id = ".".join(parts) or "deck"
    if len(deck_id) <= MAX_NAME_CHARS:
        return deck_id
    tail = hashlib.sha256(title.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{deck_id[: MAX_NAME_CHARS - 9].rstrip('-.')}-{tail}"
