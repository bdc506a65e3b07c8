"""Packages from strangers: what is not a package, and what is one that means harm."""

from __future__ import annotations

import json
import random
import sqlite3
import zipfile
from typing import TYPE_CHECKING

import pytest

from bedrill.clock import Clock
from bedrill.collection import intake, media, open_collection
from bedrill.errors import DeckError
from bedrill.exchange import MediaRecord, NoteRecord
from bedrill.formats import apkg, apkg_package
from bedrill.formats.apkg_writer import _SCHEMA
from bedrill.formats.zstd import compressed

if TYPE_CHECKING:
    from pathlib import Path

MODEL = {
    "1": {
        "name": "Basic",
        "type": 0,
        "flds": [{"name": "F"}, {"name": "B"}],
        "tmpls": [{"qfmt": "{{F}}", "afmt": "{{B}}"}],
    }
}


def database(path: Path, *statements: str, note: str = "q\x1fa") -> bytes:
    """A collection of schema 11 with one note."""
    db = sqlite3.connect(path)
    db.executescript(_SCHEMA)
    conf = json.dumps({"schedVer": 2, "creationOffset": 0})
    row = (1, 1_577_836_800, 0, 0, 11, 0, 0, 0, conf, json.dumps(MODEL), json.dumps({"1": {"name": "D"}}), "{}", "{}")
    db.execute(f"INSERT INTO col VALUES ({', '.join('?' * 13)})", row)
    db.execute("INSERT INTO notes VALUES (1, 'g', 1, 1, -1, '', ?, 0, 0, 0, '')", (note,))
    db.execute("INSERT INTO cards VALUES (1, 1, 1, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, '')")
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()
    return path.read_bytes()


@pytest.fixture
def package(tmp_path):
    """Writes a package: `package({"collection.anki2": ...})`."""

    def write(entries: dict[str, bytes], name: str = "x.apkg") -> Path:
        path: Path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for entry, data in entries.items():
                file.writestr(entry, data)
        return path

    return write


@pytest.fixture
def plain(tmp_path) -> bytes:
    return database(tmp_path / "c.db")


def notes(path: Path) -> list[str]:
    return [record.with_text().text for record in apkg.read(path, "x", Clock()) if isinstance(record, NoteRecord)]


def refusal(path: Path) -> str:
    with pytest.raises(DeckError) as caught:
        notes(path)
    return caught.value.message


def test_the_oldest_layout_is_read(package, plain):
    assert notes(package({"collection.anki2": plain, "media": b"{}"})) == ["## q\n\na"]


def test_the_layout_is_told_by_its_version_and_not_by_what_is_there(package, plain, tmp_path):
    dummy = database(tmp_path / "d.db", note="Please update\x1fx")

    new = package({"meta": b"\x08\x03", "collection.anki2": dummy, "collection.anki21b": compressed(plain)})
    between = package({"meta": b"\x08\x02", "collection.anki2": dummy, "collection.anki21": plain}, "y.apkg")

    assert notes(new) == notes(between) == ["## q\n\na"]


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        pytest.param({"x": b"y"}, "the file is no package of Anki: it has no collection", id="another zip"),
        pytest.param(
            {"meta": b"\x08\x09", "collection.anki2": b""},
            "the file is of a later Anki than bedrill knows",
            id="a later layout",
        ),
        pytest.param(
            {"collection.anki2": b"nonsense"}, "the file is damaged: file is not a database", id="no database"
        ),
        pytest.param({"meta": b"\x08\x03", "collection.anki21b": b"nonsense"}, "the file is damaged: ", id="no zstd"),
    ],
)
def test_what_is_no_package_is_refused_in_one_line(package, entries, message):
    assert refusal(package(entries)).startswith(message)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_a_package_that_was_cut_off_is_refused(package, plain, kept):
    path = package({"collection.anki2": plain})
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])

    assert refusal(path).startswith("the file is damaged: ")


def test_a_database_that_was_cut_off_is_refused(package, plain):
    assert refusal(package({"collection.anki2": plain[: len(plain) // 2]})).startswith("the file is damaged: ")


def test_a_bomb_is_not_unpacked(package, monkeypatch):
    monkeypatch.setattr(apkg_package, "FREE_BYTES", 1 << 20)
    bomb = b"SQLite format 3\0" + bytes(40 << 20)

    assert refusal(package({"collection.anki2": bomb})) == "the file expands to more than 7 MiB"
    assert refusal(package({"meta": b"\x08\x03", "collection.anki21b": compressed(bomb)}, "y.apkg")).startswith(
        "the file expands to more than "
    )


def test_a_package_of_very_many_files_is_refused(package, plain, monkeypatch):
    monkeypatch.setattr(apkg_package, "MAX_PACKAGE_ENTRIES", 3)

    assert (
        refusal(package({"collection.anki2": plain, "0": b"", "1": b"", "2": b""})) == "the file has more than 3 files"
    )


def test_two_files_of_one_name_are_refused(tmp_path, plain):
    path = tmp_path / "x.apkg"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("collection.anki2", plain)
        with pytest.warns(UserWarning, match="Duplicate name"):
            file.writestr("collection.anki2", plain)

    assert refusal(path) == "the file has two files of one name"


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param(
            ["DROP TABLE revlog", "CREATE VIEW revlog AS SELECT 1 AS id, 2 AS cid"], id="a view instead of a table"
        ),
        pytest.param(["DROP TABLE revlog"], id="a table is missing"),
    ],
)
def test_a_database_that_is_none_of_ankis_is_refused(package, tmp_path, statements):
    data = database(tmp_path / "evil.db", *statements)

    assert refusal(package({"collection.anki2": data})) == "the file is no collection of Anki: no table revlog"


def test_triggers_in_a_package_do_nothing(package, tmp_path):
    data = database(
        tmp_path / "evil.db",
        "CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM cards; END",
        "CREATE VIEW v AS SELECT load_extension('x')",
    )

    assert notes(package({"collection.anki2": data})) == ["## q\n\na"]


@pytest.mark.parametrize(
    "name", ["../../evil.png", "/etc/evil.png", "..", ".hidden.png", "a\x1b[31m.png", "con:evil|.png", "sub/dir/x.png"]
)
def test_no_name_in_a_package_leaves_the_media_folder(package, tmp_path, name):
    note = f'<img src="{name}">\x1fa'
    data = database(tmp_path / "evil.db", note=note)
    path = package({"collection.anki2": data, "media": json.dumps({"0": name}).encode(), "0": b"evil"})
    before = {file for file in tmp_path.rglob("*") if "home" not in file.parts}

    home = open_collection(tmp_path / "home" / "b.db")
    intake.import_paths(home, [path])
    folder = media.folder(home)
    home.close()

    assert {file for file in tmp_path.rglob("*") if "home" not in file.parts} == before
    found = list(folder.rglob("*")) if folder.exists() else []
    assert all(file.parent == folder and file.name.isprintable() and not file.name.startswith(".") for file in found)


def test_a_list_of_media_that_is_a_bomb_is_not_unpacked(package, plain, monkeypatch):
    monkeypatch.setattr(apkg_package, "FREE_BYTES", 1 << 20)
    entries = {"meta": b"\x08\x03", "collection.anki21b": compressed(plain), "media": compressed(bytes(2 << 20))}

    assert refusal(package(entries)) == "the file expands to more than 1 MiB"


@pytest.mark.parametrize("listed", [b"nonsense", b"[]", b'{"x": "y"}'])
def test_a_list_of_media_that_cannot_be_read(package, plain, listed):
    path = package({"collection.anki2": plain, "media": listed})

    assert refusal(path) == "the file has a list of media that cannot be read"


def test_a_media_file_that_is_missing_is_left_out(package, tmp_path):
    data = database(tmp_path / "c2.db", note='<img src="x.png">\x1fa')
    path = package({"collection.anki2": data, "media": b'{"0": "x.png"}'})

    assert not any(isinstance(record, MediaRecord) for record in apkg.read(path, "x", Clock()))


def test_html_in_fields_is_never_a_command_to_the_terminal(package, tmp_path, db_path):
    note = "a\x1b]52;c;ZXZpbA==\x07 \u202eb <script>x</script>\x1f[link=file:///etc/passwd]x[/link]"
    data = database(tmp_path / "evil.db", note=note)
    home = open_collection(db_path)

    intake.import_paths(home, [package({"collection.anki2": data})])
    text = home.db.execute("SELECT text FROM notes").fetchone()[0]
    home.close()

    assert "\x1b" not in text
    assert "\x07" not in text
    assert "script" not in text


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(("models", json.dumps({"x": MODEL["1"]})), id="an id that is no number"),
        pytest.param(("models", json.dumps({"1": 5})), id="a note type that is no object"),
        pytest.param(("decks", json.dumps({"1": []})), id="a deck that is no object"),
        pytest.param(("crt", 10**18), id="a date out of range"),
    ],
)
def test_a_catalog_that_cannot_be_read_is_one_line(package, tmp_path, told):
    data = database(tmp_path / "evil.db", f"UPDATE col SET {told[0]} = '{told[1]}'")

    assert (
        refusal(package({"collection.anki2": data})) == "the file is damaged: its note types and decks cannot be read"
    )


def test_a_schema_that_is_no_text_is_one_line(package, plain):
    data = plain.replace(b"CREATE TABLE revlog", b"CREATE TABLE re\xff\xfelog")

    assert refusal(package({"collection.anki2": data})).startswith("the file is ")


@pytest.mark.parametrize("seed", range(25))
def test_a_database_with_wrong_bytes_gives_notes_or_one_line(package, plain, seed, tmp_path):
    rand = random.Random(seed)
    data = bytearray(plain)
    for _ in range(rand.choice([1, 5, 50])):
        data[rand.randrange(len(data))] = rand.randrange(256)
    home = open_collection(tmp_path / "home.db")

    report = intake.import_paths(home, [package({"collection.anki2": bytes(data)})])

    assert (report.refused != []) is (report.total("added") + report.left_out == 0 and bool(report.problems))
    home.close()


@pytest.mark.parametrize("number", [-1, 1, 5000, -(2**40)])
def test_a_card_of_a_template_that_is_not_there_is_left_out(package, tmp_path, number):
    data = database(tmp_path / "evil.db", f"UPDATE cards SET ord = {number}")

    assert notes(package({"collection.anki2": data})) == []
