"""Opening a collection: what it is made with, what is refused, and that a refused file is left as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from tests.strangers import closed, locked, public_folder, read_only

from bedrill import schema
from bedrill.errors import SchemaTooNewError, StoreError
from bedrill.store import connection


def no_database(path):
    path.write_text("What must a replicated store give up while partitioned?\n" * 20)


def short_text(path):
    path.write_text("buy milk\n")


def another_programs(path):
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE bookmarks (url TEXT)")
    db.close()


def another_programs_in_wal(path):
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("CREATE TABLE bookmarks (url TEXT)")
    db.close()


def newer(path):
    connection.open_collection(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()


def cut_off(path):
    connection.open_collection(path).close()
    path.write_bytes(path.read_bytes()[: 40 * 1024])


def write(path):
    with closing(connection.open_collection(path)) as db, connection.transaction(db):
        db.execute("INSERT INTO meta VALUES ('written', '')")


OPEN = "import sys; from pathlib import Path; from bedrill.store import connection as c"
OPEN += "; db = c.open_collection(Path(sys.argv[1])); print('open', flush=True)"
WRITE = OPEN + "\nwith c.transaction(db): db.execute(\"INSERT INTO meta VALUES ('written', '')\")"


def _python(code, path):
    return [sys.executable, "-c", code, str(path)]


def test_a_new_collection_is_the_users_alone_durable_and_marked(tmp_path):
    path = tmp_path / "data" / "bedrill.db"

    db = connection.open_collection(path)

    pragmas = ("journal_mode", "synchronous", "foreign_keys", "application_id", "user_version")
    values = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
    db.close()
    assert values == ["wal", 2, 1, 0x62647231, schema.VERSION]
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_an_empty_file_becomes_a_collection(tmp_path):
    path = tmp_path / "empty.db"
    path.touch()

    db = connection.open_collection(path)

    assert db.execute("SELECT count(*) FROM reviews").fetchone() == (0,)
    db.close()


@pytest.mark.parametrize(
    ("made_by", "message", "hint"),
    [
        pytest.param(no_database, "{} is not a bedrill collection", "name another file with --db", id="text"),
        pytest.param(short_text, "{} is not a bedrill collection", "name another file with --db", id="short text"),
        pytest.param(another_programs, "{} belongs to another program", "name another file with --db", id="other"),
        pytest.param(
            another_programs_in_wal, "{} belongs to another program", "name another file with --db", id="other in WAL"
        ),
        pytest.param(
            cut_off,
            "{} is damaged: database disk image is malformed",
            "keep a copy, then run 'bedrill doctor'",
            id="cut off",
        ),
    ],
)
def test_a_file_that_is_no_collection_is_refused_and_left_alone(tmp_path, made_by, message, hint):
    path = tmp_path / "some.db"
    made_by(path)
    before = path.read_bytes()

    with pytest.raises(StoreError) as caught:
        connection.open_collection(path)

    assert (caught.value.message, caught.value.hint) == (message.format(path), hint)
    assert path.read_bytes() == before


def test_a_collection_of_a_later_bedrill_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "later.db"
    newer(path)
    before = path.read_bytes()

    with pytest.raises(SchemaTooNewError) as caught:
        connection.open_collection(path)

    assert caught.value.message == (
        f"{path} was written by a later bedrill (schema 99, this one knows {schema.VERSION})"
    )
    assert caught.value.hint == "upgrade bedrill; the file is as it was"
    assert path.read_bytes() == before


@pytest.mark.parametrize("make", [pytest.param(os.mkdir, id="directory"), pytest.param(os.mkfifo, id="pipe")])
def test_what_is_no_file_is_refused(tmp_path, make):
    path = tmp_path / "thing"
    make(path)

    with pytest.raises(StoreError) as caught:
        connection.open_collection(path)

    assert (caught.value.message, caught.value.hint) == (f"{path} is not a file", "name a file with --db")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("file.txt/bedrill.db", "File exists", id="a file where a folder should be"),
        pytest.param("x" * 300, "File name too long", id="a name that is too long"),
    ],
)
def test_a_path_that_cannot_be_is_an_error_in_words(tmp_path, name, reason):
    (tmp_path / "file.txt").touch()

    with pytest.raises(StoreError) as caught:
        connection.open_collection(tmp_path / name)

    assert (caught.value.message, caught.value.hint) == (
        f"{tmp_path / name} cannot be opened: {reason}",
        "check the path",
    )


def test_the_reason_is_not_looked_for_in_the_path(tmp_path):
    """A folder may be called `locked` or `full`."""
    (tmp_path / "locked and full").touch()

    with pytest.raises(StoreError, match="cannot be opened: File exists"):
        connection.open_collection(tmp_path / "locked and full" / "bedrill.db")


def test_a_collection_that_another_process_holds_is_reported(db_path, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_TIMEOUT_MS", 50)
    db = connection.open_collection(db_path)

    with (
        locked(db_path),
        pytest.raises(StoreError) as caught,
        connection.errors_in_words(db_path),
        connection.transaction(db),
    ):
        pass

    db.close()
    assert caught.value.message == f"{db_path} is in use by another program"
    assert caught.value.hint == "close it there, then try again"


def test_a_collection_that_another_process_holds_for_a_moment_is_waited_for(db, db_path):
    with locked(db_path), subprocess.Popen(_python(WRITE, db_path), stdout=subprocess.PIPE, text=True) as waiting:
        assert waiting.stdout is not None
        assert waiting.stdout.readline() == "open\n"

    assert waiting.wait() == 0
    assert db.execute("SELECT key FROM meta").fetchall() == [("written",)]


def test_a_read_only_collection_is_reported_and_left_alone():
    with public_folder() as folder:
        path = folder / "bedrill.db"
        db = connection.open_collection(path)
        db.execute("INSERT INTO settings VALUES ('new_per_day', '3')")
        db.close()
        before = path.read_bytes()

        with read_only(path, folder), pytest.raises(StoreError) as caught, connection.errors_in_words(path):
            write(path)

        assert caught.value.message == f"{path} cannot be written"
        assert caught.value.hint == "check the permissions of the file and of its folder"
        assert path.read_bytes() == before


def test_a_folder_that_may_not_be_written_or_entered_is_reported():
    with public_folder() as folder:
        path = folder / "new.db"

        with read_only(folder), pytest.raises(StoreError, match=r"new\.db cannot be written$"):
            connection.open_collection(path)
        with closed(folder), pytest.raises(StoreError, match=r"new\.db cannot be written$"):
            connection.open_collection(path)

        folder.chmod(0o755)
        assert not path.exists()


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

    connection.back_up(db, tmp_path / "copy.db")

    copy = connection.open_collection(tmp_path / "copy.db")
    assert list(copy.iterdump()) == list(db.iterdump())
    copy.close()
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600


def test_a_full_disk_is_reported_and_nothing_is_written(db, db_path):
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(StoreError) as caught, connection.errors_in_words(db_path), connection.transaction(db):
        db.executemany("INSERT INTO meta VALUES (?, ?)", ((str(number), "x" * 10_000) for number in range(100)))

    assert caught.value.message == f"the disk that holds {db_path} is full"
    assert caught.value.hint == "make room; nothing was lost"
    assert db.execute("SELECT count(*) FROM meta").fetchone() == (0,)


def test_a_mistake_of_ours_is_not_blamed_on_the_file(db, db_path):
    with pytest.raises(sqlite3.IntegrityError), connection.errors_in_words(db_path):
        db.execute("INSERT INTO meta VALUES ('a', NULL)")
    with pytest.raises(sqlite3.OperationalError, match="no such table"), connection.errors_in_words(db_path):
        db.execute("SELECT * FROM nowhere")


def test_the_data_version_changes_with_what_others_write(db, db_path):
    before = connection.data_version(db)

    db.execute("INSERT INTO meta VALUES ('a', '1')")
    own = connection.data_version(db)
    other = connection.open_collection(db_path)
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

    copy = connection.open_collection(tmp_path / "copy.db")
    assert copy.execute("SELECT * FROM meta").fetchall() == [("a", "1")]
    copy.close()
