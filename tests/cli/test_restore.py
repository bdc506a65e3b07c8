"""`bedrill restore`; what it does to a collection is in tests/collection/test_backups.py."""

from __future__ import annotations


def test_back_to_the_newest_copy_and_back_again(invoke, deck_file):
    invoke("import", str(deck_file()))
    invoke("backup")
    invoke("grade", "cap/choice", "good")

    result = invoke("restore", "latest")

    assert (result.code, result.out) == (0, result.out)
    assert result.out.startswith("restored: ")
    assert invoke("show", "cap/choice", "--json").json["reviews"] == []
    before = result.err.removeprefix("to undo: bedrill restore ").strip()
    assert invoke("restore", before).code == 0
    assert len(invoke("show", "cap/choice", "--json").json["reviews"]) == 1


def test_a_copy_is_known_by_its_name(invoke, deck_file):
    invoke("import", str(deck_file()))
    name = invoke("backup").out.strip().rpartition("/")[2]

    assert invoke("restore", name).out.endswith(f"/{name}\n")
    assert invoke("restore", "nothing.db").err.endswith("/nothing.db\ntry: 'bedrill backup list' names them\n")


def test_without_backups(invoke):
    result = invoke("restore", "latest")

    assert (result.code, result.err) == (4, "bedrill: there are no backups\ntry: 'bedrill backup' makes one\n")


def test_a_file_that_is_none(invoke, tmp_path):
    (tmp_path / "x.db").write_text("nonsense " * 100)

    result = invoke("restore", str(tmp_path / "x.db"))

    assert result.code == 1
    assert (
        result.err
        == f"bedrill: {tmp_path / 'x.db'} is not a bedrill collection\ntry: name another backup; the collection is as it was\n"
    )
