"""Records to CSV and TSV: a note to a row, in Markdown, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from typing import IO, TYPE_CHECKING, Final

from bedrill.deckfile.note_parser import read_note
from bedrill.exchange import NoteRecord
from bedrill.formats.delimited import FORMULA
from bedrill.note import Style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedrill.exchange import Context, Record
    from bedrill.note import Note

HEADER: Final = ("deck", "slug", "question", "answer", "hint", "source", "tags", "guid")


def write(records: Iterable[Record], file: IO[str], context: Context) -> None:
    """A header, then a row for each note that is not retired."""
    del context
    _write(records, file, ",")


def write_tsv(records: Iterable[Record], file: IO[str], context: Context) -> None:
    """The same with tabs."""
    del context
    _write(records, file, "\t")


def _write(records: Iterable[Record], file: IO[str], delimiter: str) -> None:
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
    writer.writerow(HEADER)
    for record in records:
        if isinstance(record, NoteRecord) and record.retired_at is None:
            writer.writerow([_safe(cell) for cell in _row(record)])


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def _row(record: NoteRecord) -> tuple[str, ...]:
    note = read_note(record.text, record.slug)
    return (
        record.deck_id,
        record.slug,
        question_of(note),
        answer_of(note),
        note.hint,
        "; ".join(note.sources),
        " ".join(note.tags),
        record.guid,
    )


def question_of(note: Note) -> str:
    """All that is asked; the choices of a multiple choice are part of it."""
    choices = "\n".join(f"- {choice.text}" for choice in note.choices)
    return f"{note.question}\n\n{choices}" if choices else note.question


def answer_of(note: Note) -> str:
    """All that is answered: the right choices, the key points, then the answer."""
    parts = []
    if note.style is Style.CHOICE:
        parts.append("\n".join(f"- {choice.text}" for choice in note.choices if choice.right))
    if note.interview is not None:
        parts.append("\n".join(f"- {point.weight}: {point.text}" for point in note.interview.key_points))
    return "\n\n".join(part for part in (*parts, note.answer) if part)
