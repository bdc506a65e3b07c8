"""How well was recalled: true retention, over time, by confidence. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.clock import date_of
from bedrill.stats.activity import Span, grouped, share
from bedrill.stats.figure import Chart, Column, Fact, Figure, Series, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bedrill.model import DaySum, StudyDay

_PERIODS: Final = (("today", 1), ("week", 7), ("month", 30), ("year", 365))
_MOST_POINTS: Final = 60
LISTED: Final = 20
"""Cards of a list."""


class Wrong(NamedTuple):
    """A card of which one was sure and wrong: how often, and on which study day last."""

    card: int
    times: int
    last_on: StudyDay


def retention(sums: Sequence[DaySum], day: StudyDay, desired: float) -> Figure:
    """
    True retention: the share of answers to cards in review that were not AGAIN, for several times and ages of cards.

    A card is mature whose interval was 21 days or more when it was answered. Learning steps and crams do not count.
    """
    spans = [(name, Span(day - days + 1, day)) for name, days in _PERIODS]
    spans.insert(1, ("yesterday", Span(day - 1, day - 1)))
    spans.append(("all", Span(min((row.studied_on for row in sums), default=day), day)))
    of_age = {
        age: [(row.studied_on, row.hard + row.good + row.easy, row.again) for row in sums if row.bucket == age]
        for age in ("young", "mature")
    }
    rows = []
    for name, (first, last) in spans:
        cells: list[float | int | None] = []
        all_passed = all_given = 0
        for counts in of_age.values():
            inside = [row for row in counts if first <= row[0] <= last]
            passed = sum(row[1] for row in inside)
            given = passed + sum(row[2] for row in inside)
            cells += [share(passed, given), given]
            all_passed, all_given = all_passed + passed, all_given + given
        rows.append((name, *cells, share(all_passed, all_given), all_given))
    columns = [Column("period", "")]
    for age in ("young", "mature", "total"):
        columns += [Column(age, age, "share"), Column(f"{age}_answers", "of", "answers")]
    month = rows[3]
    return Figure(
        "retention",
        "True retention",
        (Fact("desired", "desired", desired, "share"), Fact("month", "the last 30 days", month[5], "share")),
        (),
        (Table("periods", "", tuple(columns), tuple(rows)),),
    )


def trend(sums: Sequence[DaySum], span: Span, desired: float) -> Figure:
    """True retention over time, young and mature, in at most sixty steps of at least a week."""
    size = max(7, -(-span.days // _MOST_POINTS))
    labels, group = grouped(span, size)
    count = len(labels)
    given = {age: [0] * count for age in ("young", "mature")}
    passed = {age: [0] * count for age in ("young", "mature")}
    for row in span.within(sums):
        if row.bucket in given:
            given[row.bucket][group(row.studied_on)] += row.answers
            passed[row.bucket][group(row.studied_on)] += row.answers - row.again
    lines = [Series(age, tuple(map(share, passed[age], given[age]))) for age in given]
    lines.append(Series("desired", (desired,) * count))
    bars = tuple(Series(age, tuple(given[age])) for age in given)
    return Figure(
        "trend",
        "Retention over time",
        (Fact("days_per_step", "a step", size, "days"),),
        (
            Chart("retention", "lines", "recalled of cards in review", "share", labels, tuple(lines)),
            Chart("answers", "bars", "answers to cards in review", "answers", labels, bars),
        ),
    )


def confidence(answers: Sequence[tuple[int, StudyDay, int, int]], names: Callable[[list[int]], list[str]]) -> Figure:
    """
    How often one was right when sure and when unsure, and what one was sure of and wrong about.

    Args:
        answers: (card, study day, sure 1 or 0, rating), oldest first. Anything but AGAIN is right.
        names: The names of some cards, in order.
    """
    lines: list[tuple[str | int | float | None, ...]] = []
    for label, said in (("sure", 1), ("unsure", 0)):
        mine = [rating for _, _, is_sure, rating in answers if is_sure == said]
        right = sum(rating > 1 for rating in mine)
        lines.append((label, len(mine), right, share(right, len(mine))))
    wrong = sure_and_wrong(answers)
    listed = wrong[:LISTED]
    rows = tuple(
        (name, each.times, date_of(each.last_on).isoformat())
        for each, name in zip(listed, names([each.card for each in listed]), strict=True)
    )
    columns = (Column("said", ""), Column("answers", "answers", "answers"), Column("right", "right", "answers"))
    return Figure(
        "confidence",
        "Confidence",
        (
            Fact("answers", "answers", len(answers), "answers"),
            Fact("sure_and_wrong", "sure and wrong", sum(each.times for each in wrong), "answers"),
            Fact("cards", "cards", len(wrong), "cards"),
        ),
        (),
        (
            Table("said", "", (*columns, Column("share", "right", "share")), tuple(lines)),
            Table(
                "cards",
                "sure and wrong",
                (Column("card", "card"), Column("times", "times", "answers"), Column("last", "last")),
                rows,
            ),
        ),
        () if answers else ("'bedrill config confidence on': a review asks how sure you are before the answer shows.",),
    )


def sure_and_wrong(answers: Iterable[tuple[int, StudyDay, int, int]]) -> list[Wrong]:
    """Cards of which one was sure and wrong since one was last sure and right, most often and latest first."""
    found: dict[int, tuple[int, StudyDay]] = {}
    for card, day, is_sure, rating in answers:
        if is_sure and rating == 1:
            found[card] = (found.get(card, (0, 0))[0] + 1, day)
        elif is_sure:
            found.pop(card, None)
    wrong = [Wrong(card, *counts) for card, counts in found.items()]
    return sorted(wrong, key=lambda each: (-each.times, -each.last_on, each.card))
