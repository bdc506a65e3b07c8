"""`bedrill doctor`; what it finds and mends is in tests/collection/test_doctor.py."""

from __future__ import annotations

import sqlite3

import pytest
from tests.strangers import locked

from bedrill.store import connection


@pytest.fixture
def change(db_path):
    """Changes the collection behind bedrill's back."""

    def call(statement):
        db = sqlite3.connect(db_path)
        db.execute(statement)
        db.commit()
        db.close()

    return call


@pytest.fixture(autouse=True)
def _deck(invoke, deck_file):
    invoke("import", str(deck_file()))
    invoke("grade", "cap/choice", "easy")


def test_all_is_well(invoke):
    result = invoke("doctor")

    assert (result.code, result.err) == (0, "")
    assert result.out == (
        "ok    file: SQLite finds no damage\n"
        "ok    references: every row has its parents\n"
        "ok    append-only: answers cannot be changed or deleted\n"
        "ok    log: every answer has an instant of its own and a place in time\n"
        "ok    clock: no answer lies in the future\n"
        "ok    cards: every note is asked\n"
        "ok    states: 1 states equal the replay\n"
        "ok    day sums: the per-day sums equal the log\n"
        "ok    search: the index fits the notes\n"
        "ok    backups: none yet; the first comes before the first change of a later day\n"
    )


def test_the_json_is_that_of_the_design(invoke):
    data = invoke("doctor", "--json").json

    assert list(data) == ["ok", "checks"]
    assert data["ok"] is True
    assert data["checks"][0] == {"name": "file", "ok": True, "detail": "SQLite finds no damage"}
    assert len(data["checks"]) == 10


def test_something_is_wrong_and_can_be_mended(invoke, change):
    change("UPDATE cards SET reps = 99 WHERE reps = 1")

    broken = invoke("doctor")
    as_data = invoke("doctor", "--json")
    mended = invoke("doctor", "--fix")

    assert (broken.code, broken.err) == (1, "try: bedrill doctor --fix\n")
    assert (
        "FAIL  states: 1 cards differ from their history\n"
        "      what is stored on the cards is not what their answers say\n"
        "      --fix replays the answers\n"
    ) in broken.out
    assert (as_data.code, as_data.json["ok"]) == (1, False)
    assert [check for check in as_data.json["checks"] if not check["ok"]] == [
        {
            "name": "states",
            "ok": False,
            "detail": "1 cards differ from their history",
            "says": "what is stored on the cards is not what their answers say",
            "remedy": "--fix replays the answers",
        }
    ]
    assert (mended.code, mended.err) == (0, "")
    assert invoke("show", "cap/choice", "--json").json["reps"] == 1


def test_something_is_wrong_that_cannot_be_mended(invoke, now):
    now.move(days=-9)

    result = invoke("doctor", "--fix")

    assert (result.code, result.err) == (1, "")
    assert "FAIL  clock: 1 answers lie in the future\n" in result.out


def test_a_collection_that_is_in_use_is_not_called_broken(invoke, db_path, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_TIMEOUT_MS", 50)

    with locked(db_path):
        result = invoke("doctor")

    assert (result.code, result.out) == (1, "")
    assert result.err == (f"bedrill: {db_path} is in use by another program\ntry: close it there, then try again\n")


@pytest.fixture
def damaged(db_path):
    """The collection with a broken first page; its bytes."""
    data = db_path.read_bytes()
    db_path.write_bytes(b"\xa5" * 4096 + data[4096:])
    return db_path.read_bytes()


def test_a_damaged_file_is_named_and_not_written(invoke, db_path, damaged):
    for command in (("doctor",), ("doctor", "--fix")):
        result = invoke(*command)

        assert (result.code, result.err) == (1, "")
        assert result.out == (
            "FAIL  file: file is not a database. 1 answers and 3 notes can be read; there is no backup\n"
            "      parts of the file are not what SQLite wrote; nothing is written to it any more\n"
            "      'bedrill restore latest' takes the newest backup, 'bedrill doctor --salvage NEW.db' gets out what can be read\n"
        )
    assert db_path.read_bytes() == damaged
    assert not db_path.with_suffix(".backups").exists()


def test_what_can_be_read_is_salvaged_and_taken_as_the_collection(invoke, db_path, damaged, tmp_path):
    new = tmp_path / "new.db"

    result = invoke("doctor", "--salvage", str(new))
    restored = invoke("restore", str(new))

    assert (result.code, result.out) == (0, f"{new}: 1 answer\n")
    assert result.err == (
        f"all of them from {db_path}: there was no backup to add them to\n"
        f"{db_path} is as it was. If all is there: bedrill restore {new}\n"
    )
    aside = db_path.with_suffix(".backups") / "2026-01-05T090000Z-collection.damaged"
    assert (restored.code, restored.err) == (0, f"the damaged file is kept as {aside}\n")
    assert aside.read_bytes() == damaged
    assert invoke("doctor").code == 0
    assert len(invoke("show", "cap/choice", "--json").json["reviews"]) == 1


def test_salvage_as_json(invoke, damaged, tmp_path):
    result = invoke("doctor", "--salvage", str(tmp_path / "new.db"), "--json")

    assert result.json == {
        "answers": 1,
        "added": 1,
        "base": None,
        "stand_ins": 0,
        "lost": 0,
        "path": str(tmp_path / "new.db"),
    }


def test_salvage_takes_nothing_over_and_goes_alone(invoke, damaged, tmp_path):
    (tmp_path / "there.db").touch()

    over, both = (
        invoke("doctor", "--salvage", str(tmp_path / "there.db")),
        invoke("doctor", "--fix", "--salvage", "x.db"),
    )

    assert (over.code, over.err) == (2, f"bedrill: {tmp_path}/there.db exists\ntry: name a file that does not\n")
    assert (both.code, both.out) == (2, "")


def test_another_command_on_a_damaged_file_points_to_the_doctor_where_there_are_backups(invoke, db_path, damaged):
    without = invoke("due")
    db_path.with_suffix(".backups").mkdir()

    assert without.err == f"bedrill: {db_path} is not a bedrill collection\ntry: name another file with --db\n"
    assert invoke("due").err == (
        f"bedrill: {db_path} is not a bedrill collection\ntry: 'bedrill doctor': it has backups to go back to\n"
    )


def test_on_a_terminal_words_stay_whole(invoke, damaged, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")

    lines = invoke("doctor").out.splitlines()

    assert max(map(len, lines)) <= 40
    assert "      parts of the file are not what" in lines
