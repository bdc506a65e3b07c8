"""Everything of some decks, as records, a batch of notes at a time: what an export is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bedrill.exchange import CardRecord, NoteRecord, ReviewRecord
from bedrill.model import Tick
from bedrill.store.cards import STATE_COLUMNS, state_of
from bedrill.store.notes import content_hash

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

_BATCH: Final = 500


def notes_of(db: sqlite3.Connection, deck_row: int, deck_id: str, *, with_reviews: bool) -> Iterator[NoteRecord]:
    """The notes of a deck in its order, retired ones too, with their cards and, if wanted, their answers."""
    cursor = db.execute(
        "SELECT id, guid, slug, slug_is_derived, text, content_hash, changed_at, edited_at, retired_at FROM notes "
        "WHERE deck_id = ? ORDER BY position, id",
        (deck_row,),
    )
    while rows := cursor.fetchmany(_BATCH):
        cards = _cards(db, [row[0] for row in rows], with_reviews=with_reviews)
        for row_id, guid, slug, is_derived, text, file_hash, changed_at, edited_at, retired_at in rows:
            yield NoteRecord(
                deck_id=deck_id,
                text=text,
                guid=guid,
                slug=slug,
                slug_is_derived=bool(is_derived),
                cards=tuple(cards.get(row_id, ())),
                changed_at=changed_at,
                edited_at=edited_at,
                retired_at=retired_at,
                file_text_hash="" if file_hash == content_hash(text) else file_hash,
            )


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _cards(db: sqlite3.Connection, note_rows: Sequence[int], *, with_reviews: bool) -> dict[int, list[CardRecord]]:
    """The cards of these notes, by note row, by ordinal."""
    rows = db.execute(
        f"SELECT id, note_id, ordinal, guid, suspended, buried_until, flag, {STATE_COLUMNS} FROM cards "
        f"WHERE note_id IN ({_marks(note_rows)}) ORDER BY note_id, ordinal",
        note_rows,
    ).fetchall()
    reviews = _reviews(db, [row[0] for row in rows]) if with_reviews else {}
    found: dict[int, list[CardRecord]] = {}
    for row_id, note_row, ordinal, guid, suspended, buried_until, flag, *state in rows:
        card = CardRecord(
            ordinal=ordinal,
            guid=guid,
            state=state_of(tuple(state)),
            suspended=bool(suspended),
            buried_until=buried_until,
            flag=flag,
            reviews=tuple(reviews.get(row_id, ())),
        )
        found.setdefault(note_row, []).append(card)
    return found


def _reviews(db: sqlite3.Connection, card_rows: Sequence[int]) -> dict[int, list[ReviewRecord]]:
    """The answers to these cards, undone ones too, by card row, oldest first."""
    found: dict[int, list[ReviewRecord]] = {}
    for start in range(0, len(card_rows), _BATCH):
        chunk = card_rows[start : start + _BATCH]
        ticks = _ticks(db, chunk)
        rows = db.execute(
            "SELECT r.id, r.card_id, rating, kind, interval_s, duration_ms, studied_on, device, u.undone_at, t.text, "
            f"{', '.join('g.' + column for column in STATE_COLUMNS.split(', '))} "
            "FROM reviews r LEFT JOIN undos u ON u.review_id = r.id LEFT JOIN transcripts t ON t.review_id = r.id "
            f"LEFT JOIN given_states g ON g.review_id = r.id WHERE r.card_id IN ({_marks(chunk)}) ORDER BY r.id",
            chunk,
        )
        for row in rows:
            found.setdefault(row[1], []).append(_review(row, ticks.get(row[0], ())))
    return found


def _review(row: tuple[Any, ...], ticks: Sequence[Tick]) -> ReviewRecord:
    review_id, _, rating, kind, interval_s, duration_ms, studied_on, device, undone_at, transcript = row[:10]
    return ReviewRecord(
        review_id=review_id,
        rating=rating,
        kind=kind,
        interval_s=interval_s,
        duration_ms=duration_ms,
        studied_on=studied_on,
        device=device,
        undone_at=undone_at,
        ticks=tuple(ticks),
        transcript=transcript or "",
        given=None if row[10] is None else state_of(row[10:]),
    )


def _ticks(db: sqlite3.Connection, card_rows: Sequence[int]) -> dict[int, list[Tick]]:
    """The ticked key points of the answers to these cards, by review."""
    found: dict[int, list[Tick]] = {}
    rows = db.execute(
        "SELECT t.review_id, section, point, links, hit FROM ticks t JOIN reviews r ON r.id = t.review_id "
        f"WHERE r.card_id IN ({_marks(card_rows)}) ORDER BY t.review_id, t.position",
        card_rows,
    )
    for review_id, section, point, links, hit in rows:
        found.setdefault(review_id, []).append(Tick(section, point, tuple(links.split()), bool(hit)))
    return found
