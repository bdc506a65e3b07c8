"""Opening a collection, transactions, backups, and other processes that do the same."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading

import pytest
from tests.strangers import locked

from bedrill import schema
from bedrill.errors import StoreError
from bedrill.store import connection

OPEN = "import sys; from pathlib import Path; from bedrill.store import connection as c"
OPEN += "; db = c.open_collection(Path(sys.argv[1])); print('open', flush=True)"
WRITE = OPEN + "\nwith c.transaction(db): db.execute(\"INSERT INTO meta VALUES ('written', '')\")"


def _python(code, path):
    return [sys.executable, "-c", code, str(path)]


def test_a_new_collection_is_the_users_alone_durable_and_marked(tmp_path):
    path = tmp_path / "data" / "bedrill.db"

    db = connection.open_collection(str(path))

    pragmas = ("journal_mode", "synchronous", "foreign_keys", "application_id", "user_version")
    values = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
    db.close()
    assert values == ["wal", 2, 1, 0x62647231, schema.VERSION]
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_what_sqlite_puts_beside_it_is_the_users_alone_too(tmp_path):
    before = os.umask(0)
    try:
        db = connection.open_collection(str(tmp_path / "bedrill.db"))
        db.execute("INSERT INTO meta VALUES ('a', '1')")
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
        db.close()
    finally:
        os.umask(before)

    assert modes == {"bedrill.db": 0o600, "bedrill.db-wal": 0o600, "bedrill.db-shm": 0o600}


def test_an_empty_file_becomes_a_collection(tmp_path):
    path = tmp_path / "empty.db"
    path.touch()

    db = connection.open_collection(str(path))

    assert db.execute("SELECT count(*) FROM reviews").fetchone() == (0,)
    db.close()


def test_a_collection_that_another_process_holds_for_a_moment_is_waited_for(db, db_path):
    with locked(db_path):
        waiting = subprocess.Popen(_python(WRITE, db_path), stdout=subprocess.PIPE, text=True)
        assert waiting.stdout is not None
        assert waiting.stdout.readline() == "open\n"

    waiting.communicate()

    assert waiting.returncode == 0
    assert db.execute("SELECT key FROM meta").fetchall() == [("written",)]


@pytest.fixture
def half_made(db_path):
    """A connection that is just making a collection: what SQLite itself does not wait for."""
    db_path.touch()
    other = sqlite3.connect(db_path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def test_a_collection_that_is_just_being_made_is_waited_for(db_path, half_made):
    release = threading.Timer(0.2, half_made.rollback)
    release.start()

    connection.open_collection(str(db_path)).close()

    release.join()


def test_a_collection_that_is_never_done_being_made_is_reported(db_path, half_made, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_TIMEOUT_MS", 50)

    with pytest.raises(StoreError, match=r"is in use by another program$"):
        connection.open_collection(str(db_path))


def test_processes_that_start_on_a_new_machine_at_once_all_succeed(tmp_path):
    started = [subprocess.Popen(_python(OPEN, tmp_path / "new.db"), stdout=subprocess.PIPE) for _ in range(6)]

    assert [(process.communicate()[0], process.returncode) for process in started] == [(b"open\n", 0)] * 6


def fail_after(db, statement):
    with connection.transaction(db):
        db.execute(statement)
        raise RuntimeError


def fail_around(db, statement):
    with connection.transaction(db):
        with connection.transaction(db):
            db.execute(statement)
        raise RuntimeError


@pytest.mark.parametrize(
    "fail",
    [
        pytest.param(fail_after, id="its own error"),
        pytest.param(fail_around, id="an error of the transaction around it"),
    ],
)
def test_a_transaction_is_whole_or_has_not_happened(db, fail):
    with pytest.raises(RuntimeError):
        fail(db, "INSERT INTO meta VALUES ('a', '1')")

    with connection.transaction(db):
        db.execute("INSERT INTO meta VALUES ('b', '2')")

    assert db.execute("SELECT key FROM meta").fetchall() == [("b",)]
    assert not db.in_transaction


def test_a_backup_is_a_whole_collection_for_the_user_alone(db, tmp_path):
    db.execute("INSERT INTO meta VALUES ('a', '1')")

    connection.back_up(db, str(tmp_path / "copy.db"))

    copy = connection.open_collection(str(tmp_path / "copy.db"))
    assert list(copy.iterdump()) == list(db.iterdump())
    copy.close()
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600


def test_the_data_version_changes_with_what_others_write(db, db_path):
    before = connection.data_version(db)

    db.execute("INSERT INTO meta VALUES ('a', '1')")
    own = connection.data_version(db)
    other = connection.open_collection(str(db_path))
    other.execute("INSERT INTO meta VALUES ('b', '2')")
    other.close()

    assert own == before
    assert connection.data_version(db) != before


@pytest.mark.parametrize(
    ("text", "storable"),
    [pytest.param("größe 🂡", True, id="text"), pytest.param("gr\udcf6\udcdfe", False, id="latin-1 from argv")],
)
def test_an_argument_that_is_no_text_is_told_apart(db, text, storable):
    assert connection.is_storable(text) is storable
    if not storable:
        with pytest.raises(UnicodeEncodeError):
            db.execute("SELECT ?", (text,))


def test_a_copy_of_the_file_is_a_copy_of_everything(db, db_path, tmp_path):
    """Closing the last connection puts the write-ahead log into the file."""
    db.execute("INSERT INTO meta VALUES ('a', '1')")
    db.close()

    shutil.copy(db_path, tmp_path / "copy.db")

    copy = connection.open_collection(str(tmp_path / "copy.db"))
    assert copy.execute("SELECT * FROM meta").fetchall() == [("a", "1")]
    copy.close()
