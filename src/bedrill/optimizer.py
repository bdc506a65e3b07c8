"""
Fitting the parameters of FSRS-6 to a log of answers: the only import of `fsrs_rs_python`. Pure.

The optimizer minimizes the log loss of predicted recall (https://github.com/open-spaced-repetition/fsrs-rs). Fitted
parameters count only if they predict answers better that they have not seen: the later ones.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.model import ReviewKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fsrs_rs_python import FSRSItem

    from bedrill.model import Review

LEAST: Final = 400
"""So many answers on a later day than the one before are needed; with few of them the optimizer gives its defaults."""
HELD_OUT: Final = 0.2
"""Share of those answers, the latest, by which fitted parameters are judged."""
EPOCHS: Final = 20
"""Of 5 and 20 epochs, 20 give the steadier parameters over seeds."""
DECIMALS: Final = 4
"""Of a parameter; Anki shows as many."""


class Fitness(NamedTuple):
    """How well parameters predict answers: log loss, and error of calibration in bins of like cards. Less is better."""

    log_loss: float
    rmse: float


class Fit(NamedTuple):
    """
    Fitted parameters, and how they compare with those of before on the answers that were held out.

    Attributes:
        parameters: The 21 of FSRS-6, fitted to all answers.
        answers, held_out: How many answers on a later day there are, and how many judged.
        before, after: Of the old parameters, and of those fitted to the answers that were not held out.
    """

    parameters: tuple[float, ...]
    answers: int
    held_out: int
    before: Fitness
    after: Fitness

    @property
    def is_better(self) -> bool:
        """Whether the fitted parameters predict better."""
        return self.after.log_loss < self.before.log_loss


def fit(reviews: Iterable[Review], parameters: Sequence[float]) -> Fit | None:
    """
    Fit parameters to a log, and judge them by its last part; None if it has fewer than `LEAST` answers that tell.

    Args:
        reviews: The log without what was undone, oldest first.
        parameters: Those in use.
    """
    from fsrs_rs_python import FSRS, FSRSItem, FSRSReview, TrainingConfig  # noqa: PLC0415 - 1.5 MB, only for this

    told = list(histories(reviews))
    if len(told) < LEAST:
        return None
    review_of = {pair: FSRSReview(*pair) for pair in set(chain.from_iterable(told))}
    items = [FSRSItem([review_of[pair] for pair in history]) for history in told]
    held_out = round(len(items) * HELD_OUT)
    early, late = items[:-held_out], items[-held_out:]
    config = TrainingConfig(num_epochs=EPOCHS)

    def fitted(to: Sequence[FSRSItem]) -> list[float]:
        found = FSRS(parameters).compute_parameters(to, training_config=config)
        return [round(value, DECIMALS) for value in found]

    def fitness(of: Sequence[float]) -> Fitness:
        found = FSRS(of).evaluate(late)
        return Fitness(found.log_loss, found.rmse_bins)

    return Fit(tuple(fitted(items)), len(items), held_out, fitness(parameters), fitness(fitted(early)))


def histories(reviews: Iterable[Review]) -> Iterator[tuple[tuple[int, int], ...]]:
    """
    What the optimizer learns from: for each answer that came on a later day than the one before to its card, in order.

    Each is the card's answers up to that one, as rating and days since the one before.
    """
    known: dict[int, list[tuple[int, int]]] = {}
    last_on: dict[int, int] = {}
    for _, card, rating, kind, on, _, interval_s, _, _ in reviews:
        if kind == ReviewKind.MANUAL and not interval_s:  # forgotten: it begins anew
            known.pop(card, None)
        if kind >= ReviewKind.CRAM:
            continue
        history = known.setdefault(card, [])
        elapsed_days = max(0, on - last_on[card]) if history else 0
        history.append((rating, elapsed_days))
        last_on[card] = on
        if elapsed_days:
            yield tuple(history)
