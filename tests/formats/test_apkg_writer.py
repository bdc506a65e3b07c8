"""Packages for Anki, judged by Anki itself."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from docs.decks import FOLDER
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.conftest import DECK, Now

pytest.importorskip("anki")
from tests.formats.anki_judge import judge

from bedrill.clock import date_of, epoch_ms
from bedrill.collection import answering, browse, exporting, importing, open_collection
from bedrill.config import Settings
from bedrill.deckfile.note_parser import read_note
from bedrill.formats import anki_notes
from bedrill.formats.zstd import chunks
from bedrill.model import Phase, Rating

CARDS = ("cap/choice", "cap/quorum#1", "cap/quorum#2", "cap/log")


def package(collection, path: Path, names=(), *, schedule: bool = True) -> Path:
    with path.open("wb") as file:
        context = exporting.context(collection, with_schedule=schedule)
        exporting.write(
            "apkg", exporting.records(collection, names, with_schedule=schedule, name="apkg"), file, context
        )
    return path


@pytest.fixture
def real_now() -> Now:
    """Anki has no other clock than the machine's."""
    return Now(datetime.now(UTC).replace(microsecond=0) - timedelta(days=60))


@pytest.fixture
def studied(tmp_path, real_now, deck_file):
    """A collection whose last answers are of yesterday."""
    opened = open_collection(tmp_path / "b.db", real_now)
    importing.import_paths(opened, [deck_file()])
    yield opened
    opened.close()


def answer(collection, name: str, rating: int, **more) -> None:
    card = browse.card_named(collection, name)
    assert answering.answer(collection, card, Rating(rating), duration_ms=4000, **more)


def test_every_card_of_every_shipped_deck_is_rendered_without_a_fault(tmp_path):
    opened = open_collection(tmp_path / "b.db")
    importing.import_paths(opened, [FOLDER])
    live = len(browse.find(opened, ""))

    with judge(tmp_path / "a.anki2") as anki:
        log = anki.take(package(opened, tmp_path / "x.apkg"))

        assert len(log.new) == log.found_notes == opened.db.execute("SELECT count(*) FROM notes").fetchone()[0]
        assert anki.col.card_count() == live
        assert anki.faults() == []
        names = [deck.name for deck in anki.col.decks.all_names_and_ids()]
        assert "bedrill::1 Foundations::005 Basics of HTTP: Requests, Responses, and Status Codes" in names
        again = anki.take(package(opened, tmp_path / "y.apkg"))
        assert (len(again.new), len(again.updated), len(again.conflicting)) == (0, 0, 0)
    opened.close()


@hypothesis_settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(CARDS), st.integers(1, 4), st.integers(30, 500_000), st.booleans()), max_size=16
    ),
    st.sampled_from([None, "suspend", "bury", "flag"]),
)
def test_anki_takes_every_schedule_and_every_answer_as_it_is(tmp_path_factory, steps, fate):
    folder = tmp_path_factory.mktemp("life")
    now = Now(datetime.now(UTC).replace(microsecond=0) - timedelta(days=100))
    collection = open_collection(folder / "b.db", now)
    (folder / "cap.md").write_text(DECK)
    importing.import_paths(collection, [folder / "cap.md"])
    for name, rating, seconds, is_cram in steps:
        now.move(seconds=seconds)
        answer(collection, name, rating, is_cram=is_cram)
    card = browse.card_named(collection, "cap/log")
    if fate == "suspend":
        browse.set_suspended(collection, [card], suspended=True)
    elif fate == "bury":
        now.instant = datetime.now(UTC)
        browse.set_buried(collection, [card], buried=True)
    elif fate == "flag":
        browse.set_flag(collection, card, 3)

    with judge(folder / "a.anki2") as anki:
        anki.take(package(collection, folder / "x.apkg"))
        found, log, faults = anki.cards(), anki.reviews(), anki.faults()
        today, now_s = anki.col.sched.today, datetime.now(UTC)

    ours = {(note_guid, template): stored for note_guid, template, stored in _cards(collection)}
    assert faults == []
    assert [(card.guid, card.template) for card in found] == sorted(ours)
    for anki_card in found:
        state = ours[anki_card.guid, anki_card.template].state
        stored = ours[anki_card.guid, anki_card.template]
        assert (anki_card.type, anki_card.reps, anki_card.lapses) == (state.phase, state.reps, state.lapses)
        assert anki_card.flag == stored.flag
        assert (anki_card.queue == -1) == stored.suspended
        assert (anki_card.queue in (-2, -3)) == (stored.buried_until is not None and not stored.suspended)
        if state.memory is None:
            assert anki_card.memory is None
            continue
        assert anki_card.memory == pytest.approx(tuple(state.memory), abs=6e-4)
        assert state.last_at is not None
        assert anki_card.last_review_s == epoch_ms(state.last_at) // 1000
        if state.phase is Phase.REVIEW:
            assert (
                anki_card.due - today == (date_of(state.due_on) - now_s.astimezone().date()).days
                or abs(anki_card.due - today - (date_of(state.due_on) - (now_s - timedelta(hours=4)).date()).days) == 0
            )
            assert anki_card.interval == max(1, state.due_on - state.last_on)
        elif state.due_at is not None:
            assert anki_card.due == epoch_ms(state.due_at) // 1000
    kept = list(collection.db.execute("SELECT id, rating, duration_ms, kind FROM reviews ORDER BY id"))
    assert [(row[2], row[3], row[7], row[8]) for row in log] == [tuple(row) for row in kept]
    collection.close()


def _cards(collection):
    for stored in browse.find(collection, ""):
        guid = collection.db.execute("SELECT guid FROM notes WHERE id = ?", (stored.note_row,)).fetchone()[0]
        yield guid, max(stored.ordinal - 1, 0), stored


def test_anki_itself_derives_the_states_that_the_package_says(studied, real_now, tmp_path):
    """With our parameters in the preset, a recompute from the log changes nothing."""
    for days, name, rating in [
        (0, "cap/choice", 3),
        (0, "cap/log", 4),
        (1, "cap/choice", 3),
        (5, "cap/choice", 2),
        (6, "cap/log", 1),
        (0, "cap/log", 3),
        (20, "cap/choice", 1),
    ]:
        real_now.move(days=days, seconds=90)
        answer(studied, name, rating)

    with judge(tmp_path / "a.anki2") as anki:
        anki.take(package(studied, tmp_path / "x.apkg"))
        told = {card.guid: card.memory for card in anki.cards() if card.memory}
        derived = {}
        for card_id in anki.col.find_cards("-is:new"):
            state = anki.col.compute_memory_state(card_id)
            derived[anki.col.get_card(card_id).note().guid] = (state.stability, state.difficulty)

    assert len(told) == 2
    for guid, memory in told.items():
        assert derived[guid] == pytest.approx(memory, rel=2e-3)


def test_a_newer_package_updates_texts_and_keeps_what_was_learned_in_anki(studied, real_now, tmp_path):
    answer(studied, "cap/choice", 3)
    with judge(tmp_path / "a.anki2") as anki:
        anki.take(package(studied, tmp_path / "x.apkg"))
        card = anki.col.get_card(anki.col.find_cards("tag:core")[0])
        before = (card.reps, card.due)
        real_now.move(days=1)
        browse.edit(studied, browse.card_named(studied, "cap/choice"), "## New words? {#choice .core}\n\nYes.")
        answer(studied, "cap/choice", 4)

        log = anki.take(package(studied, tmp_path / "y.apkg"))

        card.load()
        assert (len(log.new), len(log.updated)) == (0, 1)
        assert card.note()["Question"] == "New words?"
        assert (card.reps, card.due) == before


def test_without_schedule_every_card_is_new(studied, tmp_path):
    answer(studied, "cap/choice", 4)
    with judge(tmp_path / "a.anki2") as anki:
        anki.take(package(studied, tmp_path / "x.apkg", schedule=False))

        assert {card.type for card in anki.cards()} == {0}
        assert anki.reviews() == []


def test_the_preset_schedules_as_bedrill_does(studied, tmp_path):
    browse.set_setting(studied, "desired_retention", "0.85")
    with judge(tmp_path / "a.anki2") as anki:
        anki.take(package(studied, tmp_path / "x.apkg"))
        preset = anki.preset_of("CAP")

    assert preset["name"] == "bedrill"
    assert preset["desiredRetention"] == pytest.approx(0.85)
    assert preset["fsrsParams6"] == pytest.approx(list(Settings().fsrs_parameters))
    assert (preset["new"]["delays"], preset["lapse"]["delays"]) == ([1.0, 10.0], [10.0])


def test_the_same_collection_gives_the_same_package_content(studied, tmp_path):
    """Ids and guids never change, so that Anki knows cards again."""
    answer(studied, "cap/choice", 4)

    def rows(path):
        import sqlite3

        with zipfile.ZipFile(path) as zipped, zipped.open("collection.anki21b") as entry:
            (tmp_path / "c.db").write_bytes(b"".join(chunks(entry)))
        db = sqlite3.connect(tmp_path / "c.db")
        found = [db.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in ("notes", "cards", "revlog")]
        db.close()
        return found

    assert rows(package(studied, tmp_path / "x.apkg")) == rows(package(studied, tmp_path / "y.apkg"))


def test_pictures_come_along(studied, tmp_path):
    folder = tmp_path / "b.media"
    folder.mkdir()
    (folder / "ring.png").write_bytes(b"\x89PNG not really")
    browse.edit(
        studied,
        browse.card_named(studied, "cap/choice"),
        "## Which ring? {#choice}\n\n![ring](ring.png) ![no](gone.png)",
    )

    with judge(tmp_path / "a.anki2") as anki:
        path = package(studied, tmp_path / "x.apkg")
        anki.take(path)

        assert (Path(anki.col.media.dir()) / "ring.png").read_bytes() == b"\x89PNG not really"
    assert zipfile.ZipFile(path).namelist() == ["meta", "collection.anki21b", "0", "media"]


def test_two_notes_of_one_guid_are_refused(studied):
    records = list(exporting.records(studied))

    with pytest.raises(ValueError, match="two notes have the guid"):
        exporting.write("apkg", [*records, *records], io.BytesIO(), exporting.context(studied, with_schedule=True))


@hypothesis_settings(max_examples=300, deadline=None)
@given(st.text("ab1.) #{}<&*`_[]|~$!\\Source:\n", max_size=12), st.text("ab1.) #{}<&*`_[]|~$!\\Source:\n", max_size=12))
def test_a_plain_note_has_the_fields_of_any_other(question, answer):
    text = f"## {question}\n\n{answer}"
    fields = anki_notes.plain_fields(text, "d/s")

    if fields is not None:
        assert tuple(fields.split("\x1f")) == anki_notes.fields_of(read_note(text), "d/s")


def test_most_plain_notes_are_recognised_as_such():
    assert anki_notes.plain_fields("## What is ACK, in TCP?\n\nA reply (of 1 bit).", "d/s") is not None
    assert anki_notes.plain_fields("## What is `ACK`?\n\nA reply.", "d/s") is None
