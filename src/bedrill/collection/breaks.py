"""A backlog or a break, spread over the days that follow; told before it is done, and taken back as one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill import history, spreading
from bedrill.clock import DAY_S, epoch_ms
from bedrill.collection import log_order, today
from bedrill.errors import BedrillError
from bedrill.memory import curve_of
from bedrill.model import CardState, ReviewKind
from bedrill.session import USUAL_PACE_MS
from bedrill.store import cards, catalog, gather, incoming, log

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.collection import Collection
    from bedrill.model import DueCard, StudyDay
    from bedrill.spreading import Cost, Move

_LAST_MOVE: Final = "last_move"
"""What the collection remembers of the last time that cards were moved: the first and the last row of the log."""


class NothingMovedError(BedrillError):
    """There is nothing to take back."""


class Plan(NamedTuple):
    """
    Cards and the days that they are given.

    Attributes:
        moves: In the order in which they are asked; those that stay today are among them.
        per_day: How many reviews a day holds.
        cost: What waiting costs, in cards recalled.
        first, last: The first and the last day; the same where there is nothing to move.
    """

    moves: list[Move]
    per_day: int
    cost: Cost
    first: StudyDay
    last: StudyDay


def catch_up(collection: Collection, minutes: float, decks: Sequence[int] | None = None) -> Plan:
    """How the reviews that are due by today, of some decks or all, fit into so many minutes a day from today on."""
    on = collection.clock.today()
    waiting = gather.due_cards(collection.db, -1, on, decks)
    done = sum(row.kind is ReviewKind.REVIEW for row in today.answers_today(collection, on))
    return _plan(collection, waiting, on, minutes, done)


def away(collection: Collection, start: StudyDay, end: StudyDay, minutes: float) -> Plan:
    """How the reviews that are due from `start` to `end` fit into so many minutes a day behind the break."""
    waiting = gather.due_cards(collection.db, start, end, None)
    return _plan(collection, waiting, end + 1, minutes, 0)


def _plan(collection: Collection, waiting: Sequence[DueCard], first: StudyDay, minutes: float, done: int) -> Plan:
    pace_ms = log.pace_ms(collection.db) or USUAL_PACE_MS
    per_day = max(1, int(minutes * 60_000 / pace_ms))
    curve = curve_of(collection.settings.fsrs_parameters)
    counted = gather.load_of(collection.db)
    mine = Counter(card.due_on for card in waiting)

    def load(day: StudyDay) -> int:
        return max(0, counted(day) - mine[day]) + (done if day == first else 0)

    moves = spreading.spread(waiting, first, per_day, load, curve)
    last = moves[-1].to if moves else first
    return Plan(moves, per_day, spreading.cost(moves, first, curve), first, last)


def do(collection: Collection, plan: Plan) -> int:
    """Give the cards their days, in one transaction; returns how many were moved. Cards of today stay as they are."""
    on = collection.clock.today()
    moved = [move for move in plan.moves if move.to != max(move.card.due_on, on)]
    if not moved:
        return 0
    with collection.transaction() as db:
        first_id = last_id = log_order.next_review_id(collection, collection.now())
        for number, move in enumerate(moved):
            last_id = log.free_id(db, last_id + 1) if number else first_id
            interval_s = (move.to - on) * DAY_S
            row = (last_id, move.card.card, 0, ReviewKind.MANUAL, on, 0, interval_s, 0, collection.device)
            log.append_all(db, [row])
        _replay(collection, [move.card.card for move in moved])
        catalog.put_meta(db, _LAST_MOVE, f"{first_id} {last_id}")
    return len(moved)


def undo(collection: Collection) -> int:
    """
    Put the cards back that were moved last, all at once; returns how many. What was answered since stays.

    Raises:
        NothingMovedError: None were moved, or they were put back already.
    """
    with collection.transaction() as db:
        told = catalog.meta(db, _LAST_MOVE)
        if not told:
            raise NothingMovedError("no cards were moved", "'bedrill catchup' and 'bedrill away' move some")
        first_id, last_id = map(int, told.split())
        rows = log.moves_between(db, first_id, last_id, collection.device)
        at_ms = epoch_ms(collection.now())
        for review_id, _ in rows:
            log.append_undo(db, review_id, at_ms)
        _replay(collection, [card for _, card in rows])
        catalog.put_meta(db, _LAST_MOVE, "")
    return len(rows)


def _replay(collection: Collection, card_rows: Sequence[int]) -> None:
    """Bring the states of some cards up to date with the log."""
    reviews = incoming.kept_reviews_of(collection.db, card_rows)
    states = history.replay(reviews, collection.settings, log.given_states(collection.db))
    cards.put_some_states(collection.db, {row: states.get(row, CardState()) for row in card_rows})
