"""`bedrill away`; what is moved is in tests/collection/test_breaks.py."""

from __future__ import annotations

from contextlib import closing

import pytest

from bedrill.collection import answering, browse, open_collection
from bedrill.model import Rating


@pytest.fixture
def known(invoke, deck_file, db_path, now):
    """Three cards that come back on 13 January."""
    invoke("config", "fuzz", "off")
    invoke(
        "import", str(deck_file("\n\n".join(f"## What is {n}? {{#n{n}}}\n\nThe number {n}." for n in range(3)), "n.md"))
    )
    with closing(open_collection(db_path, now)) as collection:
        for n in range(3):
            answering.answer(collection, browse.card_named(collection, f"n/n{n}"), Rating.EASY, duration_ms=9_000)
            now.move(minutes=1)


def test_what_falls_into_a_break_comes_behind_it(invoke, known):
    result = invoke("away", "2026-01-12..2026-01-16", "--minutes", "0.7")

    assert result.code == 0
    assert result.out.startswith("3 reviews, 2 a day, from 2026-01-17 to 2026-01-18\nwaiting costs 0.")
    assert result.err == "3 cards moved; to undo: the same command with --undo\n"
    assert [
        invoke("due", "n", "--on", day, "--json").json["review"] for day in ("2026-01-16", "2026-01-17", "2026-01-18")
    ] == [0, 2, 3]


def test_one_day_needs_no_dots_and_another_break_moves_nothing(invoke, known):
    assert invoke("away", "2026-01-12", "--minutes", "5").out == "no reviews fall into that time\n"
    assert invoke("away", "2026-01-13", "--minutes", "5", "--json").json["moved"] == 3


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--minutes", "5"), "'' is no break"),
        (("tomorrow", "--minutes", "5"), "'tomorrow' is no break"),
        (("2026-01-10..", "--minutes", "5"), "'2026-01-10..' is no break"),
        (("2026-01-10..2026-01-08", "--minutes", "5"), "2026-01-10..2026-01-08 ends before it begins"),
        (("2025-12-24..2026-01-08", "--minutes", "5"), "2025-12-24 is over"),
        (("2026-01-10..2026-01-12",), "how many minutes a day?"),
    ],
)
def test_what_is_no_break_is_said_in_a_line(invoke, args, said):
    result = invoke("away", *args)

    assert result.code == 2
    assert said in result.err
