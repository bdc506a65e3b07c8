"""Packages from strangers: nothing leaves the media folder, nothing unpacks without end, what is refused leaves nothing."""

from __future__ import annotations

import bz2
import json
import lzma
import os
import stat
import zipfile
from pathlib import Path

import pytest
from tests.hostile.packages import media_list, package, raw_zip
from tests.hostile.payloads import COMMANDS, commands_in

from bedrill.formats import apkg_package
from bedrill.formats.zstd import compressed

BOMB = bytes(40 << 20)


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, but for the collection and its journal."""
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file() or path.is_symlink()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith("bedrill.db")}


@pytest.fixture
def small_bounds(monkeypatch):
    """The same bounds, of sizes that a test can fill."""
    monkeypatch.setattr(apkg_package, "FREE_BYTES", 1 << 20)
    monkeypatch.setattr(apkg_package, "_MAX_LIST_BYTES", 1 << 20)


NAMES = {
    "above": "../../.bashrc",
    "absolute": "/tmp/bedrill-evil.png",
    "above, for Windows": "..\\..\\evil.png",
    "a drive": "C:\\evil.png",
    "a stream": "x.png:evil",
    "hidden": ".bashrc",
    "a folder": "a/b/c.png",
    "dots": "..",
    "one dot": ".",
    "spaces": "  ",
    "hidden behind a long name": ("x" * 200 + "." + "h" * 119),
    "a NUL": "x\0.png",
    "very long": "漢" * 5_000 + ".png",
    "as long as a name may be": "漢" * 120 + ".png",
    "a device": "CON",
    "a device with a suffix": "NUL.png",
    "an option": "-rf",
    "commands": "".join(COMMANDS.values())[:100] + ".png",
}


@pytest.mark.parametrize("layout", ["latest", "first"])
@pytest.mark.parametrize("name", [pytest.param(name, id=why) for why, name in NAMES.items()])
def test_a_file_of_any_name_is_kept_in_the_media_folder_under_a_flat_one(on_screen, tmp_path, shown, name, layout):
    data = shown(name)
    entries = {"collection.anki2": data, "media": json.dumps({"0": name}).encode(), "0": b"evil"}
    if layout == "latest":
        entries = {
            "meta": b"\x08\x03",
            "collection.anki21b": compressed(data),
            "media": media_list([name]),
            "0": compressed(b"evil"),
        }
    path = package(tmp_path / "x.apkg", entries)
    before = files_in(tmp_path)

    result = on_screen("import", str(path))

    new = {file: data for file, data in files_in(tmp_path).items() if before.get(file) != data}
    kept = {Path(file).name for file in new if Path(file).parent == Path("bedrill.media")}
    assert (result.code, len(new)) == (0, len(kept))
    assert all(file.isprintable() and not file.startswith(".") and len(file.encode()) < 240 for file in kept)
    assert not Path("/tmp/bedrill-evil.png").exists()
    assert commands_in(result.out + result.err) == set()


def test_entries_of_any_name_are_not_unpacked(on_screen, tmp_path, shown):
    evil = (
        "../evil",
        "/tmp/bedrill-evil",
        "a/../../evil",
        "~/evil",
        "\x1b[2J",
        "collection.anki2/../evil",
        "A",
        "a",
        "x" * 60_000,
    )
    path = package(tmp_path / "x.apkg", {"collection.anki2": shown(), **dict.fromkeys(evil, b"evil")})
    before = files_in(tmp_path)

    assert on_screen("import", str(path)).code == 0

    assert files_in(tmp_path) == before
    assert not Path("/tmp/bedrill-evil").exists()


def test_an_entry_that_is_a_link_is_a_file_with_the_text_of_the_link(on_screen, tmp_path, shown):
    path = tmp_path / "x.apkg"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("collection.anki2", shown("x.png"))
        file.writestr("media", b'{"0": "x.png"}')
        link = zipfile.ZipInfo("0")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")

    assert on_screen("import", str(path)).code == 0

    kept = tmp_path / "bedrill.media" / "x.png"
    assert not kept.is_symlink()
    assert kept.read_bytes() == b"/etc/passwd"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_names_that_differ_in_case_are_two_files(on_screen, tmp_path, shown):
    entries = {
        "collection.anki2": shown("A.png", "a.png"),
        "media": b'{"0": "A.png", "1": "a.png"}',
        "0": b"one",
        "1": b"two",
    }

    assert on_screen("import", str(package(tmp_path / "x.apkg", entries))).code == 0

    assert {data for name, data in files_in(tmp_path).items() if name.startswith("bedrill.media")} == {b"one", b"two"}


def test_a_file_of_the_collection_is_not_replaced_by_one_of_its_name(on_screen, tmp_path, shown):
    media = tmp_path / "bedrill.media"
    media.mkdir()
    (media / "mine.png").write_bytes(b"mine")
    (tmp_path / "secret").write_bytes(b"secret")
    (media / "link.png").symlink_to(tmp_path / "secret")
    entries = {"collection.anki2": shown("mine.png", "link.png"), "media": b'{"0": "mine.png", "1": "link.png"}'}

    assert on_screen("import", str(package(tmp_path / "x.apkg", entries | {"0": b"evil", "1": b"evil"}))).code == 0

    assert (media / "mine.png").read_bytes() == b"mine"
    assert (tmp_path / "secret").read_bytes() == b"secret"


BOMBS = {
    "database": lambda c: {"collection.anki2": b"SQLite format 3\0" + BOMB},
    "database in zstd": lambda c: {"meta": b"\x08\x03", "collection.anki21b": compressed(BOMB)},
    "list of media in zstd": lambda c: {
        "meta": b"\x08\x03",
        "collection.anki21b": compressed(c),
        "media": compressed(BOMB),
    },
    "a picture": lambda c: {"collection.anki2": c, "media": b'{"0": "x.png"}', "0": BOMB},
    "a picture in zstd": lambda c: {
        "meta": b"\x08\x03",
        "collection.anki21b": compressed(c),
        "media": media_list(["x.png"]),
        "0": compressed(BOMB),
    },
    "many pictures": lambda c: {
        "meta": b"\x08\x03",
        "collection.anki21b": compressed(c),
        "media": media_list([f"{n}.png" for n in range(60)]),
        **{str(n): compressed(bytes(1 << 20)) for n in range(60)},
    },
}


@pytest.mark.parametrize("make", [pytest.param(make, id=name) for name, make in BOMBS.items()])
@pytest.mark.usefixtures("small_bounds")
def test_a_bomb_is_refused_in_one_line_and_leaves_nothing(on_screen, tmp_path, shown, make):
    path = package(tmp_path / "x.apkg", make(shown("x.png", *(f"{n}.png" for n in range(60)))))
    before = files_in(tmp_path)

    result = on_screen("import", str(path))

    assert result.code == 1
    assert "the file expands to more than" in result.err
    assert result.err.count("\n") == 3
    assert files_in(tmp_path) == before
    assert on_screen("due", "--count").out == "0\n"


@pytest.mark.parametrize(
    ("method", "pack"), [(zipfile.ZIP_BZIP2, bz2.compress), (zipfile.ZIP_LZMA, lzma.compress)], ids=["bzip2", "lzma"]
)
def test_compression_that_cannot_be_unpacked_piece_by_piece_is_refused(on_screen, tmp_path, shown, method, pack):
    path = tmp_path / "x.apkg"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("collection.anki2", shown("x.png"))
        file.writestr("media", b'{"0": "x.png"}')
        file.writestr("0", BOMB, compress_type=method)

    result = on_screen("import", str(path))

    assert len(pack(BOMB)) < 10_000
    assert result.code == 1
    assert "is compressed in a way that Anki does not know" in result.err


def test_entries_that_lie_over_each_other_are_refused(on_screen, tmp_path):
    names = [b"collection.anki2", b"media", *(str(n).encode() for n in range(2_000))]
    path = raw_zip(tmp_path / "x.apkg", names, b"SQLite format 3\0" + os.urandom(2_000), overlapping=True)

    result = on_screen("import", str(path))

    assert result.code == 1
    assert "lie over each other" in result.err


@pytest.mark.parametrize(
    "name",
    [b"collection.anki2\0.txt", b"\xff\xfe", b"x" * 65_535, b"", b"\x1b]0;evil\x07", b"collection.anki21b"],
    ids=["NUL", "no UTF-8", "64 KiB", "empty", "commands", "another layout"],
)
def test_a_zip_with_odd_names_is_one_line_or_is_read(on_screen, tmp_path, name):
    path = raw_zip(tmp_path / "x.apkg", [b"collection.anki2x", name], b"SQLite format 3\0 nonsense", overlapping=False)

    result = on_screen("import", str(path))

    assert result.code == 1
    assert "error D1 the file " in result.err
    assert commands_in(result.out + result.err) == set()


def test_files_of_a_package_that_is_damaged_behind_them_do_not_stay(on_screen, tmp_path, shown):
    entries = {
        "meta": b"\x08\x03",
        "collection.anki21b": compressed(shown("a.png", "b.png")),
        "media": media_list(["a.png", "b.png"]),
    }
    path = package(tmp_path / "x.apkg", entries | {"0": compressed(b"good"), "1": b"damaged"})
    (tmp_path / "bedrill.media").mkdir()
    (tmp_path / "bedrill.media" / "mine.png").write_bytes(b"mine")
    before = files_in(tmp_path)

    assert on_screen("import", str(path)).code == 1

    assert files_in(tmp_path) == before


@pytest.mark.parametrize(
    "listed",
    [
        pytest.param(b"[" * 100_000, id="nested deeply"),
        pytest.param(b'{"' + b"9" * 10_000 + b'": "x.png"}', id="a number of ten thousand digits"),
        pytest.param(b'{"0": "x.png", "0": "../x", "-1": "y", "99999": "z"}', id="the same entry twice"),
        pytest.param(b'{"collection.anki2": "x.png"}', id="the database as a picture"),
        pytest.param(b'{"0": null, "1": ["x.png"]}', id="no names"),
    ],
)
def test_a_list_of_media_that_lies_does_no_harm(on_screen, tmp_path, shown, listed):
    path = package(tmp_path / "x.apkg", {"collection.anki2": shown("x.png"), "media": listed, "0": b"evil"})
    before = files_in(tmp_path)

    result = on_screen("import", str(path))

    assert result.code in (0, 1)
    assert "bug" not in result.err
    assert files_in(tmp_path).keys() - before.keys() <= {"bedrill.media/x.png"}
