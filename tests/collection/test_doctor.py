"""The doctor sees what is broken, mends what can be made from the log again, and never touches an answer."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedrill.collection import answering, backups, doctor
from bedrill.collection.doctor import Finding
from bedrill.errors import StoreError
from bedrill.model import Rating
from bedrill.store import copies

ANSWERS = ("reviews", "undos", "ticks", "transcripts")


@pytest.fixture(autouse=True)
def _some_answers(take, deck_file, give, collection, now):
    take(deck_file().read_text("utf-8"))
    for name, rating in (("cap/choice", Rating.EASY), ("cap/log", Rating.GOOD), ("cap/choice", Rating.AGAIN)):
        give(name, rating)
        now.move(days=9)
    give("cap/log")
    answering.undo(collection)


@pytest.fixture
def answers(collection):
    """Every row of the tables that are the person's own."""
    return lambda: {table: collection.db.execute(f"SELECT * FROM {table}").fetchall() for table in ANSWERS}


def test_a_collection_that_is_well(collection):
    assert doctor.examine(collection) == [
        Finding("file", ok=True, detail="SQLite finds no damage"),
        Finding("references", ok=True, detail="every row has its parents"),
        Finding("append-only", ok=True, detail="answers cannot be changed or deleted", fixable=True),
        Finding("log", ok=True, detail="every answer has an instant of its own and a place in time"),
        Finding("clock", ok=True, detail="no answer lies in the future"),
        Finding("cards", ok=True, detail="every note is asked", fixable=True),
        Finding("states", ok=True, detail="2 states equal the replay", fixable=True),
        Finding("day sums", ok=True, detail="the per-day sums equal the log", fixable=True),
        Finding("search", ok=True, detail="the index fits the notes", fixable=True),
        Finding("backups", ok=True, detail="3, the newest of 2026-02-01 09:00 UTC"),
    ]


def test_an_empty_collection_is_well(tmp_path, now):
    from bedrill.collection import open_collection

    empty = open_collection(tmp_path / "empty.db", now)

    assert all(finding.ok for finding in doctor.examine(empty))
    empty.close()


@pytest.mark.parametrize(
    ("damage", "name", "detail"),
    [
        pytest.param(
            ["UPDATE cards SET stability_days = 99 WHERE id = 1"], "states", "1 cards differ from their history", id="S"
        ),
        pytest.param(
            ["UPDATE cards SET due_on = due_on + 1"], "states", "2 cards differ from their history", id="due days"
        ),
        pytest.param(
            ["UPDATE cards SET phase = 2, reps = 3, lapses = 1, stability_days = 3, difficulty = 3 WHERE id = 2"],
            "states",
            "1 cards differ from their history",
            id="a card that was never answered",
        ),
        pytest.param(
            ["UPDATE cards SET lapses = 4 WHERE id = 2"],
            "states",
            "1 cards differ from their history",
            id="one column of a new card",
        ),
        pytest.param(
            ["UPDATE cards SET phase = 0, reps = 0, stability_days = NULL, difficulty = NULL"],
            "states",
            "2 cards differ from their history",
            id="answered cards that look new",
        ),
        pytest.param(
            ["UPDATE days SET good = good + 1"], "day sums", "the per-day sums differ from the log", id="sums too high"
        ),
        pytest.param(["DELETE FROM days"], "day sums", "the per-day sums differ from the log", id="sums gone"),
        pytest.param(
            ["INSERT INTO days (studied_on, bucket, easy) VALUES (1, 'learn', 1)"],
            "day sums",
            "the per-day sums differ from the log",
            id="a day too many",
        ),
        pytest.param(
            ["DROP TRIGGER undos_delete", "DROP TRIGGER reviews_update"],
            "append-only",
            "missing: reviews_update, undos_delete",
            id="guards gone",
        ),
        pytest.param(
            ["UPDATE notes SET text = '## Another? {#choice}' || char(10, 10) || 'Text.' WHERE slug = 'choice'"],
            "search",
            "the index is out of date",
            id="a text behind the index's back",
        ),
        pytest.param(
            ["DELETE FROM cards WHERE note_id = 2"],
            "cards",
            "1 notes have no card",
            id="cards gone that nobody answered",
        ),
        pytest.param(
            ["UPDATE cards SET retired = 1 WHERE id = 4"], "cards", "1 notes have no card", id="a card retired"
        ),
    ],
)
def test_what_can_be_made_again_is_found_and_mended(collection, answers, damage, name, detail):
    before = answers()
    for statement in damage:
        collection.db.execute(statement)

    broken = [finding for finding in doctor.examine(collection) if not finding.ok]
    mended = doctor.fix(collection)

    assert broken == [Finding(name, ok=False, detail=detail, fixable=True)]
    assert all(finding.ok for finding in mended)
    assert answers() == before


def test_everything_at_once_is_mended(collection, answers):
    before = answers()
    for statement in ("DELETE FROM days", "UPDATE cards SET phase = 0", "DROP TRIGGER ticks_update"):
        collection.db.execute(statement)
    collection.db.execute("INSERT INTO notes_fts (notes_fts) VALUES ('delete-all')")

    assert [finding.name for finding in doctor.examine(collection) if not finding.ok] == [
        "append-only",
        "states",
        "day sums",
        "search",
    ]
    assert all(finding.ok for finding in doctor.fix(collection))
    assert answers() == before


@given(
    st.dictionaries(
        st.sampled_from(["step", "stability_days", "difficulty", "due_on", "due_at", "last_on", "last_at", "reps"]),
        st.integers(1, 9),
        min_size=1,
    ),
    st.integers(1, 4),
)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_change_of_a_state_goes_unseen(collection, values, card):
    before = collection.db.execute("SELECT * FROM cards").fetchall()
    changes = ", ".join(f"{column} = {value} + 1000" for column, value in values.items())
    collection.db.execute(f"UPDATE cards SET {changes} WHERE id = {card}")

    seen = [finding.name for finding in doctor.examine(collection) if not finding.ok]
    doctor.fix(collection)

    assert seen == ["states"]
    assert collection.db.execute("SELECT * FROM cards").fetchall() == before


def test_answers_of_the_future_are_reported_and_left_alone(collection, answers, now):
    before = answers()
    now.move(days=-300)

    findings = doctor.fix(collection)

    assert [finding for finding in findings if not finding.ok] == [
        Finding("clock", ok=False, detail="4 answers lie in the future")
    ]
    assert answers() == before


def test_rows_that_point_at_nothing_are_reported_and_left_alone(collection, answers):
    collection.db.execute("PRAGMA foreign_keys = OFF")
    collection.db.execute("DELETE FROM cards WHERE id = 2")
    collection.db.execute("INSERT INTO undos VALUES (1, 1)")
    before = answers()

    findings = doctor.fix(collection)

    assert [finding for finding in findings if not finding.ok] == [
        Finding("references", ok=False, detail="1 rows point at nothing")
    ]
    assert answers() == before


def test_what_fix_does_can_be_undone(collection):
    collection.db.execute("UPDATE cards SET lapses = 4 WHERE id = 2")
    broken = collection.db.execute("SELECT * FROM cards").fetchall()

    doctor.fix(collection)

    before = next(backup for backup in backups.listed(collection.path) if backup.why == "before-fix")
    backups.restore(collection, before.path)
    assert collection.db.execute("SELECT * FROM cards").fetchall() == broken


def test_where_there_is_nothing_to_mend_fix_makes_no_backup(collection):
    before = backups.listed(collection.path)

    doctor.fix(collection)

    assert backups.listed(collection.path) == before


def test_without_a_backup_nothing_is_mended(collection, monkeypatch):
    collection.db.execute("UPDATE cards SET lapses = 4 WHERE id = 2")
    broken = collection.db.execute("SELECT * FROM cards").fetchall()

    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(copies, "make_named", full)

    with pytest.raises(StoreError, match="the disk is full"):
        doctor.fix(collection)

    assert collection.db.execute("SELECT * FROM cards").fetchall() == broken


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("INSERT INTO reviews SELECT -5, 1, 3, 1, 1, 0, 60, 0, 'x'", id="before 1970"),
        pytest.param("INSERT INTO reviews SELECT 5, 1, 3, 1, 1, -3, 60, 0, 'x'", id="elapsed days below zero"),
        pytest.param("INSERT INTO reviews SELECT 5, 1, 3, 1, 1, 0, -60, 0, 'x'", id="an interval below zero"),
        pytest.param("INSERT INTO reviews SELECT 5, 1, 9, 3, 1, 0, 60, 0, 'x'", id="a rating of nine"),
    ],
)
def test_an_answer_that_cannot_be_is_reported_and_left_alone(collection, answers, statement):
    collection.db.execute(statement)
    before = answers()

    findings = doctor.fix(collection)

    assert [finding for finding in findings if not finding.ok] == [
        Finding("log", ok=False, detail="1 answers are out of order")
    ]
    assert "states" not in [finding.name for finding in findings]
    assert answers() == before


def test_answers_given_while_the_clock_lagged_are_told_and_are_no_fault(collection, give, now):
    now.move(minutes=-30)
    give("cap/log")
    give("cap/choice")

    finding = next(finding for finding in doctor.examine(collection) if finding.name == "clock")

    assert finding == Finding("clock", ok=True, detail="no answer lies in the future; 1 came while the clock lagged")


@pytest.mark.parametrize("number", [0, 2], ids=["the newest", "the oldest"])
def test_a_backup_that_cannot_be_gone_back_to_is_found_and_set_aside(collection, number):
    backup = backups.listed(collection.path)[number].path
    backup.write_bytes(backup.read_bytes()[:5000])

    broken = [finding for finding in doctor.examine(collection) if not finding.ok]
    mended = doctor.fix(collection)

    assert broken == [Finding("backups", ok=False, detail=f"cannot be gone back to: {backup.name}", fixable=True)]
    assert all(finding.ok for finding in mended)
    assert backup.with_suffix(".damaged").stat().st_size == 5000
    assert "before-fix" in [each.why for each in backups.listed(collection.path)]


def test_every_finding_says_what_it_means_and_what_can_be_done(collection):
    assert [finding.name for finding in doctor.examine(collection)] == list(doctor.MEANINGS)


def test_a_damaged_file_is_reported_and_nothing_else_is_looked_at(collection, db_path, now):
    from bedrill.collection import open_collection

    collection.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    root = collection.db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'cards_new'").fetchone()[0]
    collection.close()
    data = bytearray(db_path.read_bytes())
    data[(root - 1) * 4096 : (root - 1) * 4096 + 200] = b"\xff" * 200
    db_path.write_bytes(data)
    damaged = open_collection(db_path, now)

    findings = doctor.fix(damaged)

    damaged.close()
    assert [(finding.name, finding.ok, finding.fixable) for finding in findings] == [("file", False, False)]
