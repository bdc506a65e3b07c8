"""`bedrill export`; what each format holds is in tests/formats, the round trips in tests/collection/test_round_trip.py."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests.conftest import DECK

from bedrill.deckfile.parser import parse_deck


@pytest.fixture(autouse=True)
def _deck(invoke, deck_file):
    invoke("import", str(deck_file()))
    invoke("grade", "cap/choice", "good")


def test_the_suffix_says_the_format(invoke, tmp_path):
    out = tmp_path / "all.jsonl"

    result = invoke("export", str(out))

    assert (result.code, result.out, result.err) == (0, "", f"{out}: 1 deck, 3 notes, 1 answer\n")
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [next(iter(line)) for line in lines] == ["bedrill", "deck", "note", "note", "note"]
    assert len(lines[2]["cards"][0]["reviews"]) == 1
    assert sorted(path.name for path in tmp_path.iterdir() if "all" in path.name) == ["all.jsonl"]


def test_without_schedule_there_are_no_answers(invoke, tmp_path):
    out = tmp_path / "all.jsonl"

    invoke("export", str(out), "--no-schedule")

    assert '"rating"' not in out.read_text()
    assert "state" not in out.read_text()


def test_a_deck_file_is_the_deck_again(invoke, tmp_path):
    out = tmp_path / "cap.md"

    invoke("export", str(out), "cap")

    written, first = parse_deck(out.read_text(), "cap.md"), parse_deck(DECK, "cap.md")
    assert [note._replace(line=0) for note in written.notes] == [note._replace(line=0) for note in first.notes]
    assert (written.deck_id, written.title, written.problems) == ("cap", "CAP", ())
    (tmp_path / "decks" / "cap.md").unlink()
    assert invoke("import", str(out)).out == "0 added, 0 updated, 3 unchanged, 0 retired\n"


def test_a_table_has_a_row_for_each_note(invoke, tmp_path, db_path):
    out = tmp_path / "cap.csv"

    invoke("export", str(out))

    rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))
    assert [(row["deck"], row["slug"]) for row in rows] == [("cap", "choice"), ("cap", "quorum"), ("cap", "log")]
    assert rows[1]["question"] == "A quorum is {{c1::a majority}} of {{c2::the replicas}}."


def test_several_decks_are_no_deck_file(invoke, tmp_path, deck_file):
    invoke("import", str(deck_file("## A?\n\nB.\n", "other.md")))

    result = invoke("export", str(tmp_path / "x.md"))

    assert (result.code, result.err) == (
        2,
        "bedrill: a deck file holds one deck, not 2\ntry: name one DECK, or another format\n",
    )
    assert not (tmp_path / "x.md").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        pytest.param(
            ["x.pdf"], 2, "bedrill: no format 'pdf'\ntry: write --format apkg, csv, tsv, md, jsonl, html\n", id="pdf"
        ),
        pytest.param(
            ["x"],
            2,
            "bedrill: x does not say which format\ntry: write --format apkg, csv, tsv, md, jsonl, html\n",
            id="no suffix",
        ),
        pytest.param(
            ["x.csv", "nets"], 4, "bedrill: no deck 'nets'\ntry: 'bedrill decks' lists them\n", id="no such deck"
        ),
        pytest.param(
            ["nowhere/x.csv"],
            1,
            "bedrill: nowhere/x.csv cannot be written: No such file or directory\ntry: check the path and its permissions\n",
            id="no such folder",
        ),
    ],
)
def test_what_cannot_be_written_is_one_clear_line(invoke, tmp_path, monkeypatch, arguments, code, message):
    monkeypatch.chdir(tmp_path)

    result = invoke("export", *arguments)

    assert (result.code, result.out, result.err) == (code, "", message)
    assert not list(Path(tmp_path).glob("x*"))
