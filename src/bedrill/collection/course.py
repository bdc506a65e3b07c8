"""The course as it stands: which lessons are known, begun, open or waiting, and which open others."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from bedrill.collection import browse, today
from bedrill.store import catalog

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bedrill.collection import Collection
    from bedrill.store.catalog import DeckRow


class Standing(StrEnum):
    """How far a deck is: its core cards are known, some were answered, none, or it waits for other decks."""

    KNOWN = "known"
    BEGUN = "begun"
    OPEN = "open"
    WAITS = "waits"


class Place(NamedTuple):
    """
    A deck in the course.

    Attributes:
        readiness: Expected share of its cards that would be recalled today, 0 to 1.
        waits_for: Ids of the decks that it rests on and that are not known yet, whether or not new cards wait for them.
        opens: How many decks wait for it, directly or through others.
    """

    deck: DeckRow
    standing: Standing
    readiness: float
    waits_for: tuple[str, ...]
    opens: int


def places(collection: Collection) -> list[Place]:
    """Every deck, in the order of the course."""
    rows = browse.overview(collection, ())
    decks = [row.deck for row in rows]
    on = collection.clock.today()
    blocked = today.blocked_decks(collection, decks, on)
    known = today.known_decks(collection, decks, on)
    names = {deck.row_id: deck.deck_id for deck in decks}
    waiting = _waiting(blocked)
    found = []
    for row in rows:
        needed = tuple(names[other] for other in blocked.get(row.deck.row_id, ()))
        standing = Standing.BEGUN if row.seen else Standing.WAITS if needed else Standing.OPEN
        standing = Standing.KNOWN if row.deck.row_id in known else standing
        found.append(Place(row.deck, standing, row.readiness, needed, len(waiting.get(row.deck.row_id, ()))))
    return found


def _waiting(blocked: Mapping[int, Sequence[int]]) -> dict[int, set[int]]:
    """For each deck, those that wait for it, directly or through others; a cycle does no harm."""
    direct: dict[int, set[int]] = {}
    for deck, needed in blocked.items():
        for other in needed:
            direct.setdefault(other, set()).add(deck)
    reached: dict[int, set[int]] = {}
    for deck in direct:
        found: set[int] = set()
        todo = [deck]
        while todo:
            for each in direct.get(todo.pop(), ()):
                if each not in found and each != deck:
                    found.add(each)
                    todo.append(each)
        reached[deck] = found
    return reached


def ground_of(collection: Collection, deck_row: int) -> list[tuple[DeckRow, float]]:
    """The decks that a deck rests on and that are not known, with the share of each that would be recalled today."""
    decks = catalog.decks(collection.db)
    needed = today.blocked_decks(collection, decks, collection.clock.today(), deck_row).get(deck_row, [])
    rows = browse.overview(collection, [deck.deck_id for deck in decks if deck.row_id in needed]) if needed else []
    return [(row.deck, row.readiness) for row in rows]
