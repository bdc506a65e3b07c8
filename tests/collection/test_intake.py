"""Which way a file goes into the collection, and what of it that is no note."""

from __future__ import annotations

import json

import pytest

from bedrill.collection import browse, intake
from bedrill.errors import UsageError


@pytest.fixture
def lines(tmp_path):
    """Writes JSON Lines: `lines({...}, {...})`."""

    def write(*records: dict[str, object], name: str = "x.jsonl"):
        path = tmp_path / name
        path.write_text("\n".join(json.dumps(record) for record in ({"bedrill": 1}, *records)))
        return path

    return write


NOTE = {"note": "g", "deck": "d", "slug": "a", "text": "## A? {#a}\n\nB.", "cards": []}


def test_settings_that_the_user_has_not_set_are_taken(collection, lines):
    browse.set_setting(collection, "new_per_day", "3")
    path = lines(
        {"setting": "new_per_day", "value": "50"},
        {"setting": "reviews_per_day", "value": "77"},
        {"setting": "order", "value": "nonsense"},
        {"setting": "of a later bedrill", "value": "1"},
    )

    intake.import_paths(collection, [path])

    assert (collection.settings.new_per_day, collection.settings.reviews_per_day) == (3, 77)
    assert collection.settings.order == "retrievability"


def test_a_file_that_is_refused_leaves_no_setting_behind(collection, lines):
    path = lines({"setting": "new_per_day", "value": "50"}, {"note": 1})

    report = intake.import_paths(collection, [path])

    assert report.refused == [str(path)]
    assert collection.settings.new_per_day == 20


def test_a_dry_run_changes_nothing(collection, lines):
    before = list(collection.db.iterdump())

    report = intake.import_paths(collection, [lines(NOTE)], intake.Wanted(dry_run=True))

    assert (report.total("added"), report.samples) == (1, ["## A? {#a}\n\nB."])
    assert list(collection.db.iterdump()) == before


def test_a_file_is_taken_whole_or_not_at_all_and_the_others_are_taken(collection, lines, tmp_path):
    bad = lines(NOTE, {"note": "h"}, name="bad.jsonl")
    table = tmp_path / "t.csv"
    table.write_text("Q?,A.\n")
    deck = tmp_path / "d.md"
    deck.write_text("## E?\n\nF.\n")

    report = intake.import_paths(collection, [bad, table, deck])

    assert report.refused == [str(bad)]
    assert sorted(card.name for card in browse.find(collection, "")) == ["d/e", "t/q"]


def test_a_folder_gives_every_deck_in_it(collection, tmp_path):
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "a.md").write_text("Q: A?\nA: B.\n")
    (tmp_path / "decks" / "b.csv").write_text("C?,D.\n")
    (tmp_path / "decks" / "readme.txt").write_text("Not a deck.")
    (tmp_path / "decks" / "note.md").write_text("A note without cards.\n")

    report = intake.import_paths(collection, [tmp_path / "decks"])

    assert (sorted(report.decks), report.refused) == (["a", "b"], [])


def test_after_two_hundred_problems_nothing_more_is_read(collection, tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text('{"bedrill": 1}\n' + "nonsense\n" * 5000)

    report = intake.import_paths(collection, [path])

    assert len(report.problems) == intake.MAX_PROBLEMS


def test_a_picture_of_another_content_gets_another_name_in_the_note(collection, lines):
    text = "## A? {#a}\n\n![x](p.png)"
    first = lines({"media": "p.png", "data": "YQ=="}, NOTE | {"text": text})
    intake.import_paths(collection, [first])
    other = NOTE | {"note": "h", "slug": "b", "text": text.replace("#a", "#b")}

    report = intake.import_paths(collection, [lines({"media": "p.png", "data": "Yg=="}, other, name="y.jsonl")])

    assert report.media_added == 1
    assert browse.card_named(collection, "d/a").text == text
    assert browse.card_named(collection, "d/b").text == "## A? {#b}\n\n![x](p-3e23e816.png)"


def test_a_format_must_be_known():
    assert intake.format_named("csv") == "csv"
    with pytest.raises(UsageError, match="no format 'pdf'"):
        intake.format_named("pdf")
