"""How a table is written: its encoding, directives, delimiter and header, and what each column means."""

from __future__ import annotations

import codecs
import csv
import re
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from bedrill.limits import MAX_FIELD_CHARS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_DELIMITERS: Final = ("\t", ",", ";", "|")
_NAMES: Final = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "pipe", " ": "space", ":": "colon"}
_BY_NAME: Final = {name: mark for mark, name in _NAMES.items()}
_MEANINGS: Final = {
    "question": "question front term prompt text word expression",
    "answer": "answer back definition meaning translation response extra",
    "hint": "hint",
    "source": "source sources reference",
    "tags": "tags tag labels",
    "deck": "deck",
    "guid": "guid",
    "slug": "slug id key",
}
_COLUMNS: Final = {name: meaning for meaning, names in _MEANINGS.items() for name in names.split()}
DIRECTIVE: Final = re.compile(
    r"#(separator|html|tags|columns|deck|notetype|guid column|tags column|deck column|notetype column):(.*)",
    re.IGNORECASE,
)
_HTML: Final = re.compile(
    r"<(?:br|div|p|b|i|u|ul|ol|li|img|span|pre|code|table|strong|em)\b[^>]*>|&(?:nbsp|lt|gt|amp);", re.IGNORECASE
)
_SAID: Final = {"skip": "left out", "more": "more of the answer"}
_SAMPLE_BYTES: Final = 64 * 1024
SAMPLE_ROWS: Final = 50


class Layout(NamedTuple):
    """
    How a file is read.

    Attributes:
        meanings: What each column is: a key of `_MEANINGS`, "skip", or "more" for what follows the answer.
        names: What the header calls each column; "" without a header.
        first_line: Lines of directives and header before the first note.
    """

    encoding: str
    delimiter: str
    meanings: tuple[str, ...]
    names: tuple[str, ...]
    is_html: bool
    tags: tuple[str, ...]
    deck: str
    first_line: int


def encoding_of_head(head: bytes) -> str:
    """What the beginning of a file is written in, as far as it shows."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8-sig"


def encoding_of(path: Path) -> str:
    """UTF-16 by its mark, UTF-8 where the whole file is it, else Latin-1, which every other file can be."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        first = file.read(4)
        if encoding_of_head(first) == "utf-16":
            return "utf-16"
        file.seek(0)
        try:
            while chunk := file.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "latin-1"
    return "utf-8-sig"


def layout_of(file: IO[str], encoding: str, path: Path) -> Layout:
    """Directives, delimiter, header and columns, from the beginning of a file."""
    told: dict[str, str] = {}
    count = 0
    sample: list[str] = []
    size = 0
    while size < _SAMPLE_BYTES and (line := file.readline(MAX_FIELD_CHARS)):
        match = DIRECTIVE.match(line.rstrip("\r\n"))
        if match and not sample:
            told[match.group(1).lower()] = match.group(2).strip()
            count += 1
        elif line.startswith("#") and told and not sample:
            count += 1
        else:
            sample.append(line)
            size += len(line)
    delimiter = _delimiter(told.get("separator", ""), sample, path)
    rows = _sample_rows(sample, delimiter)
    names: tuple[str, ...] = ()
    if "columns" in told:
        names = tuple(next(csv.reader([told["columns"]], delimiter=delimiter)))
    elif rows and _is_header(rows[0]):
        names = tuple(rows[0])
        count += 1
        rows = rows[1:]
    width = max((len(row) for row in rows), default=len(names))
    is_html = (
        told["html"].lower() == "true" if "html" in told else any(_HTML.search(cell) for row in rows for cell in row)
    )
    return Layout(
        encoding=encoding,
        delimiter=delimiter,
        meanings=_meanings(names, width, told),
        names=names,
        is_html=is_html,
        tags=tags_of(told.get("tags", "")),
        deck=told.get("deck", ""),
        first_line=count,
    )


def _delimiter(told: str, sample: Sequence[str], path: Path) -> str:
    """As told, by the suffix `.tsv`, or the one that parts the first rows into the same number of columns."""
    if told:
        return _BY_NAME.get(told.lower(), told[:1])
    if path.suffix.lower() == ".tsv":
        return "\t"

    def quality(mark: str) -> tuple[float, int]:
        widths = [len(row) for row in _sample_rows(sample, mark) if row]
        if not widths or max(widths) < 2:  # noqa: PLR2004 - a delimiter parts
            return 0.0, 0
        usual = max(set(widths), key=widths.count)
        return (widths.count(usual) / len(widths), -usual) if usual > 1 else (0.0, 0)

    return max(_DELIMITERS, key=quality)


def _sample_rows(sample: Sequence[str], delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(sample, delimiter=delimiter):
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) == SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    return rows


def _is_header(row: Sequence[str]) -> bool:
    """Whether most cells of a row are names of columns, one of them of the question or the answer."""
    known = [_COLUMNS.get(cell.strip().lower(), "") for cell in row]
    return 2 * sum(bool(name) for name in known) > len(row) and bool({"question", "answer"} & set(known))


def _meanings(names: Sequence[str], width: int, told: dict[str, str]) -> tuple[str, ...]:
    meanings = [_COLUMNS.get(name.strip().lower(), "") for name in names] + [""] * (width - len(names))
    for meaning in ("guid", "tags", "deck", "notetype"):
        number = told.get(f"{meaning} column", "")
        if number.isdecimal() and len(number) < 7 and 0 < int(number) <= len(meanings):  # noqa: PLR2004 - digits
            meanings[int(number) - 1] = "skip" if meaning == "notetype" else meaning
    for wanted in ("question", "answer"):
        if wanted not in meanings and "" in meanings:
            meanings[meanings.index("")] = wanted
    seen: set[str] = set()
    for place, meaning in enumerate(meanings):
        meanings[place] = "more" if not meaning or (meaning in seen and meaning != "skip") else meaning
        seen.add(meaning)
    return tuple(meanings)


def understood(layout: Layout) -> Iterator[str]:
    """How the file was understood, in words."""
    mark = _NAMES.get(layout.delimiter, repr(layout.delimiter))
    text = "HTML, which becomes Markdown" if layout.is_html else "Markdown"
    yield f"a table: {mark} between columns, {layout.encoding.removesuffix('-sig')}, cells are {text}"
    for number, meaning in enumerate(layout.meanings, 1):
        name = layout.names[number - 1] if number <= len(layout.names) else ""
        shown = f"column {number}" + (f" '{name.strip()}'" if name.strip() else "")
        yield f"{shown} is {_SAID.get(meaning, meaning)}"


def tags_of(text: str) -> tuple[str, ...]:
    """The tags in a cell, a space or comma between; what an attribute cannot hold becomes `_`."""
    return tuple(re.sub(r"[{}\"'=]", "_", tag) for tag in re.split(r"[\s,]+", text) if tag)
