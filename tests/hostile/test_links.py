"""Links in folders of media: what a link leads to is none of the notes' files, neither coming in nor going out."""

from __future__ import annotations

import os

import pytest


def test_a_live_collection_gives_no_file_that_a_link_leads_to(on_screen, tmp_path, shown):
    folder = tmp_path / "collection.media"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "good.png").write_bytes(b"good")
    os.mkfifo(folder / "pipe.png")
    names = ("link.png", "good.png", "pipe.png", "../secret.png", "x" * 5_000 + ".png", "a/" * 3_000)
    (tmp_path / "collection.anki2").write_bytes(shown(*names))

    assert on_screen("import", str(tmp_path / "collection.anki2")).code == 0

    kept = tmp_path / "bedrill.media"
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == {"good.png": b"good"}


@pytest.mark.parametrize("suffix", ["html", "apkg", "jsonl"])
def test_an_export_has_no_file_that_a_link_leads_to(on_screen, put, tmp_path, suffix):
    media = tmp_path / "bedrill.media"
    media.mkdir()
    (tmp_path / "secret").write_bytes(b"secret " * 100)
    (media / "link.png").symlink_to(tmp_path / "secret")
    (media / "good.png").write_bytes(b"picture")
    text = f"![x](link.png) ![y](good.png) ![z]({'l' * 300}.png) ![z](b%00.png)"
    on_screen("import", str(put("evil.md", f"## Is this a secret? {{#s}}\n\n{text}\n")))

    plain = on_screen("export", str(tmp_path / f"one.{suffix}"))
    with_link = (tmp_path / f"one.{suffix}").read_bytes()
    (media / "link.png").unlink()
    on_screen("export", str(tmp_path / f"two.{suffix}"))

    assert plain.code == 0
    assert len(with_link) == (tmp_path / f"two.{suffix}").stat().st_size > 500
