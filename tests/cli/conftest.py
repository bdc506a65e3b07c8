"""A collection for the session on a pseudo-terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bedrill.collection import importing, open_collection, shipped
from bedrill.store import catalog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DECK = """\
---
id: net
---

## Which port does HTTPS use by default? {#port .core}

**443**, over TCP or, for HTTP/3, over UDP.

### Hint

Between 400 and 500.

Source: RFC 9110 §4.2.2

## Which layer resends lost segments? {#layer .core}

TCP, the transport layer.

## What turns a name into an address? {#dns}

A DNS resolver.
"""


@pytest.fixture
def study(tmp_path: Path) -> Callable[..., Path]:
    """Makes a collection with one deck and nothing else; returns its path."""

    def make(text: str = DECK) -> Path:
        db = tmp_path / "study.db"
        file = tmp_path / "net.md"
        file.write_text(text, encoding="utf-8")
        collection = open_collection(db)
        catalog.put_meta(collection.db, "shipped", shipped.fingerprint_of(shipped.shipped_folder()))
        report = importing.import_paths(collection, [file])
        assert report.added
        assert not report.problems
        collection.close()
        return db

    return make
