"""
The rows of a SQLite file, read from its pages without SQLite: what can still be read of a damaged one.

Every page that holds rows is taken as it is, whatever points at it, so that a broken page costs its own rows and no
others. The format: https://www.sqlite.org/fileformat2.html, sections 1.3 to 1.6, 2.1 and 4.
"""

from __future__ import annotations

import mmap
import os
import struct
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Value = int | float | str | bytes | None
"""What a column can hold."""

_MAGIC: Final = b"SQLite format 3\0"
_USUAL_PAGE_BYTES: Final = 4096
_FILE_HEADER_BYTES: Final = 100
_WAL_HEADER_BYTES: Final = 32
_FRAME_HEADER_BYTES: Final = 24
_TABLE_LEAF: Final = 0x0D
_INDEX_LEAF: Final = 0x0A
_INDEX_INTERIOR: Final = 0x02
_MAX_PAYLOAD_BYTES: Final = 1 << 26
_INT_BYTES: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_REAL: Final = 7


class Row(NamedTuple):
    """
    A row.

    Attributes:
        rowid: None where the table is WITHOUT ROWID, or the row is one of an index.
        values: The columns, as many as the row has on disk; an INTEGER PRIMARY KEY is None there.
    """

    rowid: int | None
    values: tuple[Value, ...]


def rows(path: str) -> Iterator[Row]:
    """Every row that can be read from the file at `path` and its write-ahead log, page by page; of some, stale ones."""
    if not os.path.getsize(path):
        return
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        pages = _Pages(data, _newer_pages(f"{path}-wal"))
        free = pages.free()
        for number in range(1, pages.count + 1):
            if number not in free:
                yield from _rows_of(pages, number)


class _Pages:
    """The pages of a file by number, from 1 on, those of the write-ahead log before those of the file."""

    def __init__(self, data: mmap.mmap, newer: Mapping[int, bytes]) -> None:
        self._data, self._newer = data, newer
        self.header = newer.get(1, data[:_FILE_HEADER_BYTES])
        self._has_header = self.header[:16] == _MAGIC and len(self.header) >= _FILE_HEADER_BYTES
        size = int.from_bytes(self.header[16:18], "big") if self._has_header else _USUAL_PAGE_BYTES
        self.size = 65_536 if size == 1 else size if size >= 512 and size & (size - 1) == 0 else _USUAL_PAGE_BYTES  # noqa: PLR2004 - the format's bounds
        self.usable = self.size - (self.header[20] if self._has_header else 0)
        self.count = max([-(-len(data) // self.size), *newer])

    def page(self, number: int) -> bytes:
        """The page, shorter where the file ends; b"" beyond it."""
        found = self._newer.get(number)
        return self._data[(number - 1) * self.size : number * self.size] if found is None else found

    def free(self) -> set[int]:
        """The pages that hold nothing any more, as far as their list can be read."""
        found: set[int] = set()
        trunk = int.from_bytes(self.header[32:36], "big") if self._has_header else 0
        while trunk and trunk not in found and trunk <= self.count:
            page = self.page(trunk)
            found.add(trunk)
            count = min(int.from_bytes(page[4:8], "big"), self.usable // 4 - 2)
            found.update(int.from_bytes(page[at : at + 4], "big") for at in range(8, 8 + 4 * count, 4))
            trunk = int.from_bytes(page[:4], "big")
        return found


def _newer_pages(path: str) -> dict[int, bytes]:
    """The pages in a write-ahead log, up to its last commit."""
    if not os.path.exists(path):
        return {}
    with open(path, "rb") as file:
        header = file.read(_WAL_HEADER_BYTES)
        size = int.from_bytes(header[8:12], "big")
        salts = header[16:24]
        kept: dict[int, bytes] = {}
        waiting: dict[int, bytes] = {}
        while len(frame := file.read(_FRAME_HEADER_BYTES)) == _FRAME_HEADER_BYTES and frame[8:16] == salts:
            number, pages_after_commit = struct.unpack(">II", frame[:8])
            waiting[number] = file.read(size)
            if pages_after_commit:
                kept |= waiting
                waiting = {}
    return kept


def _rows_of(pages: _Pages, number: int) -> Iterator[Row]:
    """The rows on a page; a cell that makes no sense is passed over."""
    page = pages.page(number)
    start = _FILE_HEADER_BYTES if number == 1 else 0
    kind = page[start] if len(page) > start + 8 else 0
    if kind not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR):
        return
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    first = start + (12 if kind == _INDEX_INTERIOR else 8)
    for at in range(first, min(first + 2 * count, len(page) - 1), 2):
        try:
            yield _cell(pages, page, int.from_bytes(page[at : at + 2], "big"), kind)
        except (ValueError, IndexError, struct.error):  # UnicodeDecodeError is a ValueError
            continue


def _cell(pages: _Pages, page: bytes, at: int, kind: int) -> Row:
    at += 4 if kind == _INDEX_INTERIOR else 0
    length, at = _varint(page, at)
    rowid = None
    if kind == _TABLE_LEAF:
        rowid, at = _varint(page, at)
        rowid -= (rowid >> 63) << 64
    if length > _MAX_PAYLOAD_BYTES:
        raise ValueError
    most = pages.usable - 35 if kind == _TABLE_LEAF else (pages.usable - 12) * 64 // 255 - 23
    here = length if length <= most else _local_bytes(length, most, pages.usable)
    payload = page[at : at + here]
    if here < length:
        payload += _overflow(pages, int.from_bytes(page[at + here : at + here + 4], "big"), length - here)
    if len(payload) < length:
        raise ValueError
    return Row(rowid, _record(payload))


def _local_bytes(length: int, most: int, usable: int) -> int:
    """How much of a payload that overflows is on the page itself; section 1.6."""
    least = (usable - 12) * 32 // 255 - 23
    fitting = least + (length - least) % (usable - 4)
    return fitting if fitting <= most else least


def _overflow(pages: _Pages, number: int, length: int) -> bytes:
    """The rest of a payload, from its chain of pages."""
    parts: list[bytes] = []
    while length > 0 and number:
        page = pages.page(number)[: pages.usable]
        part = page[4 : 4 + length]
        if not part:
            break
        parts.append(part)
        length -= len(part)
        number = int.from_bytes(page[:4], "big")
    return b"".join(parts)


def _record(payload: bytes) -> tuple[Value, ...]:
    """The columns of a record; section 2.1."""
    header_bytes, at = _varint(payload, 0)
    body = header_bytes
    values: list[Value] = []
    while at < header_bytes:
        kind, at = _varint(payload, at)
        value, size = _value(payload, body, kind)
        values.append(value)
        body += size
    if at != header_bytes or body != len(payload):
        raise ValueError
    return tuple(values)


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    """A column and its size on disk."""
    if kind in _INT_BYTES:
        size = _INT_BYTES[kind]
        return int.from_bytes(payload[at : at + size], "big", signed=True), size
    if kind == _REAL:
        return struct.unpack_from(">d", payload, at)[0], 8
    if kind in (0, 8, 9):  # NULL, and the numbers 0 and 1
        return (None if kind == 0 else kind - 8), 0
    if kind < 12:  # noqa: PLR2004 - reserved
        raise ValueError
    size = (kind - 12) // 2
    part = payload[at : at + size]
    return (part.decode() if kind % 2 else part), size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of 1 to 9 bytes, and where it ends; section 1.6."""
    value = 0
    for place in range(at, at + 8):
        byte = data[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 - the last one has no high bit
            return value, place + 1
    return value << 8 | data[at + 8], at + 9
