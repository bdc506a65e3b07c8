"""Notes and the cards made of them: what an import reads, and what it writes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from bedrill.note import StoredNote

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from bedrill.note import Note


_COLUMNS: Final = "id, deck_id, file_id, slug, slug_is_derived, text, content_hash, position, edited_at, retired_at"


def content_hash(text: str) -> str:
    """A short hash of a note's text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def of_deck(db: sqlite3.Connection, deck_row: int) -> list[StoredNote]:
    """All notes of a deck, retired ones too, in the deck's order."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM notes WHERE deck_id = ? ORDER BY position, id",
        (deck_row,),
    )
    return [_stored(row) for row in rows]


def by_row(db: sqlite3.Connection, row_id: int) -> StoredNote:
    """The note in a row that is known to be there."""
    row = db.execute(f"SELECT {_COLUMNS} FROM notes WHERE id = ?", (row_id,)).fetchone()
    return _stored(row)


def _stored(row: tuple[Any, ...]) -> StoredNote:
    """The note in a row of the columns `_COLUMNS`."""
    return StoredNote._make(row)._replace(slug_is_derived=bool(row[4]))


def _values(note: Note, position: int) -> tuple[str | int, ...]:
    """What both an insert and an update write of a note: slug to text, and its tags."""
    tags = f" {' '.join(note.tags)} " if note.tags else ""
    return (note.slug, note.slug_is_derived, note.kind, note.style, note.is_core, position, note.text, tags)


def insert(
    db: sqlite3.Connection,
    deck_row: int,
    deck_id: str,
    file_row: int,
    note: Note,
    ordinals: tuple[int, ...],
    position: int,
    origin: str,
    at_ms: int,
) -> None:
    """A new note with its cards, one per ordinal; `at_ms` is when it got its text."""
    note_row = db.execute(
        "INSERT INTO notes (deck_id, file_id, slug, slug_is_derived, kind, style, is_core, position, text, "
        "tags, content_hash, origin, guid, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            deck_row,
            file_row,
            *_values(note, position),
            content_hash(note.text),
            origin,
            free_guid(db, "notes", f"{deck_id}/{note.slug}"),
            at_ms,
        ),
    ).lastrowid  # RETURNING is five times slower
    assert note_row is not None
    db.execute("INSERT INTO notes_fts (rowid, text) VALUES (?, ?)", (note_row, note.text))
    _put_cards(db, note_row, deck_row, f"{deck_id}/{note.slug}", note, ordinals, position)


def update(
    db: sqlite3.Connection,
    row: StoredNote,
    deck_id: str,
    file_row: int | None,
    note: Note,
    ordinals: tuple[int, ...],
    position: int,
    new_hash: str,
    at_ms: int,
) -> None:
    """
    Give a note a new text, name or place; its cards keep their schedules.

    Cards that the text no longer asks are retired, and come back with it. `at_ms` is when a new text came.
    """
    if note.text != row.text:
        db.execute("UPDATE notes SET changed_at = ? WHERE id = ?", (at_ms, row.row_id))
        db.execute("INSERT INTO notes_fts (notes_fts, rowid, text) VALUES ('delete', ?, ?)", (row.row_id, row.text))
        db.execute("INSERT INTO notes_fts (rowid, text) VALUES (?, ?)", (row.row_id, note.text))
    db.execute(
        "UPDATE notes SET file_id = ?, slug = ?, slug_is_derived = ?, kind = ?, style = ?, is_core = ?, position = ?, "
        "text = ?, tags = ?, content_hash = ?, retired_at = NULL WHERE id = ?",
        (
            file_row,
            *_values(note, position),
            new_hash,
            row.row_id,
        ),
    )
    _put_cards(db, row.row_id, row.deck_row, f"{deck_id}/{note.slug}", note, ordinals, position)


def _put_cards(
    db: sqlite3.Connection,
    note_row: int,
    deck_row: int,
    name: str,
    note: Note,
    wanted: tuple[int, ...],
    position: int,
) -> None:
    _renumber(db, note_row, wanted)
    known = dict(db.execute("SELECT ordinal, id FROM cards WHERE note_id = ?", (note_row,)).fetchall())
    for ordinal in wanted:
        if ordinal in known:
            db.execute(
                "UPDATE cards SET retired = 0, kind = ?, is_core = ?, position = ? WHERE id = ?",
                (note.kind, note.is_core, position, known[ordinal]),
            )
        else:
            db.execute(
                "INSERT INTO cards (note_id, deck_id, ordinal, guid, kind, is_core, position) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    note_row,
                    deck_row,
                    ordinal,
                    free_guid(db, "cards", f"{name}#{ordinal}"),
                    note.kind,
                    note.is_core,
                    position,
                ),
            )
    gone = [(known[ordinal],) for ordinal in known if ordinal not in wanted]
    db.executemany("UPDATE cards SET retired = 1 WHERE id = ?", gone)


def _renumber(db: sqlite3.Connection, note_row: int, wanted: tuple[int, ...]) -> None:
    """A note changed its style, say from plain to reversed: its first card goes on as the first of the new ones."""
    rows = db.execute("SELECT ordinal, retired FROM cards WHERE note_id = ?", (note_row,)).fetchall()
    known = {ordinal for ordinal, _ in rows}
    asked = {ordinal for ordinal, retired in rows if not retired} or known
    free = [ordinal for ordinal in wanted if ordinal not in known]
    if asked and free and not asked & set(wanted):
        query = "UPDATE cards SET ordinal = ? WHERE note_id = ? AND ordinal = ?"
        db.execute(query, (free[0], note_row, min(asked)))


def guid_of(name: str) -> str:
    """A guid made from a name, the same on every machine: 16 hexadecimal digits."""
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def free_guid(db: sqlite3.Connection, table: str, name: str) -> str:
    """A guid made from the name of a note or card, counted up where another has it."""
    number = 0
    while True:
        guid = guid_of(name + (f"~{number}" if number else ""))
        if db.execute(f"SELECT 1 FROM {table} WHERE guid = ?", (guid,)).fetchone() is None:
            return guid
        number += 1


def retire(db: sqlite3.Connection, rows: Iterable[int], at_ms: int) -> None:
    """Take notes out of study; their cards keep states and reviews."""
    for row in rows:
        db.execute("UPDATE notes SET retired_at = ?, file_id = NULL WHERE id = ?", (at_ms, row))
        db.execute("UPDATE cards SET retired = 1 WHERE note_id = ?", (row,))


def touch(db: sqlite3.Connection, row_id: int, file_row: int, note: Note, position: int, new_hash: str) -> None:
    """Note a new name, a new place, or a new text of the file that the user's own text goes before."""
    db.execute(
        "UPDATE notes SET file_id = ?, slug = ?, slug_is_derived = ?, position = ?, content_hash = ? WHERE id = ?",
        (file_row, note.slug, note.slug_is_derived, position, new_hash, row_id),
    )
    db.execute("UPDATE cards SET position = ? WHERE note_id = ?", (position, row_id))


def mark_edited(db: sqlite3.Connection, row_id: int, at_ms: int | None) -> None:
    """Say since when the user's own text stands; None if it is the file's again."""
    db.execute("UPDATE notes SET edited_at = ? WHERE id = ?", (at_ms, row_id))


def rename(db: sqlite3.Connection, row_id: int, slug: str) -> None:
    """Give a note another slug."""
    db.execute("UPDATE notes SET slug = ? WHERE id = ?", (slug, row_id))


def bring_back(db: sqlite3.Connection, row_id: int, ordinals: tuple[int, ...]) -> None:
    """Put a retired note back into study, with the user's text and the cards that it asks."""
    db.execute("UPDATE notes SET retired_at = NULL WHERE id = ?", (row_id,))
    for ordinal in ordinals:
        db.execute("UPDATE cards SET retired = 0 WHERE note_id = ? AND ordinal = ?", (row_id, ordinal))
