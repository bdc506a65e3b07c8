"""A damaged collection: what is seen, what can be read, a backup in its place; and it is never written to."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bedrill.collection import answering, backups, browse, doctor, open_collection, rescue
from bedrill.errors import NotFoundError, StoreError, UsageError
from bedrill.model import Rating

if TYPE_CHECKING:
    from collections.abc import Callable

ANSWERS = ("reviews", "undos", "ticks", "transcripts", "given_states")
PAGE = 4096


@pytest.fixture
def studied(collection, take, deck_file, give, now):
    """Some days of answers, one of them taken back, and no backups."""
    take(deck_file().read_text("utf-8"))
    for name, rating in (("cap/choice", Rating.EASY), ("cap/log", Rating.GOOD), ("cap/quorum#1", Rating.AGAIN)):
        give(name, rating)
        now.move(days=2)
    answering.undo(collection)
    browse.set_setting(collection, "new_per_day", "7")
    shutil.rmtree(backups.folder(collection.path))
    return collection


def answers_of(collection) -> dict[str, list[tuple[object, ...]]]:
    return {table: collection.db.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in ANSWERS}


def contents(collection) -> dict[str, list[tuple[object, ...]]]:
    """What is written, and where every card stands."""
    tables = ("decks", "files", "notes", "cards", "settings")
    return {table: collection.db.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables}


def root_of(collection, name: str) -> int:
    return int(collection.db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0])


def overwrite(path: Path, page: int, data: bytes = b"\xa5" * PAGE) -> None:
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(data)


@pytest.fixture
def damaged(studied, db_path) -> Callable[..., Path]:
    """Closes the collection, and overwrites the first pages of these tables, or the page of that number."""

    def call(*tables: str, page: int = 0) -> Path:
        pages = [root_of(studied, table) for table in tables] + [page] * bool(page)
        studied.close()
        for number in pages:
            overwrite(db_path, number)
        return Path(db_path)

    return call


def test_a_collection_that_is_well_has_no_damage(studied, db_path):
    assert rescue.damage(db_path) == []


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(b"buy milk\n" * 1000, "list.txt", id="text"),
        pytest.param(b"\0" * 9000, "zeros", id="zeros"),
        pytest.param(b"", "empty", id="nothing"),
    ],
)
def test_what_is_none_of_ours_is_not_called_damaged(tmp_path, content, name):
    (tmp_path / name).write_bytes(content)

    assert rescue.damage(tmp_path / name) == []


def test_another_programs_database_is_not_called_damaged(tmp_path):
    db = sqlite3.connect(tmp_path / "other.db")
    db.execute("CREATE TABLE bookmarks (url TEXT)")
    db.close()

    assert rescue.damage(tmp_path / "other.db") == []


@pytest.mark.parametrize("page", [1, 5], ids=["its first page", "another page"])
def test_looking_at_a_damaged_collection_leaves_every_byte(damaged, page):
    path = damaged(page=page)
    before = path.read_bytes()

    assert rescue.damage(path)
    assert rescue.readable(path).notes == 3
    assert path.read_bytes() == before


def test_what_can_be_read_is_counted(damaged):
    assert rescue.readable(damaged("notes")) == (3, 0)


def test_without_a_backup_everything_that_can_be_read_is_kept(studied, damaged, tmp_path, now):
    expected, answers, settings = contents(studied), answers_of(studied), studied.settings
    path = damaged(page=1)

    made = rescue.salvage(path, tmp_path / "new.db", now)

    new = open_collection(tmp_path / "new.db", now)
    assert made == rescue.Salvaged(answers=3, added=3, base=None, stand_ins=0, lost=0)
    assert (answers_of(new), new.settings) == (answers, settings)
    assert contents(new) == expected
    assert [finding.name for finding in doctor.examine(new) if not finding.ok] == []
    new.close()


def test_answers_are_added_to_the_newest_backup_that_fits(studied, damaged, give, tmp_path, now):
    backup = backups.make(studied)
    give("cap/choice", Rating.GOOD)
    answers = answers_of(studied)
    path = damaged("cards", "notes", "decks", page=1)

    made = rescue.salvage(path, tmp_path / "new.db", now)

    new = open_collection(tmp_path / "new.db", now)
    assert made == rescue.Salvaged(answers=4, added=1, base=backup, stand_ins=0, lost=0)
    assert answers_of(new) == answers
    assert browse.card_named(new, "cap/choice").state.reps == 2
    assert all(finding.ok for finding in doctor.examine(new))
    new.close()


def test_a_backup_of_other_cards_is_not_added_to(studied, damaged, tmp_path, now):
    backup = backups.make(studied)
    db = sqlite3.connect(backup.path)
    db.execute("UPDATE cards SET guid = 'another'  WHERE id = 1")
    db.commit()
    db.close()

    made = rescue.salvage(damaged(page=1), tmp_path / "new.db", now)

    assert (made.base, made.answers) == (None, 3)


def test_an_answer_whose_card_cannot_be_read_is_kept(studied, damaged, tmp_path, now):
    answers = answers_of(studied)
    path = damaged("cards", "decks")

    made = rescue.salvage(path, tmp_path / "new.db", now)

    new = open_collection(tmp_path / "new.db", now)
    assert (made.answers, made.stand_ins, made.lost) == (3, 3 + 3, 0)
    assert answers_of(new) == answers
    assert [finding.name for finding in doctor.examine(new) if not finding.ok] == []
    asked = [card.name for card in browse.find(new, "")]
    assert asked == ["unread1/choice", "unread1/quorum#1", "unread1/quorum#2", "unread1/log"]
    new.close()


def test_nothing_is_salvaged_over_a_file_or_out_of_nothing(studied, db_path, tmp_path, now):
    (tmp_path / "there.db").touch()
    (tmp_path / "text.md").write_text("no collection\n" * 1000)

    with pytest.raises(UsageError, match=r"there\.db exists"):
        rescue.salvage(db_path, tmp_path / "there.db", now)
    with pytest.raises(StoreError, match=r"nothing of .*text\.md can be read"):
        rescue.salvage(tmp_path / "text.md", tmp_path / "new.db", now)

    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize("with_backup", [True, False])
def test_a_salvage_leaves_the_new_file_and_nothing_else(studied, damaged, tmp_path, now, with_backup):
    if with_backup:
        backups.make(studied)
    path = damaged(page=1)
    (tmp_path / "out").mkdir()

    rescue.salvage(path, tmp_path / "out" / "new.db", now)

    assert [each.name for each in (tmp_path / "out").iterdir()] == ["new.db"]
    assert (tmp_path / "out" / "new.db").stat().st_mode & 0o777 == 0o600


def test_a_salvage_that_fails_leaves_nothing(damaged, tmp_path, now, monkeypatch):
    path = damaged(page=1)
    (tmp_path / "out").mkdir()

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(answering, "rebuild", fail)

    with pytest.raises(sqlite3.OperationalError):
        rescue.salvage(path, tmp_path / "out" / "new.db", now)

    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("seed", range(12))
def test_wherever_a_page_is_broken_its_answers_alone_are_lost(studied, give, db_path, tmp_path, now, seed):
    for _ in range(300):
        give("cap/choice", Rating.GOOD)
        now.move(minutes=1)
    expected = {row[0] for row in studied.db.execute("SELECT id FROM reviews")}
    pages = studied.db.execute("PRAGMA page_count").fetchone()[0]
    studied.close()
    page = random.Random(seed).randint(1, pages)
    overwrite(db_path, page, random.Random(seed).randbytes(PAGE))

    rescue.salvage(db_path, tmp_path / "new.db", now)

    new = open_collection(tmp_path / "new.db", now)
    found = {row[0] for row in new.db.execute("SELECT id FROM reviews")}
    assert found <= expected
    assert len(found) >= len(expected) - PAGE // 30, f"page {page} of {pages}, seed {seed}"
    assert [finding.name for finding in doctor.examine(new) if not finding.ok] == []
    new.close()


@pytest.mark.parametrize("page", [1, 5], ids=["its first page", "another page"])
def test_a_backup_takes_the_place_of_a_damaged_collection_which_is_set_aside(studied, damaged, now, page):
    backup, before = backups.make(studied), contents(studied)
    path = damaged(page=page)
    data = path.read_bytes()

    aside = rescue.replace(path, backup.path, now)

    restored = open_collection(path, now)
    assert contents(restored) == before
    assert all(finding.ok for finding in doctor.examine(restored))
    assert (aside.name, aside.read_bytes()) == ("2026-01-11T090000Z-collection.damaged", data)
    assert path.stat().st_mode & 0o777 == 0o600
    restored.close()


def test_the_write_ahead_log_of_the_damaged_file_does_not_get_into_the_new_one(studied, db_path, give, now):
    backup = backups.make(studied)
    give("cap/choice", Rating.GOOD)
    log = Path(f"{db_path}-wal").read_bytes()
    assert log

    aside = rescue.replace(db_path, backup.path, now)

    restored = open_collection(db_path, now)
    assert restored.db.execute("SELECT count(*) FROM reviews").fetchone() == (3,)
    assert Path(f"{aside}-wal").read_bytes() == log
    restored.close()


def test_what_cannot_be_gone_back_to_leaves_the_damaged_file_in_its_place(damaged, tmp_path, now):
    path = damaged(page=1)
    before = path.read_bytes()
    (tmp_path / "text.db").write_text("no collection\n" * 1000)

    with pytest.raises(StoreError, match="is not a bedrill collection"):
        rescue.replace(path, tmp_path / "text.db", now)
    with pytest.raises(NotFoundError, match="no such backup"):
        rescue.replace(path, tmp_path / "gone.db", now)

    assert path.read_bytes() == before
    assert backups.listed(path) == []
