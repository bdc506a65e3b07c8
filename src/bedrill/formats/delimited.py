"""
CSV, TSV and other text with a delimiter, with or without a header, and with Anki's directives (`#separator:tab`).

Read as a stream. How each column was understood is said in notices, so that a dry run can show it.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from bedrill.deckfile.cloze import deletions
from bedrill.deckfile.compose import cloze_note, question_and_answer
from bedrill.deckfile.grammar import is_name
from bedrill.deckfile.slugs import deck_id_of
from bedrill.exchange import DeckRecord, NoteRecord, NoticeRecord, ProblemRecord, ProgressRecord
from bedrill.formats.limits import MAX_FIELD_CHARS, PROGRESS_EVERY
from bedrill.note import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bedrill.clock import Clock
    from bedrill.exchange import Record

SUFFIXES: Final = (".csv", ".tsv", ".txt")
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
_DIRECTIVE: Final = re.compile(
    r"#(separator|html|tags|columns|deck|notetype|guid column|tags column|deck column|notetype column):(.*)",
    re.IGNORECASE,
)
_HTML: Final = re.compile(
    r"<(?:br|div|p|b|i|u|ul|ol|li|img|span|pre|code|table|strong|em)\b[^>]*>|&(?:nbsp|lt|gt|amp);", re.IGNORECASE
)
_SAID: Final = {"skip": "left out", "more": "more of the answer"}
_SAMPLE_BYTES: Final = 64 * 1024
_SAMPLE_ROWS: Final = 50
FORMULA: Final = re.compile(r"[=+\-@\t\r]")
"""What a spreadsheet takes for a formula at the beginning of a cell; such cells are written behind a `'`."""


class _Layout(NamedTuple):
    """
    How a file is read.

    Attributes:
        meanings: What each column is: a key of `_MEANINGS`, "skip", or "more" for what follows the answer.
        names: What the header calls each column; "" without a header.
        rows_before: Lines of directives and header before the first note.
    """

    encoding: str
    delimiter: str
    meanings: tuple[str, ...]
    names: tuple[str, ...]
    is_html: bool
    tags: tuple[str, ...]
    deck: str
    first_line: int


def recognises(head: bytes, path: str) -> bool:
    """Whether the suffix, a directive of Anki, or the same delimiter on every line says so."""
    if path.lower().endswith(SUFFIXES):
        return True
    text = head.decode(_encoding_of(head), "replace")
    if _DIRECTIVE.match(text.lstrip("\ufeff")):
        return True
    lines = [line for line in text.split("\n")[:_SAMPLE_ROWS] if line.strip()]
    return len(lines) > 1 and any(len({line.count(mark) for line in lines}) == 1 and mark in lines[0] for mark in "\t;")


def deck_id(path: Path) -> str:
    """The deck that a file without a deck column is."""
    return deck_id_of(path.stem)


def read(path: Path, shown: str, clock: Clock) -> Iterator[Record]:
    """The notes of a file, a row each; rows that cannot be meant are problems with their line."""
    del clock
    encoding = _encoding(path)
    with path.open(encoding=encoding, errors="strict", newline="") as file:
        try:
            layout = _layout(file, encoding, path)
        except (csv.Error, UnicodeDecodeError) as error:
            yield ProblemRecord(
                Problem(shown, 1, 1, "C1", f"cannot be read as a table: {error}", "--format names another")
            )
            return
        yield from (NoticeRecord(text) for text in _understood(layout))
        yield DeckRecord(deck_id_of(layout.deck) if layout.deck else deck_id(path), layout.deck or path.stem)
        file.seek(0)
        for _ in range(layout.first_line):
            file.readline()
        size = max(1, path.stat().st_size)
        rows = _rows(file, shown, layout, deck_id_of(layout.deck) if layout.deck else deck_id(path))
        for number, record in enumerate(rows):
            if number % PROGRESS_EVERY == 0:
                yield ProgressRecord(_position(file) / size)
            yield record


def _position(file: IO[str]) -> int:
    """How many bytes of a text file have been read; its own `tell` is closed while lines are read."""
    assert isinstance(file, io.TextIOWrapper)
    position: int = file.buffer.tell()
    return position


def _encoding_of(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _encoding(path: Path) -> str:
    """UTF-16 by its mark, UTF-8 where the whole file is it, else Latin-1, which every other file can be."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        first = file.read(4)
        if _encoding_of(first) == "utf-16":
            return "utf-16"
        file.seek(0)
        try:
            while chunk := file.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "latin-1"
    return "utf-8-sig"


def _layout(file: IO[str], encoding: str, path: Path) -> _Layout:
    """Directives, delimiter, header and columns, from the beginning of a file."""
    told: dict[str, str] = {}
    count = 0
    sample: list[str] = []
    size = 0
    while size < _SAMPLE_BYTES and (line := file.readline(MAX_FIELD_CHARS)):
        match = _DIRECTIVE.match(line.rstrip("\r\n"))
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
    return _Layout(
        encoding=encoding,
        delimiter=delimiter,
        meanings=_meanings(names, width, told),
        names=names,
        is_html=is_html,
        tags=_tags(told.get("tags", "")),
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
            if len(rows) == _SAMPLE_ROWS:
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
        if number.isdecimal() and 0 < int(number) <= len(meanings):
            meanings[int(number) - 1] = "skip" if meaning == "notetype" else meaning
    for wanted in ("question", "answer"):
        if wanted not in meanings and "" in meanings:
            meanings[meanings.index("")] = wanted
    seen: set[str] = set()
    for place, meaning in enumerate(meanings):
        meanings[place] = "more" if not meaning or (meaning in seen and meaning != "skip") else meaning
        seen.add(meaning)
    return tuple(meanings)


def _understood(layout: _Layout) -> Iterator[str]:
    """How the file was understood, in words."""
    mark = _NAMES.get(layout.delimiter, repr(layout.delimiter))
    text = "HTML, which becomes Markdown" if layout.is_html else "Markdown"
    yield f"a table: {mark} between columns, {layout.encoding.removesuffix('-sig')}, cells are {text}"
    for number, meaning in enumerate(layout.meanings, 1):
        name = layout.names[number - 1] if number <= len(layout.names) else ""
        shown = f"column {number}" + (f" '{name.strip()}'" if name.strip() else "")
        yield f"{shown} is {_SAID.get(meaning, meaning)}"


def _tags(text: str) -> tuple[str, ...]:
    return tuple(re.sub(r"[{}\"'=]", "_", tag) for tag in re.split(r"[\s,]+", text) if tag)


def _rows(file: IO[str], shown: str, layout: _Layout, deck: str) -> Iterator[Record]:
    """A record for each row."""
    csv.field_size_limit(MAX_FIELD_CHARS)
    reader = csv.reader(file, delimiter=layout.delimiter, strict=True)
    known = {deck}
    while True:
        line = layout.first_line + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, UnicodeDecodeError) as error:
            hint = "see that every quote is closed, and doubled inside a cell"
            yield ProblemRecord(Problem(shown, line, 1, "C1", f"this row cannot be read: {error}", hint))
            return
        if not any(cell.strip() for cell in cells):
            continue
        record = _record(cells, layout, deck, line)
        if record is None:
            yield ProblemRecord(
                Problem(shown, line, 1, "N6", "a row without a question", "fill its cell, or take the row out")
            )
            continue
        title, note = record
        if note.deck_id not in known:
            known.add(note.deck_id)
            yield DeckRecord(note.deck_id, title)
        yield note


def _record(cells: Sequence[str], layout: _Layout, deck: str, line: int) -> tuple[str, NoteRecord] | None:
    """The title of the deck of a row, and its note; None without a question."""
    found: dict[str, str] = {}
    more: list[str] = []
    for number, cell in enumerate(cells):
        meaning = layout.meanings[number] if number < len(layout.meanings) else "more"
        text = cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell
        if meaning == "more" and text.strip():
            name = layout.names[number].strip() if number < len(layout.names) else ""
            more.append(f"**{name}:** {_shown(text, layout)}" if name else _shown(text, layout))
        else:
            found[meaning] = text
    question = _shown(found.get("question", ""), layout).strip()
    if not question:
        return None
    answer = "\n\n".join(part for part in (_shown(found.get("answer", ""), layout), *more) if part.strip())
    slug = found.get("slug", "").strip()
    tags = (*layout.tags, *_tags(found.get("tags", "")))
    attributes = " ".join([f"#{slug}" if is_name(slug) else "", f"tags={','.join(tags)}" if tags else ""]).strip()
    sources = [part for part in found.get("source", "").split("; ") if part.strip()]
    write = cloze_note if deletions(question) else question_and_answer
    text = write(question, answer, attributes=attributes, hint=_shown(found.get("hint", ""), layout), sources=sources)
    title = found.get("deck", "").strip()
    return title, NoteRecord(
        deck_id=deck_id_of(title) if title else deck,
        text=text,
        guid=found.get("guid", "").strip(),
        slug=slug if is_name(slug) else "",
        origin=f"line {line}",
    )


def _shown(cell: str, layout: _Layout) -> str:
    """A cell as Markdown."""
    if layout.is_html and ("<" in cell or "&" in cell):
        from bedrill.formats.html_to_markdown import markdown_of  # noqa: PLC0415 - slow to load, and only for HTML

        return markdown_of(cell)
    return cell
