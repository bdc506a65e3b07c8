"""The files that notes show, in a folder beside the collection: `bedrill.db` has `bedrill.media`."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedrill.collection import Collection
    from bedrill.exchange import MediaRecord


MAX_NAME_CHARS: Final = 120
MAX_NAME_BYTES: Final = 200
"""Of a name: file systems take 255, and some of them are for what is put around it."""


def folder(collection: Collection) -> Path:
    """Where the files are; it need not exist."""
    return Path(collection.path).with_suffix(".media")


def safe_name(name: str) -> str:
    """`name` as one flat name of a file: no path, no control characters, not hidden."""
    flat = (
        "".join(char if char.isprintable() and char not in '\\/:*?"<>|' else "_" for char in name).lstrip(".").strip()
    )
    kept = flat[-MAX_NAME_CHARS:]
    while len(kept.encode()) > MAX_NAME_BYTES:
        kept = kept[1:]
    return kept.lstrip(". ") or "file"


def names(collection: Collection) -> frozenset[str]:
    """The names of the files in the folder."""
    place = folder(collection)
    return frozenset(path.name for path in place.iterdir()) if place.is_dir() else frozenset()


def drop(collection: Collection, unwanted: Iterable[str]) -> None:
    """Take files out of the folder."""
    for name in unwanted:
        (folder(collection) / name).unlink(missing_ok=True)


def keep(collection: Collection, record: MediaRecord) -> str:
    """
    Put a file into the folder; returns the name that it has there.

    The same file twice is kept once; another one of the same name gets a name of its own.
    """
    data = record.data()
    place = folder(collection)
    name = safe_name(record.name)
    target = place / name
    if target.exists() and target.read_bytes() != data:
        path = Path(name)
        name = f"{path.stem}-{hashlib.sha256(data).hexdigest()[:8]}{path.suffix}"
        target = place / name
    if not target.exists():
        put(collection, name, data)
    return name


def put(collection: Collection, name: str, data: bytes) -> None:
    """Write a file of the folder, in the place of one of its name."""
    place = folder(collection)
    place.mkdir(mode=0o700, exist_ok=True)
    target = place / name
    if target.is_file() and target.read_bytes() == data:
        return
    temporary = place / f".{name}.part"
    temporary.write_bytes(data)
    temporary.chmod(0o600)
    temporary.replace(target)
