"""A figure as data: every value under its key."""

from __future__ import annotations

from bedrill.stats.figure import Chart, Column, Fact, Figure, Series, Table


def test_json_has_every_fact_series_and_cell_under_its_key():
    figure = Figure(
        "name",
        "Title",
        (Fact("share", "a share", 0.5, "share"),),
        (Chart("c", "bars", "bars", "cards", ("a", "b"), (Series("s", (1, None)),)),),
        (Table("t", "table", (Column("x", "x"), Column("y", "y", "days")), (("r", 2), ("q", None))),),
        ("a note",),
    )

    assert figure.as_data() == {
        "title": "Title",
        "facts": {"share": 0.5},
        "charts": {"c": {"shape": "bars", "unit": "cards", "labels": ["a", "b"], "series": {"s": [1, None]}}},
        "tables": {"t": [{"x": "r", "y": 2}, {"x": "q", "y": None}]},
        "notes": ["a note"],
    }
