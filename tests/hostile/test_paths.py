"""Paths in decks and on the command line: nothing outside is read, and what never ends is not waited for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.hostile.process import run_lines

from bedrill.collection import sources

SECRET = "root:x:0:0:secret"


@pytest.fixture
def outside(tmp_path):
    """A file that no deck may read, beside the folder of the decks."""
    (tmp_path / "strangers").mkdir(exist_ok=True)
    for name in ("secret.png", "secret"):
        (tmp_path / name).write_text(SECRET)
    return tmp_path / "secret.png"


def holds_secret(folder: Path) -> list[str]:
    """The files in which the secret is, but for those that had it."""
    found = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return [path.name for path in found if SECRET.encode() in path.read_bytes() and path.parent != folder]


@pytest.mark.parametrize(
    "written",
    [
        "../secret.png",
        "./../secret.png",
        "images/../../secret.png",
        "..\\secret.png",
        "%2e%2e/secret.png",
        "..%2Fsecret.png",
        "&#46;&#46;/secret.png",
        "/etc/passwd",
        "//etc/passwd.png",
        "file:///etc/passwd",
        "file:secret.png",
        "~/secret.png",
        "$HOME/secret.png",
        "link.png",
        "linked/secret.png",
        "loop.png",
        "pipe.png",
        "folder.png",
        "<../secret.png>",
        "x" * 300 + ".png",
        "a/" * 3_000 + "x.png",
    ],
    ids=lambda text: text[:24],
)
def test_a_picture_reads_no_file_outside_of_its_folder_and_waits_for_none(on_screen, put, outside, tmp_path, written):
    folder = tmp_path / "strangers"
    (folder / "images").mkdir()
    (folder / "folder.png").mkdir()
    (folder / "link.png").symlink_to(outside)
    (folder / "linked").symlink_to(tmp_path)
    (folder / "loop.png").symlink_to("loop.png")
    os.mkfifo(folder / "pipe.png")
    deck = put("evil.md", f"## Is this a picture? {{#p}}\n\n![x]({written}) yes\n\n[l]({written[:99]})\n")
    exports = [("export", str(tmp_path / "out" / f"o.{suffix}")) for suffix in ("html", "apkg", "jsonl", "csv", "md")]
    (tmp_path / "out").mkdir()

    results = [on_screen(*line) for line in (("import", str(deck)), *exports, ("show", "evil/p"), ("check", str(deck)))]

    assert [result.code for result in results[:-1]] == [0] * 7
    assert holds_secret(tmp_path) == []
    assert not list((tmp_path / "bedrill.media").glob("*"))


@pytest.mark.parametrize("name", ["x.md", "x.apkg"])
@pytest.mark.parametrize("kind", ["pipe", "link to a pipe", "device", "loop", "two links", "nowhere"])
def test_what_is_no_file_is_one_clear_line(put, tmp_path, name, kind):
    path = put(name, "")
    path.unlink()
    other = path.with_name("other")
    if kind in ("pipe", "link to a pipe"):
        os.mkfifo(path if kind == "pipe" else other)
    if kind != "pipe":
        path.symlink_to({"device": "/dev/zero", "loop": path.name, "nowhere": "gone"}.get(kind, other.name))
    if kind == "two links":
        other.symlink_to(path.name)
    lines = [("import", str(path)), ("import", str(path), "--format", "csv"), ("check", str(path))]

    results = run_lines(tmp_path, lines)

    for result in results:
        assert (result.code, result.out) in ((1, ""), (4, ""))
        assert result.err.startswith(("bedrill: ", "bedrill: no such file"))
        assert result.err.count("\n") == 2


@pytest.mark.parametrize("more", [(), ("--format", "jsonl"), ("--format", "apkg"), ("--format", "csv")], ids=str)
def test_a_device_is_not_read(tmp_path, more):
    devices = [f"/dev/{name}" for name in ("zero", "random", "full", "null", "stdin", "tty", "fd/0")]

    results = run_lines(tmp_path, [("import", path, *more) for path in (*devices, "/proc/self/fd/0")])

    for result in results:
        assert (result.code, result.out) in ((1, ""), (4, ""))
        assert result.err.count("\n") == 2


def test_a_folder_with_itself_in_it_is_read_once(put, tmp_path):
    deck = put("good.md", "## Is this a good question?\n\nYes.\n")
    (deck.parent / "self").symlink_to(".")
    (deck.parent / "self.md").symlink_to(".")
    (deck.parent / "loop.md").symlink_to("loop.md")
    os.mkfifo(deck.parent / "pipe.md")
    (deck.parent / "zero.md").symlink_to("/dev/zero")

    results = run_lines(tmp_path, [("import", str(deck.parent)), ("check", str(deck.parent)), ("import",)])

    assert [result.code for result in results] == [0, 1, 0]
    assert results[0].out.startswith("1 added")
    assert "1 deck, 1 note" in results[1].err


def test_a_deck_that_became_a_pipe_is_not_waited_for(put, tmp_path):
    one = put("one.md", "---\nid: d\n---\n\n## Is this a good question? {#a}\n\nYes.\n")
    two = put("two.md", "---\nid: d\n---\n\n## Is this another question? {#b}\n\nYes.\n")
    run_lines(tmp_path, [("import", str(one), str(two))])
    one.unlink()
    os.mkfifo(one)
    two.write_text("---\nid: d\n---\n\n## Is this a good question? {#a}\n\nYes.\n")

    results = run_lines(tmp_path, [("import",), ("import", str(two)), ("due",)])

    assert [result.code for result in results] == [0, 0, 0]


def test_a_file_is_looked_at_before_it_is_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")

    problems = sources.read_file(tmp_path / "pipe.md").deck.problems

    assert [problem.message for problem in problems] == ["cannot be read: it is a pipe or a device"]


@pytest.mark.parametrize("written", ["../evil", "/tmp/bedrill-evil", "..", "a/b", "~", "x\0y", ".hidden", "-rf", "CON"])
def test_the_id_of_a_deck_is_no_path(on_screen, put, tmp_path, written):
    text = f'---\nid: "{written}"\n---\n\n## Is this a good question? {{#{written}}}\n\nYes.\n'.replace("\0", "\\0")
    deck = put("evil.md", text)
    (tmp_path / "out").mkdir()
    before = set(tmp_path.rglob("*"))

    results = [on_screen(*line) for line in (("import", str(deck)), ("export", str(tmp_path / "out" / "x.csv")))]

    assert results[0].code == (0 if written == "CON" else 1)
    new = {path.name for path in set(tmp_path.rglob("*")) - before}
    assert {name for name in new if not name.startswith("bedrill.db")} == {"x.csv"}
    assert not Path("/tmp/bedrill-evil").exists()
