"""Files that are no collection, or cannot be had now: a clear error, and the file is left as it was."""

from __future__ import annotations

import os
import sqlite3
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
    connection.open_collection(str(path)).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()


def cut_off(path):
    connection.open_collection(str(path)).close()
    path.write_bytes(path.read_bytes()[: 40 * 1024])


def write(path):
    with closing(connection.open_collection(str(path))) as db, connection.transaction(db):
        db.execute("INSERT INTO meta VALUES ('written', '')")


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
        connection.open_collection(str(path))

    assert (caught.value.message, caught.value.hint) == (message.format(path), hint)
    assert path.read_bytes() == before


def test_a_collection_of_a_later_bedrill_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "later.db"
    newer(path)
    before = path.read_bytes()

    with pytest.raises(SchemaTooNewError) as caught:
        connection.open_collection(str(path))

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
        connection.open_collection(str(path))

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
        connection.open_collection(str(tmp_path / name))

    assert (caught.value.message, caught.value.hint) == (
        f"{tmp_path / name} cannot be opened: {reason}",
        "check the path",
    )


def test_the_reason_is_not_looked_for_in_the_path(tmp_path):
    """A folder may be called `locked` or `full`."""
    (tmp_path / "locked and full").touch()

    with pytest.raises(StoreError, match="cannot be opened: File exists"):
        connection.open_collection(str(tmp_path / "locked and full" / "bedrill.db"))


def test_a_collection_that_another_process_holds_is_reported(db_path, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_TIMEOUT_MS", 50)
    db = connection.open_collection(str(db_path))

    with (
        locked(db_path),
        pytest.raises(StoreError) as caught,
        connection.errors_in_words(str(db_path)),
        connection.transaction(db),
    ):
        pass

    db.close()
    assert caught.value.message == f"{db_path} is in use by another program"
    assert caught.value.hint == "close it there, then try again"


def test_a_read_only_collection_is_reported_and_left_alone():
    with public_folder() as folder:
        path = folder / "bedrill.db"
        db = connection.open_collection(str(path))
        db.execute("INSERT INTO settings VALUES ('new_per_day', '3')")
        db.close()
        before = path.read_bytes()

        with read_only(path, folder), pytest.raises(StoreError) as caught, connection.errors_in_words(str(path)):
            write(path)

        assert caught.value.message == f"{path} cannot be written"
        assert caught.value.hint == "check the permissions of the file and of its folder"
        assert path.read_bytes() == before


def test_a_folder_that_may_not_be_written_or_entered_is_reported():
    with public_folder() as folder:
        path = folder / "new.db"

        with read_only(folder), pytest.raises(StoreError, match=r"new\.db cannot be written$"):
            connection.open_collection(str(path))
        with closed(folder), pytest.raises(StoreError, match=r"new\.db cannot be written$"):
            connection.open_collection(str(path))

        folder.chmod(0o755)
        assert not path.exists()


def test_a_full_disk_is_reported_and_nothing_is_written(db, db_path):
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(StoreError) as caught, connection.errors_in_words(str(db_path)), connection.transaction(db):
        db.executemany("INSERT INTO meta VALUES (?, ?)", ((str(number), "x" * 10_000) for number in range(100)))

    assert caught.value.message == f"the disk that holds {db_path} is full"
    assert caught.value.hint == "make room; nothing was lost"
    assert db.execute("SELECT count(*) FROM meta").fetchone() == (0,)


def test_a_mistake_of_ours_is_not_blamed_on_the_file(db, db_path):
    with pytest.raises(sqlite3.IntegrityError), connection.errors_in_words(str(db_path)):
        db.execute("INSERT INTO meta VALUES ('a', NULL)")
    with pytest.raises(sqlite3.OperationalError, match="no such table"), connection.errors_in_words(str(db_path)):
        db.execute("SELECT * FROM nowhere")
