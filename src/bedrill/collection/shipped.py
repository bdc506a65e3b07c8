"""The decks that come with bedrill: where they are, and whether they are the ones imported last."""

from __future__ import annotations

import os
import zlib
from typing import TYPE_CHECKING

from bedrill.store import catalog

if TYPE_CHECKING:
    from bedrill.collection import Collection
    from bedrill.collection.import_report import ImportReport


def shipped_folder() -> str:
    """The decks inside the installed package, or, in a clone, the folder `decks`."""
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    inside = os.path.join(package, "decks")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(os.path.dirname(package)), "decks")


def import_if_changed(collection: Collection, folder: str) -> ImportReport | None:
    """
    Import the shipped decks if they are not those imported last; None if they are.

    One fingerprint is compared, of names, sizes and times; nothing is read or parsed where it is the same.
    """
    fingerprint = fingerprint_of(folder)
    if not fingerprint or catalog.meta(collection.db, "shipped") == fingerprint:
        return None
    from pathlib import Path  # noqa: PLC0415 - and the deck parser: only when there is something to import

    from bedrill.collection import importing, sources  # noqa: PLC0415

    with collection.transaction() as db:
        report = importing.import_files(collection, sources.deck_files(Path(folder)), importing.SHIPPED)
        catalog.put_meta(db, "shipped", fingerprint)
    return report


def fingerprint_of(folder: str) -> str:
    """Changes when a deck file of the folder does; "" where there is none."""
    if not os.path.isdir(folder):
        return ""
    with os.scandir(folder) as entries:
        stats = sorted((entry.name, entry.stat()) for entry in entries if entry.name.endswith(".md"))
    if not stats:
        return ""
    text = "".join(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n" for name, stat in stats)
    return f"{zlib.crc32(text.encode()):08x}-{len(stats)}-{sum(stat.st_size for _, stat in stats)}"
