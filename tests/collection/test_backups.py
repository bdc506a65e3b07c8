"""Copies of the collection: when they are made, which stay, and the way back."""

from __future__ import annotations

import os
import sqlite3

import pytest

from bedrill import schema
from bedrill.collection import answering, backups, browse, doctor, importing, open_collection
from bedrill.errors import NotFoundError, StoreError
from bedrill.model import Rating
from bedrill.store import connection, copies, health


@pytest.fixture
def studied(collection, deck_file, now):
    """A collection with an answer, on the next morning."""
    importing.import_paths(collection, [deck_file()])
    answer(collection)
    now.move(days=1)
    return collection


def answer(collection, name: str = "cap/choice") -> None:
    card = browse.card_named(collection, name)
    assert answering.answer(collection, card, Rating.GOOD, duration_ms=1000)


def whys(collection) -> list[str]:
    return [backup.why for backup in backups.listed(collection.path)]


def dump(collection) -> list[str]:
    return list(collection.db.iterdump())


def test_the_first_change_of_a_day_comes_after_a_backup_and_the_others_do_not(studied, now):
    before = dump(studied)

    for _ in range(2):
        answer(studied)
        now.move(minutes=20)

    assert whys(studied) == ["daily"]
    kept = sqlite3.connect(backups.listed(studied.path)[0].path)
    assert list(kept.iterdump()) == before
    kept.close()


def test_another_process_of_that_day_makes_none(studied, db_path, now):
    answer(studied)
    other = open_collection(db_path, now)

    answer(other, "cap/log")

    assert whys(other) == ["daily"]
    other.close()


def test_a_day_begins_when_study_days_do(studied, now):
    now.move(hours=-5.5)  # 03:30: still the day before
    answer(studied)
    now.move(hours=1)
    answer(studied, "cap/log")

    assert [f"{backup.at:%H:%M}" for backup in backups.listed(studied.path)] == ["04:30"]


def test_without_answers_there_is_nothing_to_back_up(collection, deck_file, now):
    importing.import_paths(collection, [deck_file()])
    now.move(days=1)
    browse.set_setting(collection, "new_per_day", "3")

    assert not backups.folder(collection.path).exists()


def test_only_the_user_can_read_them(studied):
    made = backups.make(studied)

    assert made.path.stat().st_mode & 0o777 == 0o600
    assert made.path.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]


def test_a_copy_that_is_not_whole_does_not_count(studied, monkeypatch):
    monkeypatch.setattr(health, "fault_of_copy", lambda *_: "3 answers are missing")

    with pytest.raises(StoreError, match="could not be verified: 3 answers are missing"):
        backups.make(studied)

    assert list(backups.folder(studied.path).iterdir()) == []


def test_an_answer_that_another_process_gives_meanwhile_makes_no_copy_bad(studied, db_path, now, monkeypatch):
    whole, other = connection.back_up, open_collection(db_path, now)

    def interrupted(db: sqlite3.Connection, target: str) -> None:
        whole(db, target)
        monkeypatch.setattr(connection, "back_up", whole)
        answer(other)

    monkeypatch.setattr(connection, "back_up", interrupted)

    made = backups.make(studied)

    other.close()
    kept = sqlite3.connect(made.path)
    assert kept.execute("SELECT count(*) FROM reviews").fetchone() == (1,)
    assert health.counts(studied.db)[0] == 2
    kept.close()


def test_two_processes_that_copy_at_once_do_not_disturb_each_other(studied, db_path, now, monkeypatch):
    whole, other = connection.back_up, open_collection(db_path, now)

    def interrupted(db: sqlite3.Connection, target: str) -> None:
        whole(db, target)
        monkeypatch.setattr(connection, "back_up", whole)
        monkeypatch.setattr(os, "getpid", lambda: 1)
        backups.make(other)
        monkeypatch.undo()

    monkeypatch.setattr(connection, "back_up", interrupted)

    made = backups.make(studied)

    other.close()
    assert health.fault_of_file(str(made.path)) == ""
    assert [path.suffix for path in made.path.parent.iterdir()] == [".db"]


def test_a_copy_with_a_damaged_index_does_not_count(studied, monkeypatch):
    """What SQLite's quick check does not see."""
    whole = connection.back_up

    def with_damage(db: sqlite3.Connection, target: str) -> None:
        whole(db, target)
        copy = sqlite3.connect(target)
        copy.execute("PRAGMA writable_schema = ON")
        copy.execute("UPDATE sqlite_master SET sql = replace(sql, 'card_id', 'rating') WHERE name = 'reviews_card'")
        copy.commit()
        copy.close()

    monkeypatch.setattr(connection, "back_up", with_damage)

    with pytest.raises(StoreError, match="could not be verified: row 1 missing from index reviews_card"):
        backups.make(studied)


def test_a_full_disk_keeps_nobody_from_studying(studied, monkeypatch):
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(connection, "back_up", full)
    monkeypatch.setattr(connection, "in_words", lambda *_: StoreError("full"))

    answer(studied)

    assert whys(studied) == []


def test_of_old_ones_the_last_of_each_day_week_and_month_stay(studied, now):
    for _ in range(400):
        backups.make(studied, copies.DAILY)
        backups.thin_out(studied)
        now.move(days=1)

    kept = backups.listed(studied.path)
    ages = [(now() - backup.at).days for backup in kept]
    assert ages[:7] == [1, 2, 3, 4, 5, 6, 7]
    assert len(kept) <= 7 + 4 + 12
    assert ages[-1] > 300


def test_their_size_has_a_bound_but_the_newest_two_stay(studied, now, monkeypatch):
    monkeypatch.setattr(backups, "LEAST_BYTES", 0)
    for _ in range(9):
        backups.make(studied, copies.DAILY)
        now.move(days=1)

    backups.thin_out(studied)

    assert len(backups.listed(studied.path)) == 5


def test_what_a_killed_process_has_left_goes_after_a_day(studied, now):
    made = backups.make(studied)
    old, new = (made.path.with_name(f".{name}.db.part") for name in ("old", "new"))
    for path, hours in ((old, 25), (new, 1)):
        path.touch()
        os.utime(path, (now().timestamp() - hours * 3600,) * 2)

    backups.thin_out(studied)

    assert (old.exists(), new.exists(), made.path.exists()) == (False, True, True)


def test_what_is_no_backup_of_ours_is_left_alone(studied):
    made = backups.make(studied)
    (made.path.parent / "mine.db").write_bytes(b"x")
    (made.path.parent / "notes.txt").write_bytes(b"x")

    backups.thin_out(studied)

    assert len(list(made.path.parent.iterdir())) == 3
    assert len(backups.listed(studied.path)) == 1


def test_a_restore_brings_everything_back_and_can_be_undone(studied, now):
    before = dump(studied)
    made = backups.make(studied)
    answer(studied, "cap/log")
    browse.set_setting(studied, "new_per_day", "3")
    after = dump(studied)
    now.move(minutes=1)

    was = backups.restore(studied, made.path)
    restored, limit = dump(studied), studied.settings.new_per_day
    now.move(minutes=1)
    backups.restore(studied, was.path)

    assert restored == before
    assert limit == 20
    assert dump(studied) == after
    assert studied.settings.new_per_day == 3
    assert all(finding.ok for finding in doctor.examine(studied))


def test_an_open_session_sees_the_restored_collection(studied, db_path, now):
    made = backups.make(studied)
    answer(studied, "cap/log")
    other = open_collection(db_path, now)

    backups.restore(other, made.path)

    assert browse.card_named(studied, "cap/log").state.reps == 0
    other.close()


def test_a_backup_of_an_older_schema_is_brought_up_to_date(studied, tmp_path):
    from tests.test_schema import SCHEMAS, load

    load(SCHEMAS[0], tmp_path / "old.db")

    backups.restore(studied, tmp_path / "old.db")

    assert studied.db.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    assert browse.card_named(studied, "cap/choice").state.reps == 2
    with pytest.raises(sqlite3.IntegrityError):
        studied.db.execute("DELETE FROM reviews")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"nonsense" * 200, "is not a bedrill collection", id="no database"),
        pytest.param(b"", "is not a bedrill collection", id="empty"),
        pytest.param(None, "was written by a later bedrill", id="later"),
    ],
)
def test_what_cannot_be_gone_back_to_is_refused_and_nothing_changes(studied, tmp_path, content, message):
    path = tmp_path / "x.db"
    if content is None:
        path = backups.make(studied, target=path).path
        db = sqlite3.connect(path)
        db.execute("PRAGMA user_version = 99")
        db.close()
    else:
        path.write_bytes(content)
    before = dump(studied)

    with pytest.raises(StoreError, match=message):
        backups.restore(studied, path)

    assert dump(studied) == before
    assert "before-restore" not in whys(studied)


def test_a_damaged_backup_is_refused(studied, tmp_path):
    path = backups.make(studied, target=tmp_path / "x.db").path
    data = bytearray(path.read_bytes())
    data[8192:20000] = bytes(20000 - 8192)
    path.write_bytes(bytes(data))

    with pytest.raises(StoreError):
        backups.restore(studied, path)


def test_copies_of_one_second_are_as_many_and_in_their_order(studied):
    paths = [backups.make(studied).path for _ in range(12)]

    assert len(set(paths)) == 12
    assert [backup.path for backup in backups.listed(studied.path)] == paths[::-1]


def test_no_such_backup(studied, tmp_path):
    with pytest.raises(NotFoundError, match="no such backup"):
        backups.restore(studied, tmp_path / "gone.db")
