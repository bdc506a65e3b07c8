"""Notes with their cards and their place in the full text."""

from __future__ import annotations

from bedrill.collection import browse
from bedrill.store import notes


def names(collection, query):
    return [card.name for card in browse.find(collection, query)]


def test_a_hash_tells_texts_apart_and_takes_any_text():
    assert notes.content_hash("a") == notes.content_hash("a") != notes.content_hash("b")
    assert len(notes.content_hash("\udcff")) == 24


def test_the_notes_of_a_deck_come_in_its_order(filled):
    found = notes.of_deck(filled.db, 1)

    assert [row.slug for row in found] == ["choice", "quorum", "log"]
    assert [row.position for row in found] == [0, 1, 2]
    assert found[0] == notes.by_row(filled.db, found[0].row_id)
    assert found[0].slug_is_derived is False


def test_the_full_text_follows_an_edit(filled):
    card = browse.card_named(filled, "cap/choice")

    browse.edit(filled, card, "## What must a store give up? {#choice}\n\nLinearizability, perhaps.\n")

    assert names(filled, "linearizability") == ["cap/choice"]
    assert names(filled, "replicated") == []


def test_a_retired_note_comes_back_with_the_cards_that_its_text_asks(filled):
    quorum = browse.card_named(filled, "cap/quorum#1")
    notes.retire(filled.db, [quorum.note_row], 1)
    retired = names(filled, "deck:cap")

    notes.bring_back(filled.db, quorum.note_row, (2,))

    assert retired == ["cap/choice", "cap/log"]
    assert names(filled, "deck:cap") == ["cap/choice", "cap/quorum#2", "cap/log"]


def test_a_note_can_be_renamed_and_marked_as_the_users_own(filled):
    card = browse.card_named(filled, "cap/choice")

    notes.rename(filled.db, card.note_row, "trade-off")
    notes.mark_edited(filled.db, card.note_row, 7)

    renamed = browse.card_named(filled, "cap/trade-off")
    assert (renamed.row_id, renamed.edited_at) == (card.row_id, 7)
