"""What an exchange with other programs asks of the tables, a batch of notes at a time, and what it adds to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bedrill.model import Review
from bedrill.store import log
from bedrill.store.notes import free_guid, guid_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container, Iterable, Iterator, Sequence

    from bedrill.exchange import DeckRecord
    from bedrill.model import StudyDay

_CHUNK: Final = 500
"""So many values at most go into one `IN (…)`."""


class KnownNote(NamedTuple):
    """A note of the collection that a record may be."""

    row_id: int
    deck_row: int
    file_row: int | None
    slug: str
    guid: str
    text: str
    position: int
    origin: str
    changed_at: int
    edited_at: int | None
    retired_at: int | None


class KnownCard(NamedTuple):
    """A card of the collection, by the row of its note."""

    row_id: int
    note_row: int
    ordinal: int


_NOTE: Final = "id, deck_id, file_id, slug, guid, text, position, origin, changed_at, edited_at, retired_at FROM notes"


def _in_chunks(db: sqlite3.Connection, query: str, values: Sequence[Any], *first: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that ends in `IN (…)`, for any number of values."""
    for start in range(0, len(values), _CHUNK):
        chunk = values[start : start + _CHUNK]
        yield from db.execute(f"{query} IN ({', '.join('?' * len(chunk))})", (*first, *chunk))


def notes_by_guid(db: sqlite3.Connection, guids: Sequence[str]) -> dict[str, KnownNote]:
    """The notes with these guids."""
    return {row[4]: KnownNote(*row) for row in _in_chunks(db, f"SELECT {_NOTE} WHERE guid", guids)}


def notes_by_slug(db: sqlite3.Connection, deck_row: int, slugs: Sequence[str]) -> dict[str, KnownNote]:
    """The notes of a deck with these slugs."""
    return {
        row[3]: KnownNote(*row) for row in _in_chunks(db, f"SELECT {_NOTE} WHERE deck_id = ? AND slug", slugs, deck_row)
    }


def cards_of(db: sqlite3.Connection, note_rows: Sequence[int]) -> dict[tuple[int, int], KnownCard]:
    """The cards of these notes, by note row and ordinal."""
    rows = _in_chunks(db, "SELECT id, note_id, ordinal FROM cards WHERE note_id", note_rows)
    return {(row[1], row[2]): KnownCard(*row) for row in rows}


def reviews_of(db: sqlite3.Connection, card_rows: Sequence[int]) -> dict[int, list[Review]]:
    """The answers to these cards, undone ones too, by card, oldest first."""
    found: dict[int, list[Review]] = {}
    for row in _in_chunks(db, f"SELECT {log.COLUMNS} FROM reviews WHERE card_id", card_rows):
        found.setdefault(row[1], []).append(Review(*row))
    for reviews in found.values():
        reviews.sort()
    return found


def kept_reviews_of(db: sqlite3.Connection, card_rows: Sequence[int]) -> list[Review]:
    """The answers to these cards that were not taken back, oldest first: rows as `history.replay` takes them."""
    query = f"SELECT {log.COLUMNS} FROM reviews WHERE {log.KEPT} AND card_id"
    return sorted(_in_chunks(db, query, card_rows))  # type: ignore[arg-type]


def undone_of(db: sqlite3.Connection, review_ids: Sequence[int]) -> set[int]:
    """Which of these answers were taken back."""
    return {row[0] for row in _in_chunks(db, "SELECT review_id FROM undos WHERE review_id", review_ids)}


def taken_ids(db: sqlite3.Connection, review_ids: Sequence[int]) -> dict[int, int]:
    """Which of these instants an answer has already, and to which card."""
    return dict(_in_chunks(db, "SELECT id, card_id FROM reviews WHERE id", review_ids))


def deck_row(db: sqlite3.Connection, deck: DeckRecord) -> int:
    """The row of a deck; it is made if there is none, and left as it is otherwise."""
    row = db.execute("SELECT id FROM decks WHERE deck = ?", (deck.deck_id,)).fetchone()
    if row is not None:
        return int(row[0])
    tags = f" {' '.join(deck.tags)} "
    cursor = db.execute(
        "INSERT INTO decks (deck, title, lesson, level, requires, tags) VALUES (?, ?, ?, ?, ?, ?)",
        (deck.deck_id, deck.title or deck.deck_id, deck.lesson, deck.level, " ".join(deck.requires), tags),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def next_turn(db: sqlite3.Connection, deck: int, file_row: int | None, turn: int) -> int:
    """Where the notes of a file begin in the order of its deck: where they began, else behind all others."""
    mine = None
    if file_row is not None:
        query = "SELECT min(position) FROM notes WHERE deck_id = ? AND file_id = ?"
        mine = db.execute(query, (deck, file_row)).fetchone()[0]
    if mine is not None:
        return int(mine) // turn * turn
    last = db.execute("SELECT max(position) FROM notes WHERE deck_id = ?", (deck,)).fetchone()[0]
    return 0 if last is None else (int(last) // turn + 1) * turn


def last_rows(db: sqlite3.Connection) -> tuple[int, int]:
    """The highest rows of notes and of cards; 0 where there are none."""
    row: tuple[int, int] = db.execute(
        "SELECT (SELECT coalesce(max(id), 0) FROM notes), (SELECT coalesce(max(id), 0) FROM cards)"
    ).fetchone()
    return row


def insert_notes(db: sqlite3.Connection, rows: Iterable[tuple[Any, ...]]) -> None:
    """Add notes: values in the order of the columns below. `index_new` puts them into the full text."""
    db.executemany(
        "INSERT INTO notes (id, deck_id, file_id, slug, slug_is_derived, kind, style, is_core, position, text, tags, "
        "content_hash, origin, guid, changed_at, edited_at, retired_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def insert_cards(db: sqlite3.Connection, rows: Iterable[tuple[Any, ...]]) -> None:
    """Add cards: values in the order of the columns below."""
    db.executemany(
        "INSERT INTO cards (id, note_id, deck_id, ordinal, guid, kind, is_core, position, suspended, buried_until, "
        "flag, retired) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def index_new(db: sqlite3.Connection, after_row: int) -> None:
    """Put the notes behind a row into the full text, all at once: 15 times faster than one by one."""
    db.execute("INSERT INTO notes_fts (rowid, text) SELECT id, text FROM notes WHERE id > ?", (after_row,))


def free_slug(
    db: sqlite3.Connection, deck: int, wanted: str, taken: Container[str], numbers: dict[tuple[int, str], int]
) -> str:
    """
    `wanted`, or the first of `wanted-2`, `wanted-3`, … that no note of the deck has.

    Args:
        numbers: The last number given for each deck and `wanted`, kept from call to call, so that very many equal
            questions cost no more than different ones.
    """
    number = numbers.get((deck, wanted), 1)
    slug = wanted if number == 1 else f"{wanted}-{number}"
    while slug in taken or db.execute("SELECT 1 FROM notes WHERE deck_id = ? AND slug = ?", (deck, slug)).fetchone():
        number += 1
        slug = f"{wanted}-{number}"
    numbers[deck, wanted] = number
    return slug


def free_guids(db: sqlite3.Connection, table: str, names: Sequence[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """A guid for each of some names, none of which another note or card has."""
    guids = {name: guid_of(name) for name in names}
    found = _in_chunks(db, f"SELECT guid FROM {table} WHERE guid", list(guids.values()))
    used = {row[0] for row in found} | set(taken)
    return {name: free_guid(db, table, f"{name}~") if guid in used else guid for name, guid in guids.items()}


def notes_behind(db: sqlite3.Connection, row: int) -> list[int]:
    """The notes behind a row: those that this import has added."""
    return [found[0] for found in db.execute("SELECT id FROM notes WHERE id > ? ORDER BY id", (row,))]


def name_of(db: sqlite3.Connection, note_row: int) -> str:
    """The name "deck/slug" of a note."""
    query = "SELECT d.deck || '/' || n.slug FROM notes n JOIN decks d ON d.id = n.deck_id WHERE n.id = ?"
    name: str = db.execute(query, (note_row,)).fetchone()[0]
    return name


def drop_new(db: sqlite3.Connection, note_row: int) -> None:
    """Take a note back that this import has added, before it is in the full text; nobody has answered it."""
    db.execute("DELETE FROM cards WHERE note_id = ?", (note_row,))
    db.execute("DELETE FROM notes WHERE id = ?", (note_row,))


def start_seeing(db: sqlite3.Connection) -> None:
    """Begin to note which notes an import meets; on disk, not in memory."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS seen (note_id INTEGER PRIMARY KEY)")
    db.execute("DELETE FROM seen")


def see(db: sqlite3.Connection, note_rows: Iterable[int]) -> None:
    """These notes were met."""
    db.executemany("INSERT OR IGNORE INTO seen (note_id) VALUES (?)", ((row,) for row in note_rows))


def is_seen(db: sqlite3.Connection, note_row: int) -> bool:
    """Whether a note was met in this import."""
    return db.execute("SELECT 1 FROM seen WHERE note_id = ?", (note_row,)).fetchone() is not None


def unseen_of_file(db: sqlite3.Connection, file_row: int) -> list[int]:
    """The notes of a file, not retired, that this import has not met."""
    query = (
        "SELECT id FROM notes WHERE file_id = ? AND retired_at IS NULL AND id NOT IN (SELECT note_id FROM seen) "
        "ORDER BY id"
    )
    return [row[0] for row in db.execute(query, (file_row,))]


def set_elapsed(reviews: Iterable[tuple[int, StudyDay]], before: Sequence[Review]) -> dict[int, int]:
    """
    For each new answer of a card, by id, the study days since the answer before it in the union of both.

    Args:
        reviews: Id and study day of the new ones.
        before: Those that the collection has.
    """
    merged = sorted(
        [*((review_id, on, True) for review_id, on in reviews), *((r.review_id, r.studied_on, False) for r in before)]
    )
    elapsed: dict[int, int] = {}
    last: int | None = None
    for review_id, on, is_new in merged:
        if is_new:
            elapsed[review_id] = 0 if last is None else max(0, on - last)
        last = on
    return elapsed
