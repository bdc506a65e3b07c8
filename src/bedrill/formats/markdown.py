"""bedrill's own deck files: `bedrill.deckfile` behind the interface of a format."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bedrill.deckfile.parser import parse_bytes as read
from bedrill.deckfile.writer import write_deck as write
from bedrill.limits import MAX_DECK_BYTES

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read", "recognises", "recognises_notes", "write"]

_NOTE: Final = re.compile(rb"^## ", re.MULTILINE)


def recognises(data: bytes, path: str) -> bool:
    """Whether there is a `##` heading, or the suffix says Markdown."""
    return path.endswith((".md", ".markdown")) or _NOTE.search(data) is not None


def recognises_notes(path: Path) -> bool:
    """Whether a file has a `##` heading, as far as it can be read: a quick look, without parsing."""
    try:
        with path.open("rb") as file:
            return _NOTE.search(file.read(MAX_DECK_BYTES)) is not None
    except OSError:
        return False
