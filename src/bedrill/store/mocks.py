"""Mock interviews: the interview cards that may be asked, and the answers that belong to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedrill.model import Tick
from bedrill.store.course import HEADING
from bedrill.store.gather import scope_of
from bedrill.store.log import kept

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from bedrill.model import StudyDay


class InterviewRow(NamedTuple):
    """An interview card that may be asked. `heading`: the first line of its note, where form, level and box stand."""

    card: int
    deck: int
    heading: str
    last_on: StudyDay | None
    stability_days: float | None


class MockAnswer(NamedTuple):
    """An answer of a mock interview. `tag`: what says to which one it belongs."""

    review_id: int
    card: int
    rating: int
    tag: str


def interview_rows(db: sqlite3.Connection, decks: Sequence[int] | None) -> list[InterviewRow]:
    """The interview cards that are neither suspended nor retired."""
    rows = db.execute(
        f"SELECT c.id, c.deck_id, {HEADING}, c.last_on, "
        "c.stability_days FROM cards c JOIN notes n ON n.id = c.note_id "
        "WHERE c.kind = 'interview' AND c.suspended = 0 AND c.retired = 0"
        f"{scope_of(decks, None).replace('deck_id', 'c.deck_id')} ORDER BY c.id"
    )
    return [InterviewRow(*row) for row in rows]


def answers(db: sqlite3.Connection) -> list[MockAnswer]:
    """The answers of all mock interviews that were not undone, oldest first."""
    rows = db.execute(
        "SELECT r.id, r.card_id, r.rating, t.point FROM ticks t JOIN reviews r ON r.id = t.review_id "
        "WHERE t.section = 'mock' AND r.rating > 0 "
        f"AND {kept('r')} ORDER BY r.id"
    )
    return [MockAnswer(*row) for row in rows]


def ticks(db: sqlite3.Connection, review_id: int) -> list[Tick]:
    """The ticks of an answer, in order."""
    rows = db.execute(
        "SELECT section, point, links, hit FROM ticks WHERE review_id = ? ORDER BY position", (review_id,)
    )
    return [Tick(section, point, tuple(links.split()), bool(hit)) for section, point, links, hit in rows]
