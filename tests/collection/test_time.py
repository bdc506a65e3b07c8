"""Whatever clocks and time zones do, the log stays in order and no interval goes negative."""

from __future__ import annotations

from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import DECK, Now, at

from bedrill.collection import answering, browse, doctor, importing, open_collection
from bedrill.collection.import_report import ImportReport
from bedrill.collection.merging import Merger
from bedrill.errors import ReviewOrderError
from bedrill.exchange import CardRecord, NoteRecord, ReviewRecord
from bedrill.model import Rating, ReviewKind

ZONES = ["UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Apia", "Australia/Lord_Howe", "Europe/Berlin"]
CARDS = ["cap/choice", "cap/log", "cap/quorum#1"]
STEPS = st.one_of(
    st.tuples(st.just("answer"), st.sampled_from(CARDS), st.sampled_from(list(Rating))),
    st.tuples(st.just("undo"), st.none(), st.none()),
    st.tuples(st.just("move"), st.integers(-4 * 24 * 60, 9 * 24 * 60), st.none()),
    st.tuples(st.just("move"), st.integers(-50, 90), st.none()),
    st.tuples(st.just("zone"), st.sampled_from(ZONES), st.none()),
    st.tuples(st.just("import"), st.integers(-9 * 24 * 60, 9 * 24 * 60), st.sampled_from(list(Rating))),
)


def take_in(collection, minutes: int, rating: Rating) -> None:
    """An answer of another program, so many minutes from now."""
    ms = int(collection.now().timestamp() * 1000) + minutes * 60_000
    review = ReviewRecord(ms, rating, ReviewKind.LEARN, 86_400, device="anki")
    note = NoteRecord("other", "## Elsewhere?\n\nYes.", guid="elsewhere", cards=(CardRecord(0, reviews=(review,)),))
    with collection.transaction() as db:
        Merger(collection, db, ImportReport(), "x", origin="apkg").take([note])


@given(st.lists(STEPS, max_size=25), st.sampled_from(["2026-03-28 23:30", "2026-10-24 22:10", "2026-01-05 09:00"]))
@settings(max_examples=60, deadline=None)
def test_whatever_happens_to_the_clock_the_log_is_in_order(tmp_path_factory, steps, start):
    folder = tmp_path_factory.mktemp("time")
    (folder / "cap.md").write_text(DECK)
    now = Now(at(start))
    with closing(open_collection(folder / "time.db", now)) as collection:
        importing.import_paths(collection, [folder / "cap.md"])
        kept: list[int] = []
        for what, first, second in steps:
            try:
                if what == "answer":
                    given = answering.answer(collection, browse.card_named(collection, first), second, duration_ms=500)
                    assert given is not None
                    assert given.review.interval_s > 0
                    assert given.review.elapsed_days >= 0
                    assert (given.state.due_on or 0) >= (given.state.last_on or 0)
                    assert not kept or given.review.review_id > max(kept)
                    kept.append(given.review.review_id)
                elif what == "undo":
                    taken = answering.undo(collection)[1].review_id
                    kept.remove(taken)
                elif what == "move":
                    now.move(minutes=first)
                elif what == "zone":
                    browse.set_setting(collection, "time_zone", first)
                else:
                    take_in(collection, first, second)
            except (ReviewOrderError, answering.NothingToUndoError):
                continue  # said in words; nothing was written
        wrong = [finding for finding in doctor.examine(collection) if not finding.ok and finding.name != "clock"]
        ids = {row[0] for row in collection.db.execute("SELECT id FROM reviews")}
        assert wrong == []
        assert set(kept) <= ids


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2026-04-05", "2026-10-04"])
def test_a_card_is_due_on_the_day_it_says_although_clocks_change(collection, take, now, zone, day):
    """Around the nights in which Europe and Lord Howe change their clocks."""
    take(DECK)
    now.instant = at(f"{day} 12:00")
    now.move(days=-2)
    browse.set_setting(collection, "time_zone", zone)
    browse.set_setting(collection, "fuzz", "off")
    answered = answering.answer(collection, browse.card_named(collection, "cap/log"), Rating.EASY, duration_ms=1)
    assert answered is not None
    days = answered.review.interval_s // 86_400

    for passed in range(1, days + 1):
        now.move(days=1)
        is_due = answered.state.due_on <= collection.clock.today()
        assert is_due is (passed == days)


def test_a_laptop_that_sleeps_three_days_in_a_session_answers_on_the_day_it_wakes(collection, take, now):
    take(DECK)
    now.instant = at("2026-01-05 09:00")
    for _ in range(2):
        answering.answer(collection, browse.card_named(collection, "cap/log"), Rating.EASY, duration_ms=1)
        now.move(days=10)
    card = browse.card_named(collection, "cap/log")
    shown_on = collection.clock.today()
    promised = answering.previews(collection, card, now())[Rating.GOOD]

    now.move(days=3)
    answered = answering.answer(
        collection, card, Rating.GOOD, duration_ms=3 * 86_400_000, outcome=promised, shown_on=shown_on
    )

    assert answered is not None
    assert answered.review.studied_on == collection.clock.today() == shown_on + 3
    assert answered.review.elapsed_days == 13
    assert answered.review.interval_s > promised.interval_s  # it was known for three days longer
    assert answered.review.duration_ms == answering.TIME_CAP_MS
