"""Records into a collection: who a note is, whose text stands, and what comes of odd records."""

from __future__ import annotations

import pytest

from bedrill.clock import epoch_ms
from bedrill.collection import answering, browse, doctor, importing
from bedrill.collection.import_report import ImportReport
from bedrill.collection.merging import BATCH, Merger
from bedrill.exchange import CardRecord, DeckRecord, NoteRecord, ReviewRecord
from bedrill.limits import MAX_NOTE_CHARS
from bedrill.model import CardState, MemoryState, Phase, Rating, ReviewKind


@pytest.fixture
def merge(collection):
    """Merges records as an exchange does: `merge(records)`, `merge(records, takes_edits=True)`."""

    def call(*records, **options) -> ImportReport:
        report = ImportReport()
        with collection.transaction() as db:
            Merger(collection, db, report, "x", **{"origin": "apkg"} | options).take(records)
        return report

    return call


def note(number: int = 1, text: str = "", *, changed_at: int = 1000, cards: tuple[CardRecord, ...] = ()) -> NoteRecord:
    text = text or f"## Question {number}?\n\nAnswer {number}."
    return NoteRecord("d", text, guid=f"g{number}", changed_at=changed_at, cards=cards)


def review(second: int, rating: int = 3, interval_s: int = 600, **fields) -> ReviewRecord:
    return ReviewRecord(
        1_767_600_000_000 + second * 1000, rating, ReviewKind.LEARN, interval_s, device="anki", **fields
    )


def test_more_notes_than_a_batch_come_in_their_order(merge, collection):
    report = merge(DeckRecord("d", "Deck"), *(note(number) for number in range(2 * BATCH + 3)))

    assert (report.total("added"), report.decks) == (2 * BATCH + 3, ["d"])
    assert [card.slug for card in browse.find(collection, "")][:3] == ["question-0", "question-1", "question-2"]
    assert all(finding.ok for finding in doctor.examine(collection))


def test_only_the_first_thousand_names_are_kept(merge):
    report = merge(*(note(number) for number in range(1200)))

    assert (len(report.added), report.total("added")) == (1000, 1200)


def test_two_notes_that_ask_the_same_are_two_notes(merge, collection):
    merge(note(1, "## Same?\n\nOne."), note(2, "## Same?\n\nTwo."))

    assert [card.name for card in browse.find(collection, "")] == ["d/same", "d/same-2"]
    assert merge(note(2, "## Same?\n\nTwo."), note(1, "## Same?\n\nOne.")).changes == 0


def test_the_same_guid_twice_makes_two_notes_and_only_once(merge):
    first = merge(note(1), note(1, "## Other?\n\nA."))

    assert first.total("added") == 2


def test_a_newer_text_of_an_exchanged_note_is_taken_and_an_older_is_not(merge, collection):
    merge(note(1))

    older = merge(note(1, "## Old?\n\nA.", changed_at=999))
    newer = merge(note(1, "## New?\n\nA.", changed_at=2000))

    assert (older.changes, newer.updated) == (0, ["d/question-1"])
    assert browse.card_named(collection, "d/question-1").text == "## New?\n\nA."


def test_the_users_own_text_stands_and_the_other_is_offered(merge, collection, now):
    merge(note(1))
    browse.edit(collection, browse.card_named(collection, "d/question-1"), "## Mine?\n\nA.")
    later = epoch_ms(now()) + 5

    offered = merge(note(1, "## Theirs?\n\nA.", changed_at=later))
    taken = merge(note(1, "## Theirs?\n\nA.", changed_at=later), takes_edits=True)

    assert (offered.offered, offered.changes) == (["d/question-1"], 0)
    assert taken.updated == ["d/question-1"]
    assert browse.card_named(collection, "d/question-1").text == "## Theirs?\n\nA."


def test_a_note_that_is_too_long_is_left_out_and_the_others_are_taken(merge):
    report = merge(note(1, "## Long?\n\n" + "x" * MAX_NOTE_CHARS), note(2))

    assert (report.total("added"), report.left_out) == (1, 1)
    assert report.problems[0].message == "a note of more than 65536 characters"


def test_answers_come_once_and_the_state_is_their_replay(merge, collection):
    cards = (CardRecord(0, reviews=(review(1), review(2, 3, 2 * 86_400))),)

    first, again = merge(note(1, cards=cards)), merge(note(1, cards=cards))

    state = browse.card_named(collection, "d/question-1").state
    assert (first.reviews_added, again.reviews_added) == (2, 0)
    assert (state.phase, state.reps) == (Phase.REVIEW, 2)
    assert all(finding.ok for finding in doctor.examine(collection))


def test_an_instant_that_another_card_has_moves_on_and_still_comes_only_once(merge, collection):
    one, other = (CardRecord(0, reviews=(review(1),)),), (CardRecord(0, reviews=(review(1, 4),)),)

    first = merge(note(1, cards=one), note(2, cards=other))
    again = merge(note(1, cards=one), note(2, cards=other))

    ids = [row[0] for row in collection.db.execute("SELECT id FROM reviews ORDER BY id")]
    assert (first.reviews_added, again.reviews_added) == (2, 0)
    assert ids == [1_767_600_001_000, 1_767_600_001_001]


@pytest.mark.parametrize(("minutes", "taken"), [(59, 1), (61, 0)])
def test_answers_from_the_future_are_left_out_which_is_said(merge, collection, now, minutes, taken):
    """Those within the hour by which a clock may be wrong are taken, and the next answer of our own follows them."""
    ahead = ReviewRecord(epoch_ms(now()) + minutes * 60_000, 3, ReviewKind.LEARN, 600)

    report = merge(note(1, cards=(CardRecord(0, reviews=(ahead,)),)))

    assert report.reviews_added == taken
    assert [problem.message for problem in report.problems] == (
        [] if taken else ["1 answers lie in the future and were left out"]
    )
    card = browse.card_named(collection, "d/question-1")
    answered = answering.answer(collection, card, Rating.EASY, duration_ms=1)
    assert answered is not None
    assert answered.review.review_id == epoch_ms(now()) + taken * (minutes * 60_000 + 1)


def test_a_state_without_history_is_where_the_card_goes_on(merge, collection, now):
    today = collection.clock.today()
    state = CardState(Phase.REVIEW, 0, MemoryState(30.0, 5.0), today + 4, None, today - 26, now.instant, 7, 1)

    merge(note(1, cards=(CardRecord(0, state=state),)))
    card = browse.card_named(collection, "d/question-1")
    answering.answer(collection, card, Rating.GOOD, duration_ms=1000)

    assert card.state == state
    assert browse.card_named(collection, "d/question-1").state.reps == 8
    assert all(finding.ok for finding in doctor.examine(collection))


def test_undo_leaves_what_was_imported(merge, collection):
    merge(note(1, cards=(CardRecord(0, reviews=(review(1),)),)))

    with pytest.raises(answering.NothingToUndoError):
        answering.undo(collection)


def test_a_deck_that_is_there_keeps_its_title(merge, collection, deck_file):
    importing.import_paths(collection, [deck_file()])

    merge(DeckRecord("cap", "Another title", lesson=99), NoteRecord("cap", "## New?\n\nA.", guid="new"))

    assert collection.db.execute("SELECT title, lesson FROM decks").fetchall() == [("CAP", None)]
