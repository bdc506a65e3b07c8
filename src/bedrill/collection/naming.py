"""Decks by the names that users type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedrill.config import close_matches
from bedrill.errors import NotFoundError
from bedrill.store import catalog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.collection import Collection
    from bedrill.store.catalog import DeckRow


def decks_named(collection: Collection, names: Sequence[str]) -> list[DeckRow]:
    """
    The decks that some DECK arguments mean, in the order of the course: lesson numbers, ranges, ids, globs.

    Raises:
        NotFoundError: One of them means no deck.
    """
    decks = catalog.decks(collection.db)
    wanted: set[int] = set()
    for name in names:
        found = {deck.row_id for deck in decks if _means(name, deck)}
        if not found:
            known = [deck.deck_id for deck in decks] + [str(deck.lesson) for deck in decks if deck.lesson]
            raise NotFoundError(f"no deck '{name}'", did_you_mean(name, known) or "'bedrill decks' lists them")
        wanted |= found
    return [deck for deck in decks if deck.row_id in wanted]


def deck_ids(collection: Collection) -> list[str]:
    """The ids of all decks, in the order of the course."""
    return [deck.deck_id for deck in catalog.decks(collection.db)]


def rows_meant(collection: Collection, names: Sequence[str]) -> set[int]:
    """The rows of the decks that some names mean; those that mean none are passed over."""
    return {deck.row_id for deck in catalog.decks(collection.db) if any(_means(name, deck) for name in names)}


def _means(name: str, deck: DeckRow) -> bool:
    if deck.deck_id == name:
        return True
    if re.fullmatch(r"\d{1,3}", name):
        return deck.lesson == int(name)
    if match := re.fullmatch(r"(\d{1,3})-(\d{1,3})", name):
        return deck.lesson is not None and int(match.group(1)) <= deck.lesson <= int(match.group(2))
    from fnmatch import fnmatchcase  # noqa: PLC0415 - only for globs

    return fnmatchcase(deck.deck_id, name)


def decks_tagged(collection: Collection, tag: str) -> list[DeckRow]:
    """
    The decks with a tag.

    Raises:
        NotFoundError: No deck has it.
    """
    decks = catalog.decks(collection.db)
    found = [deck for deck in decks if tag in deck.tags]
    if not found:
        known = sorted({tag for deck in decks for tag in deck.tags})
        raise NotFoundError(f"no deck is tagged '{tag}'", did_you_mean(tag, known) or "'bedrill decks' lists them")
    return found


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """A hint at the known name that comes closest, or ""."""
    close = close_matches(name, known)
    return f"did you mean '{close[0]}'?" if close else ""
