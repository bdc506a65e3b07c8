"""bedrill's own deck files: `bedrill.deckfile` behind the interface of a format."""

from __future__ import annotations

import re
from typing import Final

from bedrill.deckfile.parser import parse_bytes as read
from bedrill.deckfile.writer import write_deck as write

__all__ = ["read", "recognises", "write"]

_NOTE: Final = re.compile(rb"^## ", re.MULTILINE)


def recognises(data: bytes, path: str) -> bool:
    """Whether there is a `##` heading, or the suffix says Markdown."""
    return path.endswith((".md", ".markdown")) or _NOTE.search(data) is not None
