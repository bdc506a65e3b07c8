"""Protocol buffers as they go over the wire: what it takes to read and write the few that Anki keeps."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_MAX_VARINT_BITS: Final = 70


def fields_of(message: bytes) -> dict[int, list[int | bytes]]:
    """
    The values of a message, by field number, in their order; fixed numbers are left as bytes.

    A message that ends in the middle of a value is read up to there.

    Source: protobuf.dev, "Encoding".
    """
    found: dict[int, list[int | bytes]] = {}
    place = 0
    while place < len(message):
        key, place = _varint(message, place)
        kind = key & 7
        value: int | bytes
        if kind == _VARINT:
            value, place = _varint(message, place)
        elif kind in (_FIXED64, _FIXED32):
            size = 8 if kind == _FIXED64 else 4
            value, place = message[place : place + size], place + size
        elif kind == _BYTES:
            size, place = _varint(message, place)
            value, place = message[place : place + size], place + size
        else:
            break
        found.setdefault(key >> 3, []).append(value)
    return found


def _varint(message: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while place < len(message) and shift < _MAX_VARINT_BITS:
        byte = message[place]
        value |= (byte & 0x7F) << shift
        place, shift = place + 1, shift + 7
        if byte < 0x80:  # noqa: PLR2004 - the top bit says that more follows
            break
    return value, place


def text_of(value: int | bytes) -> str:
    """A value as text."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def floats_of(value: int | bytes) -> list[float]:
    """A packed list of 32-bit floats."""
    if not isinstance(value, bytes):
        return []
    return [number for (number,) in struct.iter_unpack("<f", value[: len(value) // 4 * 4])]


def bytes_of(fields: Mapping[int, int | bytes]) -> bytes:
    """A message with these values."""
    parts: list[bytes] = []
    for number, value in fields.items():
        if isinstance(value, bytes):
            parts += (_varint_bytes(number << 3 | _BYTES), _varint_bytes(len(value)), value)
        else:
            parts += (_varint_bytes(number << 3 | _VARINT), _varint_bytes(value))
    return b"".join(parts)


def _varint_bytes(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:  # noqa: PLR2004 - seven bits a byte
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)
