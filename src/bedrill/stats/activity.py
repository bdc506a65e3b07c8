"""What was done: today, the calendar, reviews by day, hours, buttons, cards that were introduced. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.clock import date_of
from bedrill.stats.figure import Chart, Column, Fact, Figure, Series, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bedrill.model import DaySum, StudyDay

BUCKETS: Final = ("learn", "relearn", "young", "mature", "cram")
"""Of the per-day sums, in the order in which bars are stacked."""
_BUTTONS: Final = (("learning", ("learn", "relearn")), ("young", ("young",)), ("mature", ("mature",)))
_RATINGS: Final = ("again", "hard", "good", "easy")
_MOST_BARS: Final = 92
"""Days in a chart; a longer time is shown in weeks, and one of more than two years in months of 30 days."""
_WEEK, _MONTH, _TWO_YEARS = 7, 30, 2 * 366


class Span(NamedTuple):
    """The study days that are looked at, both ends included."""

    first: StudyDay
    last: StudyDay

    @property
    def days(self) -> int:
        """How many."""
        return self.last - self.first + 1

    def within(self, sums: Iterable[DaySum]) -> list[DaySum]:
        """The sums that fall into it."""
        return [row for row in sums if self.first <= row.studied_on <= self.last]


def share(part: float, whole: float) -> float | None:
    """`part` of `whole`, 0 to 1, to four digits; None without a whole."""
    return round(part / whole, 4) if whole else None


def per(amount: float, of: float) -> float | None:
    """`amount` for each `of`, to two digits; None without any."""
    return round(amount / of, 2) if of else None


def today(sums: Iterable[DaySum], day: StudyDay) -> Figure:
    """What was done on a study day. Of cards in review Hard is a pass; crams are no reviews."""
    rows = {row.bucket: row for row in sums if row.studied_on == day}
    answers = sum(row.answers for row in rows.values())
    ms = sum(row.duration_ms for row in rows.values())
    mature = rows.get("mature")
    return Figure(
        "today",
        "Today",
        (
            Fact("answers", "answers", answers, "answers"),
            Fact("minutes", "time", round(ms / 60_000, 2), "minutes"),
            Fact("seconds_per_answer", "per answer", per(ms / 1000, answers), "seconds"),
            Fact("again", "again", sum(row.again for row in rows.values()), "answers"),
            Fact("again_share", "again, share", share(sum(row.again for row in rows.values()), answers), "share"),
            *(Fact(name, name, rows[name].answers if name in rows else 0, "answers") for name in BUCKETS),
            Fact("introduced", "new cards", sum(row.introduced for row in rows.values()), "cards"),
            Fact(
                "mature_recalled",
                "mature recalled",
                share(mature.answers - mature.again, mature.answers) if mature else None,
                "share",
            ),
        ),
    )


def calendar(sums: Iterable[DaySum], span: Span) -> Figure:
    """Answers of each day, and days in a row; a day without an answer today does not end a streak yet."""
    by_day = dict.fromkeys(range(span.first, span.last + 1), 0)
    for row in span.within(sums):
        by_day[row.studied_on] += row.answers
    values = tuple(by_day.values())
    longest = run = 0
    for value in values:
        run = run + 1 if value else 0
        longest = max(longest, run)
    until = values if values and values[-1] else values[:-1]
    current = next((i for i, value in enumerate(reversed(until)) if not value), len(until))
    studied = sum(map(bool, values))
    return Figure(
        "calendar",
        "Calendar",
        (
            Fact("streak", "streak", current, "days"),
            Fact("longest_streak", "longest streak", longest, "days"),
            Fact("days_studied", "days studied", studied, "days"),
            Fact("days_studied_share", "of all days", share(studied, span.days), "share"),
        ),
        (Chart("answers", "calendar", "answers a day", "answers", _dates(by_day), (Series("answers", values),)),),
    )


def reviews(sums: Iterable[DaySum], span: Span) -> Figure:
    """Answers and minutes by day, week or month, by what the card was before."""
    rows = span.within(sums)
    counts = _bars("answers", "answers", "answers", rows, span, lambda row: row.answers)
    times = _bars("minutes", "minutes", "minutes", rows, span, lambda row: row.duration_ms / 60_000)
    answers = sum(row.answers for row in rows)
    ms = sum(row.duration_ms for row in rows)
    studied = len({row.studied_on for row in rows})
    return Figure(
        "reviews",
        "Reviews",
        (
            Fact("answers", "answers", answers, "answers"),
            Fact("days", "days", span.days, "days"),
            Fact("days_studied", "days studied", studied, "days"),
            Fact("answers_per_day", "a day", per(answers, span.days), "answers"),
            Fact("answers_per_day_studied", "a day studied", per(answers, studied), "answers"),
            Fact("minutes", "time", round(ms / 60_000, 2), "minutes"),
            Fact("minutes_per_day", "time a day", per(ms / 60_000, span.days), "minutes"),
            Fact("seconds_per_answer", "per answer", per(ms / 1000, answers), "seconds"),
            Fact("answers_per_minute", "answers a minute", per(answers, ms / 60_000), "answers"),
        ),
        (counts, times),
    )


def buttons(sums: Iterable[DaySum], span: Span) -> Figure:
    """Which rating was given how often, by what the card was before; crams left out. Hard is a pass."""
    rows = span.within(sums)
    lines: list[tuple[float | int | str | None, ...]] = []
    for name, buckets in _BUTTONS:
        mine = [row for row in rows if row.bucket in buckets]
        ratings = [sum(getattr(row, given) for row in mine) for given in _RATINGS]
        lines.append((name, *ratings, share(sum(ratings[1:]), sum(ratings))))
    columns = (
        Column("phase", ""),
        *(Column(name, name, "answers") for name in _RATINGS),
        Column("recalled", "recalled", "share"),
    )
    chart = Chart(
        "answers",
        "bars",
        "answers by rating",
        "answers",
        _RATINGS,
        tuple(Series(str(line[0]), tuple(int(value or 0) for value in line[1:5])) for line in lines),
    )
    return Figure("buttons", "Answer buttons", (), (chart,), (Table("phases", "", columns, tuple(lines)),))


def introduced(sums: Iterable[DaySum], span: Span) -> Figure:
    """Cards answered for the first time, by day, week or month."""
    rows = span.within(sums)
    total = sum(row.introduced for row in rows)
    labels, groups = grouped(span, _bar_days(span))
    values = [0] * len(labels)
    for row in rows:
        values[groups(row.studied_on)] += row.introduced
    return Figure(
        "introduced",
        "New cards",
        (Fact("cards", "new cards", total, "cards"), Fact("cards_per_day", "a day", per(total, span.days), "cards")),
        (Chart("cards", "bars", "cards seen for the first time", "cards", labels, (Series("cards", tuple(values)),)),),
    )


def hours(answers: Iterable[tuple[int, int, int]]) -> Figure:
    """When in the day answers were given, and how many were right: (hour 0 to 23, answers, recalled), in any order."""
    given, recalled = [0] * 24, [0] * 24
    for hour, count, right in answers:
        given[hour] += count
        recalled[hour] += right
    labels = tuple(f"{hour:02}" for hour in range(24))
    shares = tuple(share(right, all_) for right, all_ in zip(recalled, given, strict=True))
    return Figure(
        "hours",
        "Hours",
        (Fact("answers", "answers", sum(given), "answers"),),
        (
            Chart(
                "answers", "bars", "answers by hour of the day", "answers", labels, (Series("answers", tuple(given)),)
            ),
            Chart("recalled", "lines", "recalled, by hour of the day", "share", labels, (Series("recalled", shares),)),
        ),
    )


def _bars(
    key: str, says: str, unit: str, rows: Sequence[DaySum], span: Span, amount: Callable[[DaySum], float]
) -> Chart:
    labels, group = grouped(span, _bar_days(span))
    series = {bucket: [0.0] * len(labels) for bucket in BUCKETS}
    for row in rows:
        if row.bucket in series:
            series[row.bucket][group(row.studied_on)] += amount(row)
    what = {1: "", _WEEK: ", by week", _MONTH: ", by 30 days"}[_bar_days(span)]
    return Chart(
        key,
        "bars",
        says + what,
        "minutes" if unit == "minutes" else "answers",
        labels,
        tuple(
            Series(bucket, tuple(round(value, 2) if unit == "minutes" else int(value) for value in values))
            for bucket, values in series.items()
            if any(values)
        ),
    )


def _bar_days(span: Span) -> int:
    return 1 if span.days <= _MOST_BARS else _WEEK if span.days <= _TWO_YEARS else _MONTH


def grouped(span: Span, size: int) -> tuple[tuple[str, ...], Callable[[StudyDay], int]]:
    """The first days of groups of `size` days, and which group a day belongs to; the last one ends with the span."""
    count = -(-span.days // size)
    start = span.last + 1 - count * size
    return _dates(range(start, span.last + 1, size)), lambda day: (day - start) // size


def _dates(days: Iterable[StudyDay]) -> tuple[str, ...]:
    return tuple(date_of(day).isoformat() for day in days)
