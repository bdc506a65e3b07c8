"""
CSV, TSV and other text with a delimiter, with or without a header, and with Anki's directives (`#separator:tab`).

Read as a stream. How each column was understood is said in notices, so that a dry run can show it.
"""

from __future__ import annotations

import csv
import io
import re
from typing import IO, TYPE_CHECKING, Final

from bedrill.deckfile.cloze import deletions
from bedrill.deckfile.compose import cloze_note, question_and_answer
from bedrill.deckfile.grammar import is_name
from bedrill.deckfile.slugs import deck_id_of
from bedrill.exchange import DeckRecord, NoteRecord, NoticeRecord, ProblemRecord, ProgressRecord
from bedrill.formats.table_layout import (
    DIRECTIVE,
    SAMPLE_ROWS,
    Layout,
    encoding_of,
    encoding_of_head,
    layout_of,
    tags_of,
    understood,
)
from bedrill.limits import MAX_FIELD_CHARS, PROGRESS_EVERY
from bedrill.note import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bedrill.clock import Clock
    from bedrill.exchange import Record

SUFFIXES: Final = (".csv", ".tsv", ".txt")
FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""
What a spreadsheet takes for a formula at the beginning of a cell, behind any number of `'`. Such cells are written
behind one `'` more, which is taken away when they are read.
"""


def recognises(head: bytes, path: str) -> bool:
    """Whether the suffix, a directive of Anki, or the same delimiter on every line says so."""
    if path.lower().endswith(SUFFIXES):
        return True
    text = head.decode(encoding_of_head(head), "replace")
    if DIRECTIVE.match(text.lstrip("\ufeff")):
        return True
    lines = [line for line in text.split("\n")[:SAMPLE_ROWS] if line.strip()]
    return len(lines) > 1 and any(len({line.count(mark) for line in lines}) == 1 and mark in lines[0] for mark in "\t;")


def deck_id(path: Path) -> str:
    """The deck that a file without a deck column is."""
    return deck_id_of(path.stem)


def read(path: Path, shown: str, clock: Clock) -> Iterator[Record]:
    """The notes of a file, a row each; rows that cannot be meant are problems with their line."""
    del clock
    encoding = encoding_of(path)
    with path.open(encoding=encoding, errors="strict", newline="") as file:
        try:
            layout = layout_of(file, encoding, path)
        except (csv.Error, UnicodeDecodeError) as error:
            yield ProblemRecord(
                Problem(shown, 1, 1, "C1", f"cannot be read as a table: {error}", "--format names another")
            )
            return
        yield from (NoticeRecord(text) for text in understood(layout))
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


def _rows(file: IO[str], shown: str, layout: Layout, deck: str) -> Iterator[Record]:
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


def _record(cells: Sequence[str], layout: Layout, deck: str, line: int) -> tuple[str, NoteRecord] | None:
    """The title of the deck of a row, and its note; None without a question."""
    found: dict[str, str] = {}
    more: list[str] = []
    for number, cell in enumerate(cells):
        meaning = layout.meanings[number] if number < len(layout.meanings) else "more"
        text = cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
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
    tags = (*layout.tags, *tags_of(found.get("tags", "")))
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


def _shown(cell: str, layout: Layout) -> str:
    """A cell as Markdown."""
    if layout.is_html and ("<" in cell or "&" in cell):
        from bedrill.formats.html_to_markdown import markdown_of  # noqa: PLC0415 - slow to load, and only for HTML

        return markdown_of(cell)
    return cell
