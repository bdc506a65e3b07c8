"""The course as a goal sees it: every card with what is known of its memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bedrill.model import Candidate, MemoryState
from bedrill.store.gather import LIVE, ORDER_BY, scope_of
from bedrill.store.log import kept

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from bedrill.model import Kind, StudyDay

MOST_NEW: Final = 500
"""New cards of one deck that may come on one day: more than a day holds."""


HEADING: Final = "substr(n.text, 1, instr(n.text || char(10), char(10)) - 1)"
"""The first line of a note, aliased n, where form, level and time box of an interview are written."""


class CourseCard(NamedTuple):
    """A card with what is known of its memory: nothing while it is new."""

    candidate: Candidate
    kind: str
    is_core: bool
    last_on: StudyDay | None
    stability_days: float | None
    difficulty: float | None
    due_on: StudyDay | None

    @property
    def memory(self) -> MemoryState | None:
        """What FSRS knows of it; None while it is new."""
        if self.last_on is None or self.stability_days is None or self.difficulty is None:
            return None
        return MemoryState(self.stability_days, self.difficulty)


_COLUMNS = "c.id, c.note_id, c.deck_id, c.kind, c.is_core, c.last_on, c.stability_days, c.difficulty, c.due_on"


def _card(row: tuple[Any, ...]) -> CourseCard:
    return CourseCard(Candidate(*row[:3]), row[3], bool(row[4]), *row[5:])


def remembered(
    db: sqlite3.Connection, today: StudyDay, kind: Kind | None, *, fresh: bool, limit: int
) -> Iterator[CourseCard]:
    """
    Cards in review that were not answered today: those recalled at 90 % or more, or those below; best known first.

    At 90 % the time since the last answer is the stability, whatever the parameters.
    """
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM cards c "
        f"WHERE phase = 2 AND last_on < :today AND :today - last_on {'<=' if fresh else '>'} stability_days "
        f"AND {LIVE}{scope_of(None, kind)} ORDER BY {ORDER_BY['retrievability']} LIMIT :limit",
        {"today": today, "limit": limit},
    )
    return map(_card, rows)


def new_of_decks(
    db: sqlite3.Connection, today: StudyDay, decks: Iterable[int], kind: Kind | None
) -> Iterator[CourseCard]:
    """New cards of `decks`, deck by deck in that order, core first."""
    query = (
        f"SELECT {_COLUMNS} FROM cards c WHERE deck_id = :deck AND phase = 0 AND {LIVE}{scope_of(None, kind)} "
        f"ORDER BY is_core DESC, position, ordinal LIMIT {MOST_NEW}"
    )
    for deck in decks:
        yield from map(_card, db.execute(query, {"deck": deck, "today": today}))


def whole(db: sqlite3.Connection) -> list[CourseCard]:
    """Every live card, deck by deck in the order of the course, core first; buried ones too."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM cards c JOIN decks d ON d.id = c.deck_id WHERE suspended = 0 AND retired = 0 "
        "ORDER BY d.lesson IS NULL, d.lesson, d.deck, is_core DESC, position, ordinal"
    )
    return [_card(row) for row in rows]


def interview_heads(db: sqlite3.Connection) -> list[tuple[int, str]]:
    """The live interview cards with the first line of their notes, where the level of each is written."""
    return db.execute(
        f"SELECT c.id, {HEADING} FROM cards c "
        "JOIN notes n ON n.id = c.note_id WHERE c.kind = 'interview' AND c.suspended = 0 AND c.retired = 0"
    ).fetchall()


def points_hit(db: sqlite3.Connection) -> dict[int, float]:
    """For each interview card with ticks: the share of its key points that its last answer hit, 0 to 1."""
    rows = db.execute(
        "SELECT r.card_id, avg(t.hit) FROM ticks t JOIN reviews r ON r.id = t.review_id "
        "WHERE t.section IN ('must', 'should', 'senior') AND r.id = ("
        "SELECT max(l.id) FROM reviews l JOIN ticks m ON m.review_id = l.id WHERE l.card_id = r.card_id "
        f"AND m.section = 'must' AND {kept('l')}) GROUP BY r.card_id"
    )
    return dict(rows.fetchall())
