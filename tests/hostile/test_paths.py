"""Paths: a deck that is a device, a pipe, a loop; pictures elsewhere; what a package calls its files. Nothing leaks out."""

from __future__ import annotations

import json
import os
import stat
import sys
import zipfile

import pytest
from tests.cli.terminal import run_bedrill
from tests.formats.test_apkg_package import database

from bedrill.collection import media, open_collection

NAMES = [
    "../evil.png",
    "../../evil.png",
    "/tmp/evil.png",
    "..",
    ".",
    "a/../../evil.png",
    "..\\evil.png",
    "C:\\evil.png",
    "evil.png\x00.txt",
    "CON",
    "-rf.png",
    "~/evil.png",
    "$HOME.png",
    "x" * 5000 + ".png",
]


def files(folder) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.fixture
def kept(tmp_path):
    """Imports a package; returns the files in the media folder. All that is written must be beside the collection."""

    def call(path) -> dict[str, bytes]:
        before = files(tmp_path)
        home = tmp_path / "home" / "bedrill.db"
        result = run_bedrill(home, "import", str(path))
        assert result.returncode in (0, 1)
        assert "bug" not in result.stderr
        new = {name for name in files(tmp_path) - before if name.partition("/")[0] != "home"}
        assert new == set()
        with_media = open_collection(home)
        folder = media.folder(with_media)
        with_media.close()
        return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}

    return call


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_a_name_in_the_list_of_media_stays_in_its_folder(tmp_path, kept, name):
    note = f'<img src="{name}">\x1fa'.replace("\x00", "&#0;")
    path = tmp_path / "evil.apkg"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("collection.anki2", database(tmp_path / "evil.db", note=note))
        file.writestr("media", json.dumps({"0": name}))
        file.writestr("0", b"evil")

    found = kept(path)

    assert all(os.path.basename(name) == name and len(name) <= 255 for name in found)


@pytest.mark.parametrize("entry", ["../collection.anki2", "/tmp/collection.anki2", "../../0", "/etc/cron.d/evil"])
def test_an_entry_with_a_path_is_not_unpacked(tmp_path, kept, entry):
    path = tmp_path / "evil.apkg"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("collection.anki2", database(tmp_path / "evil.db"))
        file.writestr("media", json.dumps({entry: "x.png"}))
        file.writestr(entry, b"evil")

    assert set(kept(path)) <= {"x.png"}


def test_an_entry_that_is_a_link_is_bytes(tmp_path, kept):
    (tmp_path / "secret.png").write_bytes(b"secret")
    link = zipfile.ZipInfo("0")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "evil.apkg"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("collection.anki2", database(tmp_path / "evil.db", note='<img src="a.png">\x1fa'))
        file.writestr("media", json.dumps({"0": "a.png"}))
        file.writestr(link, str(tmp_path / "secret.png"))

    found = kept(path)

    assert found == {"a.png": str(tmp_path / "secret.png").encode()}
    assert not (tmp_path / "home" / "bedrill.media" / "a.png").is_symlink()


def test_names_that_differ_in_case_do_not_overwrite_each_other(tmp_path, kept):
    """Not even on a disk that knows no case: there the second gets a name of its own."""
    path = tmp_path / "evil.apkg"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(
            "collection.anki2", database(tmp_path / "evil.db", note='<img src="A.png"><img src="a.png">\x1fa')
        )
        file.writestr("media", json.dumps({"0": "A.png", "1": "a.png"}))
        file.writestr("0", b"upper")
        file.writestr("1", b"lower")

    found = kept(path)

    assert sorted(found.values()) == [b"lower", b"upper"]


def test_a_link_in_the_media_folder_is_not_written_through(tmp_path, kept):
    target = tmp_path / "precious.txt"
    target.write_bytes(b"precious")
    folder = tmp_path / "home" / "bedrill.media"
    folder.mkdir(parents=True)
    (folder / "a.png").symlink_to(target)
    path = tmp_path / "evil.apkg"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("collection.anki2", database(tmp_path / "evil.db", note='<img src="a.png">\x1fa'))
        file.writestr("media", json.dumps({"0": "a.png"}))
        file.writestr("0", b"evil")

    kept(path)

    assert target.read_bytes() == b"precious"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX")
@pytest.mark.parametrize("suffix", [".md", ".csv", ".apkg", ""])
@pytest.mark.parametrize("what", ["zeros", "nothing", "random", "a loop", "a folder of a loop", "a folder", "gone"])
def test_what_is_no_file_is_one_line(tmp_path, what, suffix):
    path = tmp_path / f"evil{suffix}"
    devices = {"zeros": "/dev/zero", "nothing": "/dev/null", "random": "/dev/urandom"}
    if what in devices:
        path.symlink_to(devices[what])
    elif what == "a loop":
        path.symlink_to(path)
    elif what == "a folder of a loop":
        path.mkdir()
        (path / "again.md").symlink_to(path)
    elif what == "a folder":
        path.mkdir()

    result = run_bedrill(tmp_path / "b.db", "import", str(path))

    assert result.returncode in (1, 2, 4), result.stderr
    assert "bug" not in result.stderr
    assert str(path) in result.stderr or devices.get(what, "?") in result.stderr
    assert len(result.stderr) < 1_500


def test_a_deck_from_a_pipe_is_read_once(tmp_path):
    """`bedrill import <(make-deck)`: what can be read only once is read only once, or refused in words."""
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    if not os.fork():
        pipe.write_text("## Question? {#q}\n\nAnswer.\n")
        os._exit(0)

    result = run_bedrill(tmp_path / "b.db", "import", str(pipe))
    os.wait()

    assert result.returncode == 0, result.stderr
    assert "1 added" in result.stdout
