"""Migrations: whole or not at all, after a backup; and what was written under an old schema is there under the new."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

import pytest

from bedrill import schema
from bedrill.collection import doctor, open_collection
from bedrill.errors import StoreError
from bedrill.store import connection

SCHEMAS: Final = sorted((Path(__file__).parent / "data" / "schemas").glob("v*.sql"))
NEXT: Final = schema.VERSION + 1
"""The schema of a later bedrill, in tests of a migration to it."""


def load(dump: Path, path: Path) -> None:
    """Make a collection as an earlier bedrill left it."""
    db = sqlite3.connect(path)
    db.executescript(dump.read_text("utf-8"))
    db.close()


def columns_of(db: sqlite3.Connection) -> dict[str, str]:
    """The columns of every table of ours, by table."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'notes_fts%' AND name NOT LIKE '\\_%' ESCAPE '\\'"
    names = [row[0] for row in db.execute(query)]
    return {name: ", ".join(row[1] for row in db.execute(f"PRAGMA table_info({name})")) for name in names}


def definitions(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    query = "SELECT type, name, sql FROM sqlite_master WHERE tbl_name != '_sqlite_migrations' ORDER BY type, name"
    return db.execute(query).fetchall()


def contents(db: sqlite3.Connection, columns: dict[str, str]) -> dict[str, list[tuple[object, ...]]]:
    return {table: db.execute(f"SELECT {names} FROM {table}").fetchall() for table, names in columns.items()}


def _add_column(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE notes ADD COLUMN remark TEXT")


def _add_column_and_fail(db: sqlite3.Connection) -> None:
    _add_column(db)
    db.execute("INSERT INTO nowhere VALUES (1)")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A collection of the last schema, with something in every table."""
    path = tmp_path / "bedrill.db"
    load(SCHEMAS[-1], path)
    return path


def test_every_schema_is_kept():
    assert [dump.stem for dump in SCHEMAS] == [f"v{number:03}" for number in range(1, schema.VERSION + 1)]


@pytest.mark.parametrize("dump", [pytest.param(dump, id=dump.stem) for dump in SCHEMAS])
def test_a_released_migration_never_changes(tmp_path, monkeypatch, dump):
    version = int(dump.stem[1:])
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:version])
    monkeypatch.setattr(schema, "VERSION", version)
    load(dump, tmp_path / "old.db")

    made = connection.open_collection(str(tmp_path / "new.db"))
    kept = sqlite3.connect(tmp_path / "old.db")

    assert definitions(made) == definitions(kept)
    made.close()
    kept.close()


@pytest.mark.parametrize("dump", [pytest.param(dump, id=dump.stem) for dump in SCHEMAS])
def test_what_an_old_collection_holds_is_there_after_opening_it(tmp_path, now, dump):
    path = tmp_path / "bedrill.db"
    load(dump, path)
    db = sqlite3.connect(path)
    columns = columns_of(db)
    before = contents(db, columns)
    db.close()
    now.move(days=30)

    collection = open_collection(path, now)

    assert contents(collection.db, columns) == before
    assert [finding.name for finding in doctor.examine(collection) if not finding.ok] == []
    assert all(rows for rows in before.values()), "a table without rows proves nothing"
    collection.close()


def test_an_empty_file_gets_every_migration_once(tmp_path):
    path = tmp_path / "bedrill.db"
    path.touch()

    connection.open_collection(str(path)).close()
    db = connection.open_collection(str(path))

    names = [row[0] for row in db.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert names == [f"m{number:03}" for number in range(1, schema.VERSION + 1)]
    assert db.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    db.close()


def test_a_migration_comes_after_a_backup(old, monkeypatch):
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, _add_column))
    monkeypatch.setattr(schema, "VERSION", NEXT)
    kept = sqlite3.connect(old)
    before = list(kept.iterdump())
    kept.close()

    db = connection.open_collection(str(old))

    assert "remark" in [row[1] for row in db.execute("PRAGMA table_info(notes)")]
    assert db.execute("PRAGMA user_version").fetchone() == (NEXT,)
    db.close()
    (copied,) = old.with_suffix(".backups").iterdir()
    assert copied.name.endswith(f"Z-before-schema-{NEXT}.db")
    assert copied.stat().st_mode & 0o777 == 0o600
    backup = sqlite3.connect(copied)
    assert list(backup.iterdump()) == before
    assert backup.execute("PRAGMA user_version").fetchone() == (NEXT - 1,)
    backup.close()


def test_a_migration_that_fails_has_not_happened_and_can_be_tried_again(old, monkeypatch):
    monkeypatch.setattr(schema, "VERSION", NEXT)
    kept = sqlite3.connect(old)
    before = list(kept.iterdump())
    kept.close()

    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, _add_column_and_fail))
    with pytest.raises(sqlite3.OperationalError, match="no such table: nowhere"):
        connection.open_collection(str(old))
    failed = sqlite3.connect(old)
    after = list(failed.iterdump())
    version = failed.execute("PRAGMA user_version").fetchone()
    failed.close()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS[:-1], _add_column))
    db = connection.open_collection(str(old))

    assert (after, version) == (before, (NEXT - 1,))
    assert db.execute("PRAGMA user_version").fetchone() == (NEXT,)
    db.close()


@pytest.mark.parametrize("table", schema.APPEND_ONLY)
@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE {} SET review_id = review_id + 1", id="update"),
        pytest.param("DELETE FROM {}", id="delete"),
        pytest.param("REPLACE INTO {0} SELECT * FROM {0}", id="replace"),
    ],
)
def test_an_answer_can_be_neither_changed_nor_deleted_nor_replaced(old, table, statement):
    db = connection.open_collection(str(old))
    column = "id" if table == "reviews" else "review_id"
    before = list(db.iterdump())

    with pytest.raises(sqlite3.IntegrityError, match=f"^{table} is append-only$"):
        db.execute(statement.replace("review_id", column).format(table))

    assert list(db.iterdump()) == before
    db.close()


def test_a_table_takes_no_value_of_another_type(tmp_path):
    """STRICT tables: a text where a number belongs is an error, not a surprise later on."""
    db = connection.open_collection(str(tmp_path / "bedrill.db"))
    query = "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND NOT strict ORDER BY name"

    loose = [row[0] for row in db.execute(query)]

    assert loose == ["_sqlite_migrations", "sqlite_schema"]
    with pytest.raises(sqlite3.IntegrityError, match=r"cannot store TEXT value in INTEGER column days\.again"):
        db.execute("INSERT INTO days (studied_on, bucket, again) VALUES (1, 'learn', 'many')")
    db.close()


def test_an_old_collection_that_cannot_be_backed_up_is_not_migrated(old, monkeypatch):
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, _add_column))
    monkeypatch.setattr(schema, "VERSION", NEXT)
    old.with_suffix(".backups").touch()

    with pytest.raises(StoreError, match="cannot be opened: File exists"):
        connection.open_collection(str(old))

    db = sqlite3.connect(old)
    assert db.execute("PRAGMA user_version").fetchone() == (NEXT - 1,)
    db.close()
