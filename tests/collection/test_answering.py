"""Answers: what was previewed is what is written, and what was written can be taken back."""

from __future__ import annotations

import pytest

from bedrill import history
from bedrill.collection import answering, browse, open_collection
from bedrill.collection.answering import NothingToUndoError
from bedrill.errors import ReviewOrderError
from bedrill.model import CardState, Phase, Rating, ReviewKind, Tick
from bedrill.store import log

INTERVIEW = """\
---
id: talk
---

## When would you give up consistency? {#when .interview form=explain level=mid think=30s speak=2m}

### Key points

- must: names a case where stale beats late

### Answer

A shopping cart.
"""


@pytest.fixture(autouse=True)
def _one_deck(take, deck_file):
    take(deck_file().read_text("utf-8"))


@pytest.fixture
def sums(collection):
    return lambda: log.day_sums(collection.db, 0, 99_999)


def test_what_the_preview_shows_is_what_is_written(collection, give, now):
    for days in (0, 1, 9, 40):
        now.move(days=days)
        card = browse.card_named(collection, "cap/choice")
        shown = answering.previews(collection, card, now())
        on = collection.clock.today()

        answered = give("cap/choice", Rating.GOOD, outcome=shown[Rating.GOOD], shown_on=on)

        assert answered.review.interval_s == shown[Rating.GOOD].interval_s
        assert browse.card_named(collection, "cap/choice").state == answered.state


def test_a_preview_of_yesterday_is_made_anew(collection, give, now):
    """The card was shown before the day began, and answered after."""
    give("cap/choice", Rating.EASY)
    now.move(days=8)
    card = browse.card_named(collection, "cap/choice")
    shown = answering.previews(collection, card, now())[Rating.GOOD]
    on = collection.clock.today()
    now.move(days=20)
    expected = answering.previews(collection, card, now())[Rating.GOOD]

    answered = give("cap/choice", Rating.GOOD, outcome=shown, shown_on=on)

    assert answered.review.interval_s == expected.interval_s != shown.interval_s


def test_an_answer_is_one_row_with_all_that_is_known_of_it(collection, give, now):
    give("cap/choice", Rating.EASY)
    now.move(days=9)

    answered = give("cap/choice", Rating.HARD)

    review = answered.review
    assert (review.review_id, review.rating, review.kind) == (1_768_381_200_000, Rating.HARD, ReviewKind.REVIEW)
    assert (review.studied_on, review.elapsed_days, review.duration_ms) == (20_467, 9, 3_000)
    assert review.device == collection.device
    assert log.of_card(collection.db, review.card_id)[-1] == review


def test_answers_of_one_millisecond_are_kept_apart(give):
    ids = [give(name).review.review_id for name in ("cap/choice", "cap/log", "cap/choice")]

    assert [number - ids[0] for number in ids] == [0, 1, 2]


def test_time_on_a_card_is_capped_at_a_minute_and_at_twice_the_box_of_an_interview(collection, take, now):
    take(INTERVIEW, "talk.md")
    times = {}

    for name, ms in (("cap/choice", 61_000), ("talk/when", 999_000), ("cap/log", -5)):
        card = browse.card_named(collection, name)
        answered = answering.answer(collection, card, Rating.GOOD, duration_ms=ms)
        assert answered is not None
        times[name] = answered.review.duration_ms

    assert times == {"cap/choice": 60_000, "talk/when": 300_000, "cap/log": 0}


def test_a_card_that_was_answered_elsewhere_is_not_answered_twice(collection, give, dump):
    shown = browse.card_named(collection, "cap/choice")
    give("cap/choice")
    before = dump()

    assert answering.answer(collection, shown, Rating.AGAIN, duration_ms=1) is None
    assert dump() == before


def test_a_clock_set_back_by_a_day_refuses_answers_and_changes_nothing(give, now, dump):
    give("cap/choice")
    before = dump()
    now.move(days=-1)

    with pytest.raises(ReviewOrderError) as caught:
        give("cap/log")

    assert caught.value.message == "the clock says 2026-01-04 09:00, but the last answer is of 2026-01-05 09:00"
    assert caught.value.hint == "set the clock right; where it was wrong then, 'bedrill undo' takes that answer back"
    assert dump() == before


def test_a_clock_that_was_corrected_by_minutes_refuses_nothing(give, now):
    first = give("cap/choice").review.review_id
    now.move(minutes=-59)

    assert give("cap/log").review.review_id == first + 1


def test_an_answer_that_cannot_be_finished_has_not_happened(collection, give, dump):
    collection.db.execute(
        "CREATE TEMP TRIGGER stop BEFORE INSERT ON days BEGIN SELECT RAISE(ABORT, 'no room for a day'); END"
    )
    before = dump()

    with pytest.raises(Exception, match="no room for a day"):
        give("cap/choice")

    assert [line for line in dump() if "'device'" not in line] == [line for line in before if "'device'" not in line]


def test_ticks_and_transcript_of_an_interview_are_stored_with_the_answer(collection, take, give):
    take(INTERVIEW, "talk.md")
    tick = Tick("must", "names a case where stale beats late", ("#when",), hit=True)

    answered = give("talk/when", Rating.GOOD, ticks=[tick], transcript="A cart.")

    row = (answered.review.review_id, 0, "must", "names a case where stale beats late", "#when", 1)
    assert collection.db.execute("SELECT * FROM ticks").fetchall() == [row]
    assert collection.db.execute("SELECT text FROM transcripts").fetchall() == [("A cart.",)]


def test_a_cram_leaves_the_schedule_alone(give, progress, sums):
    give("cap/choice", Rating.EASY)
    before = progress("cap/choice").state

    answered = give("cap/choice", Rating.AGAIN, is_cram=True)

    assert (answered.review.kind, answered.review.interval_s) == (ReviewKind.CRAM, 0)
    assert progress("cap/choice").state == before
    assert [(row.bucket, row.answers, row.introduced) for row in sums()] == [("cram", 1, 0), ("learn", 1, 1)]


def test_a_leech_is_named_at_eight_lapses_and_every_four_from_then_on(give, now):
    give("cap/choice", Rating.EASY)
    named = []

    for lapse in range(1, 17):
        now.move(days=60)
        if give("cap/choice", Rating.AGAIN).is_leech:
            named.append(lapse)
        now.move(minutes=10)
        assert not give("cap/choice", Rating.GOOD).is_leech

    assert named == [8, 12, 16]


def test_undo_takes_back_the_last_answer_again_and_again(collection, give, progress, sums, now):
    states = []
    for name, rating in (("cap/choice", Rating.EASY), ("cap/log", Rating.GOOD), ("cap/choice", Rating.AGAIN)):
        now.move(days=20)
        states.append((progress("cap/choice").state, progress("cap/log").state, sums()))
        give(name, rating)

    for expected in reversed(states):
        answering.undo(collection)
        assert (progress("cap/choice").state, progress("cap/log").state, sums()) == expected

    with pytest.raises(NothingToUndoError, match="there is no answer to take back"):
        answering.undo(collection)


def test_undo_over_a_lapse_gives_the_card_back_as_it_was(collection, give, progress, now):
    give("cap/choice", Rating.EASY)
    now.move(days=9)
    before = progress("cap/choice").state
    give("cap/choice", Rating.AGAIN)
    lapsed = progress("cap/choice").state

    card, review = answering.undo(collection)

    assert (lapsed.phase, lapsed.lapses) == (Phase.RELEARNING, 1)
    assert (card.state, review.rating) == (before, Rating.AGAIN)
    assert progress("cap/choice").state == before


def test_undo_of_a_cram_changes_only_the_sums(collection, give, progress, sums):
    give("cap/choice", Rating.EASY)
    before = progress("cap/choice").state, sums()
    give("cap/choice", Rating.AGAIN, is_cram=True)

    answering.undo(collection)

    assert (progress("cap/choice").state, sums()) == before


def test_undo_of_the_first_answer_makes_the_card_new_again(collection, give, progress):
    give("cap/choice")

    answering.undo(collection)

    assert progress("cap/choice").state == CardState()


def test_undo_works_in_a_later_process_and_keeps_both_rows(collection, give, db_path, now):
    give("cap/choice")
    give("cap/log", Rating.AGAIN)
    collection.close()

    for name in ("cap/log", "cap/choice"):
        later = open_collection(db_path, now)
        assert answering.undo(later)[0].name == name
        later.close()

    last = open_collection(db_path, now)
    counts = [last.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("reviews", "undos")]
    last.close()
    assert counts == [2, 2]


def test_an_answer_after_an_undo_is_a_first_answer_again(collection, give, sums):
    give("cap/choice")
    answering.undo(collection)

    give("cap/choice")

    assert [(row.bucket, row.answers, row.introduced) for row in sums()] == [("learn", 1, 1)]


def test_a_rebuild_gives_what_the_answers_gave(collection, give, dump, now):
    for name, rating in (("cap/choice", Rating.EASY), ("cap/log", Rating.AGAIN), ("cap/quorum#2", Rating.GOOD)):
        give(name, rating)
        now.move(days=11)
    give("cap/choice", Rating.HARD, is_cram=True)
    before = dump()

    count = answering.rebuild(collection)

    assert (count, dump()) == (3, before)
    assert set(history.replay(log.everything(collection.db), collection.settings)) == {1, 3, 4}
