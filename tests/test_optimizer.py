"""Parameters fitted to answers: which answers tell, and whether the fit is judged by answers that it has not seen."""

from __future__ import annotations

import pytest
from fsrs_rs_python import FSRS, FSRSItem, FSRSReview
from tests.hidden_learner import answers

from bedrill import optimizer
from bedrill.memory import DEFAULT_PARAMETERS
from bedrill.model import Review, ReviewKind

FORGETFUL = (0.1, 0.4, 0.9, 3.0, *DEFAULT_PARAMETERS[4:8], 0.6, *DEFAULT_PARAMETERS[9:20], 0.5)
"""A learner who forgets a new card within a day, and learns it more slowly."""


def test_what_a_forgetful_learner_answers_is_predicted_better_by_fitted_parameters():
    fit = optimizer.fit(answers(FORGETFUL, 400, 20_000), DEFAULT_PARAMETERS)

    assert fit is not None
    assert fit.is_better
    assert fit.after.log_loss < 0.9 * fit.before.log_loss
    assert fit.after.rmse < fit.before.rmse
    assert fit.parameters[2] < DEFAULT_PARAMETERS[2]
    assert len(fit.parameters) == 21


def test_the_same_answers_always_give_the_same_parameters():
    rows = answers(FORGETFUL, 120, 20_000)

    assert optimizer.fit(rows, DEFAULT_PARAMETERS) == optimizer.fit(rows, DEFAULT_PARAMETERS)


def test_the_fit_is_judged_by_the_latest_answers_which_it_has_not_seen():
    """The first four fifths of a learner, then another one: fitted to the first, the parameters predict the second worse."""
    first = answers(FORGETFUL, 300, 20_000)
    second = answers((5.0, 20.0, 50.0, 100.0, *DEFAULT_PARAMETERS[4:]), 120, 24_000, seed=2)
    rows = [*first, *(row._replace(card_id=row.card_id + 1000) for row in second)]

    fit = optimizer.fit(rows, DEFAULT_PARAMETERS)

    assert fit is not None
    assert not fit.is_better


@pytest.mark.parametrize(("cards", "is_fitted"), [(44, False), (45, True)])
def test_few_answers_are_too_few(cards, is_fitted):
    assert (optimizer.fit(answers(FORGETFUL, cards, 20_000), DEFAULT_PARAMETERS) is not None) is is_fitted


def review(on: int, rating: int = 3, kind: ReviewKind = ReviewKind.REVIEW, interval_s: int = 86_400) -> Review:
    return Review._make((on * 86_400_000, 7, rating, kind, on, 0, interval_s, 0, "x"))


def histories(rows: list[Review]) -> list[list[tuple[int, int]]]:
    return [list(history) for history in optimizer.histories(rows)]


def test_an_item_is_an_answer_on_a_later_day_with_all_before_it():
    rows = [review(10, kind=ReviewKind.LEARN), review(10, 1), review(12, 4), review(12), review(15, 2)]

    assert histories(rows) == [[(3, 0), (1, 0), (4, 2)], [(3, 0), (1, 0), (4, 2), (3, 0), (2, 3)]]


def test_cramming_tells_nothing_and_a_forgotten_card_begins_anew():
    forgotten = review(13, 0, ReviewKind.MANUAL, interval_s=0)
    moved = review(19, 0, ReviewKind.MANUAL)
    rows = [review(10), review(11, 1, ReviewKind.CRAM), review(12), forgotten, review(18), moved, review(20)]

    assert histories(rows) == [[(3, 0), (3, 2)], [(3, 0), (3, 2)]]


def test_days_that_run_backwards_count_as_none():
    assert histories([review(10), review(9), review(11)]) == [[(3, 0), (3, 0), (3, 2)]]


def test_what_is_reported_is_what_the_library_says_of_the_held_out_answers():
    rows = answers(FORGETFUL, 60, 20_000)
    told = [[FSRSReview(*pair) for pair in history] for history in optimizer.histories(rows)]
    items = [FSRSItem(history) for history in told]
    held_out = round(len(items) / 5)

    fit = optimizer.fit(rows, DEFAULT_PARAMETERS)

    assert fit is not None
    assert (fit.answers, fit.held_out) == (len(items), held_out)
    assert fit.before.log_loss == FSRS(DEFAULT_PARAMETERS).evaluate(items[-held_out:]).log_loss
