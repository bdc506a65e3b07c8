"""
What a figure of the statistics is made of: facts, charts and tables, whatever face shows them.

Terminal, JSON, page and picture are made of the same values, so that none can say something else than another.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Unit = Literal["", "answers", "cards", "days", "minutes", "seconds", "share", "per hour", "rating", "points"]
"""What a value counts; "share" is 0 to 1 and shown as per cent, "" has none."""
Value = float | int | str | None
"""None where there is nothing to say: no answers, no share."""


class Fact(NamedTuple):
    """
    One number and what it is.

    Attributes:
        key: Its name in JSON.
        says: Its name for people.
    """

    key: str
    says: str
    value: Value
    unit: Unit = ""


class Series(NamedTuple):
    """One row of bars, or one line: a value for each place of its chart."""

    key: str
    values: tuple[float | int | None, ...]


class Chart(NamedTuple):
    """
    Bars or lines over the same places.

    Attributes:
        key: Its name in JSON.
        shape: "bars" stack their series on each other; "lines" lie in one frame; "calendar" has one series, a value
            for each day, the labels being ISO dates without a gap.
        says: What it shows, for people.
        labels: One for each place, in order.
    """

    key: str
    shape: Literal["bars", "lines", "calendar"]
    says: str
    unit: Unit
    labels: tuple[str, ...]
    series: tuple[Series, ...]


class Column(NamedTuple):
    """A column of a table. `key` is its name in JSON, `says` the one for people."""

    key: str
    says: str
    unit: Unit = ""


class Table(NamedTuple):
    """Rows of values, one for each column, in order."""

    key: str
    says: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


class Figure(NamedTuple):
    """
    One graph of the statistics, with its numbers and tables.

    Attributes:
        name: What `bedrill stats NAME` and JSON call it.
        title: For people.
        notes: Sentences that belong to it.
    """

    name: str
    title: str
    facts: tuple[Fact, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()

    def as_data(self) -> dict[str, object]:
        """The figure as JSON has it: every value under its key; shares stay 0 to 1."""
        return {
            "title": self.title,
            "facts": {fact.key: fact.value for fact in self.facts},
            "charts": {
                chart.key: {
                    "shape": chart.shape,
                    "unit": chart.unit,
                    "labels": list(chart.labels),
                    "series": {series.key: list(series.values) for series in chart.series},
                }
                for chart in self.charts
            },
            "tables": {
                table.key: [
                    {column.key: value for column, value in zip(table.columns, row, strict=True)} for row in table.rows
                ]
                for table in self.tables
            },
            "notes": list(self.notes),
        }
