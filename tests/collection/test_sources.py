"""Deck files on disk: which ones a path means, and what is read of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.strangers import closed, public_folder

from bedrill.collection import importing, sources
from bedrill.errors import DeckError, NotFoundError, UsageError
from bedrill.limits import MAX_DECK_BYTES

DECK = "---\nid: cap\n---\n\n## What is a quorum? {#quorum}\n\nA majority.\n"


def problem_of(path):
    (problem,) = sources.read_file(path).deck.problems
    return (problem.line, problem.code, problem.message, problem.hint)


def test_a_file_means_itself_whatever_its_suffix(tmp_path):
    (tmp_path / "cap.txt").touch()

    assert sources.deck_files(tmp_path / "cap.txt") == [tmp_path / "cap.txt"]


def test_a_folder_means_its_deck_files_by_name(tmp_path):
    for name in ("b.md", "a.markdown", "notes.txt", ".hidden"):
        (tmp_path / name).touch()
    (tmp_path / "folder.md").mkdir()

    assert sources.deck_files(tmp_path) == [tmp_path / "a.markdown", tmp_path / "b.md"]


def test_a_folder_without_deck_files_is_a_mistake(tmp_path):
    with pytest.raises(UsageError) as caught:
        sources.deck_files(tmp_path)

    assert caught.value.message == f"no deck files in {tmp_path}"
    assert caught.value.hint == "decks end in .md, .markdown, .csv, .tsv, .apkg, .colpkg, .jsonl"


@pytest.mark.parametrize("name", ["none.md", "x" * 300])
def test_a_path_that_is_not_there(tmp_path, name):
    with pytest.raises((NotFoundError, DeckError)) as caught:
        sources.deck_files(tmp_path / name)

    assert caught.value.message in (
        f"no such file: {tmp_path / name}",
        f"{tmp_path / name} cannot be read: File name too long",
    )


def test_a_folder_that_cannot_be_entered_is_reported():
    with public_folder() as folder, closed(folder):
        for path in (folder, folder / "cap.md"):
            with pytest.raises(DeckError) as caught:
                sources.deck_files(path)

            assert caught.value.message == f"{path} cannot be read: Permission denied"
            assert caught.value.hint == "check the path and its permissions"


def test_a_file_is_read_with_its_hash(tmp_path):
    path = tmp_path / "cap.md"
    path.write_text(DECK)

    source = sources.read_file(path)

    assert (source.path, source.data, source.deck.deck_id) == (str(path), DECK.encode(), "cap")
    assert not sources.has_changed(path, source.content_hash)
    path.write_text(DECK + " ")
    assert sources.has_changed(path, source.content_hash)


def test_a_file_that_cannot_be_read_is_a_deck_with_one_problem(tmp_path):
    assert problem_of(tmp_path) == (0, "D1", "cannot be read: Is a directory", "check the file's permissions")
    with public_folder() as folder:
        path = folder / "cap.md"
        path.write_text(DECK)
        with closed(path):
            assert problem_of(path) == (0, "D1", "cannot be read: Permission denied", "check the file's permissions")
            assert sources.has_changed(path, "whatever")


def test_a_file_of_which_more_is_there_than_a_deck_may_have_is_not_read_to_its_end(tmp_path):
    path = tmp_path / "large.md"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)

    source = sources.read_file(path)

    assert len(source.data) == MAX_DECK_BYTES + 1
    assert [problem.code for problem in source.deck.problems] == ["D4"]


def test_a_file_whose_name_is_no_text_is_refused_by_name(tmp_path, collection, dump):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/gr\xf6\xdfe.md"))
    path.write_text(DECK)
    before = dump()

    report = importing.import_paths(collection, [path])

    assert problem_of(path) == (0, "D1", "the file's name is not UTF-8", "rename it")
    assert report.refused == [f"{tmp_path}/gr??e.md"]
    assert dump() == before
