"""Short words for what the tests of a collection do over and over: import a text, answer a card, look at its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from bedrill.collection import answering, browse, importing
from bedrill.model import Rating
from bedrill.store import log

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bedrill.collection import Collection
    from bedrill.collection.import_report import ImportReport
    from bedrill.model import CardState


class Progress(NamedTuple):
    """What must stay when a deck is edited: who the card is, where it stands, and every answer to it."""

    row_id: int
    guid: str
    state: CardState
    review_ids: tuple[int, ...]


@pytest.fixture
def take(collection: Collection, deck_file: Callable[..., Path]) -> Callable[..., ImportReport]:
    """Writes a deck file and imports it: `take(text)`, `take(text, "other.md")`."""

    def call(text: str, name: str = "cap.md") -> ImportReport:
        return importing.import_paths(collection, [deck_file(text, name)])

    return call


@pytest.fixture
def give(collection: Collection) -> Callable[..., answering.Answered]:
    """Answers a card: `give("cap/choice")`, `give("cap/choice", Rating.AGAIN)`."""

    def call(name: str, rating: Rating = Rating.GOOD, **details: object) -> answering.Answered:
        card = browse.card_named(collection, name)
        answered = answering.answer(collection, card, rating, **{"duration_ms": 3_000, **details})  # type: ignore[arg-type]
        assert answered is not None
        return answered

    return call


@pytest.fixture
def progress(collection: Collection) -> Callable[[str], Progress]:
    """The progress of a card."""

    def call(name: str) -> Progress:
        card = browse.card_named(collection, name)
        reviews = log.of_card(collection.db, card.row_id)
        return Progress(card.row_id, card.guid, card.state, tuple(review.review_id for review in reviews))

    return call


@pytest.fixture
def live(collection: Collection) -> Callable[[], list[str]]:
    """The names of all cards that are in study."""
    return lambda: [card.name for card in browse.find(collection, "")]


@pytest.fixture
def dump(collection: Collection) -> Callable[[], list[str]]:
    """Every row of every table."""
    return lambda: list(collection.db.iterdump())
