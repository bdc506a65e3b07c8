"""Packages of Anki as a stranger makes them: databases with what no Anki writes, zips with what none unpacks."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from tests.formats.test_apkg_package import MODEL, database

from bedrill.formats.protobuf import bytes_of
from bedrill.formats.zstd import compressed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["MODEL", "database", "media_list", "package", "raw_zip", "schema_18"]


def package(path: Path, entries: dict[str, bytes]) -> Path:
    """A package with these entries."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return path


def media_list(names: Iterable[str]) -> bytes:
    """The list of media of today's layout."""
    return compressed(b"".join(bytes_of({1: bytes_of({1: name.encode()})}) for name in names))


def raw_zip(path: Path, names: Iterable[bytes], data: bytes, *, overlapping: bool, attributes: int = 0) -> Path:
    """A zip written by hand: entries of any name with the same content, which lies over itself if `overlapping`."""
    packed = zlib.compress(data, 9)[2:-4]
    body, index, count = bytearray(), bytearray(), 0
    at = 0
    for name in names:
        told = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0, zlib.crc32(data), len(packed), len(data))
        if not overlapping or not count:
            at = len(body)
            body += b"PK\x03\x04" + told + struct.pack("<HH", len(name), 0) + name + packed
        index += (
            b"PK\x01\x02"
            + struct.pack("<H", 20)
            + told
            + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, attributes, at)
        )
        index += name
        count += 1
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(index), len(body), 0)
    path.write_bytes(bytes(body + index) + b"PK\x05\x06" + end)
    return path


SCHEMA_18 = {
    "config": "CREATE TABLE config (KEY text PRIMARY KEY, usn integer, mtime_secs integer, val blob)",
    "decks": "CREATE TABLE decks (id integer PRIMARY KEY, name text, mtime_secs integer, usn integer, common blob, kind blob)",
    "deck_config": "CREATE TABLE deck_config (id integer PRIMARY KEY, name text, mtime_secs integer, usn integer, config blob)",
    "notetypes": "CREATE TABLE notetypes (id integer PRIMARY KEY, name text, mtime_secs integer, usn integer, config blob)",
    "fields": "CREATE TABLE fields (ntid integer, ord integer, name text, config blob)",
    "templates": "CREATE TABLE templates (ntid integer, ord integer, name text, mtime_secs integer, usn integer, config blob)",
}


def schema_18(path: Path, instead: dict[str, str] | None = None) -> bytes:
    """A collection of today's schema with one note; `instead` of a table another statement."""
    statements = [(instead or {}).get(name, statement) for name, statement in SCHEMA_18.items()]
    filled = [
        "INSERT INTO decks VALUES (1, 'D', 0, 0, x'', x'')",
        "INSERT INTO notetypes VALUES (1, 'Basic', 0, 0, x'')",
        "INSERT INTO fields VALUES (1, 0, 'F', x''), (1, 1, 'B', x'')",
        "INSERT INTO templates VALUES (1, 0, 'C', 0, 0, x'" + bytes_of({1: b"{{F}}", 2: b"{{B}}"}).hex() + "')",
    ]
    kept = [text for text in filled if text.split()[2] not in (instead or {})]
    return database(path, *statements, "UPDATE col SET ver = 18, models = '', decks = ''", *kept)


def models(template: str, back: str = "{{B}}", name: str = "Basic") -> str:
    """The note types of a collection of schema 11, with one template."""
    kind = MODEL["1"] | {"name": name, "tmpls": [{"qfmt": template, "afmt": back}]}
    return json.dumps({"1": kind})
