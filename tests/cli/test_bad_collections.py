"""Every command on a file that is no collection, or that cannot be had: a clear line, code 1, and the file as it was."""

from __future__ import annotations

import sqlite3

import pytest
from tests.strangers import locked, public_folder, read_only

from bedrill import schema
from bedrill.store import connection

READING = (
    ("due",),
    ("next", "--json"),
    ("decks",),
    ("show", "cap/choice", "--json"),
    ("search", "quorum"),
    ("config",),
    ("doctor",),
    (),
)
WRITING = (
    ("grade", "cap/choice", "good"),
    ("undo",),
    ("suspend", "cap/choice"),
    ("bury", "cap/choice"),
    ("import", "{deck}"),
    ("config", "new_per_day", "3"),
    ("doctor", "--fix"),
)
ALL = [pytest.param(command, id=" ".join(command) or "bedrill") for command in READING + WRITING]


@pytest.fixture
def call(invoke, deck_file):
    """Runs a command, with the path of a deck where it takes one."""
    deck = str(deck_file())
    return lambda *arguments: invoke(*(deck if word == "{deck}" else word for word in arguments))


@pytest.mark.parametrize("command", ALL)
def test_a_file_that_is_no_database(call, db_path, command):
    db_path.write_text("What must a replicated store give up while partitioned?\n" * 20)
    before = db_path.read_bytes()

    result = call(*command)

    assert (result.code, result.out) == (1, "")
    assert result.err == f"bedrill: {db_path} is not a bedrill collection\ntry: name another file with --db\n"
    assert db_path.read_bytes() == before


@pytest.mark.parametrize("command", ALL)
def test_another_programs_database(call, db_path, command):
    db = sqlite3.connect(db_path)
    db.execute("CREATE TABLE bookmarks (url TEXT)")
    db.close()
    before = db_path.read_bytes()

    result = call(*command)

    assert (result.code, result.out) == (1, "")
    assert result.err == f"bedrill: {db_path} belongs to another program\ntry: name another file with --db\n"
    assert db_path.read_bytes() == before


@pytest.mark.parametrize("command", ALL)
def test_a_collection_of_a_later_bedrill(call, db_path, command):
    call("due")
    db = sqlite3.connect(db_path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = db_path.read_bytes()

    result = call(*command)

    assert (result.code, result.out) == (1, "")
    assert result.err == (
        f"bedrill: {db_path} was written by a later bedrill (schema 99, this one knows {schema.VERSION})\n"
        "try: upgrade bedrill; the file is as it was\n"
    )
    assert db_path.read_bytes() == before


@pytest.mark.parametrize("what", ["a directory", "/dev/null", "/dev/zero", "/dev/tty"])
@pytest.mark.parametrize("command", [("due",), ("doctor",), ("backup",), ("restore", "latest")], ids=" ".join)
def test_what_is_no_file(call, tmp_path, what, command):
    path = str(tmp_path) if what == "a directory" else what

    result = call(*command, "--db", path)

    if command[0] == "restore":  # it looks for backups first
        assert (result.code, result.err) == (4, "bedrill: there are no backups\ntry: 'bedrill backup' makes one\n")
    else:
        assert (result.code, result.err) == (1, f"bedrill: {path} is not a file\ntry: name a file with --db\n")


@pytest.mark.parametrize("command", [pytest.param(command, id=" ".join(command)) for command in WRITING])
def test_a_collection_that_another_process_holds_is_not_written(call, db_path, monkeypatch, command):
    monkeypatch.setattr(connection, "BUSY_TIMEOUT_MS", 20)
    call("import", "{deck}")
    call("grade", "cap/log", "easy")
    before = _dump(db_path)

    with locked(db_path):
        result = call(*command)

    assert (result.code, result.out) == (1, "")
    assert result.err == f"bedrill: {db_path} is in use by another program\ntry: close it there, then try again\n"
    assert _dump(db_path) == before


@pytest.mark.parametrize(
    "command",
    [pytest.param(command, id=" ".join(command) or "bedrill") for command in READING if command != ("doctor",)],
)
def test_a_collection_that_another_process_holds_can_be_read(call, db_path, monkeypatch, command):
    monkeypatch.setattr(connection, "BUSY_TIMEOUT_MS", 20)
    call("import", "{deck}")
    expected = call(*command)

    with locked(db_path):
        result = call(*command)

    assert (result.code, result.out) == (0, expected.out)


@pytest.mark.parametrize("command", [pytest.param(command, id=" ".join(command)) for command in WRITING])
def test_a_read_only_collection_is_not_written(call, command):
    with public_folder() as folder:
        path = folder / "bedrill.db"
        call("import", "{deck}", "--db", str(path))
        call("grade", "cap/log", "easy", "--db", str(path))
        call(*command, "--db", str(folder / "another.db"))
        before = path.read_bytes()

        with read_only(path, folder):
            result = call(*command, "--db", str(path))

        assert (result.code, result.out) == (1, "")
        assert result.err == (
            f"bedrill: {path} cannot be written\ntry: check the permissions of the file and of its folder\n"
        )
        assert path.read_bytes() == before


def _dump(path):
    db = sqlite3.connect(path)
    dump = list(db.iterdump())
    db.close()
    return dump
