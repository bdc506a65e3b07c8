"""`bedrill catchup`; what is moved is in tests/collection/test_breaks.py."""

from __future__ import annotations

from contextlib import closing

import pytest

from bedrill.collection import answering, browse, open_collection
from bedrill.model import Rating


@pytest.fixture
def backlog(invoke, deck_file, db_path, now):
    """Twelve cards that were due weeks ago; a review took ten seconds."""
    invoke(
        "import",
        str(deck_file("\n\n".join(f"## What is {n}? {{#n{n}}}\n\nThe number {n}." for n in range(12)), "n.md")),
    )
    for pause_days in (0, 12):
        now.move(days=pause_days)
        with closing(open_collection(db_path, now)) as collection:
            for n in range(12):
                card = browse.card_named(collection, f"n/n{n}")
                answering.answer(collection, card, Rating.EASY, duration_ms=10_000)
                now.move(minutes=1)
    now.move(days=200)


def due(invoke):
    """How many reviews are due."""
    return invoke("due", "n", "--json").json["review"]


def test_a_backlog_is_spread_and_put_back(invoke, backlog):
    result = invoke("catchup", "--minutes", "1")
    spread = due(invoke)
    undone = invoke("catchup", "--undo")

    assert result.code == 0
    first, second = result.out.splitlines()
    assert first == "12 reviews, 6 a day, from 2026-08-05 to 2026-08-06"
    assert second.startswith("waiting costs 0.")
    assert second.endswith("cards that you would recall")
    assert result.err == "6 cards moved; to undo: the same command with --undo\n"
    assert spread == 6
    assert (undone.code, undone.err) == (0, "6 cards put back\n")
    assert due(invoke) == 12


def test_a_dry_run_tells_the_same_and_moves_nothing(invoke, backlog):
    dry = invoke("catchup", "--minutes", "1", "--dry-run")

    assert due(invoke) == 12
    assert dry.err == ""
    assert dry.out == invoke("catchup", "--minutes", "1").out


def test_json_tells_the_cost(invoke, backlog):
    data = invoke("catchup", "n", "--minutes", "1", "--json").json

    assert {key: data[key] for key in ("cards", "moved", "per_day", "first", "last")} == {
        "cards": 12,
        "moved": 6,
        "per_day": 6,
        "first": "2026-08-05",
        "last": "2026-08-06",
    }
    assert 0 < data["recalled_as_spread"] < data["recalled_as_due"] < 12


def test_where_nothing_is_due_it_says_so(invoke):
    result = invoke("catchup", "--minutes", "20")

    assert (result.code, result.out) == (0, "no reviews fall into that time\n")


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        ((), 2, "how many minutes a day?\ntry: --minutes 20"),
        (("--minutes", "0"), 2, "0.0 is not in the range x>0"),
        (("--undo", "--minutes", "5"), 2, "--undo goes alone"),
        (("--undo",), 1, "no cards were moved"),
        (("nowhere", "--minutes", "5"), 4, "nowhere"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(invoke, args, code, said):
    result = invoke("catchup", *args)

    assert result.code == code
    assert said in result.err
