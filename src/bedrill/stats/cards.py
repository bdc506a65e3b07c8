"""How the cards stand: counts, intervals, stability, difficulty, retrievability, what is known. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.history import MATURE_DAYS
from bedrill.memory import retrievability
from bedrill.stats.activity import per
from bedrill.stats.figure import Chart, Column, Fact, Figure, Series, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.memory import Curve
    from bedrill.model import StudyDay
    from bedrill.stats.figure import Unit

_UP_TO: Final = (1, 3, 7, 14, 30, 60, 120, 180, 365, 730, 1825)
"""The upper ends of the bars of days."""
_REVIEW: Final = 2
_PHASES: Final = ("new", "learning", "", "relearning")


class Standing(NamedTuple):
    """What the statistics need of a card that is not retired; fields as in a card's state."""

    note: int
    phase: int
    is_suspended: bool
    is_buried: bool
    stability_days: float | None
    difficulty: float | None
    due_on: StudyDay | None
    last_on: StudyDay | None

    @property
    def interval_days(self) -> int | None:
        """Days from its last answer until it is due; None where it is not in review."""
        if self.phase != _REVIEW or self.due_on is None or self.last_on is None:
            return None
        return max(self.due_on - self.last_on, 1)


def counts(cards: Sequence[Standing]) -> Figure:
    """Cards by what they are: suspended before buried before the phase, as in Anki."""
    found = dict.fromkeys(("new", "learning", "relearning", "young", "mature", "suspended", "buried"), 0)
    for card in cards:
        found[_what(card)] += 1
    total = len(cards)
    columns = (Column("what", ""), Column("cards", "cards", "cards"), Column("share", "", "share"))
    rows = tuple((what, count, round(count / total, 4) if total else None) for what, count in found.items())
    return Figure(
        "counts",
        "Cards",
        (Fact("cards", "cards", total, "cards"), Fact("notes", "notes", len({card.note for card in cards}))),
        (),
        (Table("phases", "", columns, rows),),
    )


def _what(card: Standing) -> str:
    if card.is_suspended:
        return "suspended"
    if card.is_buried:
        return "buried"
    interval = card.interval_days
    if card.phase == _REVIEW and interval is not None:
        return "mature" if interval >= MATURE_DAYS else "young"
    return _PHASES[card.phase]


def intervals(cards: Sequence[Standing]) -> Figure:
    """Days from the last answer to the next of the cards in review."""
    values = [float(card.interval_days) for card in cards if card.interval_days is not None and not card.is_suspended]
    return _of_days("intervals", "Intervals", values)


def stability(cards: Sequence[Standing]) -> Figure:
    """Days after which recall has fallen to 90 %, of the cards that were answered."""
    values = [card.stability_days for card in cards if card.stability_days is not None and not card.is_suspended]
    return _of_days("stability", "Stability", values)


def _of_days(name: str, title: str, values: list[float]) -> Figure:
    found = [0] * (len(_UP_TO) + 1)
    for value in values:
        found[next((place for place, end in enumerate(_UP_TO) if value <= end), len(_UP_TO))] += 1
    lows = (0, *_UP_TO)
    labels = tuple(f"{low + 1}-{end}" if end > low + 1 else str(end) for low, end in zip(lows, _UP_TO, strict=False))
    return Figure(
        name,
        title,
        (*_middle(values, "days"), Fact("longest", "longest", round(max(values), 2) if values else None, "days")),
        (Chart("cards", "bars", "cards by days", "cards", (*labels, "more"), (Series("cards", tuple(found)),)),),
    )


def difficulty(cards: Sequence[Standing]) -> Figure:
    """FSRS's difficulty, 1 to 10, of the cards that were answered."""
    values = [card.difficulty for card in cards if card.difficulty is not None and not card.is_suspended]
    found = [0] * 10
    for value in values:
        found[min(max(int(value), 1), 10) - 1] += 1
    labels = tuple(str(number) for number in range(1, 11))
    chart = Chart("cards", "bars", "cards by difficulty, 1 to 10", "cards", labels, (Series("cards", tuple(found)),))
    return Figure("difficulty", "Difficulty", _middle(values, ""), (chart,))


def recallable(cards: Sequence[Standing], today: StudyDay, curve: Curve) -> Figure:
    """The probability of recall today of the cards that were answered, and how many one knows by that."""
    by_note: dict[int, list[float]] = {}
    values: list[float] = []
    for card in cards:
        if card.last_on is None or card.stability_days is None or card.is_suspended:
            continue
        value = retrievability(today - card.last_on, card.stability_days, curve)
        values.append(value)
        by_note.setdefault(card.note, []).append(value)
    found = [0] * 10
    for value in values:
        found[min(int(value * 10), 9)] += 1
    labels = tuple(f"{low}-{low + 10}%" for low in range(0, 100, 10))
    known_notes = sum(sum(each) / len(each) for each in by_note.values())
    return Figure(
        "retrievability",
        "Retrievability",
        (
            *_middle(values, "share"),
            Fact("known_cards", "known cards", round(sum(values), 2), "cards"),
            Fact("known_notes", "known notes", round(known_notes, 2)),
            Fact("seen_cards", "of cards seen", len(values), "cards"),
        ),
        (Chart("cards", "bars", "cards by recall today", "cards", labels, (Series("cards", tuple(found)),)),),
    )


def knowledge(known: float, seen: int, ms: int) -> Figure:
    """What one knows for the time one has spent: the sum of retrievability by the hours of all answers."""
    hours = ms / 3_600_000
    return Figure(
        "knowledge",
        "Knowledge",
        (
            Fact("seen_cards", "cards seen", seen, "cards"),
            Fact("known_cards", "known today", round(known, 2), "cards"),
            Fact("minutes", "time spent", round(ms / 60_000, 2), "minutes"),
            Fact("known_per_hour", "known an hour", per(known, hours), "per hour"),
        ),
    )


def _middle(values: list[float], unit: Unit) -> tuple[Fact, ...]:
    ordered = sorted(values)
    average = sum(ordered) / len(ordered) if ordered else None
    return (
        Fact("average", "average", None if average is None else round(average, 4), unit),
        Fact("median", "median", quantile(ordered, 0.5), unit),
        Fact("p95", "95th percentile", quantile(ordered, 0.95), unit),
    )


def quantile(ordered: Sequence[float], share: float) -> float | None:
    """The smallest value that at least a share, 0 to 1, of ordered values does not exceed; None without values."""
    if not ordered:
        return None
    place = max(-(-len(ordered) * share // 1) - 1, 0)
    return round(ordered[int(place)], 4)
