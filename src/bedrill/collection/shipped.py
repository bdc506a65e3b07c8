"""The decks that come with bedrill: where they are, and whether they are the ones imported last."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from bedrill.store import catalog

if TYPE_CHECKING:
    from bedrill.collection import Collection
    from bedrill.collection.importing import ImportReport


def shipped_folder() -> Path:
    """The decks inside the installed package, or, in a clone, the folder `decks`."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "decks"
    return inside if inside.is_dir() else package.parent.parent / "decks"


def import_if_changed(collection: Collection, folder: Path) -> ImportReport | None:
    """
    Import the shipped decks if they are not those imported last; None if they are.

    One fingerprint is compared, of names, sizes and times; nothing is read or parsed where it is the same.
    """
    fingerprint = fingerprint_of(folder)
    if not fingerprint or catalog.meta(collection.db, "shipped") == fingerprint:
        return None
    from bedrill.collection import importing  # noqa: PLC0415 - the deck parser, only when there is something to parse

    files = sorted(path for path in folder.iterdir() if path.suffix == ".md")
    with collection.transaction() as db:
        report = importing.import_files(collection, files, importing.SHIPPED)
        catalog.put_meta(db, "shipped", fingerprint)
    return report


def fingerprint_of(folder: Path) -> str:
    """Changes when a deck file of the folder does; "" where there is no folder."""
    if not folder.is_dir():
        return ""
    with os.scandir(folder) as entries:
        stats = sorted((entry.name, entry.stat()) for entry in entries if entry.name.endswith(".md"))
    text = "".join(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n" for name, stat in stats)
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
