"""Every card as a goal sees it."""

from __future__ import annotations

import pytest

from bedrill.model import Rating, Review, ReviewKind, Tick
from bedrill.store import course, log

TODAY = 20_000


@pytest.fixture
def known(filled):
    """cap/choice was answered twelve days ago at a stability of ten, cap/log eight days ago."""
    for card, last_on in ((1, TODAY - 12), (4, TODAY - 8)):
        filled.db.execute(
            "UPDATE cards SET phase = 2, due_on = ?, last_on = ?, stability_days = 10, difficulty = 5 WHERE id = ?",
            (TODAY, last_on, card),
        )
    return filled


def rows(cards) -> list[int]:
    return [card.candidate.card for card in cards]


def test_what_fades_and_what_is_fresh_are_told_apart_at_the_stability(known):
    assert rows(course.remembered(known.db, TODAY, None, fresh=False, limit=9)) == [1]
    assert rows(course.remembered(known.db, TODAY, None, fresh=True, limit=9)) == [4]
    assert rows(course.remembered(known.db, TODAY - 2, None, fresh=True, limit=9)) == [4, 1]
    assert rows(course.remembered(known.db, TODAY + 9, None, fresh=False, limit=1)) == [4]


def test_what_was_answered_today_suspended_or_buried_is_left_out(known):
    known.db.execute("UPDATE cards SET last_on = ? WHERE id = 1", (TODAY,))
    known.db.execute("UPDATE cards SET buried_until = ? WHERE id = 4", (TODAY + 1,))

    assert rows(course.remembered(known.db, TODAY, None, fresh=True, limit=9)) == []
    assert rows(course.remembered(known.db, TODAY + 1, None, fresh=True, limit=9)) == [1, 4]


def test_new_cards_come_core_first_in_the_order_of_the_deck(filled):
    cards = list(course.new_of_decks(filled.db, TODAY, [1], None))

    assert rows(cards) == [1, 2, 3, 4]
    assert [card.is_core for card in cards] == [True, False, False, False]
    assert cards[0].stability_days is None


def test_the_whole_course_has_every_live_card(known):
    known.db.execute("UPDATE cards SET suspended = 1 WHERE id = 2")

    cards = course.whole(known.db)

    assert rows(cards) == [1, 3, 4]
    assert [(card.last_on, card.stability_days, card.difficulty) for card in cards] == [
        (TODAY - 12, 10, 5),
        (None, None, None),
        (TODAY - 8, 10, 5),
    ]


def test_the_head_of_an_interview_is_its_first_line(filled):
    filled.db.execute("UPDATE cards SET kind = 'interview' WHERE id = 1")

    heads = course.interview_heads(filled.db)

    assert heads == [(1, "## What must a replicated store give up while partitioned? {#choice .core}")]


def test_of_an_interview_the_points_of_its_last_answer_count_that_stands(filled):
    for number, hits in ((1, (True, True)), (2, (True, False)), (3, (False, False))):
        log.append(filled.db, Review(number, 1, Rating.GOOD, ReviewKind.LEARN, TODAY, 0, 600, 1_000))
        ticks = [Tick("must", f"point {place}", (), hit) for place, hit in enumerate(hits)]
        log.append_details(filled.db, number, [*ticks, Tick("red flag", "never", (), False)], "")
    log.append(filled.db, Review(4, 1, Rating.GOOD, ReviewKind.LEARN, TODAY, 0, 600, 1_000))
    log.append_undo(filled.db, 3, 9)

    assert course.points_hit(filled.db) == {1: 0.5}
