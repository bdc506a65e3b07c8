"""The decks that come with bedrill are imported once, and again when they are others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bedrill.collection import browse, shipped
from bedrill.collection.import_report import ImportReport

CAP = "---\nid: cap\nlesson: 43\n---\n\n## What is a quorum? {#quorum}\n\nA majority.\n"
HTTP = "---\nid: http\nlesson: 5\n---\n\n## Which method? {#method}\n\n`PUT`\n"


@pytest.fixture
def folder(tmp_path):
    """A folder of shipped decks."""
    path = tmp_path / "shipped"
    path.mkdir()
    (path / "043-cap.md").write_text(CAP)
    (path / "005-http.md").write_text(HTTP)
    return path


def test_a_new_collection_gets_them(collection, folder, live):
    report = shipped.import_if_changed(collection, str(folder))

    assert report is not None
    assert (report.added, report.decks) == (["http/method", "cap/quorum"], ["http", "cap"])
    assert live() == ["http/method", "cap/quorum"]


def test_they_are_not_read_again_until_they_are_others(collection, folder, dump, now):
    shipped.import_if_changed(collection, str(folder))
    before = dump()
    now.move(days=1)

    assert shipped.import_if_changed(collection, str(folder)) is None
    assert dump() == before


def test_an_installation_anew_changes_nothing_but_the_fingerprint(collection, folder, dump, now):
    """Same bytes, other times: they are read, and found to be as they were."""
    shipped.import_if_changed(collection, str(folder))
    before = dump()
    now.move(days=1)
    os.utime(folder / "043-cap.md", (1, 1))

    report = shipped.import_if_changed(collection, str(folder))

    assert report is not None
    assert (report.changes, report.unchanged) == (0, 2)
    assert [line for line in dump() if "'shipped'," not in line] == [
        line for line in before if "'shipped'," not in line
    ]


def test_an_update_keeps_progress(collection, folder, give, progress):
    shipped.import_if_changed(collection, str(folder))
    give("cap/quorum")
    earned = progress("cap/quorum")
    (folder / "043-cap.md").write_text(CAP.replace("A majority", "More than half"))

    report = shipped.import_if_changed(collection, str(folder))

    assert report is not None
    assert (report.updated, report.unchanged) == (["cap/quorum"], 1)
    assert progress("cap/quorum") == earned


def test_an_installation_elsewhere_keeps_progress(collection, folder, give, progress, live):
    """A new Python, a new folder: the decks are known by their ids."""
    shipped.import_if_changed(collection, str(folder))
    give("cap/quorum")
    earned = progress("cap/quorum")
    elsewhere = folder.rename(folder.with_name("python3.14"))
    os.utime(elsewhere / "043-cap.md", (1, 1))

    report = shipped.import_if_changed(collection, str(elsewhere))

    assert report is not None
    assert (report.changes, report.unchanged) == (0, 2)
    assert (progress("cap/quorum"), live()) == (earned, ["http/method", "cap/quorum"])
    paths = [row[0] for row in collection.db.execute("SELECT path FROM files ORDER BY path")]
    assert paths == [str(elsewhere / "005-http.md"), str(elsewhere / "043-cap.md")]


def test_two_installations_side_by_side_do_not_quarrel(collection, folder, live):
    other = folder.with_name("other")
    other.mkdir()
    for file in folder.iterdir():
        (other / file.name).write_bytes(file.read_bytes())

    for path in (folder, other, folder):
        report = shipped.import_if_changed(collection, str(path))
        assert report is not None
        assert (report.problems, report.refused, report.retired) == ([], [], [])

    assert live() == ["http/method", "cap/quorum"]


def test_a_broken_shipped_deck_keeps_no_other_out(collection, folder, live):
    (folder / "043-cap.md").write_text("## What has no answer?\n")

    report = shipped.import_if_changed(collection, str(folder))

    assert report is not None
    assert ([problem.code for problem in report.problems], live()) == (["N4"], ["http/method"])
    assert shipped.import_if_changed(collection, str(folder)) is None


def test_what_is_shipped_is_not_looked_for_by_an_import_without_paths(collection, folder, live):
    from bedrill.collection import importing

    shipped.import_if_changed(collection, str(folder))
    (folder / "043-cap.md").write_text(CAP.replace("#quorum", "#majority"))

    assert importing.import_paths(collection, []) == ImportReport()


@pytest.mark.parametrize("empty", [pytest.param(True, id="empty"), pytest.param(False, id="none")])
def test_without_decks_there_is_nothing_to_do(collection, tmp_path, empty):
    path = tmp_path / "decks-of-nobody"
    if empty:
        path.mkdir()
        (path / "README.txt").touch()

    assert shipped.fingerprint_of(str(path)) == ""
    assert shipped.import_if_changed(collection, str(path)) is None
    assert browse.find(collection, "") == []


def test_a_fingerprint_tells_names_sizes_and_times_apart(folder):
    fingerprints = [shipped.fingerprint_of(str(folder))]

    os.utime(folder / "005-http.md", (1, 1))
    fingerprints.append(shipped.fingerprint_of(str(folder)))
    (folder / "005-http.md").rename(folder / "006-http.md")
    fingerprints.append(shipped.fingerprint_of(str(folder)))
    with (folder / "006-http.md").open("a") as file:
        file.write(" ")
    os.utime(folder / "006-http.md", (1, 1))
    fingerprints.append(shipped.fingerprint_of(str(folder)))

    assert len(set(fingerprints)) == 4


def test_the_decks_of_this_installation_are_found():
    assert list(Path(shipped.shipped_folder()).glob("[0-9][0-9][0-9]-*.md"))
