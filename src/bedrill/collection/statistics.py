"""The statistics of a collection or a part of it: the first screen, and nothing that only other figures need."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from bedrill import history
from bedrill.collection import naming
from bedrill.memory import curve_of
from bedrill.stats import activity, course, recall, schedule
from bedrill.stats.activity import Span
from bedrill.store import cards as stored
from bedrill.store import catalog, figures
from bedrill.store.connection import snapshot
from bedrill.store.figures import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bedrill.collection import Collection
    from bedrill.model import DaySum
    from bedrill.stats.figure import Figure
    from bedrill.store.catalog import DeckRow
    from bedrill.store.figures import DeckSum

YEAR: Final = 365
_AHEAD: Final = 30
_LATELY: Final = 30
_LISTED: Final = 20
_TENTH: Final = 10


def part_of(collection: Collection, decks: Sequence[str] = (), kind: str = "", search: str = "") -> Part:
    """
    The part of the collection that some DECK arguments, a kind and a search mean together.

    Raises:
        NotFoundError: One of the names means no deck.
        UsageError: The search cannot be read.
    """
    rows = tuple(deck.row_id for deck in naming.decks_named(collection, decks)) if decks else None
    found = None
    if search:
        from bedrill.store import search as searching  # noqa: PLC0415 - only for those who search

        found = tuple(searching.find(collection.db, search, collection.clock.today(), collection.settings))
    return Part(rows, kind, found)


class Statistics:
    """
    The figures of a part of a collection, each made when it is asked for; all of them see one state of the file.

    Args:
        days: How far back the figures look, and `due` ahead; None for their usual range.
    """

    by_kind = False
    """Whether decks are told by kind: the first screen has no need of that."""

    def __init__(self, collection: Collection, part: Part, days: int | None = None) -> None:
        self.collection = collection
        self.db = collection.db
        self.part = part
        self._days = days
        self.on = collection.clock.today()
        self.curve = curve_of(collection.settings.fsrs_parameters)

    @cached_property
    def sums(self) -> list[DaySum]:
        """The sums of each study day and bucket."""
        return figures.day_sums(self.db, self.part, history.day_sums)

    @cached_property
    def _decks(self) -> dict[int, DeckRow]:
        return {deck.row_id: deck for deck in catalog.decks(self.db)}

    @cached_property
    def _deck_sums(self) -> list[DeckSum]:
        leech = self.collection.settings.leech_lapses
        return figures.deck_sums(self.db, self.part, self.on, self.curve, leech, by_kind=self.by_kind)

    @cached_property
    def lesson_rows(self) -> list[course.Lesson]:
        """The decks that have cards, in the order of the course, with what was recalled of each lately."""
        lately = self.on - _LATELY + 1
        latest = figures.latest_by_deck(self.db, self.part, lately, by_kind=self.by_kind)
        answers = {row[:2]: row[2:] for row in latest}
        order = {row: place for place, row in enumerate(self._decks)}
        found = []
        for row in sorted(self._deck_sums, key=lambda row: (order[row.deck], row.kind)):
            deck = self._decks[row.deck]
            given, recalled = answers.get((row.deck, row.kind), (0, 0))
            counts = (row.cards, row.seen, row.known, row.leeches, row.overdue, given, recalled)
            found.append(course.Lesson(deck.deck_id, deck.title, deck.lesson, row.kind, *counts))
        return found

    @cached_property
    def _said(self) -> list[tuple[int, int, int, int]]:
        return figures.confidence(self.db, self.part, self.span().first)

    def span(self) -> Span:
        """The study days that are looked at, a year of them; all since the first answer where 0 was asked for."""
        days = YEAR if self._days is None else self._days
        if not days:
            days = self.on - min((row.studied_on for row in self.sums), default=self.on) + 1
        return Span(self.on - days + 1, self.on)

    def names(self, rows: Sequence[int]) -> list[str]:
        """The names of some cards, in order."""
        found = {card.row_id: card.name for card in stored.by_rows(self.db, rows)}
        return [found[row] for row in rows]

    def confidence(self) -> Figure:
        """See `recall.confidence`."""
        return recall.confidence(self._said, self.names)

    def today(self) -> Figure:
        """See `activity.today`."""
        return activity.today(self.sums, self.on)

    def due(self) -> Figure:
        """See `schedule.due`."""
        days = self._days or _AHEAD
        rows = figures.due_by_day(self.db, self.part, self.on + days - 1)
        return schedule.due(rows, self.on, days, sum(row.daily_load for row in self._deck_sums))

    def calendar(self) -> Figure:
        """See `activity.calendar`."""
        return activity.calendar(self.sums, self.span())

    def retention(self) -> Figure:
        """See `recall.retention`."""
        return recall.retention(self.sums, self.on, self.collection.settings.desired_retention)

    def known(self) -> Figure:
        """See `course.known`; the course is told in tens of lessons, other decks come last."""
        return course.known(self.lesson_rows, {deck.deck_id: _tenth(deck) for deck in self._decks.values()})

    def attention(self) -> Figure:
        """See `course.attention`."""
        settings = self.collection.settings
        counts = {
            "leeches": sum(row.leeches for row in self._deck_sums),
            "overdue": sum(row.overdue for row in self._deck_sums),
        }
        worst = {
            what: self.names(figures.weakest(self.db, self.part, what, self.on, settings.leech_lapses, _LISTED))
            if count
            else []
            for what, count in counts.items()
        }
        sure = self.names([each.card for each in recall.sure_and_wrong(self._said)[: recall.LISTED]])
        return course.attention(self.lesson_rows, settings.desired_retention, worst["leeches"], worst["overdue"], sure)


FIRST: Final[Mapping[str, Callable[[Statistics], Figure]]] = {
    "today": Statistics.today,
    "due": Statistics.due,
    "calendar": Statistics.calendar,
    "retention": Statistics.retention,
    "known": Statistics.known,
    "attention": Statistics.attention,
}
"""The first screen."""
NAMES: Final = (
    *("today", "due", "calendar", "reviews", "counts", "intervals", "stability", "difficulty", "retrievability"),
    *("retention", "hours", "buttons", "introduced", "trend", "steps", "knowledge", "known", "lessons", "kinds"),
    *("points", "pace", "confidence", "attention"),
)
"""Every figure: Anki's in its order, the FSRS helper's, then those that only bedrill has."""


def first_screen(collection: Collection, part: Part | None = None, days: int | None = None) -> list[Figure]:
    """What one looks at daily, as of one moment."""
    with snapshot(collection.db):
        statistics = Statistics(collection, part or Part(), days)
        return [make(statistics) for make in FIRST.values()]


def _tenth(deck: DeckRow) -> str:
    if deck.lesson is None:
        return "other decks"
    first = (deck.lesson - 1) // _TENTH * _TENTH + 1
    return f"lessons {first}-{first + _TENTH - 1}"
