"""Deck files into the collection: what is counted, what is refused, and that a refused file leaves no trace."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bedrill.collection import importing, naming
from bedrill.errors import NotFoundError, StoreError
from bedrill.note import Problem, Severity

HEAD = "---\nid: cap\ntitle: CAP\n---\n"
QUORUM = "## What is a quorum? {#quorum}\n\nA majority of the replicas.\n\n"
LEASE = "## What is a lease? {#lease}\n\nA lock that ends by itself.\n\n"
CLOZE = "## A quorum is {{c1::a majority}} of {{c2::the replicas}}. {#cloze}\n\nTwo of them overlap.\n\n"
BROKEN = "## What has no answer? {#broken}\n\n"


def test_what_was_done_is_counted_and_named(take):
    take(HEAD + QUORUM + LEASE)

    report = take(HEAD + QUORUM.replace("A majority", "More than half") + CLOZE)

    assert report.added == ["cap/cloze"]
    assert report.updated == ["cap/quorum"]
    assert report.retired == ["cap/lease"]
    assert (report.unchanged, report.changes) == (0, 3)
    assert (report.decks, report.conflicts, report.problems, report.refused) == (["cap"], [], [], [])


def test_importing_twice_changes_no_row_of_any_table(take, give, dump, now):
    text = HEAD + QUORUM + CLOZE + "## Which command shows the log?\n\n`git log`\n"
    take(text)
    give("cap/cloze#2")
    before = dump()
    now.move(days=1)

    report = take(text)

    assert dump() == before
    assert (report.changes, report.unchanged) == (0, 3)


def test_importing_a_deck_of_two_files_twice_changes_no_row_of_any_table(deck_file, collection, dump, now):
    files = [deck_file(HEAD + QUORUM, "one.md"), deck_file("---\nid: cap\n---\n" + LEASE, "two.md")]
    importing.import_paths(collection, files)
    before = dump()
    now.move(days=1)

    importing.import_paths(collection, files)
    importing.import_paths(collection, files[1:])
    importing.import_paths(collection, files[:1])

    assert dump() == before


def test_a_dry_run_says_what_would_happen_and_changes_no_row(take, deck_file, collection, dump):
    take(HEAD + QUORUM + LEASE)
    before = dump()
    file = deck_file(HEAD + QUORUM.replace("A majority", "More than half") + CLOZE)

    planned = importing.import_paths(collection, [file], dry_run=True)
    after = dump()
    done = importing.import_paths(collection, [file])

    assert after == before
    assert planned.samples == [QUORUM.replace("A majority", "More than half").strip(), CLOZE.strip()]
    planned.samples = []
    assert planned == done
    assert planned.changes == 3


def test_a_file_with_an_error_is_left_out_whole_and_the_others_are_taken(deck_file, collection, live):
    bad = deck_file("---\nid: bad\n---\n" + QUORUM + BROKEN, "bad.md")
    good = deck_file(HEAD + LEASE, "good.md")

    report = importing.import_paths(collection, [bad, good])

    assert report.refused == [str(bad)]
    assert report.problems == [
        Problem(str(bad), 8, 1, "N4", "this note has no answer", "write the answer under the question")
    ]
    assert (report.decks, live()) == (["cap"], ["cap/lease"])


def test_a_file_that_has_become_broken_leaves_the_deck_as_it_was(take, give, dump):
    take(HEAD + QUORUM + LEASE)
    give("cap/quorum")
    before = dump()

    report = take(HEAD + QUORUM.replace("A majority", "More than half") + BROKEN)

    assert dump() == before
    assert (report.changes, len(report.refused)) == (0, 1)


def test_one_broken_file_of_a_deck_keeps_its_own_notes_as_they_were(deck_file, collection, live):
    one, two = deck_file(HEAD + QUORUM, "one.md"), deck_file(HEAD + LEASE, "two.md")
    importing.import_paths(collection, [one, two])
    deck_file(HEAD + BROKEN, "one.md")
    deck_file(HEAD + LEASE + CLOZE, "two.md")

    report = importing.import_paths(collection, [one, two])

    assert (report.added, report.retired, report.refused) == (["cap/cloze"], [], [str(one)])
    assert live() == ["cap/quorum", "cap/lease", "cap/cloze#1", "cap/cloze#2"]


def test_an_error_in_the_middle_of_an_import_undoes_all_of_it(deck_file, collection, dump):
    """The second deck cannot be written: the first one is not there either."""
    before = dump()
    collection.db.execute(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON notes WHEN NEW.slug = 'lease' "
        "BEGIN SELECT RAISE(ABORT, 'no room for a lease'); END"
    )
    files = [deck_file(HEAD + QUORUM, "one.md"), deck_file("---\nid: two\n---\n" + LEASE, "two.md")]

    with pytest.raises(sqlite3.IntegrityError, match="no room for a lease"):
        importing.import_paths(collection, files)

    assert dump() == before


def test_warnings_are_reported_and_keep_no_file_out(take):
    report = take(HEAD + QUORUM.replace("#quorum", "#quorum .corre"))

    assert [(problem.code, problem.severity) for problem in report.problems] == [("N3", Severity.WARNING)]
    assert (report.added, report.refused) == (["cap/quorum"], [])


def test_a_path_that_is_not_there_is_an_error_before_anything_is_taken(deck_file, collection, live):
    with pytest.raises(NotFoundError, match=r"^no such file: nowhere\.md$"):
        importing.import_paths(collection, [deck_file(), Path("nowhere.md")])

    assert live() == []


def test_a_collection_that_cannot_be_written_is_a_clear_error(deck_file, collection):
    collection.db.execute("PRAGMA query_only = ON")

    with pytest.raises(StoreError, match="cannot be written"):
        importing.import_paths(collection, [deck_file()])


def test_what_is_known_of_a_deck_follows_its_file(take, collection):
    take("---\nid: cap\ntitle: CAP\nlesson: 43\nlevel: advanced\nrequires: [8, sql]\ntags: [web, data]\n---\n" + QUORUM)
    full = naming.decks_named(collection, ["cap"])

    take("---\nid: cap\n---\n" + QUORUM)

    assert [tuple(deck)[2:] for deck in full] == [("CAP", 43, "advanced", ("8", "sql"), ("web", "data"))]
    assert [tuple(deck)[2:] for deck in naming.decks_named(collection, ["cap"])] == [("cap", None, "", (), ())]
