"""Which files decks came from."""

from __future__ import annotations

from bedrill.deckfile.parser import parse_deck
from bedrill.store import imported, notes

DECK = parse_deck("---\nid: cap\n---\n\n## Question? {#q}\n\nAnswer.\n", "cap.md")


def test_a_deck_is_inserted_once_and_updated(db):
    rows = {imported.put_deck(db, DECK), imported.put_deck(db, parse_deck("---\nid: cap\nlesson: 3\n---\n", "x.md"))}

    assert rows == {1}
    assert db.execute("SELECT lesson FROM decks").fetchall() == [(3,)]


def test_a_file_is_known_by_its_path(db):
    deck = imported.put_deck(db, DECK)

    rows = [imported.put_file(db, path, deck, "file", "h1", 1) for path in ("/b.md", "/a.md", "/b.md")]

    assert rows[0] == rows[2] != rows[1]
    assert [(file.path, file.origin, file.content_hash) for file in imported.files(db)] == [
        ("/a.md", "file", "h1"),
        ("/b.md", "file", "h1"),
    ]


def test_the_time_of_an_import_is_when_the_content_was_new(db):
    deck = imported.put_deck(db, DECK)
    times = []

    for content_hash, at_ms in (("h1", 1), ("h1", 2), ("h2", 3)):
        imported.put_file(db, "/a.md", deck, "file", content_hash, at_ms)
        times.append(db.execute("SELECT imported_at FROM files").fetchone()[0])

    assert times == [1, 1, 3]


def test_a_file_that_is_forgotten_leaves_its_notes(db):
    deck = imported.put_deck(db, DECK)
    file = imported.put_file(db, "/a.md", deck, "file", "h1", 1)
    notes.insert(db, deck, "cap", file, DECK.notes[0], (0,), 0, "file", 0)

    imported.drop_files(db, [file])

    assert imported.files(db) == []
    assert [(row.slug, row.file_row) for row in notes.of_deck(db, deck)] == [("q", None)]
