"""A card by its name, its schedule, and what the user does to it: suspend, bury, flag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bedrill.clock import epoch_ms, instant
from bedrill.model import Candidate, CardState, Kind, MemoryState, Phase, card_name
from bedrill.store.connection import is_storable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from bedrill.model import StudyDay


class StoredCard(NamedTuple):
    """
    A card as the collection has it.

    Attributes:
        row_id, note_row, deck_row: Its rows.
        text: Of its note, as written.
        flag: 0 for none, 1 to 7 as in Anki.
    """

    row_id: int
    note_row: int
    deck_row: int
    deck_id: str
    deck_title: str
    lesson: int | None
    slug: str
    ordinal: int
    guid: str
    kind: Kind
    is_core: bool
    text: str
    state: CardState
    suspended: bool
    buried_until: StudyDay | None
    flag: int
    retired: bool
    edited_at: int | None

    @property
    def name(self) -> str:
        """`deck/slug`, with `#N` among siblings."""
        return card_name(self.deck_id, self.slug, self.ordinal)


STATE_COLUMNS = "phase, step, stability_days, difficulty, due_on, due_at, last_on, last_at, reps, lapses"
_IS_NOT_NEW = f"({STATE_COLUMNS}) IS NOT (0, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0)"
_SELECT = f"""
SELECT c.id, c.note_id, c.deck_id, d.deck, d.title, d.lesson, n.slug, c.ordinal, c.guid, c.kind, c.is_core, n.text,
       c.suspended, c.buried_until, c.flag, c.retired, n.edited_at,
       {", ".join("c." + column for column in STATE_COLUMNS.split(", "))}
FROM cards c JOIN notes n ON n.id = c.note_id JOIN decks d ON d.id = c.deck_id
"""
_STATE_AT = 17


def state_of(values: tuple[Any, ...]) -> CardState:
    """The state in the columns `STATE_COLUMNS`."""
    phase, step, stability, difficulty, due_on, due_at, last_on, last_at, reps, lapses = values
    return CardState(
        phase=Phase(phase),
        step=step,
        memory=None if stability is None else MemoryState(stability, difficulty),
        due_on=due_on,
        due_at=None if due_at is None else instant(due_at),
        last_on=last_on,
        last_at=None if last_at is None else instant(last_at),
        reps=reps,
        lapses=lapses,
    )


def columns_of(state: CardState) -> tuple[int | float | None, ...]:
    """The values of the columns `STATE_COLUMNS` for a state."""
    return (
        int(state.phase),
        state.step,
        state.memory.stability_days if state.memory else None,
        state.memory.difficulty if state.memory else None,
        state.due_on,
        None if state.due_at is None else epoch_ms(state.due_at),
        state.last_on,
        None if state.last_at is None else epoch_ms(state.last_at),
        state.reps,
        state.lapses,
    )


def _card(row: tuple[Any, ...]) -> StoredCard:
    row_id, note_row, deck_row, deck_id, deck_title, lesson, slug, ordinal, guid = row[:9]
    kind, is_core, text, suspended, buried_until, flag, retired, edited_at = row[9:_STATE_AT]
    return StoredCard(
        row_id=row_id,
        note_row=note_row,
        deck_row=deck_row,
        deck_id=deck_id,
        deck_title=deck_title,
        lesson=lesson,
        slug=slug,
        ordinal=ordinal,
        guid=guid,
        kind=Kind(kind),
        is_core=bool(is_core),
        text=text,
        state=state_of(row[_STATE_AT:]),
        suspended=bool(suspended),
        buried_until=buried_until,
        flag=flag,
        retired=bool(retired),
        edited_at=edited_at,
    )


def by_row(db: sqlite3.Connection, row_id: int) -> StoredCard:
    """The card in a row that is known to be there."""
    return _card(db.execute(_SELECT + "WHERE c.id = ?", (row_id,)).fetchone())


def by_rows(db: sqlite3.Connection, row_ids: Iterable[int]) -> list[StoredCard]:
    """The cards of some rows, in that order."""
    return [by_row(db, row_id) for row_id in row_ids]


def by_name(db: sqlite3.Connection, name: str) -> list[StoredCard]:
    """The cards that `deck/slug` (all siblings) or `deck/slug#N` names, by ordinal; retired ones last."""
    if not is_storable(name):
        return []
    path, _, number = name.partition("#")
    deck_id, _, slug = path.rpartition("/")
    condition, values = "d.deck = ? AND n.slug = ?", [deck_id, slug]
    if number:
        condition, values = condition + " AND c.ordinal = ?", [*values, number]
    rows = db.execute(f"{_SELECT} WHERE {condition} ORDER BY c.retired, c.ordinal", values)
    return [_card(row) for row in rows]


def by_note(db: sqlite3.Connection, card: StoredCard) -> list[StoredCard]:
    """The live cards of a card's note, by ordinal."""
    rows = db.execute(_SELECT + "WHERE c.note_id = ? AND c.retired = 0 ORDER BY c.ordinal", (card.note_row,))
    return [_card(row) for row in rows]


def candidate(card: StoredCard) -> Candidate:
    """The rows by which a queue knows a card."""
    return Candidate(card.row_id, card.note_row, card.deck_row)


def names(db: sqlite3.Connection, prefix: str = "", limit: int = 10_000) -> list[str]:
    """Names of live cards that begin with `prefix`, in the order of the course."""
    rows = db.execute(
        "SELECT d.deck, n.slug, c.ordinal FROM cards c JOIN notes n ON n.id = c.note_id "
        "JOIN decks d ON d.id = c.deck_id WHERE c.retired = 0 "
        "AND substr(d.deck || '/' || n.slug, 1, length(?1)) = substr(?1, 1, length(d.deck || '/' || n.slug)) "
        "ORDER BY d.lesson IS NULL, d.lesson, d.deck, n.position, c.ordinal LIMIT ?2",
        (prefix, limit),
    )
    return [card_name(*row) for row in rows]


def put_state(db: sqlite3.Connection, row_id: int, state: CardState) -> None:
    """Write the cached state of one card."""
    db.execute(
        "UPDATE cards SET (" + STATE_COLUMNS + ") = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?",
        (*columns_of(state), row_id),
    )


def states(db: sqlite3.Connection) -> dict[int, CardState]:
    """The cached state of every card whose state is not that of a new one, by row."""
    rows = db.execute(f"SELECT id, {STATE_COLUMNS} FROM cards WHERE {_IS_NOT_NEW}")
    return {row[0]: state_of(row[1:]) for row in rows}


def put_states(db: sqlite3.Connection, states_by_row: Mapping[int, CardState]) -> None:
    """Write many cached states; every other card becomes new."""
    db.execute(
        "UPDATE cards SET phase = 0, step = 0, stability_days = NULL, difficulty = NULL, due_on = NULL, due_at = NULL, "
        f"last_on = NULL, last_at = NULL, reps = 0, lapses = 0 WHERE {_IS_NOT_NEW}"
    )
    put_some_states(db, states_by_row)


def put_some_states(db: sqlite3.Connection, states_by_row: Mapping[int, CardState]) -> None:
    """Write many cached states; other cards stay as they are."""
    db.executemany(
        "UPDATE cards SET (" + STATE_COLUMNS + ") = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?",
        ((*columns_of(state), row_id) for row_id, state in states_by_row.items()),
    )


def set_suspended(db: sqlite3.Connection, row_ids: Iterable[int], *, suspended: bool) -> int:
    """Suspend or unsuspend cards; returns how many changed."""
    return _change(db, "suspended = ?1 WHERE id = ?2 AND suspended != ?1", int(suspended), row_ids)


def set_buried(db: sqlite3.Connection, row_ids: Iterable[int], until: StudyDay | None) -> int:
    """Bury cards until a study day, or dig them out with None; returns how many changed."""
    return _change(db, "buried_until = ?1 WHERE id = ?2 AND buried_until IS NOT ?1", until, row_ids)


def set_flag(db: sqlite3.Connection, row_id: int, flag: int) -> None:
    """Flag a card, 1 to 7; 0 takes the flag away."""
    db.execute("UPDATE cards SET flag = ? WHERE id = ?", (flag, row_id))


def _change(db: sqlite3.Connection, what: str, value: int | None, row_ids: Iterable[int]) -> int:
    return sum(db.execute(f"UPDATE cards SET {what}", (value, row_id)).rowcount for row_id in row_ids)
