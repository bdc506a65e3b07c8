"""Backlogs and breaks on a real collection: what is moved, what stays, and the way back."""

from __future__ import annotations

import pytest

from bedrill.collection import breaks, browse, doctor, today
from bedrill.model import Rating
from bedrill.store import log

CARDS = 30


@pytest.fixture
def backlog(take, give, now):
    """Thirty cards known for a while, and then two hundred days without an answer; a review took ten seconds."""
    take("\n\n".join(f"## What is {n}? {{#n{n}}}\n\nThe number {n}." for n in range(CARDS)), "n.md")
    for pause_days in (0, 12, 200):
        now.move(days=pause_days)
        if pause_days < 200:
            for n in range(CARDS):
                give(f"n/n{n}", Rating.EASY, duration_ms=10_000)
                now.move(minutes=1)


def test_a_backlog_is_spread_over_days_that_each_hold_a_minute(collection, backlog):
    plan = breaks.catch_up(collection, 1)
    moved = breaks.do(collection, plan)

    assert plan.per_day == 6
    assert moved == 24
    on = collection.clock.today()
    assert [sum(row.review for row in today.due(collection, on=on + days)) for days in range(5)] == [6, 12, 18, 24, 30]
    assert sum(row.review for row in today.due(collection)) == 6
    assert all(finding.ok for finding in doctor.examine(collection))


def test_a_plan_alone_changes_nothing(collection, backlog):
    before = list(log.everything(collection.db))

    breaks.catch_up(collection, 1)

    assert list(log.everything(collection.db)) == before
    assert sum(row.review for row in today.due(collection)) == CARDS


def test_reviews_of_today_take_room_of_today(collection, backlog, give):
    for n in range(4):
        give(f"n/n{n}", Rating.GOOD, duration_ms=10_000)

    breaks.do(collection, breaks.catch_up(collection, 1))

    assert sum(row.review for row in today.due(collection)) == 2


def test_what_is_due_later_anyway_takes_room_too(collection, backlog):
    breaks.do(collection, breaks.catch_up(collection, 1))
    on = collection.clock.today()

    plan = breaks.catch_up(collection, 1)

    assert len(plan.moves) == 6
    assert plan.last == on
    assert breaks.do(collection, plan) == 0


def test_it_is_taken_back_as_one_but_for_what_was_answered_since(collection, backlog, give, now):
    due_before = {n: browse.card_named(collection, f"n/n{n}").state.due_on for n in range(CARDS)}
    breaks.do(collection, breaks.catch_up(collection, 1))
    now.move(minutes=5)
    give("n/n3", Rating.EASY)
    answered = browse.card_named(collection, "n/n3").state.due_on

    breaks.undo(collection)

    due_after = {n: browse.card_named(collection, f"n/n{n}").state.due_on for n in range(CARDS)}
    assert due_after == due_before | {3: answered}
    assert all(finding.ok for finding in doctor.examine(collection))
    with pytest.raises(breaks.NothingMovedError):
        breaks.undo(collection)


def test_only_the_decks_that_are_named_are_spread(collection, backlog, take, give, now):
    take("## What is a? {#a}\n\nA letter.", "letters.md")
    give("letters/a", Rating.EASY)
    now.move(days=60)
    letters = browse.card_named(collection, "letters/a")

    plan = breaks.catch_up(collection, 1, [letters.deck_row])

    assert [move.card.card for move in plan.moves] == [letters.row_id]


def test_a_break_moves_what_falls_into_it_behind_it_and_nothing_else(collection, take, give, now):
    take("\n\n".join(f"## What is {n}? {{#n{n}}}\n\nThe number {n}." for n in range(10)), "n.md")
    for n in range(10):
        give(f"n/n{n}", Rating.EASY)
        now.move(seconds=5)

    def due_days() -> list[int]:
        return [browse.card_named(collection, f"n/n{n}").state.due_on or 0 for n in range(10)]

    before = due_days()
    day = min(before)

    plan = breaks.away(collection, day, day, 1)
    breaks.do(collection, plan)

    assert len(plan.moves) == before.count(day)
    assert min(move.to for move in plan.moves) == day + 1
    assert [new for old, new in zip(before, due_days(), strict=True) if old != day] == [
        old for old in before if old != day
    ]
    assert day not in due_days()
    assert all(finding.ok for finding in doctor.examine(collection))


def test_a_moved_card_still_counts_its_days_from_the_last_answer(collection, backlog, give, now):
    last_on = browse.card_named(collection, "n/n0").state.last_on
    breaks.do(collection, breaks.catch_up(collection, 1))
    now.move(days=3)

    answered = give("n/n0")

    assert answered.review.elapsed_days == collection.clock.today() - last_on


def test_the_sums_of_the_days_do_not_count_moves_as_answers(collection, backlog):
    on = collection.clock.today()
    before = log.day_sums(collection.db, 0, on)

    breaks.do(collection, breaks.catch_up(collection, 1))

    assert log.day_sums(collection.db, 0, on) == before


def test_without_reviews_to_learn_the_pace_from_a_minute_holds_three(collection, take, give, now):
    take("## What is a? {#a}\n\nA letter.", "letters.md")
    give("letters/a", Rating.EASY)
    now.move(days=60)

    assert breaks.catch_up(collection, 1).per_day == 3
