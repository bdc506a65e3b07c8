"""
File formats, one module each, and the one dict that names them.

A module has `recognises(data, path)` and `read(data, path)`; reading never raises on content: what is wrong is among
the `problems` of the deck that comes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from bedrill.formats import markdown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bedrill.note import DeckFile


class Format(Protocol):
    """What a module of this folder offers."""

    def recognises(self, data: bytes, path: str) -> bool:
        """Whether the content looks like this format."""

    def read(self, data: bytes, path: str) -> DeckFile:
        """The deck in a file's bytes."""


FORMATS: Final[Mapping[str, Format]] = {"markdown": markdown}
SUFFIXES: Final = (".md", ".markdown")
"""What an import of a folder takes."""


def read(data: bytes, path: str) -> DeckFile:
    """The deck in a file, by the first format that recognises it; bedrill's own where none does."""
    for module in FORMATS.values():
        if module.recognises(data, path):
            return module.read(data, path)
    return markdown.read(data, path)


def replace_file(path: Path, data: bytes) -> None:
    """Write a file so that, whatever happens, either the old or the new content is there."""
    temporary = path.with_name(f".{path.name}.bedrill")
    temporary.write_bytes(data)
    temporary.chmod(path.stat().st_mode)
    temporary.replace(path)
