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
        "ok    clock: no answer lies in the future\n"
        "ok    states: 1 states equal the replay\n"
        "ok    day sums: the per-day sums equal the log\n"
        "ok    search: the index fits the notes\n"
    )


def test_the_json_is_that_of_the_design(invoke):
    data = invoke("doctor", "--json").json

    assert list(data) == ["ok", "checks"]
    assert data["ok"] is True
    assert data["checks"][0] == {"name": "file", "ok": True, "detail": "SQLite finds no damage"}
    assert len(data["checks"]) == 7


def test_something_is_wrong_and_can_be_mended(invoke, change):
    change("UPDATE cards SET reps = 99 WHERE reps = 1")

    broken = invoke("doctor")
    as_data = invoke("doctor", "--json")
    mended = invoke("doctor", "--fix")

    assert (broken.code, broken.err) == (1, "try: bedrill doctor --fix\n")
    assert "FAIL  states: 1 cards differ from their history\n" in broken.out
    assert (as_data.code, as_data.json["ok"]) == (1, False)
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
