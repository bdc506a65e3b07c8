"""A note that asks other cards than before: those that stay keep their schedules, those that go come back with theirs."""

from __future__ import annotations

import pytest

HEAD = "---\nid: cap\n---\n"
PLAIN = "## What is a lease? {#note}\n\nA lock that ends by itself.\n"
REVERSED = PLAIN.replace("#note", "#note .reversed")
TYPED = PLAIN.replace("#note", "#note .typed")
BOTH = "## A quorum is {{c1::a majority}} of {{c2::the replicas}}. {#note}\n\nTwo of them overlap.\n"
FIRST = "## A quorum is {{c1::a majority}} of the replicas. {#note}\n\nTwo of them overlap.\n"
SECOND = "## A quorum is a majority of {{c2::the replicas}}. {#note}\n\nTwo of them overlap.\n"


def test_a_cloze_that_loses_a_number_keeps_the_other_and_gets_it_back_with_its_history(take, give, progress, live):
    take(HEAD + BOTH)
    give("cap/note#1")
    give("cap/note#2")
    first, second = progress("cap/note#1"), progress("cap/note#2")

    take(HEAD + FIRST)
    between, kept = live(), progress("cap/note#1")
    take(HEAD + BOTH)

    assert (between, kept) == (["cap/note#1"], first)
    assert live() == ["cap/note#1", "cap/note#2"]
    assert (progress("cap/note#1"), progress("cap/note#2")) == (first, second)


def test_a_cloze_number_that_was_not_there_before_is_a_new_card(take, give, progress):
    take(HEAD + FIRST)
    give("cap/note#1")
    first = progress("cap/note#1")

    take(HEAD + BOTH)

    assert progress("cap/note#1") == first
    assert progress("cap/note#2").review_ids == ()


@pytest.mark.parametrize(
    ("before", "after", "name", "name_after"),
    [
        pytest.param(PLAIN, REVERSED, "cap/note", "cap/note#1", id="plain becomes reversed: forwards goes on"),
        pytest.param(REVERSED, PLAIN, "cap/note#1", "cap/note", id="reversed becomes plain"),
        pytest.param(PLAIN, TYPED, "cap/note", "cap/note", id="plain becomes typed"),
        pytest.param(PLAIN, BOTH, "cap/note", "cap/note#1", id="plain becomes cloze"),
        pytest.param(PLAIN, SECOND, "cap/note", "cap/note#2", id="plain becomes a cloze that begins at c2"),
        pytest.param(FIRST, SECOND, "cap/note#1", "cap/note#2", id="the only cloze gets another number"),
    ],
)
def test_a_note_that_changes_its_style_keeps_the_history_of_its_first_card(
    take, give, progress, live, before, after, name, name_after
):
    take(HEAD + before)
    give(name)
    earned = progress(name)

    report = take(HEAD + after)

    assert progress(name_after) == earned
    assert name_after in live()
    assert (report.added, report.updated, report.retired) == ([], ["cap/note"], [])


def test_there_and_back_again_and_there_once_more_loses_no_history(take, give, progress, live):
    take(HEAD + PLAIN)
    give("cap/note")
    forwards = progress("cap/note")
    take(HEAD + REVERSED)
    give("cap/note#2")
    backwards = progress("cap/note#2")

    take(HEAD + PLAIN)
    plain = progress("cap/note")
    take(HEAD + REVERSED)

    assert plain == forwards
    assert (progress("cap/note#1"), progress("cap/note#2")) == (forwards, backwards)
    assert live() == ["cap/note#1", "cap/note#2"]


def test_the_guids_of_two_cards_never_meet(take, collection):
    """A guid is made from the card's first name, which another note may bear by now."""
    take(HEAD + PLAIN)
    take(HEAD + PLAIN.replace("#note", "#lease"))

    report = take(HEAD + PLAIN.replace("#note", "#lease") + BOTH.replace("#note", "#note .core"))

    guids = [row[0] for row in collection.db.execute("SELECT guid FROM cards")]
    assert report.added == ["cap/note"]
    assert len(set(guids)) == len(guids) == 3


def test_attributes_of_the_note_reach_its_cards(take, collection):
    take(HEAD + PLAIN)

    take(HEAD + PLAIN.replace("#note", "#note .core"))

    assert collection.db.execute("SELECT is_core FROM cards").fetchall() == [(1,)]
