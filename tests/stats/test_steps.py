"""Delays between answers, and the step that they recommend."""

from __future__ import annotations

from random import Random

import pytest

from bedrill.memory import DEFAULT_PARAMETERS, curve_of, retrievability
from bedrill.model import Rating, Review, ReviewKind
from bedrill.stats import steps
from bedrill.stats.steps import Delay

CURVE = curve_of(DEFAULT_PARAMETERS)


def review(at_s: int, card: int, rating: int, kind: ReviewKind = ReviewKind.LEARN, day: int = 0) -> Review:
    return Review(at_s * 1000, card, Rating(rating), kind, day, 0, 0, 0)


def test_a_delay_runs_from_the_first_answer_to_the_next_on_the_same_day():
    log = [
        review(0, 1, 1), review(60, 1, 3), review(700, 1, 3),
        review(5, 2, 3), review(900, 2, 1),
        review(9, 3, 4), review(99, 3, 3),
        review(10, 4, 3), review(90_000, 4, 3, day=1),
    ]  # fmt: skip

    found = steps.delays(sorted(log))

    assert found == {
        "first again": [Delay(60, True)],
        "first hard": [],
        "first good": [Delay(895, False)],
        "lapse": [],
    }


def test_a_lapse_is_again_in_review_and_crams_do_not_count():
    log = [
        review(0, 1, 1, ReviewKind.REVIEW),
        review(50, 1, 3, ReviewKind.CRAM),
        review(600, 1, 3, ReviewKind.RELEARN),
        review(700, 2, 3, ReviewKind.REVIEW),
        review(800, 2, 3, ReviewKind.REVIEW),
    ]

    assert steps.delays(log)["lapse"] == [Delay(600, True)]


@pytest.mark.parametrize("stability", [300.0, 5_000.0, 200_000.0])
def test_the_stability_behind_random_answers_is_found_again(stability):
    random = Random(7)
    pairs = []
    for _ in range(4_000):
        seconds = random.choice([30, 60, 300, 600, 1_800, 7_200])
        pairs.append(Delay(seconds, random.random() < retrievability(seconds, stability, CURVE)))

    assert steps.stability_s(pairs, CURVE) == pytest.approx(stability, rel=0.35)


def test_recall_after_the_recommended_step_is_the_desired_one():
    for desired in (0.8, 0.9, 0.95):
        seconds = steps.step_s(40_000, desired, CURVE)

        assert retrievability(seconds, 40_000, CURVE) == pytest.approx(desired, abs=0.003)
        assert seconds % 60 == 0


def test_few_answers_recommend_nothing_and_a_step_of_a_day_is_none():
    few = steps.steps({"first good": [Delay(600, True)] * (steps.ENOUGH - 1)}, 0.9, CURVE)
    many = steps.steps({"first good": [Delay(600, True)] * steps.ENOUGH}, 0.9, CURVE)

    assert few.tables[0].rows[2][-2:] == (None, None)
    assert many.tables[0].rows[2][-1] is None
    assert many.tables[0].rows[2][-2] is not None


def test_quarters_are_by_delay():
    pairs = [Delay(seconds, seconds > 20) for seconds in range(1, 41)]

    row = steps.steps({"first good": pairs}, 0.9, CURVE).tables[0].rows[2]

    assert row[:6] == ("first good", 40, 0.5, 10, 20, 30)
    assert row[6:10] == (0, 0, 1, 1)
