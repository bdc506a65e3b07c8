"""One deck in several files, one file under several names, and imports without a PATH."""

from __future__ import annotations

import pytest

from bedrill.collection import importing, naming
from bedrill.collection.import_report import ImportReport

HEAD = "---\nid: cap\n---\n"
TOLD = "---\nid: cap\ntitle: CAP\nlesson: 43\ntags: [web]\n---\n"
QUORUM = "## What is a quorum? {#quorum}\n\nA majority of the replicas.\n\n"
LEASE = "## What is a lease? {#lease}\n\nA lock that ends by itself.\n\n"
DERIVED = "## What is a fencing token?\n\nA number that only grows.\n\n"


def test_a_file_that_is_named_twice_is_taken_once(deck_file, collection, monkeypatch):
    file = deck_file(HEAD + QUORUM + DERIVED)
    (file.parent / "link.md").symlink_to(file)
    monkeypatch.chdir(file.parent)

    report = importing.import_paths(collection, [file.parent, file, file.parent / ".." / "decks" / file.name])

    assert (report.added, report.problems) == (["cap/quorum", "cap/what-is-a-fencing-token"], [])
    assert collection.db.execute("SELECT path FROM files").fetchall() == [(str(file),)]


@pytest.mark.parametrize(
    ("first", "second", "slug"),
    [
        pytest.param(QUORUM, QUORUM, "quorum", id="both explicit"),
        pytest.param(DERIVED, DERIVED, "what-is-a-fencing-token", id="both derived"),
        pytest.param(
            DERIVED, QUORUM.replace("#quorum", "#what-is-a-fencing-token"), "what-is-a-fencing-token", id="mixed"
        ),
    ],
)
def test_of_two_files_with_the_same_slug_the_later_is_refused(deck_file, collection, live, first, second, slug):
    one, two = deck_file(HEAD + first, "one.md"), deck_file(HEAD + LEASE + second, "two.md")

    report = importing.import_paths(collection, [one, two])

    assert [(problem.path, problem.code, problem.message) for problem in report.problems] == [
        (str(two), "N1", f"the slug '{slug}' is taken by a note in {one}")
    ]
    assert report.refused == [str(two)]
    assert live() == [f"cap/{slug}"]


def test_a_slug_is_taken_by_another_file_that_was_imported_earlier(take, deck_file, collection, dump):
    """Or else the history of one question would go over to another."""
    one = deck_file(HEAD + QUORUM, "one.md")
    importing.import_paths(collection, [one])
    before = dump()

    report = take(HEAD + "## How long does a lease last? {#quorum}\n\nUntil it ends.\n", "two.md")

    assert [problem.message for problem in report.problems] == [f"the slug 'quorum' is taken by a note in {one}"]
    assert dump() == before


def test_a_slug_is_free_once_the_other_file_has_given_it_up(take, deck_file, give, progress):
    take(HEAD + QUORUM + LEASE, "one.md")
    give("cap/quorum")
    earned = progress("cap/quorum")
    deck_file(HEAD + LEASE, "one.md")

    report = take(HEAD + QUORUM, "two.md")

    assert (report.problems, report.unchanged) == ([], 1)
    assert progress("cap/quorum") == earned


def test_a_file_of_a_deck_that_says_nothing_of_it_leaves_title_lesson_and_tags_alone(deck_file, collection):
    importing.import_paths(collection, [deck_file(TOLD + QUORUM, "one.md"), deck_file(HEAD + LEASE, "two.md")])
    before = naming.decks_named(collection, ["43"])
    deck_file(HEAD + LEASE + DERIVED, "two.md")

    report = importing.import_paths(collection, [])

    assert report.added == ["cap/what-is-a-fencing-token"]
    assert naming.decks_named(collection, ["43"]) == before
    assert before[0].title == "CAP"


def test_the_files_of_a_deck_follow_each_other_however_they_grow(deck_file, collection, live):
    one, two = deck_file(HEAD + QUORUM, "one.md"), deck_file(HEAD + LEASE, "two.md")
    importing.import_paths(collection, [one])
    importing.import_paths(collection, [two])

    deck_file(HEAD + QUORUM + DERIVED, "one.md")
    importing.import_paths(collection, [])

    assert live() == ["cap/quorum", "cap/what-is-a-fencing-token", "cap/lease"]


def test_a_file_that_is_gone_takes_its_notes_out_when_its_deck_is_imported_next(take, deck_file, collection, live):
    importing.import_paths(collection, [deck_file(HEAD + QUORUM, "one.md"), deck_file(HEAD + LEASE, "two.md")])
    deck_file("", "two.md").unlink()

    report = take(HEAD + QUORUM, "one.md")

    assert (report.retired, live()) == (["cap/lease"], ["cap/quorum"])


def test_the_other_files_of_a_deck_are_left_alone(take, deck_file, collection, live):
    importing.import_paths(collection, [deck_file(HEAD + QUORUM, "one.md"), deck_file(HEAD + LEASE, "two.md")])

    report = take(HEAD + DERIVED, "one.md")

    assert (report.added, report.retired) == (["cap/what-is-a-fencing-token"], ["cap/quorum"])
    assert live() == ["cap/what-is-a-fencing-token", "cap/lease"]


def test_a_file_with_a_new_id_leaves_its_old_deck(take, live):
    take(HEAD + QUORUM + LEASE)

    report = take(HEAD.replace("cap", "theorems") + QUORUM)

    assert (report.added, report.retired) == (["theorems/quorum"], ["cap/quorum", "cap/lease"])
    assert live() == ["theorems/quorum"]


def test_without_paths_whatever_has_changed_is_imported(deck_file, collection):
    files = [deck_file(HEAD.replace("cap", name) + QUORUM, f"{name}.md") for name in ("one", "two", "three")]
    importing.import_paths(collection, files)
    deck_file(HEAD.replace("cap", "two") + QUORUM + LEASE, "two.md")

    report = importing.import_paths(collection, [])

    assert (report.decks, report.added, report.unchanged) == (["two"], ["two/lease"], 1)


def test_without_paths_nothing_changed_is_nothing_done(take, collection):
    take(HEAD + QUORUM)

    assert importing.import_paths(collection, []) == ImportReport()


def test_without_paths_a_file_that_is_gone_stays_in_study(take, deck_file, collection, live):
    """It may lie on a disk that is not there today."""
    take(HEAD + QUORUM)
    deck_file("", "cap.md").unlink()

    report = importing.import_paths(collection, [])

    assert (report, live()) == (ImportReport(), ["cap/quorum"])
