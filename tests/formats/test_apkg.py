"""What the real Anki exports, as bedrill reads it; and the round trip."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import DECK, Now

pytest.importorskip("anki")
from anki.collection import DeckIdLimit, ExportAnkiPackageOptions
from tests.formats.anki_judge import Judge, judge
from tests.formats.test_apkg_writer import package

from bedrill.clock import Clock
from bedrill.collection import answering, browse, doctor, importing, intake, media, open_collection
from bedrill.errors import DeckError
from bedrill.exchange import MediaRecord, NoteRecord
from bedrill.formats import apkg
from bedrill.model import Phase, Rating

LAYOUTS = ("new.apkg", "legacy.apkg", "new.colpkg", "legacy.colpkg", "live.anki2")


def export(anki: Judge, path: Path) -> Path:
    """The whole collection in the layout that the name says."""
    is_legacy = path.name.startswith("legacy")
    if path.suffix == ".apkg":
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=True, with_media=True, legacy=is_legacy
        )
        anki.col.export_anki_package(out_path=str(path), options=options, limit=None)
    elif path.suffix == ".colpkg":
        anki.col.export_collection_package(str(path), include_media=True, legacy=is_legacy)
        anki.reopen()
    else:
        anki.col.close()
        path.write_bytes(Path(anki.path).read_bytes())
        path.with_suffix(".media").mkdir()
        for file in Path(anki.path).with_suffix(".media").iterdir():
            (path.with_suffix(".media") / file.name).write_bytes(file.read_bytes())
        anki.col.reopen()
    return path


def add(anki: Judge, kind: str, deck: str, *fields: str, tags: str = "") -> Any:
    """A note of one of Anki's own types."""
    model = anki.col.models.by_name(kind)
    assert model is not None
    note = anki.col.new_note(model)
    for place, field in enumerate(fields):
        note.fields[place] = field
    note.tags = tags.split()
    deck_id = anki.col.decks.id(deck)
    assert deck_id is not None
    anki.col.add_note(note, deck_id)
    return note


def answer(anki: Judge, card: Any, rating: int) -> None:
    """Answer a card, whatever the queue would ask."""
    card.load()
    card.start_timer()
    states = anki.col._backend.get_scheduling_states(card.id)
    scheduler: Any = anki.col.sched
    scheduler.answer_card(scheduler.build_answer(card=card, states=states, rating=rating - 1))


def texts(path: Path) -> list[str]:
    return [r.with_text().text for r in apkg.read(path, path.name, Clock()) if isinstance(r, NoteRecord)]


@pytest.fixture
def anki(tmp_path):
    with judge(tmp_path / "a.anki2") as made:
        yield made


@pytest.fixture
def home(tmp_path):
    """A collection with the clock of the machine, as Anki's is."""
    opened = open_collection(tmp_path / "home" / "b.db")
    yield opened
    opened.close()


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_of_a_collection_moves_in_whole(anki, home, tmp_path, name):
    add(anki, "Basic", "Net::TCP", "What is <b>ACK</b>?", 'A reply.<br><img src="ack.png">', tags="net tcp::flags")
    add(anki, "Cloze", "Net", "TCP has {{c1::streams::what?}}, UDP {{c2::datagrams}}.", "More")
    add(anki, "Basic (and reversed card)", "Net", "idempotent", "twice is once")
    add(anki, "Basic (type in the answer)", "Net", "The log?", "git log")
    anki.col.media.write_data("ack.png", b"a picture")
    cards = {card_id: anki.col.get_card(card_id) for card_id in anki.col.find_cards("")}
    for card, ratings in zip(cards.values(), ([3, 3], [4], [1], [2, 3]), strict=False):
        for rating in ratings:
            answer(anki, card, rating)
    anki.col.sched.suspend_cards([list(cards)[4]])
    anki.col.set_user_flag_for_cards(2, [list(cards)[5]])
    path = export(anki, tmp_path / name)

    report = intake.import_paths(home, [path])

    found = {card.name: card for card in browse.find(home, "")}
    assert (report.problems, report.refused) == ([], [])
    assert sorted(report.decks) == ["net", "net.tcp"]
    assert list(found) == [
        "net/tcp-has-streams-udp-datagrams#1",
        "net/tcp-has-streams-udp-datagrams#2",
        "net/idempotent#1",
        "net/idempotent#2",
        "net/the-log",
        "net.tcp/what-is-ack",
    ]
    assert (
        found["net.tcp/what-is-ack"].text
        == "## What is **ACK**? {tags=net,tcp::flags}\n\nA reply.\\\n![ack.png](ack.png)"
    )
    assert (media.folder(home) / "ack.png").read_bytes() == b"a picture"
    assert [card.name for card in browse.find(home, "tag:tcp")] == ["net.tcp/what-is-ack"]
    assert found["net/the-log"].text == "## The log? {.typed}\n\n`git log`"
    assert [card.suspended for card in found.values()].count(True) == 1
    assert [card.flag for card in found.values()].count(2) == 1
    assert report.reviews_added == len(anki.reviews()) == 6
    _same_states(home, anki)
    again = intake.import_paths(home, [path])
    assert (again.changes, again.reviews_added, again.offered) == (0, 0, [])
    assert all(finding.ok for finding in doctor.examine(home))


def _same_states(home, anki) -> None:
    """Every card stands in bedrill where it stands in Anki."""
    today = home.clock.today() - anki.col.sched.today
    ours = {}
    for card in browse.find(home, ""):
        guid = home.db.execute("SELECT guid FROM notes WHERE id = ?", (card.note_row,)).fetchone()[0]
        ours[guid, max(card.ordinal - 1, 0)] = card
    for theirs in anki.cards():
        card = ours[theirs.guid, theirs.template]
        assert (card.state.phase, card.state.reps, card.state.lapses) == (theirs.type, theirs.reps, theirs.lapses)
        if theirs.memory is not None:
            assert card.state.memory is not None
            assert tuple(card.state.memory) == pytest.approx(theirs.memory, rel=1e-3, abs=1e-3)
        if card.state.phase is Phase.REVIEW:
            assert card.state.due_on == theirs.due + today


def test_reviews_on_the_phone_come_home_each_once(tmp_path, anki):
    """Export, review there, import here, in any order; what was reviewed here meanwhile stays."""
    now = Now(datetime.now(UTC) - timedelta(days=30))
    home = open_collection(tmp_path / "b.db", now)
    (tmp_path / "cap.md").write_text(DECK)
    importing.import_paths(home, [tmp_path / "cap.md"])
    answering.answer(home, browse.card_named(home, "cap/choice"), Rating.GOOD, duration_ms=4000)
    anki.take(package(home, tmp_path / "out.apkg"))
    now.instant = datetime.now(UTC) - timedelta(seconds=5)
    answering.answer(home, browse.card_named(home, "cap/log"), Rating.EASY, duration_ms=4000)
    for card_id in anki.col.find_cards(""):
        answer(anki, anki.col.get_card(card_id), 3)
    first = export(anki, tmp_path / "new.apkg")
    answer(anki, anki.col.get_card(anki.col.find_cards("tag:core")[0]), 3)
    second = export(anki, tmp_path / "legacy.apkg")
    now.instant = datetime.now(UTC) + timedelta(seconds=5)

    reports = [intake.import_paths(home, [path]) for path in (second, first, second, first)]

    assert [report.reviews_added for report in reports] == [5, 0, 0, 0]
    assert [report.changes for report in reports] == [0, 0, 0, 0]
    assert [report.offered for report in reports] == [[], [], [], []]
    ours = sorted(row[0] for row in home.db.execute("SELECT id FROM reviews WHERE kind != 4"))
    theirs = [row[2] for row in anki.reviews()]
    assert set(theirs) < set(ours)
    assert len(ours) == len(theirs) + 1
    assert all(finding.ok for finding in doctor.examine(home))
    home.close()


def test_an_edit_in_anki_is_offered_and_not_forced(tmp_path, anki, home):
    (tmp_path / "cap.md").write_text(DECK)
    importing.import_paths(home, [tmp_path / "cap.md"])
    home.db.execute("UPDATE notes SET changed_at = changed_at - 60000")
    anki.take(package(home, tmp_path / "out.apkg"))
    note = anki.col.get_note(anki.col.find_notes("tag:core")[0])
    note["Answer"] = "Either <b>C</b> or A."
    anki.col.update_note(note)
    other = anki.col.get_note(anki.col.find_notes('"note:bedrill typed"')[0])
    other.tags.append("leech")
    anki.col.update_note(other)
    path = export(anki, tmp_path / "new.apkg")

    offered = intake.import_paths(home, [path])
    before = browse.card_named(home, "cap/choice").text
    taken = intake.import_paths(home, [path], intake.Wanted(takes_edits=True))
    after = browse.card_named(home, "cap/choice")

    assert (offered.offered, offered.changes) == (["cap/choice"], 0)
    assert "Either consistency or availability." in before
    assert (taken.updated, taken.offered) == (["cap/choice"], [])
    assert after.text == before.replace("Either consistency or availability.", "Either **C** or A.")
    assert after.edited_at is not None
    assert intake.import_paths(home, [path]).changes == 0


def test_a_deck_shared_by_another_bedrill_has_its_notes_and_slugs(tmp_path, home):
    author = open_collection(tmp_path / "author.db")
    (tmp_path / "cap.md").write_text(DECK)
    importing.import_paths(author, [tmp_path / "cap.md"])
    path = package(author, tmp_path / "shared.apkg", schedule=False)
    author.close()

    report = intake.import_paths(home, [path])

    assert report.problems == []
    assert [card.name for card in browse.find(home, "")] == ["cap/choice", "cap/quorum#1", "cap/quorum#2", "cap/log"]
    assert browse.card_named(home, "cap/quorum").text.startswith(
        "## A quorum is {{c1::a majority}} of {{c2::the replicas}}. {#quorum}"
    )


def test_a_custom_type_becomes_a_note_for_each_thing_that_it_asks(anki, home, tmp_path):
    kind = anki.col.models.new("Capital")
    for name in ("Country", "Capital", "Map"):
        anki.col.models.add_field(kind, anki.col.models.new_field(name))
    for name, front, back in [
        ("C", "Capital of {{Country}}?", "{{FrontSide}}<hr id=answer>{{Capital}}{{#Map}}<br>see the map{{/Map}}"),
        ("M", "{{#Map}}Which country is on {{text:Map}}?{{/Map}}", "{{FrontSide}}<hr id=answer>{{Country}}"),
    ]:
        template = anki.col.models.new_template(name)
        template["qfmt"], template["afmt"] = front, back
        anki.col.models.add_template(kind, template)
    anki.col.models.add(kind)
    add(anki, "Capital", "Geo", "France", "Paris", "<b>m</b>")
    add(anki, "Capital", "Geo", "Spain", "Madrid", "")
    path = export(anki, tmp_path / "new.apkg")

    intake.import_paths(home, [path])

    assert sorted(card.text for card in browse.find(home, "")) == [
        "## Capital of France?\n\nParis\\\nsee the map",
        "## Capital of Spain?\n\nMadrid",
        "## Which country is on m?\n\nFrance",
    ]


def test_a_card_that_was_forgotten_begins_anew_and_one_that_was_moved_is_due_then(anki, home, tmp_path):
    first = add(anki, "Basic", "D", "forgotten", "x").cards()[0]
    second = add(anki, "Basic", "D", "moved", "x").cards()[0]
    third = add(anki, "Basic", "D", "never seen, but due", "x").cards()[0]
    for card in (first, second):
        answer(anki, card, 4)
    anki.col.sched.schedule_cards_as_new([first.id])
    anki.col.sched.set_due_date([second.id, third.id], "7")
    path = export(anki, tmp_path / "new.apkg")

    intake.import_paths(home, [path])

    states = {card.slug: card.state for card in browse.find(home, "")}
    assert states["forgotten"].phase is Phase.NEW
    assert (states["moved"].phase, states["moved"].due_on) == (Phase.REVIEW, home.clock.today() + 7)
    assert (states["never-seen-but-due"].phase, states["never-seen-but-due"].due_on) == (
        Phase.REVIEW,
        home.clock.today() + 7,
    )
    assert all(finding.ok for finding in doctor.examine(home))
    assert intake.import_paths(home, [path]).reviews_added == 0


def test_only_media_that_a_note_shows_come_along(anki, tmp_path):
    add(anki, "Basic", "D", '<img src="a b.png"> [sound:x.mp3]', "y")
    for name in ("a b.png", "x.mp3", "unused.png"):
        anki.col.media.write_data(name, name.encode())
    path = export(anki, tmp_path / "new.apkg")

    records = apkg.read(path, "x", Clock())
    found = [(record.name, record.data()) for record in records if isinstance(record, MediaRecord)]

    assert found == [("a b.png", b"a b.png"), ("x.mp3", b"x.mp3")]
    assert texts(path) == ["## ![a b.png](<a b.png>) 🔊 x.mp3\n\ny"]


def test_one_deck_of_anki_is_enough(anki, home, tmp_path):
    add(anki, "Basic", "A::B", "q", "a")
    add(anki, "Basic", "C", "other", "a")
    path = tmp_path / "one.apkg"
    options = ExportAnkiPackageOptions(with_scheduling=False, with_deck_configs=False, with_media=False, legacy=False)
    deck_id = anki.col.decks.id_for_name("A")
    anki.col.export_anki_package(out_path=str(path), options=options, limit=DeckIdLimit(deck_id))

    intake.import_paths(home, [path])

    assert [card.name for card in browse.find(home, "")] == ["a.b/q"]


def test_a_file_that_is_no_package_is_refused(tmp_path):
    (tmp_path / "x.apkg").write_bytes(b"PK\x03\x04 nothing")

    with pytest.raises(DeckError, match="is damaged: File is not a zip file"):
        list(apkg.read(tmp_path / "x.apkg", "x", Clock()))


def test_what_cannot_be_shown_is_said_and_the_notes_are_taken_all_the_same(anki, home, tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "MAX_PROBLEMS", 2)
    for number in range(5):
        shape = f"{{{{c1::image-occlusion:rect:left=.{number}:top=.1:width=.1:height=.1}}}}"
        add(anki, "Image Occlusion", "D", shape, f'<img src="map{number}.png">', f"Map {number}")
    path = export(anki, tmp_path / "new.apkg")

    report = intake.import_paths(home, [path])

    assert (report.total("added"), report.refused, report.left_out) == (5, [], 0)
    assert len(report.problems) == 2
    assert "image occlusion" in report.problems[0].message


@pytest.mark.parametrize("name", ["new.colpkg", "legacy.colpkg", "new.apkg"])
def test_a_whole_collection_brings_its_options_along(anki, home, tmp_path, name):
    add(anki, "Basic", "D", "q", "a")
    preset = anki.preset_of("D")
    preset["desiredRetention"] = 0.85
    preset["new"] |= {"perDay": 33, "delays": [2.0, 15.0]}
    preset["rev"]["perDay"] = 444
    anki.col.decks.update_config(preset)
    anki.col.set_config("rollover", 6)
    browse.set_setting(home, "reviews_per_day", "7")

    intake.import_paths(home, [export(anki, tmp_path / name)])

    settings = home.settings
    told = (settings.desired_retention, settings.new_per_day, settings.learning_steps, settings.day_start.hour)
    assert told == ((0.85, 33, (120, 900), 6) if name.endswith("colpkg") else (0.9, 20, (60, 600), 4))
    assert settings.reviews_per_day == 7
