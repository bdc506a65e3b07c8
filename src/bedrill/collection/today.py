"""What today asks: the queue, the counts, and which lessons are open. On the hot path: no parser, no scheduler."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from bedrill import readiness, review_queue
from bedrill.clock import epoch_ms
from bedrill.goals import nearest
from bedrill.memory import curve_of
from bedrill.model import ReviewKind
from bedrill.review_queue import Done, ReviewQueue
from bedrill.store import catalog, gather, imported, log
from bedrill.store.connection import snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bedrill.collection import Collection
    from bedrill.goals import Goal
    from bedrill.model import Candidate, Kind, StudyDay
    from bedrill.store.catalog import DeckRow
    from bedrill.store.log import TodayRow

_TRAVEL = timedelta(hours=26)
"""How much earlier than here a study day can have begun elsewhere: time zones span 26 hours."""


class Scope(NamedTuple):
    """
    What a session is about.

    Attributes:
        decks: Deck rows; None for all.
        opened: Decks that were named: their new cards do not wait for prerequisites.
        new_limit: New cards since `since_ms`, instead of the day's limit; None for the day's.
        since_ms: When the session began, epoch ms.
        is_cram: Every answered card of the scope, without touching the schedule.
        budget_s: Seconds for this session, from `since_ms` on, instead of what a goal gives to the day.
    """

    decks: tuple[int, ...] | None = None
    opened: frozenset[int] = frozenset()
    kind: Kind | None = None
    new_limit: int | None = None
    since_ms: int = 0
    is_cram: bool = False
    budget_s: float | None = None


EVERYTHING = Scope()


class DeckDue(NamedTuple):
    """What one deck asks."""

    deck: DeckRow
    new: int
    learning: int
    review: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.new + self.learning + self.review


def answers_today(collection: Collection, today: StudyDay) -> list[TodayRow]:
    """The answers of a study day that were not undone, oldest first."""
    return log.since(collection.db, epoch_ms(collection.clock.start(today) - _TRAVEL), today)


def goal_of(collection: Collection, scope: Scope = EVERYTHING) -> Goal | None:
    """The goal that rules a session; a session about decks that were named, or a cram, is ruled by none."""
    if scope.decks is not None or scope.is_cram or not collection.settings.goals:
        return None
    return nearest(collection.settings.goals, collection.clock.today())


def queue(collection: Collection, scope: Scope = EVERYTHING) -> ReviewQueue:
    """What is left of today, all of it as of one moment."""
    with snapshot(collection.db):
        return _queue(collection, scope)


def _queue(collection: Collection, scope: Scope) -> ReviewQueue:
    db, settings = collection.db, collection.settings
    today = collection.clock.today()
    answers = answers_today(collection, today)
    if scope.is_cram:
        return _cram(collection, scope, answers)
    done = _done(answers)
    called = list(_called(collection, answers, today))
    if goal := goal_of(collection, scope):
        from bedrill.collection import plan  # noqa: PLC0415 - only for those who have a goal

        return plan.queue(collection, goal, scope, answers, done, called)
    if scope.new_limit is None:
        new_left = settings.new_per_day - done.new
    else:
        new_left = scope.new_limit - sum(row.is_first for row in answers if row.review_id >= scope.since_ms)
    reviews_left = settings.reviews_per_day - done.reviews
    return review_queue.todays_queue(
        gather.learning(db, today, scope.decks, scope.kind),
        gather.reviews(db, today, settings.order, scope.decks, scope.kind, limit=max(reviews_left, 0) + 64),
        gather.new_cards(db, today, open_decks(collection, scope, today), scope.kind),
        done,
        new_left=new_left,
        reviews_left=reviews_left,
        called=called,
    )


def _done(answers: Sequence[TodayRow]) -> Done:
    cards: dict[int, set[int]] = {}
    counted = [row for row in answers if row.kind < ReviewKind.CRAM]
    for row in counted:
        cards.setdefault(row.note_row, set()).add(row.card_row)
    return Done(
        cards,
        new=sum(row.is_first for row in counted),
        reviews=sum(row.kind is ReviewKind.REVIEW for row in counted),
        last_deck=counted[-1].deck_row if counted else None,
    )


def _cram(collection: Collection, scope: Scope, answers: Sequence[TodayRow]) -> ReviewQueue:
    """Every card of the scope that was answered before, weakest first, but for those passed since the cram began."""
    passed = {row.card_row for row in answers if row.review_id >= scope.since_ms and row.rating > 1}
    cards = gather.cards_of(collection.db, scope.decks, scope.kind)
    return ReviewQueue(main=tuple(card for card in cards if card.card not in passed))


def _called(collection: Collection, answers: Sequence[TodayRow], today: StudyDay) -> Iterator[Candidate]:
    """Concept cards behind the musts that today's interview answers missed, until they are answered."""
    last_answer = {row.note_row: row.review_id for row in answers}
    deck_of_file: dict[str, str] = {}
    seen: set[int] = set()
    for review_id, deck_id, links in log.missed_points(collection.db, [row.review_id for row in answers]):
        for link in links.split():
            if not link.startswith("#") and not deck_of_file:
                deck_of_file = decks_by_file(collection)
            target, slug = note_behind(link, deck_id, deck_of_file)
            card = gather.live_of_note(collection.db, target, slug, today)
            if card and card.note not in seen and last_answer.get(card.note, 0) < review_id:
                seen.add(card.note)
                yield card


def note_behind(link: str, deck_id: str, deck_of_file: Mapping[str, str]) -> tuple[str, str]:
    """The deck and slug that a link of a deck's note means, `#slug` or `file.md#slug`; "" for a file not imported."""
    file, _, slug = link.partition("#")
    return deck_of_file.get(os.path.basename(file), "") if file else deck_id, slug


def decks_by_file(collection: Collection) -> dict[str, str]:
    """The id of the deck that came from each file, by the file's bare name."""
    names = {deck.row_id: deck.deck_id for deck in catalog.decks(collection.db)}
    return {os.path.basename(file.path): names[file.deck_row] for file in imported.files(collection.db)}


def open_decks(
    collection: Collection, scope: Scope, today: StudyDay, goal: frozenset[int] | None = None
) -> Iterator[int]:
    """
    The decks of the scope with new cards that may come, in the order of the course.

    Whether a lesson is known is looked at only for decks that are reached: the day's limit is mostly filled by then.

    Args:
        goal: Decks that a goal is about: they wait only for each other.
    """
    decks = catalog.decks(collection.db)
    needed = needs(decks, goal)
    curve = curve_of(collection.settings.fsrs_parameters)
    known: dict[int, bool] = {}

    def is_known(deck: int) -> bool:
        if deck not in known:
            known[deck] = readiness.is_known(gather.core_memories(collection.db, deck), today, curve)
        return known[deck]

    is_gated = collection.settings.prerequisites
    for deck in decks:
        row = deck.row_id
        if (scope.decks is not None and row not in scope.decks) or not gather.has_new(collection.db, row, today):
            continue
        if not is_gated or row in scope.opened or all(map(is_known, needed[row])):
            yield row


def needs(decks: Sequence[DeckRow], goal: frozenset[int] | None = None) -> dict[int, list[int]]:
    """For each deck the other decks that it waits for; those that a goal is about wait only for each other."""
    return {
        deck: [other for other in needed if other != deck and (not goal or deck not in goal or other in goal)]
        for deck, needed in _requirements(decks).items()
    }


def _requirements(decks: Sequence[DeckRow]) -> dict[int, list[int]]:
    """For each deck the decks that it rests on; those that are not in the collection are left out."""
    rows = {str(deck.lesson): deck.row_id for deck in decks if deck.lesson is not None}
    rows |= {deck.deck_id: deck.row_id for deck in decks}
    return {deck.row_id: [rows[name] for name in deck.requires if name in rows] for deck in decks}


def blocked_decks(
    collection: Collection, decks: Sequence[DeckRow], on: StudyDay, only: int | None = None
) -> dict[int, list[int]]:
    """For each deck that has to wait, or only for that one, the decks that must be known first; by rows."""
    curve = curve_of(collection.settings.fsrs_parameters)
    requires = _requirements(decks)
    if only is not None:
        requires = {only: requires.get(only, [])}
    return readiness.blocked_by(requires, lambda deck: gather.core_memories(collection.db, deck), on, curve)


def known_decks(collection: Collection, decks: Sequence[DeckRow], on: StudyDay) -> set[int]:
    """The decks whose core cards are known; by rows."""
    curve = curve_of(collection.settings.fsrs_parameters)
    cores = {deck.row_id: gather.core_memories(collection.db, deck.row_id) for deck in decks}
    return {row for row, core in cores.items() if core and readiness.is_known(core, on, curve)}


def due(collection: Collection, scope: Scope = EVERYTHING, on: StudyDay | None = None) -> list[DeckDue]:
    """
    What each deck asks today, or will ask on a later study day, in the order of the course; decks that ask nothing too.

    Today's figures are those of the queue, limits and siblings included. A later day's are what is scheduled by now.
    """
    decks = [deck for deck in catalog.decks(collection.db) if scope.decks is None or deck.row_id in scope.decks]
    today = collection.clock.today()
    if on is not None and on > today:
        counts = gather.counts(collection.db, on, today)
        limit = collection.settings.new_per_day
        result = []
        for deck in decks:
            new, learning, review = counts.get(deck.row_id, (0, 0, 0))
            result.append(DeckDue(deck, min(new, limit), learning, review))
            limit -= min(new, limit)
        return result
    left = queue(collection, scope)
    new_by, learning_by, review_by = _by_deck(left)
    return [
        DeckDue(deck, new_by.get(deck.row_id, 0), learning_by.get(deck.row_id, 0), review_by.get(deck.row_id, 0))
        for deck in decks
    ]


def _by_deck(left: ReviewQueue) -> tuple[dict[int, int], dict[int, int], dict[int, int]]:
    new: dict[int, int] = {}
    learning: dict[int, int] = {}
    review: dict[int, int] = {}
    for waiting in left.learning:
        learning[waiting.candidate.deck] = learning.get(waiting.candidate.deck, 0) + 1
    for card in (*left.called, *left.main):
        counts = new if card.card in left.new_cards else review
        counts[card.deck] = counts.get(card.deck, 0) + 1
    return new, learning, review
