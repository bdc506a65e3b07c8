"""What the doctor asks of the file itself."""

from __future__ import annotations

import sqlite3

import pytest
from tests.strangers import locked

from bedrill import schema
from bedrill.store import connection, health


def test_a_new_collection_is_healthy(filled):
    assert health.integrity_faults(filled.db) == []
    assert health.foreign_key_faults(filled.db) == 0
    assert health.missing_triggers(filled.db) == []
    assert health.full_text_is_whole(filled.db)


def test_damage_is_told_and_not_raised(filled, db_path):
    filled.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    root = filled.db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'reviews_card'").fetchone()[0]
    filled.close()
    data = bytearray(db_path.read_bytes())
    data[(root - 1) * 4096 : (root - 1) * 4096 + 100] = b"\xff" * 100
    db_path.write_bytes(data)
    db = connection.open_collection(str(db_path))

    faults = health.integrity_faults(db)

    db.close()
    assert faults
    assert all("\n" not in fault for fault in faults)


def test_a_row_that_points_at_nothing_is_counted(filled):
    filled.db.execute("PRAGMA foreign_keys = OFF")
    filled.db.execute("INSERT INTO undos VALUES (1, 1)")
    filled.db.execute("DELETE FROM decks")

    assert health.foreign_key_faults(filled.db) == 1 + 1 + 3 + 4


def test_a_missing_guard_is_named_and_put_back(filled):
    filled.db.execute("DROP TRIGGER reviews_update")
    filled.db.execute("DROP TRIGGER ticks_delete")
    missing = health.missing_triggers(filled.db)

    health.restore_triggers(filled.db, schema.append_only_triggers())

    assert missing == ["reviews_update", "ticks_delete"]
    assert health.missing_triggers(filled.db) == []


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param("UPDATE notes SET text = 'something else' WHERE id = 1", id="a text that the index has not seen"),
        pytest.param("INSERT INTO notes_fts (notes_fts) VALUES ('delete-all')", id="an empty index"),
        pytest.param("INSERT INTO notes_fts (rowid, text) VALUES (99, 'ghost')", id="a note that is not there"),
    ],
)
def test_an_index_that_does_not_fit_the_notes_is_seen_and_rebuilt(filled, damage):
    filled.db.execute(damage)
    before = health.full_text_is_whole(filled.db)

    health.rebuild_full_text(filled.db)

    assert (before, health.full_text_is_whole(filled.db)) == (False, True)


def test_an_index_that_cannot_be_looked_at_now_is_not_called_broken(filled, db_path):
    """The look is a write to SQLite, which another process may hold up."""
    filled.db.execute("PRAGMA busy_timeout = 50")

    with locked(db_path), pytest.raises(sqlite3.OperationalError, match="database is locked"):
        health.full_text_is_whole(filled.db)


def test_answers_of_the_future_are_counted(filled):
    filled.db.execute("INSERT INTO reviews VALUES (1000, 1, 3, 0, 0, 0, 600, 0, '')")

    assert [health.reviews_after(filled.db, ms) for ms in (999, 1000)] == [1, 0]
