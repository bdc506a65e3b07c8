"""`bedrill stats`: what is shown and how; the numbers are in tests/collection/test_statistics.py."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout

import pytest

from bedrill.cli import run
from bedrill.cli.app import App
from bedrill.cli.text import width_of
from bedrill.collection import statistics

NAMES = ("stats", "all")


@pytest.fixture
def studied(invoke, deck_file, now):
    """Two decks, answered for forty days."""
    for name in ("alpha", "beta"):
        title = "Long words about a lesson that nobody reads to the end of the line"
        notes = "\n\n".join(f"## What is {n}? {{#n{n}}}\n\nThe {n}." for n in range(12))
        invoke("import", str(deck_file(f"---\nid: {name}\ntitle: {title}\n---\n\n{notes}\n", f"{name}.md")))
    for day in range(40):
        for n in range(6):
            rating = "again" if (day + n) % 5 == 0 else "good"
            sure = ("--sure",) if n % 2 else ("--unsure",)
            invoke("grade", f"{'alpha' if n % 2 else 'beta'}/n{(day + n) % 12}", rating, "--seconds", "7", *sure)
            now.move(minutes=1)
        now.move(days=1)
    return invoke


def test_the_first_screen_has_what_one_looks_at_daily(studied):
    out = studied("stats").out

    for title in ("Today", "Due", "Calendar", "True retention", "Known today", "Needs attention"):
        assert f"\n{title}\n" in f"\n{out}"
    assert "streak" in out
    assert "█" in out


def test_a_wide_terminal_has_the_first_screen_side_by_side_and_says_the_same(studied, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    below = studied("stats", "-q").out
    monkeypatch.setenv("COLUMNS", "120")
    beside = studied("stats", "-q").out

    lines = beside.splitlines()
    assert [line.split() for line in lines if line.startswith(("Due", "Known"))] == [
        ["Due", "Calendar"],
        ["Known", "today", "True", "retention"],
    ]
    assert len(lines) < 40
    assert sorted(re.findall(r"[\d.,]+", beside)) == sorted(re.findall(r"[\d.,]+", below))


def test_json_has_every_number_that_is_shown(studied):
    for name in statistics.NAMES:
        shown = studied("stats", name, "--quiet").out
        data = studied("stats", name, "--json").json["figures"][name]
        for fact in data["facts"].values():
            if isinstance(fact, int):
                assert f"{fact:,}" in shown
        for rows in data["tables"].values():
            for row in rows:
                assert all(f"{cell:,}" in shown for cell in row.values() if isinstance(cell, int))


def test_several_names_and_decks_may_be_given_in_any_order(studied):
    out = studied("stats", "alpha", "reviews", "counts", "--json").json

    assert list(out["figures"]) == ["reviews", "counts"]
    assert out["figures"]["counts"]["facts"]["cards"] == 12
    assert out["on"] == "2026-02-14"


def test_all_is_every_figure(studied):
    assert list(studied("stats", "all", "--json").json["figures"]) == list(statistics.NAMES)


def test_days_look_further_back_or_ahead(studied):
    assert studied("stats", "reviews", "--days", "10", "--json").json["figures"]["reviews"]["facts"]["answers"] == 54
    assert studied("stats", "reviews", "--days", "0", "--json").json["figures"]["reviews"]["facts"]["days"] == 41
    assert (
        len(studied("stats", "due", "--days", "9", "--json").json["figures"]["due"]["charts"]["cards"]["labels"]) == 9
    )


def test_a_kind_and_a_search_narrow_the_figures(studied):
    def answers(*more: str) -> int:
        facts = studied("stats", "reviews", "--json", *more).json["figures"]["reviews"]["facts"]
        return int(facts["answers"])

    assert answers("--kind", "interview") == 0
    assert answers("--kind", "concept") == answers() == 240
    assert answers("--search", "deck:alpha") == answers("alpha") == 120
    assert answers("--search", "deck:alpha", "beta") == 0


@pytest.mark.parametrize(
    ("words", "said", "hint"),
    [
        (("retentoin",), "no figure and no deck 'retentoin'", "did you mean 'retention'?"),
        (("alhpa",), "no deck 'alhpa'", "did you mean 'alpha'?"),
        (("--search", "("), "", ""),
    ],
)
def test_a_slip_gets_one_clear_line(studied, words, said, hint):
    result = studied("stats", *words)

    assert result.code in (1, 2, 4)
    assert said in result.err
    assert hint in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(studied, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))

    for words in (("stats",), ("stats", "all")):
        lines = studied(*words).out.splitlines()
        assert [line for line in lines if width_of(line) > columns] == []


def test_where_there_is_no_unicode_the_bars_are_ascii(studied, db_path, now, tmp_path):
    raw = io.BytesIO()
    out_of_ascii = io.TextIOWrapper(raw, encoding="ascii", errors="replace", write_through=True)
    with redirect_stdout(out_of_ascii):
        run(["stats", "all"], App(path=db_path, now=now, shipped=tmp_path / "no-decks"))

    out = raw.getvalue().decode("ascii")
    assert "#" in out
    assert "?" not in out.replace("What is", "")


def test_an_empty_collection_has_nothing_to_say_and_says_so(invoke):
    result = invoke("stats")

    assert result.code == 0
    assert "Today" in result.out
    assert invoke("stats", "all", "--json").code == 0


def test_undone_answers_do_not_count(studied):
    before = studied("stats", "reviews", "--json").json["figures"]["reviews"]["facts"]["answers"]
    studied("undo")

    assert studied("stats", "reviews", "--json").json["figures"]["reviews"]["facts"]["answers"] == before - 1
