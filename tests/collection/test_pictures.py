"""Pictures of deck files: kept from the deck's folder, and from nowhere else."""

from __future__ import annotations

import io

import pytest

from bedrill.collection import browse, exporting, importing, media, pictures
from bedrill.exchange import NoteRecord

DECK = "## Which ring is it? {#ring}\n\nThis: ![ring](images/ring.png) and ![b](<b c.png>).\n"


@pytest.fixture
def deck(deck_file):
    path = deck_file(DECK, "rings.md")
    (path.parent / "images").mkdir()
    (path.parent / "images" / "ring.png").write_bytes(b"ring")
    (path.parent / "b c.png").write_bytes(b"b")
    return path


def kept(collection) -> dict[str, bytes]:
    folder = media.folder(collection)
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def test_the_pictures_of_a_deck_are_kept_and_its_text_stays(collection, deck):
    importing.import_paths(collection, [deck])

    assert kept(collection) == {"rings-images_ring.png": b"ring", "rings-b c.png": b"b"}
    assert browse.card_named(collection, "rings/ring").text == DECK.strip()


def test_a_picture_that_has_changed_is_kept_anew(collection, deck):
    importing.import_paths(collection, [deck])
    (deck.parent / "images" / "ring.png").write_bytes(b"another")

    importing.import_paths(collection, [deck])

    assert kept(collection)["rings-images_ring.png"] == b"another"


def test_an_export_shows_them(collection, deck):
    importing.import_paths(collection, [deck])

    note = next(r for r in exporting.records(collection, name="apkg") if isinstance(r, NoteRecord))
    page = io.BytesIO()
    exporting.write(
        "html", exporting.records(collection, name="html"), page, exporting.context(collection, with_schedule=True)
    )

    assert "![ring](rings-images_ring.png) and ![b](<rings-b c.png>)" in note.text
    assert page.getvalue().count(b"data:image/png;base64,") == 2
    assert next(r for r in exporting.records(collection) if isinstance(r, NoteRecord)).text == DECK.strip()


@pytest.mark.parametrize(
    "written",
    [
        "../secret.png",
        "/etc/hostname.png",
        "http://x/y.png",
        "link.png",
        "secret.txt",
        "gone.png",
        "images/../../secret.png",
    ],
)
def test_no_other_file_is_read(collection, deck_file, tmp_path, written):
    deck = deck_file(f"## Q?\n\n![x]({written})\n", "evil.md")
    (tmp_path / "secret.png").write_bytes(b"secret")
    (deck.parent / "secret.txt").write_bytes(b"secret")
    (deck.parent / "link.png").symlink_to(tmp_path / "secret.png")

    report = importing.import_paths(collection, [deck])

    assert report.total("added") == 1
    assert kept(collection) == {}


def test_a_dry_run_keeps_none(collection, deck):
    importing.import_paths(collection, [deck], dry_run=True)

    assert kept(collection) == {}


def test_a_flat_name_has_no_path():
    assert pictures.flat_name("net.tcp", "./a/../b.png") == "net.tcp-a_.._b.png"
