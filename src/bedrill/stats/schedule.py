"""What is to come: due cards by day, the backlog, the daily load. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedrill.clock import date_of
from bedrill.stats.activity import per
from bedrill.stats.figure import Chart, Fact, Figure, Series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.model import StudyDay

AGES = ("learning", "young", "mature")


def due(rows: Sequence[tuple[StudyDay, int, int, int]], today: StudyDay, days: int, daily_load: float) -> Figure:
    """
    Cards due today and on the days that follow, and how the pile would grow if nothing were answered.

    Args:
        rows: (day, learning, young, mature) of the days on which cards are due; the backlog stands on its own days.
        days: How many, today included.
    """
    values = {age: [0] * days for age in AGES}
    overdue = 0
    for day, *counts in rows:
        place = max(day - today, 0)
        if place >= days:
            continue
        overdue += sum(counts) if day < today else 0
        for age, count in zip(AGES, counts, strict=True):
            values[age][place] += count
    totals = [sum(values[age][place] for age in AGES) for place in range(days)]
    pile = [sum(totals[: place + 1]) for place in range(days)]
    labels = tuple(date_of(today + place).isoformat() for place in range(days))
    later = totals[1:]
    return Figure(
        "due",
        "Due",
        (
            Fact("today", "today", totals[0], "cards"),
            Fact("overdue", "of them overdue", overdue, "cards"),
            Fact("tomorrow", "tomorrow", later[0] if later else None, "cards"),
            Fact("total", f"in {days} days", sum(totals), "cards"),
            Fact("per_day", "a day", per(sum(totals), days), "cards"),
            Fact("daily_load", "daily load", round(daily_load, 2), "cards"),
        ),
        (
            Chart(
                "cards", "bars", "cards due", "cards", labels, tuple(Series(age, tuple(values[age])) for age in AGES)
            ),
            Chart("backlog", "lines", "if nothing is answered", "cards", labels, (Series("backlog", tuple(pile)),)),
        ),
        notes=("New cards come on top; a goal picks its own.",),
    )
