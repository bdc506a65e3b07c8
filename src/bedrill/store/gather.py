"""What the queue is made of: candidates in order, read through covering indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bedrill.model import Candidate, DueCard, Waiting

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bedrill.model import Kind, StudyDay

LIVE: Final = "suspended = 0 AND retired = 0 AND (buried_until IS NULL OR buried_until <= :today)"
LOAD_LIMIT: Final = 500
"""Days with more cards than this are equally full to the load balancer; it bounds the counting."""

ORDER_BY: Final = {
    # (today - last) / stability grows as retrievability falls, whatever the parameters: no power needed.
    "retrievability": "(:today - last_on) / stability_days, id",
    "due": "due_on, id",
    "stability": "stability_days DESC, id",
    "random": "((id + :today) * 2654435761) % 4294967296, id",
}


def scope_of(decks: Sequence[int] | None, kind: Kind | None) -> str:
    """SQL that narrows to some decks and a kind. Deck rows are integers of ours, never text from outside."""
    parts = []
    if decks is not None:
        parts.append(f"deck_id IN ({', '.join(map(str, decks))})")
    if kind is not None:
        parts.append(f"kind = '{kind.value}'")
    return "".join(f" AND {part}" for part in parts)


def learning(db: sqlite3.Connection, today: StudyDay, decks: Sequence[int] | None, kind: Kind | None) -> list[Waiting]:
    """Cards in steps that are due by the end of today, soonest first; a step of whole days has no instant."""
    rows = db.execute(
        "SELECT id, note_id, deck_id, coalesce(due_at, 0) FROM cards WHERE phase IN (1, 3) AND due_on <= :today "
        f"AND {LIVE}{scope_of(decks, kind)} ORDER BY coalesce(due_at, 0), id",
        {"today": today},
    )
    return [Waiting(Candidate(*row[:3]), row[3]) for row in rows]


def reviews(
    db: sqlite3.Connection, today: StudyDay, order: str, decks: Sequence[int] | None, kind: Kind | None, limit: int
) -> Iterator[Candidate]:
    """Cards in review that are due, in `order`, as many as are taken; `limit` is a guess at how many that will be."""
    taken = 0
    query = (
        "SELECT id, note_id, deck_id FROM cards WHERE phase = 2 AND due_on <= :today "
        f"AND {LIVE}{scope_of(decks, kind)} ORDER BY {ORDER_BY[order]} LIMIT :limit OFFSET :offset"
    )
    while True:
        rows = db.execute(query, {"today": today, "limit": limit, "offset": taken}).fetchall()
        yield from (Candidate(*row) for row in rows)
        taken += len(rows)
        if len(rows) < limit:
            return
        limit *= 4


def has_new(db: sqlite3.Connection, deck: int, today: StudyDay) -> bool:
    """Whether a deck has a new card that may come: one seek."""
    query = f"SELECT 1 FROM cards WHERE deck_id = :deck AND phase = 0 AND {LIVE} LIMIT 1"
    return db.execute(query, {"deck": deck, "today": today}).fetchone() is not None


def new_cards(db: sqlite3.Connection, today: StudyDay, decks: Iterable[int], kind: Kind | None) -> Iterator[Candidate]:
    """New cards of `decks`, deck by deck in that order, core first: one seek per deck, as far as they are taken."""
    query = (
        f"SELECT id, note_id, deck_id FROM cards WHERE deck_id = :deck AND phase = 0 AND {LIVE}{scope_of(None, kind)} "
        "ORDER BY is_core DESC, position, ordinal"
    )
    for deck in decks:
        for row in db.execute(query, {"deck": deck, "today": today}):
            yield Candidate(*row)


def cards_of(db: sqlite3.Connection, decks: Sequence[int] | None, kind: Kind | None) -> list[Candidate]:
    """Every live card that was answered at least once, least stable first: what a cram goes through."""
    rows = db.execute(
        "SELECT id, note_id, deck_id FROM cards WHERE phase != 0 AND suspended = 0 AND retired = 0"
        f"{scope_of(decks, kind)} ORDER BY stability_days, id"
    )
    return [Candidate(*row) for row in rows]


def live_of_note(db: sqlite3.Connection, deck_id: str, slug: str, today: StudyDay) -> Candidate | None:
    """The first card of a note that may be asked today."""
    row = db.execute(
        "SELECT c.id, c.note_id, c.deck_id FROM cards c JOIN notes n ON n.id = c.note_id "
        "JOIN decks d ON d.id = c.deck_id "
        "WHERE d.deck = :deck AND n.slug = :slug AND c.suspended = 0 AND c.retired = 0 "
        "AND (c.buried_until IS NULL OR c.buried_until <= :today) ORDER BY c.ordinal LIMIT 1",
        {"deck": deck_id, "slug": slug, "today": today},
    ).fetchone()
    return Candidate(*row) if row else None


def core_memories(db: sqlite3.Connection, deck: int) -> list[tuple[StudyDay | None, float | None]]:
    """Last study day and stability of each live core card of a deck; of every card where none is core."""
    rows: list[tuple[StudyDay | None, float | None]] = db.execute(
        "SELECT last_on, stability_days FROM cards WHERE deck_id = ? AND is_core = 1 AND suspended = 0 AND retired = 0",
        (deck,),
    ).fetchall()
    return (
        rows
        or db.execute(
            "SELECT last_on, stability_days FROM cards WHERE deck_id = ? AND suspended = 0 AND retired = 0", (deck,)
        ).fetchall()
    )


def counts(db: sqlite3.Connection, on: StudyDay, today: StudyDay) -> dict[int, tuple[int, int, int]]:
    """
    New, learning and review cards by deck, as of study day `on` (`today` or later).

    Cards that are buried today count on later days.
    """
    result: dict[int, list[int]] = {}
    live = LIVE.replace(":today", ":on")
    queries = (
        f"SELECT deck_id, count(*) FROM cards WHERE phase = 0 AND {live} GROUP BY deck_id",
        f"SELECT deck_id, count(*) FROM cards WHERE phase IN (1, 3) AND due_on <= :on AND {live} GROUP BY deck_id",
        f"SELECT deck_id, count(*) FROM cards WHERE phase = 2 AND due_on <= :on AND {live} GROUP BY deck_id",
    )
    for place, query in enumerate(queries):
        for deck, count in db.execute(query, {"on": max(on, today)}):
            result.setdefault(deck, [0, 0, 0])[place] = count
    return {deck: (new, learning, review) for deck, (new, learning, review) in result.items()}


def load_of(db: sqlite3.Connection) -> Callable[[StudyDay], int]:
    """Counts the review cards due on a study day, each day once and up to `LOAD_LIMIT`."""
    known: dict[StudyDay, int] = {}
    query = (
        "SELECT count(*) FROM (SELECT 1 FROM cards WHERE phase = 2 AND suspended = 0 AND retired = 0 AND due_on = ? "
        f"LIMIT {LOAD_LIMIT})"
    )

    def load(day: StudyDay) -> int:
        if day not in known:
            known[day] = db.execute(query, (day,)).fetchone()[0]
        return known[day]

    return load


def due_cards(db: sqlite3.Connection, first: StudyDay, last: StudyDay, decks: Sequence[int] | None) -> list[DueCard]:
    """The live cards in review that are due from one study day to another, of some decks or all."""
    query = (
        "SELECT id, due_on, last_on, stability_days FROM cards WHERE phase = 2 AND due_on BETWEEN :first AND :today "
        f"AND {LIVE}{scope_of(decks, None)} ORDER BY id"
    )
    return [DueCard(*row) for row in db.execute(query, {"first": first, "today": last})]


def memories(db: sqlite3.Connection, deck: int | None) -> list[tuple[StudyDay | None, float | None]]:
    """Last study day and stability of each live card of a deck, or of all."""
    where = "suspended = 0 AND retired = 0" + ("" if deck is None else f" AND deck_id = {deck}")
    return db.execute(f"SELECT last_on, stability_days FROM cards WHERE {where}").fetchall()


def suspended(db: sqlite3.Connection, deck: int) -> int:
    """How many cards of a deck are suspended."""
    query = "SELECT count(*) FROM cards WHERE deck_id = ? AND suspended = 1 AND retired = 0"
    count: int = db.execute(query, (deck,)).fetchone()[0]
    return count
