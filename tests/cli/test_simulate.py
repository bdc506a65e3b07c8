"""`bedrill simulate`; the days themselves are in tests/test_workload.py."""

from __future__ import annotations

import pytest


@pytest.fixture
def course(invoke, deck_file):
    """Two decks of forty cards."""
    for name in ("a", "b"):
        invoke(
            "import",
            str(deck_file("\n\n".join(f"## What is {n}? {{#n{n}}}\n\nThe {n}." for n in range(40)), f"{name}.md")),
        )


def test_a_table_with_ones_own_marked_what_neighbours_cost_and_the_months(invoke, course):
    result = invoke("simulate", "--days", "70")

    assert result.code == 0
    lines = result.out.splitlines()
    assert lines[0].split() == ["desired", "min", "a", "day", "busiest", "reviews", "known", "backlog"]
    assert [line.split()[0] for line in lines[1:7]] == ["0.70", "0.75", "0.80", "0.85", "*0.90", "0.95"]
    assert "0.85 instead: -" in result.out
    assert "0.95 instead: +" in result.out
    assert [line.split()[0] for line in lines[lines.index("at 0.90, every 30 days:") + 2 :]] == ["30", "60", "70"]
    assert "█" in result.out


def test_ones_own_retention_is_always_among_them(invoke, course):
    invoke("config", "desired_retention", "0.87")

    assert [
        row["desired_retention"] for row in invoke("simulate", "--retention", "0.8,0.9", "--days", "9", "--json").json
    ] == [0.8, 0.87, 0.9]


def test_json_has_the_months_of_each(invoke, course):
    data = invoke("simulate", "a", "--days", "40", "--new", "5", "--json").json

    assert len(data) == 6
    assert [row["yours"] for row in data] == [False, False, False, False, True, False]
    assert [(month["first_day"], month["days"]) for month in data[0]["months"]] == [(0, 30), (30, 10)]
    assert sum(month["introduced"] for month in data[0]["months"]) == 40
    assert 0 < data[0]["known"] < 40


def test_minutes_bound_the_day(invoke, course):
    data = invoke("simulate", "--days", "10", "--new", "80", "--minutes", "2", "--retention", "0.9", "--json").json

    assert data[0]["minutes_per_day"] < 3


def test_suspended_cards_are_left_out(invoke, course):
    invoke("suspend", "b")

    data = invoke("simulate", "--days", "10", "--retention", "0.9", "--json").json

    assert sum(month["introduced"] for month in data[0]["months"]) == 40


def test_the_same_collection_gives_the_same_figures_and_keeps_as_it_is(invoke, course):
    first = invoke("simulate", "--days", "30").out

    assert invoke("simulate", "--days", "30").out == first
    assert invoke("due", "--json").json["new"] == 20


def test_bars_are_plain_where_the_output_knows_no_blocks(invoke, course, monkeypatch):
    out = type("Out", (), {"encoding": "ascii", "isatty": staticmethod(lambda: False)})
    monkeypatch.setattr("bedrill.cli.text.sys", type("Sys", (), {"stdout": out}))

    out = invoke("simulate", "--days", "30").out

    assert "#" in out
    assert "█" not in out


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("--days", "0"), 2, "--days"),
        (("--days", "4000"), 2, "--days"),
        (("--minutes", "0"), 2, "--minutes"),
        (("--retention", "1.5"), 2, "a number from 0.70 to 0.99"),
        (("--retention", "nan"), 2, "a number from 0.70 to 0.99"),
        (("--retention", ","), 2, "which retentions?"),
        (("nowhere",), 4, "no deck 'nowhere'"),
    ],
)
def test_what_cannot_be_simulated_is_said_in_a_line(invoke, course, args, code, said):
    result = invoke("simulate", *args)

    assert result.code == code
    assert said in result.err


def test_without_cards_there_is_nothing_to_simulate(invoke):
    result = invoke("simulate")

    assert result.code == 1
    assert result.err.startswith("bedrill: there are no cards to simulate")
