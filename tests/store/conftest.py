"""A bare connection, and a collection with one deck in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bedrill.collection import importing
from bedrill.store import connection

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bedrill.collection import Collection


@pytest.fixture
def db(db_path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a new, empty collection."""
    opened = connection.open_collection(str(db_path))
    yield opened
    opened.close()


@pytest.fixture
def filled(collection: Collection, deck_file: Callable[..., Path]) -> Collection:
    """A collection with the deck of tests/conftest.py: cap/choice, cap/quorum#1, cap/quorum#2, cap/log."""
    importing.import_paths(collection, [deck_file()])
    return collection
