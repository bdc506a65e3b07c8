"""`bedrill backup`; which copies stay is in tests/collection/test_backups.py."""

from __future__ import annotations

import sqlite3


def test_a_backup_is_named_and_listed(invoke, deck_file, db_path):
    invoke("import", str(deck_file()))

    made = invoke("backup")
    listed = invoke("backup", "list")

    assert (made.code, made.err) == (0, "")
    assert made.out == f"{db_path.with_suffix('.backups')}/2026-01-05T090000Z-asked.db\n"
    assert listed.out.startswith("2026-01-05 09:00  asked  ")
    assert listed.out.endswith("  2026-01-05T090000Z-asked.db\n")
    assert listed.err == f"in {db_path.with_suffix('.backups')}:\n"
    assert invoke("backup", "list", "--json").json[0]["why"] == "asked"


def test_a_backup_may_go_elsewhere_but_over_nothing(invoke, tmp_path, deck_file):
    invoke("import", str(deck_file()))
    target = tmp_path / "copy.db"

    first, second = invoke("backup", str(target)), invoke("backup", str(target))

    assert first.out == f"{target}\n"
    assert (second.code, second.err) == (
        2,
        f"bedrill: {target} exists\ntry: name a file that does not, or none\n",
    )
    db = sqlite3.connect(target)
    assert db.execute("SELECT count(*) FROM notes").fetchone() == (3,)
    db.close()


def test_without_backups_the_list_says_how_to_make_one(invoke):
    result = invoke("backup", "list")

    assert (result.out, result.err) == ("", "no backups yet; 'bedrill backup' makes one\n")
    assert invoke("backup", "list", "--json").json == []


def test_a_place_that_cannot_be_written(invoke, tmp_path):
    result = invoke("backup", str(tmp_path / "nowhere" / "x" / "c.db"))

    assert result.code in (0, 1)
    assert "Traceback" not in result.err
