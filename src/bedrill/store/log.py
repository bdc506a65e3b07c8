"""The log of answers, what was undone of it, and the per-day sums that grow with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.model import DaySum, Rating, Review, ReviewKind, Tick
from bedrill.store.cards import STATE_COLUMNS, columns_of, state_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from bedrill.model import CardState, StudyDay

COLUMNS: Final = "id, card_id, rating, kind, studied_on, elapsed_days, interval_s, duration_ms, device"


def kept(reviews: str) -> str:
    """The SQL for answers that were not undone, where the table of reviews has that name."""
    return f"NOT EXISTS (SELECT 1 FROM undos u WHERE u.review_id = {reviews}.id)"


KEPT: Final = kept("reviews")


class TodayRow(NamedTuple):
    """An answer of a study day, with where its card belongs. `is_first`: the card was new before it."""

    review_id: int
    card_row: int
    note_row: int
    deck_row: int
    kind: ReviewKind
    rating: int
    duration_ms: int
    is_first: bool


def append(db: sqlite3.Connection, review: Review) -> None:
    """Add one answer."""
    db.execute(f"INSERT INTO reviews ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", review)


def append_all(db: sqlite3.Connection, rows: Iterable[tuple[int | str, ...]]) -> None:
    """Add many answers: values in the order of `Review`'s fields."""
    db.executemany(f"INSERT INTO reviews ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def append_details(db: sqlite3.Connection, review_id: int, ticks: Iterable[Tick], transcript: str) -> None:
    """What belongs to an interview answer: which points were hit, and what was typed."""
    db.executemany(
        "INSERT INTO ticks (review_id, position, section, point, links, hit) VALUES (?, ?, ?, ?, ?, ?)",
        (
            (review_id, position, tick.section, tick.point, " ".join(tick.links), tick.hit)
            for position, tick in enumerate(ticks)
        ),
    )
    if transcript:
        db.execute("INSERT INTO transcripts (review_id, text) VALUES (?, ?)", (review_id, transcript))


def append_given(db: sqlite3.Connection, review_id: int, state: CardState) -> None:
    """What state a MANUAL row gives to its card."""
    db.execute(
        f"INSERT INTO given_states (review_id, {STATE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (review_id, *columns_of(state)),
    )


def given_states(db: sqlite3.Connection) -> dict[int, CardState]:
    """The states that MANUAL rows give, by review id."""
    rows = db.execute(f"SELECT review_id, {STATE_COLUMNS} FROM given_states")
    return {row[0]: state_of(row[1:]) for row in rows}


def append_undo(db: sqlite3.Connection, review_id: int, at_ms: int) -> None:
    """Take an answer back: a row of its own, the answer stays in the log."""
    db.execute("INSERT INTO undos (review_id, undone_at) VALUES (?, ?)", (review_id, at_ms))


def last_id(db: sqlite3.Connection) -> int:
    """The instant of the latest answer, undone ones included, in epoch ms; 0 if there is none."""
    return db.execute("SELECT max(id) FROM reviews").fetchone()[0] or 0


def last_of_card(db: sqlite3.Connection, card_row: int) -> int:
    """The instant of the latest row of a card, whatever it is, in epoch ms; 0 if there is none."""
    return db.execute("SELECT max(id) FROM reviews WHERE card_id = ?", (card_row,)).fetchone()[0] or 0


def free_id(db: sqlite3.Connection, wanted: int) -> int:
    """`wanted`, or the first number after it that no answer has, undone ones included."""
    while db.execute("SELECT 1 FROM reviews WHERE id = ?", (wanted,)).fetchone():
        wanted += 1
    return wanted


def last_kept(db: sqlite3.Connection) -> Review | None:
    """The latest answer that was not undone."""
    row = db.execute(f"SELECT {COLUMNS} FROM reviews WHERE {KEPT} ORDER BY id DESC LIMIT 1").fetchone()
    return Review(*row) if row else None


def last_given_on(db: sqlite3.Connection, device: str) -> Review | None:
    """The latest answer of `device` that was not undone: what came in by an import is not for undo."""
    query = f"SELECT {COLUMNS} FROM reviews WHERE device = ? AND rating > 0 AND {KEPT} ORDER BY id DESC LIMIT 1"
    row = db.execute(query, (device,)).fetchone()
    return Review(*row) if row else None


def pace_ms(db: sqlite3.Connection) -> int:
    """How long an answer to a card in review takes, on average of the last thousand; 0 where there is none."""
    query = f"SELECT duration_ms FROM reviews WHERE kind = 1 AND {KEPT} ORDER BY id DESC LIMIT 1000"
    average: float = db.execute(f"SELECT coalesce(avg(duration_ms), 0) FROM ({query})").fetchone()[0]
    return round(average)


def answer_sums(db: sqlite3.Connection, latest: int = 2_000) -> list[tuple[str, int, bool, int, int, int]]:
    """
    The latest answers in sums: kind of the note, phase before the answer (1 to 3), whether it was the card's first,
    rating, how many, and their ms in all. Crams and changes by hand are left out.
    """
    first = (
        "r.kind = 0 AND NOT EXISTS (SELECT 1 FROM reviews e WHERE e.card_id = r.card_id AND e.id < r.id AND e.kind < 3 "
        f"AND {kept('e')})"
    )
    return db.execute(
        f"SELECT c.kind, r.kind + 1, {first} AS is_first, rating, count(*), sum(duration_ms) "
        f"FROM (SELECT * FROM reviews WHERE kind < 3 AND {KEPT} ORDER BY id DESC LIMIT ?) r "
        "JOIN cards c ON c.id = r.card_id GROUP BY c.kind, r.kind, is_first, rating",
        (latest,),
    ).fetchall()


def moves_between(db: sqlite3.Connection, first: int, last: int, device: str) -> list[tuple[int, int]]:
    """The MANUAL rows of a device from one to another that were not undone: id and card."""
    query = (
        f"SELECT id, card_id FROM reviews WHERE id BETWEEN ? AND ? AND kind = 4 AND device = ? AND {KEPT} ORDER BY id"
    )
    return db.execute(query, (first, last, device)).fetchall()


def of_card(db: sqlite3.Connection, card_row: int) -> list[Review]:
    """The answers to one card that were not undone, oldest first."""
    rows = db.execute(f"SELECT {COLUMNS} FROM reviews WHERE card_id = ? AND {KEPT} ORDER BY id", (card_row,))
    return [Review(*row) for row in rows]


def interval_before(db: sqlite3.Connection, review: Review) -> int:
    """The interval, in seconds, that the answer before `review` gave its card; 0 if there is none."""
    query = (
        f"SELECT interval_s FROM reviews WHERE card_id = ? AND id < ? AND kind != 3 AND {KEPT} ORDER BY id DESC LIMIT 1"
    )
    row = db.execute(query, (review.card_id, review.review_id)).fetchone()
    return row[0] if row else 0


def everything(db: sqlite3.Connection) -> Iterator[Review]:
    """The whole log without what was undone, oldest first: plain rows in the order of `Review`'s fields."""
    return db.execute(f"SELECT {COLUMNS} FROM reviews WHERE {KEPT} ORDER BY id")


def since(db: sqlite3.Connection, from_ms: int, studied_on: StudyDay) -> list[TodayRow]:
    """The answers of one study day that were not undone, oldest first; `from_ms` is an instant before the day began."""
    rows = db.execute(
        "SELECT reviews.id, card_id, c.note_id, c.deck_id, reviews.kind, rating, duration_ms, "
        "reviews.kind = 0 AND NOT EXISTS (SELECT 1 FROM reviews e WHERE e.card_id = reviews.card_id "
        "AND e.id < reviews.id AND (e.kind < 3 OR e.kind = 4 AND e.interval_s != 0) "
        f"AND {kept('e')}) "
        f"FROM reviews JOIN cards c ON c.id = card_id WHERE reviews.id >= ? AND studied_on = ? AND {KEPT} "
        "ORDER BY reviews.id",
        (from_ms, studied_on),
    )
    return [TodayRow._make(row)._replace(kind=ReviewKind(row[4]), is_first=bool(row[7])) for row in rows]


def answered_since(db: sqlite3.Connection, from_ms: int) -> set[int]:
    """The rows of the cards with an answer since an instant that was not undone."""
    rows = db.execute(f"SELECT card_id FROM reviews WHERE id >= ? AND rating > 0 AND {KEPT}", (from_ms,))
    return {row[0] for row in rows}


def missed_points(db: sqlite3.Connection, review_ids: Iterable[int]) -> list[tuple[int, str, str]]:
    """Review, deck and links of each must that those answers missed."""
    found: list[tuple[int, str, str]] = []
    for review_id in review_ids:
        found += db.execute(
            "SELECT t.review_id, d.deck, t.links FROM ticks t JOIN reviews r ON r.id = t.review_id "
            "JOIN cards c ON c.id = r.card_id JOIN decks d ON d.id = c.deck_id "
            "WHERE t.review_id = ? AND t.section = 'must' AND t.hit = 0 ORDER BY t.position",
            (review_id,),
        ).fetchall()
    return found


def count_in_day(db: sqlite3.Connection, review: Review, bucket: str, *, is_first: bool, by: int = 1) -> None:
    """Add one answer to the sums of its day; `by` -1 takes it out."""
    column = Rating(review.rating).name.lower()
    db.execute(
        f"INSERT INTO days (studied_on, bucket, {column}, introduced, duration_ms) VALUES (?1, ?2, ?3, ?4, ?5) "
        f"ON CONFLICT (studied_on, bucket) DO UPDATE SET {column} = {column} + ?3, introduced = introduced + ?4, "
        "duration_ms = duration_ms + ?5",
        (review.studied_on, bucket, by, by * is_first, by * review.duration_ms),
    )


def day_sums(db: sqlite3.Connection, first: StudyDay, last: StudyDay) -> list[DaySum]:
    """The sums of the days from `first` to `last`, by day; days without answers have none."""
    rows = db.execute(
        "SELECT studied_on, bucket, again, hard, good, easy, introduced, duration_ms FROM days "
        "WHERE studied_on BETWEEN ? AND ? AND again + hard + good + easy > 0 ORDER BY studied_on, bucket",
        (first, last),
    )
    return [DaySum(*row) for row in rows]


def put_day_sums(db: sqlite3.Connection, sums: Iterable[DaySum]) -> None:
    """Replace all sums."""
    db.execute("DELETE FROM days")
    db.executemany(
        "INSERT INTO days (studied_on, bucket, again, hard, good, easy, introduced, duration_ms) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        sums,
    )


def streak(db: sqlite3.Connection, today: StudyDay) -> int:
    """Study days in a row with an answer, ending today or yesterday: one seek per day."""

    def studied(day: StudyDay) -> bool:
        query = "SELECT 1 FROM days WHERE studied_on = ? AND again + hard + good + easy > 0"
        return db.execute(query, (day,)).fetchone() is not None

    day = today if studied(today) else today - 1
    length = 0
    while studied(day - length):
        length += 1
    return length
