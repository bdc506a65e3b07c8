"""A person's own text goes before the file's: it stays through updates until the two agree."""

from __future__ import annotations

import pytest

from bedrill.collection import browse, importing

HEAD = "---\nid: cap\n---\n"
QUORUM = "## What is a quorum? {#quorum}\n\nA majority of the replicas.\n\n"
LEASE = "## What is a lease? {#lease}\n\nA lock that ends by itself.\n\n"
DERIVED = "## What is a fencing token?\n\nA number that only grows.\n\n"
CLOZE = "## A quorum is {{c1::a majority}} of {{c2::the replicas}}. {#cloze}\n\nTwo of them overlap.\n\n"
MINE = "## What is a quorum? {#quorum}\n\nHalf of them, and one more."
THEIRS = QUORUM.replace("A majority", "More than half")


@pytest.fixture
def ship(collection, deck_file):
    """Imports a deck as one that comes with bedrill."""

    def call(text):
        return importing.import_files(collection, [deck_file(text)], importing.SHIPPED)

    return call


@pytest.fixture
def edit(collection):
    return lambda name, text: browse.edit(collection, browse.card_named(collection, name), text)


@pytest.fixture
def text_of(collection):
    return lambda name: browse.card_named(collection, name).text


@pytest.fixture
def edited(collection):
    return lambda: [card.name for card in browse.find(collection, "is:edited")]


def test_an_edit_keeps_schedule_and_history(ship, edit, edited, give, progress, text_of):
    ship(HEAD + QUORUM)
    give("cap/quorum")
    earned = progress("cap/quorum")

    changed = edit("cap/quorum", MINE + "\n")

    assert changed
    assert (progress("cap/quorum"), text_of("cap/quorum"), edited()) == (earned, MINE, ["cap/quorum"])


def test_an_update_never_overwrites_an_edit_and_says_so_once(ship, edit, edited, text_of):
    ship(HEAD + QUORUM + LEASE)
    edit("cap/quorum", MINE)

    unchanged = ship(HEAD + QUORUM + LEASE)
    first = ship(HEAD + THEIRS + LEASE)
    again = ship(HEAD + THEIRS + LEASE)
    later = ship(HEAD + THEIRS.replace("replicas", "copies") + LEASE)

    assert [report.conflicts for report in (unchanged, first, again, later)] == [
        [],
        ["cap/quorum"],
        [],
        ["cap/quorum"],
    ]
    assert [(report.updated, report.unchanged) for report in (first, again)] == [([], 2), ([], 2)]
    assert (text_of("cap/quorum"), edited()) == (MINE, ["cap/quorum"])


def test_an_update_that_agrees_with_the_edit_ends_it(ship, edit, edited, text_of):
    ship(HEAD + QUORUM)
    edit("cap/quorum", MINE)

    agreed = ship(HEAD + MINE + "\n")
    between = edited()
    ship(HEAD + THEIRS)

    assert (agreed.conflicts, agreed.updated, between) == ([], ["cap/quorum"], [])
    assert text_of("cap/quorum") == THEIRS.strip()


def test_an_edit_back_to_the_text_of_the_file_ends_it(ship, edit, edited, text_of):
    ship(HEAD + QUORUM)
    edit("cap/quorum", MINE)

    edit("cap/quorum", QUORUM)
    between = edited()
    report = ship(HEAD + THEIRS)

    assert (between, report.conflicts, report.updated) == ([], [], ["cap/quorum"])
    assert text_of("cap/quorum") == THEIRS.strip()


def test_an_edit_that_changes_nothing_is_none(ship, edit, edited, dump):
    ship(HEAD + QUORUM)
    before = dump()

    changed = edit("cap/quorum", QUORUM + "\n\n")

    assert (changed, dump()) == (False, before)


def test_a_person_s_own_file_is_treated_alike(take, edit, text_of):
    """Their file says one thing and their edit another: the later import does not undo the edit."""
    take(HEAD + QUORUM)
    edit("cap/quorum", MINE)

    report = take(HEAD + THEIRS)

    assert (report.conflicts, text_of("cap/quorum")) == (["cap/quorum"], MINE)


def test_an_edited_note_follows_its_place_in_the_file(ship, edit, live):
    ship(HEAD + QUORUM + LEASE)
    edit("cap/quorum", MINE)

    report = ship(HEAD + LEASE + THEIRS)

    assert (report.conflicts, live()) == (["cap/quorum"], ["cap/lease", "cap/quorum"])


def test_an_edited_note_that_comes_back_has_the_persons_text_and_the_cards_that_it_asks(
    ship, edit, edited, give, progress, text_of, live
):
    ship(HEAD + CLOZE + LEASE)
    give("cap/cloze#1")
    earned = progress("cap/cloze#1")
    mine = CLOZE.replace("{{c2::the replicas}}", "the replicas").strip()
    edit("cap/cloze", mine)

    gone = ship(HEAD + LEASE)
    between = live()
    back = ship(HEAD + CLOZE + LEASE)

    assert (gone.retired, between) == (["cap/cloze"], ["cap/lease"])
    assert (back.updated, back.added, live()) == (["cap/cloze"], [], ["cap/cloze#1", "cap/lease"])
    assert (text_of("cap/cloze#1"), edited(), progress("cap/cloze#1")) == (mine, ["cap/cloze#1"], earned)


@pytest.mark.parametrize(
    ("after", "name"),
    [
        pytest.param(
            DERIVED.replace("a fencing token?", "a fencing token for?"),
            "cap/what-is-a-fencing-token-for",
            id="its question is reworded",
        ),
        pytest.param(DERIVED.replace("token?", "token? {#fence}"), "cap/fence", id="it gets a slug"),
    ],
)
def test_an_edited_note_takes_its_new_name(ship, edit, give, progress, edited, live, after, name):
    ship(HEAD + DERIVED)
    give("cap/what-is-a-fencing-token")
    earned = progress("cap/what-is-a-fencing-token")
    edit("cap/what-is-a-fencing-token", DERIVED.replace("A number", "Some number"))

    first = ship(HEAD + after)
    again = ship(HEAD + after)

    assert (first.added, first.retired, first.conflicts) == ([], [], [name])
    assert (again.changes, again.conflicts) == (0, [])
    assert (progress(name), edited(), live()) == (earned, [name], [name])


def test_an_edit_may_change_which_cards_a_note_asks(ship, edit, give, progress, live):
    ship(HEAD + QUORUM)
    give("cap/quorum")
    earned = progress("cap/quorum")

    edit("cap/quorum", MINE.replace("#quorum", "#quorum .reversed"))

    assert live() == ["cap/quorum#1", "cap/quorum#2"]
    assert (progress("cap/quorum#1"), progress("cap/quorum#2").review_ids) == (earned, ())


def test_a_note_keeps_its_name_whatever_an_edit_writes_into_the_heading(ship, edit, live):
    ship(HEAD + QUORUM)

    edit("cap/quorum", MINE.replace("#quorum", "#majority"))

    assert live() == ["cap/quorum"]


def test_an_edit_of_a_retired_note_does_not_bring_it_back(ship, edit, text_of, live):
    ship(HEAD + QUORUM + LEASE)
    ship(HEAD + LEASE)

    edit("cap/quorum", MINE)

    assert (text_of("cap/quorum"), live()) == (MINE, ["cap/lease"])
