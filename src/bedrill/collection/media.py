"""The files that notes show, in a folder beside the collection: `bedrill.db` has `bedrill.media`."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedrill.collection import Collection
    from bedrill.exchange import MediaRecord


def folder(collection: Collection) -> Path:
    """Where the files are; it need not exist."""
    return Path(collection.path).with_suffix(".media")


def safe_name(name: str) -> str:
    """`name` as one flat name of a file: no path, no control characters, not hidden."""
    flat = (
        "".join(char if char.isprintable() and char not in '\\/:*?"<>|' else "_" for char in name).lstrip(".").strip()
    )
    return flat[-120:] or "file"


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
