"""Deck files on disk: which ones a path means, and what is in them."""

from __future__ import annotations

import errno
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedrill import formats
from bedrill.errors import DeckError, NotFoundError, UsageError
from bedrill.limits import MAX_DECK_BYTES
from bedrill.note import DeckFile, Problem

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """A deck file that was read: its bytes, and their hash."""

    path: str
    deck: DeckFile
    content_hash: str
    data: bytes = b""


def deck_files(path: Path) -> list[Path]:
    """
    The files that importing `path` means: itself, or the deck files of a folder, by name.

    Raises:
        NotFoundError: There is no such file.
        UsageError: The folder has no deck files.
        DeckError: It cannot be looked at, or is a pipe or a device, which may never end.
    """
    try:
        if not path.is_dir():
            if not path.exists():
                raise NotFoundError(f"no such file: {path}", "check the path")
            if not path.is_file():
                raise DeckError(f"{path} is no file: a pipe or a device", (), "save what it gives to a file first")
            return [path]
        found = sorted(p for p in path.iterdir() if p.suffix in formats.SUFFIXES and p.is_file())
    except OSError as error:
        raise DeckError(f"{path} cannot be read: {error.strerror}", (), "check the path and its permissions") from None
    if not found:
        raise UsageError(f"no deck files in {path}", "decks end in " + ", ".join(formats.SUFFIXES))
    return found


def shown_path(path: Path) -> str:
    """A path as it can be printed."""
    return str(path).encode("utf-8", "replace").decode()


def read_file(path: Path, format_name: str = "") -> Source:
    """A deck file, parsed. Never raises: a file that cannot be read is a deck with one problem."""
    shown = shown_path(path)
    if shown != str(path):
        return _unread(shown, "the file's name is not UTF-8", "rename it")
    try:
        data = _bytes_of(path)
    except OSError as error:
        return _unread(shown, f"cannot be read: {error.strerror}", "check the file's permissions")
    return Source(shown, formats.read(data, shown, format_name), _hash(data), data)


def has_cards(path: Path) -> bool:
    """Whether a file is more than a text without any card; one that cannot be read is for the import to name."""
    if formats.stream_of(path) is not None or formats.markdown.recognises_notes(path):
        return True
    return [problem.code for problem in read_file(path).deck.problems] != ["D5"]


def has_changed(path: Path, content_hash: str) -> bool:
    """Whether a file is no longer as it was when it had that hash; one that cannot be read has."""
    try:
        return file_hash(path) != content_hash
    except OSError:
        return True


def file_hash(path: Path) -> str:
    """A short hash of a file's bytes, however many."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=12))
    return digest.hexdigest()


def _unread(shown: str, message: str, hint: str) -> Source:
    return Source(shown, DeckFile(shown, "", "", problems=(Problem(shown, 0, 1, "D1", message, hint),)), "")


def _bytes_of(path: Path) -> bytes:
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "it is a pipe or a device")
    with path.open("rb") as file:
        return file.read(MAX_DECK_BYTES + 1)


def _hash(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=12).hexdigest()
