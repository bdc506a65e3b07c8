"""`bedrill path`."""

from __future__ import annotations

from pathlib import Path


def test_where_the_collection_is_and_that_nothing_is_made(invoke, db_path):
    result = invoke("path")

    assert (result.code, result.out, result.err) == (0, f"{db_path}\n", "")
    assert not db_path.exists()


def test_the_option_goes_before_the_environment(invoke, tmp_path, monkeypatch):
    monkeypatch.setenv("BEDRILL_DB", "/elsewhere.db")

    assert invoke("path", "--db", str(tmp_path / "my.db")).out == f"{tmp_path / 'my.db'}\n"
    assert invoke("--db", str(tmp_path / "my.db"), "path").out == f"{tmp_path / 'my.db'}\n"


def test_where_the_shipped_decks_are(invoke):
    assert Path(invoke("path", "decks").out.strip()).is_dir()


def test_anything_else(invoke):
    result = invoke("path", "deck")

    assert result.code == 2
    assert result.err == (
        "bedrill: Invalid value for '[db|decks]': 'deck' is not one of 'db', 'decks'.\ntry: bedrill path --help\n"
    )
