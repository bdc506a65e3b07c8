"""What the statistics are made of: cards as they stand, and the log in sums, of a whole collection or a part of it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bedrill.store import log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bedrill.memory import Curve
    from bedrill.model import DaySum, Review, StudyDay

_ANSWERS: Final = "reviews r JOIN cards c ON c.id = r.card_id"
_TICKS: Final = "ticks t JOIN reviews r ON r.id = t.review_id JOIN cards c ON c.id = r.card_id"
_EVER: Final = 10**9
"""A number of days that no study day reaches."""
_OVERDUE: Final = "phase = 2 AND due_on < :today - 30 AND :today - due_on > due_on - last_on"
_LATEST: Final = 2_000
"""Answers that are enough to see what slips."""


class Part(NamedTuple):
    """
    A part of the collection.

    Attributes:
        decks: Rows of decks; None for all.
        kind: "concept" or "interview"; "" for both.
        cards: Rows of cards, of a search; None for all.
    """

    decks: tuple[int, ...] | None = None
    kind: str = ""
    cards: tuple[int, ...] | None = None

    @property
    def is_everything(self) -> bool:
        """Whether it is no part at all."""
        return self.decks is None and not self.kind and self.cards is None

    def condition(self) -> str:
        """The SQL that narrows cards, aliased c, to the part; deck rows and kinds are ours, never text from outside."""
        words = []
        if self.decks is not None:
            words.append(f"c.deck_id IN ({', '.join(map(str, self.decks))})")
        if self.kind:
            words.append("c.kind = :kind")
        if self.cards is not None:
            words.append("c.id IN (SELECT value FROM json_each(:cards))")
        return " AND ".join(words) or "1"

    def values(self, **more: Any) -> dict[str, Any]:
        """What the condition needs, and `more`."""
        cards = "" if self.cards is None else f"[{','.join(map(str, self.cards))}]"
        return {"kind": self.kind, "cards": cards, **more}


class DeckSum(NamedTuple):
    """
    The live cards of one deck and kind, in sums.

    Attributes:
        known: Cards that would be recalled today: the sum of their retrievability.
        leeches: Cards with as many lapses as make a leech.
        overdue: Cards in review that have waited for longer than their interval was, and for a month.
        daily_load: Reviews a day that they ask for in the long run: the sum of 1 / interval of those in review; Anki's.
    """

    deck: int
    kind: str
    cards: int
    seen: int
    known: float
    leeches: int
    overdue: int
    daily_load: float


def cards(db: sqlite3.Connection, part: Part, today: StudyDay) -> list[tuple[Any, ...]]:
    """The cards of a part that are not retired: the values of `stats.cards.Standing`, in order."""
    return db.execute(
        "SELECT note_id, phase, suspended, coalesce(buried_until > :today, 0), stability_days, difficulty, due_on, "
        f"last_on FROM cards c WHERE retired = 0 AND {part.condition()}",
        part.values(today=today),
    ).fetchall()


def deck_sums(
    db: sqlite3.Connection, part: Part, today: StudyDay, curve: Curve, leech_lapses: int, *, by_kind: bool
) -> list[DeckSum]:
    """
    The cards of a part that are neither retired nor suspended, in sums by deck: one pass over the cards.

    Args:
        by_kind: Concept and interview cards apart, which takes half as long again; else `kind` is "".
    """
    kind = _kind(by_kind=by_kind)
    where = f"retired = 0 AND suspended = 0 AND {part.condition()} GROUP BY deck_id, {kind}"
    values = part.values(leech=leech_lapses, today=today, factor=curve[0], decay=curve[1])
    overdue = {
        (deck, which): count
        for deck, which, count in db.execute(
            f"SELECT deck_id, {kind}, count(*) FROM cards c WHERE {_OVERDUE} AND {where}", values
        )
    }
    rows = db.execute(
        f"SELECT deck_id, {kind}, count(*), sum(phase != 0), total({_recall(db)}), sum(lapses >= :leech), "
        "total(CASE phase WHEN 2 THEN 1.0 / iif(due_on > last_on, due_on - last_on, 1) END) "
        f"FROM cards c WHERE {where}",
        values,
    )
    return [
        DeckSum(deck, which, cards, seen, known, leeches, overdue.get((deck, which), 0), load)
        for deck, which, cards, seen, known, leeches, load in rows
    ]


def _kind(*, by_kind: bool) -> str:
    return "c.kind" if by_kind else "''"


def _recall(db: sqlite3.Connection) -> str:
    """The SQL of retrievability today. The power is SQLite's own where it was built with one: a million take 0.4 s."""
    try:
        db.execute("SELECT pow(2.0, 0.5)")
    except sqlite3.OperationalError:
        db.create_function("pow", 2, pow, deterministic=True)
    return "pow(1 + :factor * iif(last_on > :today, 0, :today - last_on) / stability_days, :decay)"


def due_by_day(db: sqlite3.Connection, part: Part, last: StudyDay) -> list[tuple[StudyDay, int, int, int]]:
    """Cards that are due up to `last`, those of a backlog on their own days: (day, learning, young, mature)."""
    where = f"suspended = 0 AND retired = 0 AND due_on <= :last AND {part.condition()} GROUP BY due_on"
    values = part.values(last=last)
    found = {
        day: (0, young, mature)
        for day, young, mature in db.execute(
            "SELECT due_on, sum(due_on - last_on < 21), sum(due_on - last_on >= 21) FROM cards c "
            f"WHERE phase = 2 AND {where}",
            values,
        )
    }
    for day, count in db.execute(f"SELECT due_on, count(*) FROM cards c WHERE phase IN (1, 3) AND {where}", values):
        found[day] = (count, *found.get(day, (0, 0, 0))[1:])
    return [(day, *counts) for day, counts in sorted(found.items())]


def day_sums(db: sqlite3.Connection, part: Part, sums_of: Callable[[Iterator[Review]], list[DaySum]]) -> list[DaySum]:
    """The sums of every study day and bucket: as they are kept, or for a part from its answers, by `sums_of`."""
    if part.is_everything:
        return log.day_sums(db, -_EVER, _EVER)
    return sums_of(answers(db, part))


def _since(part: Part) -> str:
    """The SQL for answers to the cards of a part from study day :first on, undone ones left out; reviews are r."""
    return f"r.studied_on >= :first AND {log.kept('r')} AND {part.condition()}"


def answers(db: sqlite3.Connection, part: Part, first: StudyDay = -_EVER) -> Iterator[Review]:
    """The answers to the cards of a part from a study day on, undone ones left out, oldest first: plain rows."""
    columns = ", ".join(f"r.{name}" for name in log.COLUMNS.split(", "))
    return db.execute(f"SELECT {columns} FROM {_ANSWERS} WHERE {_since(part)} ORDER BY r.id", part.values(first=first))


def quarter_hours(db: sqlite3.Connection, part: Part, first: StudyDay) -> list[tuple[int, int, int]]:
    """Answers by quarters of an hour since 1970 UTC, crams left out: (epoch ms of its beginning, answers, recalled)."""
    return db.execute(
        f"SELECT r.id / 900000 * 900000 AS quarter, count(*), sum(r.rating > 1) FROM {_ANSWERS} "
        f"WHERE r.kind < 3 AND {_since(part)} GROUP BY quarter",
        part.values(first=first),
    ).fetchall()


def latest_by_deck(
    db: sqlite3.Connection, part: Part, first: StudyDay, *, by_kind: bool
) -> list[tuple[int, str, int, int]]:
    """Of the latest answers in review since a study day: (deck, kind, answers, recalled); as `deck_sums` has kinds."""
    return db.execute(
        f"SELECT deck_id, kind, count(*), sum(rating > 1) FROM (SELECT c.deck_id, {_kind(by_kind=by_kind)} AS kind, "
        f"r.rating FROM {_ANSWERS} WHERE r.kind = 1 AND {_since(part)} ORDER BY r.id DESC LIMIT {_LATEST}) "
        "GROUP BY deck_id, kind",
        part.values(first=first),
    ).fetchall()


def points(db: sqlite3.Connection, part: Part, first: StudyDay) -> list[tuple[int, str, str, int, int]]:
    """Key points of interview answers: (card, section, point, times asked, times hit), undone answers left out."""
    return db.execute(
        f"SELECT r.card_id, t.section, t.point, count(*), sum(t.hit) FROM {_TICKS} "
        f"WHERE t.section IN ('must', 'should', 'senior') AND {_since(part)} GROUP BY r.card_id, t.section, t.point",
        part.values(first=first),
    ).fetchall()


def confidence(db: sqlite3.Connection, part: Part, first: StudyDay) -> list[tuple[int, int, int, int]]:
    """Answers before which one said how sure one was: (card, study day, sure 1 or 0, rating), oldest first."""
    return db.execute(
        f"SELECT r.card_id, r.studied_on, t.hit, r.rating FROM {_TICKS} "
        f"WHERE t.section = 'sure' AND {_since(part)} ORDER BY r.id",
        part.values(first=first),
    ).fetchall()


def interview_answers(db: sqlite3.Connection, part: Part, first: StudyDay) -> list[tuple[int, int, int]]:
    """Interview cards that were answered: (card, answers, ms in all)."""
    return db.execute(
        f"SELECT r.card_id, count(*), sum(r.duration_ms) FROM {_ANSWERS} "
        f"WHERE c.kind = 'interview' AND r.kind < 4 AND {_since(part)} GROUP BY r.card_id",
        part.values(first=first),
    ).fetchall()


def weakest(db: sqlite3.Connection, part: Part, what: str, today: StudyDay, leech_lapses: int, limit: int) -> list[int]:
    """The rows of the worst leeches (`what` "leeches"), or of the cards that are longest overdue ("overdue")."""
    conditions = {
        "leeches": "lapses >= :leech ORDER BY lapses DESC, c.id",
        "overdue": f"{_OVERDUE} ORDER BY due_on, c.id",
    }
    rows = db.execute(
        f"SELECT c.id FROM cards c WHERE retired = 0 AND suspended = 0 AND {part.condition()} "
        f"AND {conditions[what]} LIMIT :limit",
        part.values(leech=leech_lapses, today=today, limit=limit),
    )
    return [row[0] for row in rows]
