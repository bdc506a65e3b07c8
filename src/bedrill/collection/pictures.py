"""
Pictures that a deck file shows from its own folder: kept at import, so that an export has them.

A deck's text keeps the path that its author wrote; the copy in the media folder has a flat name made from the deck and
that path. Only files below the deck's folder are read, and no link is followed out of it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bedrill.collection import media
from bedrill.limits import MAX_MEDIA_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedrill.collection import Collection
    from bedrill.note import DeckFile

SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
_PICTURE: Final = re.compile(r"(!\[[^\[\]]*\]\()(<[^<>\n]+>|[^<>()\s]+)(\))")


def keep(collection: Collection, deck: DeckFile) -> None:
    """Copy the pictures of a deck file; what is elsewhere, too large or no picture stays where it is."""
    folder = Path(deck.path).parent
    for written in dict.fromkeys(path for note in deck.notes for path in _paths(note.text)):
        source = folder / written
        if _is_inside(source, folder) and source.stat().st_size <= MAX_MEDIA_BYTES:
            media.put(collection, flat_name(deck.deck_id, written), source.read_bytes())


def _paths(text: str) -> Iterator[str]:
    """The paths of the pictures in a text that lie in no other folder, on no other machine."""
    for _, written, _ in _PICTURE.findall(text) if "![" in text else ():
        path = written.strip("<>")
        if path.lower().endswith(SUFFIXES) and not path.startswith(("/", "\\")) and ":" not in path:
            yield path


def _is_inside(source: Path, folder: Path) -> bool:
    """Whether a file is there, below `folder`, wherever links lead."""
    try:
        return source.is_file() and source.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        return False


def flat_name(deck_id: str, path: str) -> str:
    """The name that a picture of a deck has in the media folder."""
    return media.safe_name(f"{deck_id}-{path.removeprefix('./')}")


def with_flat_names(text: str, deck_id: str, folder: Path) -> str:
    """`text` with the names that its pictures have in the media folder `folder`, where they are there."""
    if "![" not in text:
        return text

    def renamed(match: re.Match[str]) -> str:
        name = flat_name(deck_id, match[2].strip("<>"))
        if not (folder / name).is_file():
            return match[0]
        return f"{match[1]}<{name}>{match[3]}" if " " in name else f"{match[1]}{name}{match[3]}"

    return _PICTURE.sub(renamed, text)
