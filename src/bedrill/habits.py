"""
How a person answers: how often with which rating, and how long it takes. Pure.

Before there are answers, the averages of Anki's users stand in; each own answer counts against them, so that nothing
jumps when there are "enough".

Source of the averages: fsrs-rs, `SimulatorConfig::default` (https://github.com/open-spaced-repetition/fsrs-rs).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.model import Kind, Phase, Rating

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

USUAL_WEIGHT: Final = 20
"""The usual averages count as so many answers of one's own."""
INTERVIEW_S: Final = 180.0
"""An interview answer takes the usual time box, 140 s, and the ticking of its key points."""

AnswerSum = tuple[str, int, bool, int, int, int]
"""Kind of the note, phase before the answer, whether it was the card's first, rating, how many, their ms in all."""


class Habits(NamedTuple):
    """
    What to expect of the answers to one kind of card. Each tuple goes from AGAIN to EASY.

    Attributes:
        first: Share of each rating among first answers.
        recalled: Share of each rating among answers in review that were not forgotten; the first is 0.
        learning_s, review_s, relearning_s: Seconds that an answer takes, by the phase before it.
    """

    first: tuple[float, ...] = (0.24, 0.094, 0.495, 0.171)
    recalled: tuple[float, ...] = (0.0, 0.224, 0.631, 0.145)
    learning_s: tuple[float, ...] = (19.58, 18.79, 13.78, 10.71)
    review_s: tuple[float, ...] = (19.38, 17.59, 12.38, 8.94)
    relearning_s: tuple[float, ...] = (16.44, 15.25, 12.32, 8.03)


_BOX_S: Final = (INTERVIEW_S,) * 4
USUAL: Final[Mapping[Kind, Habits]] = {
    Kind.CONCEPT: Habits(),
    Kind.INTERVIEW: Habits(learning_s=_BOX_S, review_s=_BOX_S, relearning_s=_BOX_S),
}


def habits_of(sums: Iterable[AnswerSum]) -> dict[Kind, Habits]:
    """The habits that own answers tell, for each kind of card, leaning on `USUAL` as far as there are few."""
    rows = list(sums)
    return {kind: _of_kind([row for row in rows if row[0] == kind], USUAL[kind]) for kind in Kind}


def _of_kind(rows: Sequence[AnswerSum], usual: Habits) -> Habits:
    first, recalled = [0] * 4, [0] * 4
    counts = {phase: [0] * 4 for phase in Phase}
    spent_ms = {phase: [0] * 4 for phase in Phase}
    for _, phase, is_first, rating, count, ms in rows:
        place = rating - 1
        counts[Phase(phase)][place] += count
        spent_ms[Phase(phase)][place] += ms
        if is_first:
            first[place] += count
        elif phase == Phase.REVIEW and rating != Rating.AGAIN:
            recalled[place] += count
    return Habits(
        _shares(first, usual.first),
        _shares(recalled, usual.recalled),
        *(
            tuple(_seconds(counts[phase][i], spent_ms[phase][i], before[i]) for i in range(4))
            for phase, before in (
                (Phase.LEARNING, usual.learning_s),
                (Phase.REVIEW, usual.review_s),
                (Phase.RELEARNING, usual.relearning_s),
            )
        ),
    )


def _shares(counts: Sequence[int], usual: Sequence[float]) -> tuple[float, ...]:
    whole = sum(usual)
    total = sum(counts) + USUAL_WEIGHT
    return tuple((count + USUAL_WEIGHT * share / whole) / total for count, share in zip(counts, usual, strict=True))


def _seconds(count: int, spent_ms: int, usual_s: float) -> float:
    return (spent_ms / 1000 + USUAL_WEIGHT * usual_s) / (count + USUAL_WEIGHT)
