"""The formats that an export writes, by the suffix of the file. Each is loaded when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Writer(NamedTuple):
    """Where a format is written: `function(records, file, context)` of a module of this folder."""

    module: str
    function: str = "write"
    is_binary: bool = False


WRITERS: Final[Mapping[str, Writer]] = {
    "apkg": Writer("apkg_writer", is_binary=True),
    "csv": Writer("delimited_writer"),
    "tsv": Writer("delimited_writer", "write_tsv"),
    "md": Writer("deck_text"),
    "jsonl": Writer("jsonl_writer"),
    "html": Writer("sheet"),
}
