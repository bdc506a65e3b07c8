"""Decks are edited; what a person has learnt stays with the note that it was learnt from."""

from __future__ import annotations

import pytest

from bedrill.collection import importing
from bedrill.deckfile.parser import parse_deck
from bedrill.deckfile.writer import with_slugs
from bedrill.model import Rating

HEAD = "---\nid: cap\n---\n"
QUORUM = "## What is a quorum? {#quorum}\n\nA majority of the replicas.\n\n"
LEASE = "## What is a lease? {#lease}\n\nA lock that ends by itself.\n\n"
DERIVED = "## What must a store give up while partitioned?\n\nEither consistency or availability.\n\n"
OTHER = "## Which theorem is about latency in calm times?\n\nPACELC.\n\n"


@pytest.mark.parametrize(
    ("before", "after", "name", "name_after"),
    [
        pytest.param(
            QUORUM,
            QUORUM.replace("A majority", "More than half"),
            "cap/quorum",
            "cap/quorum",
            id="the answer is edited",
        ),
        pytest.param(
            QUORUM,
            "## How many replicas must agree? {#quorum .core}\n\nMore than half.\n",
            "cap/quorum",
            "cap/quorum",
            id="question, answer and attributes are new, the slug stays",
        ),
        pytest.param(
            DERIVED,
            DERIVED.replace("must a store give", "does a store have to give"),
            "cap/what-must-a-store-give-up-while-partitioned",
            "cap/what-does-a-store-have-to-give-up-while",
            id="the question behind a derived slug is reworded",
        ),
        pytest.param(
            DERIVED,
            DERIVED.replace("Either consistency", "Consistency"),
            "cap/what-must-a-store-give-up-while-partitioned",
            "cap/what-must-a-store-give-up-while-partitioned",
            id="the answer under a derived slug is edited",
        ),
        pytest.param(
            DERIVED + OTHER,
            OTHER + DERIVED,
            "cap/what-must-a-store-give-up-while-partitioned",
            "cap/what-must-a-store-give-up-while-partitioned",
            id="a note without a slug is moved",
        ),
        pytest.param(QUORUM + LEASE, LEASE + QUORUM, "cap/lease", "cap/lease", id="a note is moved to the top"),
        pytest.param(
            DERIVED,
            DERIVED.replace("partitioned?", "partitioned? {#choice}"),
            "cap/what-must-a-store-give-up-while-partitioned",
            "cap/choice",
            id="a note gets a slug of the author's own",
        ),
    ],
)
def test_an_edited_deck_keeps_all_progress(take, give, progress, now, before, after, name, name_after):
    take(HEAD + before)
    give(name)
    now.move(days=3)
    give(name, Rating.HARD)
    earned = progress(name)

    report = take(HEAD + after)

    assert progress(name_after) == earned
    assert len(earned.review_ids) == 2
    assert (report.added, report.retired, report.problems) == ([], [], [])


def test_swapped_slugs_take_their_histories_along(take, give, progress):
    """A slug is the identity: what the author calls `quorum` from now on is the note that was `quorum` before."""
    take(HEAD + QUORUM + LEASE)
    give("cap/quorum")
    quorum, lease = progress("cap/quorum"), progress("cap/lease")

    report = take(HEAD + QUORUM.replace("#quorum", "#lease") + LEASE.replace("#lease", "#quorum"))

    assert (progress("cap/quorum"), progress("cap/lease")) == (quorum, lease)
    assert report.updated == ["cap/lease", "cap/quorum"]


def test_slugs_written_in_by_check_change_nothing_but_the_text(take, give, progress, live):
    text = HEAD + DERIVED + OTHER + OTHER
    take(text)
    names = live()
    for name in names:
        give(name)
    earned = [progress(name) for name in names]
    fixed, written = with_slugs(text, parse_deck(text, "cap.md"))

    report = take(fixed)

    assert written == 3
    assert [progress(name) for name in live()] == earned
    assert (live(), report.added, report.retired) == (names, [], [])


def test_a_note_may_move_to_another_file_of_its_deck(take, deck_file, collection, give, progress):
    first, second = deck_file(HEAD + QUORUM + LEASE, "one.md"), deck_file(HEAD + DERIVED, "two.md")
    importing.import_paths(collection, [first, second])
    give("cap/lease")
    earned = progress("cap/lease")
    deck_file(HEAD + QUORUM, "one.md")
    deck_file(HEAD + DERIVED + LEASE, "two.md")

    report = importing.import_paths(collection, [])

    assert progress("cap/lease") == earned
    assert (report.added, report.updated, report.retired, report.unchanged) == ([], [], [], 3)


def test_a_note_that_left_one_file_is_found_again_when_the_other_is_imported_later(
    take, deck_file, collection, give, progress, live
):
    """Between the two imports the note is in no file, and so out of study."""
    importing.import_paths(
        collection, [deck_file(HEAD + QUORUM + LEASE, "one.md"), deck_file(HEAD + DERIVED, "two.md")]
    )
    give("cap/lease")
    earned = progress("cap/lease")

    gone = take(HEAD + QUORUM, "one.md")
    between = live()
    back = take(HEAD + DERIVED + LEASE, "two.md")

    assert (gone.retired, back.updated) == (["cap/lease"], ["cap/lease"])
    assert "cap/lease" not in between
    assert progress("cap/lease") == earned
    assert "cap/lease" in live()


def test_a_renamed_file_with_an_id_is_the_same_deck(take, deck_file, give, progress, live):
    take(HEAD + QUORUM + LEASE, "cap.md")
    give("cap/quorum")
    earned, names = progress("cap/quorum"), live()
    deck_file("", "cap.md").unlink()

    report = take(HEAD + QUORUM + LEASE, "theorems.md")

    assert progress("cap/quorum") == earned
    assert (live(), report.unchanged, report.changes) == (names, 2, 0)


def test_a_renamed_file_is_forgotten_under_its_old_name(take, deck_file, collection):
    take(HEAD + QUORUM, "cap.md")
    deck_file("", "cap.md").unlink()

    take(HEAD + QUORUM, "theorems.md")

    paths = [row[0].rpartition("/")[2] for row in collection.db.execute("SELECT path FROM files")]
    assert paths == ["theorems.md"]


def test_a_renamed_file_keeps_its_place_in_a_deck_of_several(take, deck_file, collection, live):
    importing.import_paths(collection, [deck_file(HEAD + QUORUM, "one.md"), deck_file(HEAD + LEASE, "two.md")])
    deck_file("", "one.md").unlink()

    take(HEAD + QUORUM, "basics.md")

    assert live() == ["cap/quorum", "cap/lease"]


def test_a_note_that_disappears_is_retired_and_comes_back_with_its_history(take, give, progress, live):
    take(HEAD + QUORUM + LEASE)
    give("cap/lease")
    earned = progress("cap/lease")

    gone = take(HEAD + QUORUM)
    between = live()
    back = take(HEAD + QUORUM + LEASE)

    assert (gone.retired, gone.unchanged) == (["cap/lease"], 1)
    assert between == ["cap/quorum"]
    assert (back.added, back.updated, back.unchanged) == ([], ["cap/lease"], 1)
    assert progress("cap/lease") == earned


def test_a_retired_note_is_not_retired_twice(take):
    take(HEAD + QUORUM + LEASE)
    take(HEAD + QUORUM)

    report = take(HEAD + QUORUM)

    assert (report.retired, report.unchanged) == ([], 1)


def test_a_new_note_may_take_the_slug_of_a_note_that_is_recognised_elsewhere(take, give, progress, live):
    """The old note goes on under its new question; the new one begins, under the slug that became free."""
    take(HEAD + DERIVED)
    give("cap/what-must-a-store-give-up-while-partitioned")
    earned = progress("cap/what-must-a-store-give-up-while-partitioned")
    reworded = DERIVED.replace("must a store give", "does a store have to give")
    fresh = "## What must a store give up? {#what-must-a-store-give-up-while-partitioned}\n\nNothing, in calm times.\n"

    take(HEAD + reworded)
    report = take(HEAD + reworded + fresh)

    assert report.added == ["cap/what-must-a-store-give-up-while-partitioned"]
    assert progress("cap/what-does-a-store-have-to-give-up-while") == earned
    assert live() == [
        "cap/what-does-a-store-have-to-give-up-while",
        "cap/what-must-a-store-give-up-while-partitioned",
    ]


def test_two_notes_with_the_same_question_may_change_places(take, give, progress, live):
    """Their derived slugs are numbered by place, so they swap names, and each keeps what was learnt."""
    same = "## What does it stand for?\n\n{}\n\n"
    take(HEAD + same.format("Consistency.") + same.format("Availability."))
    give("cap/what-does-it-stand-for")
    first, second = progress("cap/what-does-it-stand-for"), progress("cap/what-does-it-stand-for-2")

    report = take(HEAD + same.format("Availability.") + same.format("Consistency."))

    assert (progress("cap/what-does-it-stand-for"), progress("cap/what-does-it-stand-for-2")) == (second, first)
    assert live() == ["cap/what-does-it-stand-for", "cap/what-does-it-stand-for-2"]
    assert (report.added, report.retired) == ([], [])
