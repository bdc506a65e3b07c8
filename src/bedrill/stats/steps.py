"""
Steps of learning: after which delay the second answer came, how it went, and which step that recommends. Pure.

Source of the method: the step statistics of the FSRS helper add-on (open-spaced-repetition/fsrs4anki-helper, stats.py):
the first answer of a card to the next one on the same day, split by rating; a stability fitted to recall against delay.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.clock import DAY_S
from bedrill.stats.cards import quantile
from bedrill.stats.figure import Column, Figure, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bedrill.memory import Curve
    from bedrill.model import Review

ENOUGH: Final = 100
"""Pairs of answers from which on a step is recommended; the helper's."""
GROUPS: Final = ("first again", "first hard", "first good", "lapse")
_REVIEW, _CRAM = 1, 3
"""Of `ReviewKind`; plain numbers, as the rows have them."""
_LAST_SECOND: Final = DAY_S


class Delay(NamedTuple):
    """Seconds from an answer to the next one of the card on the same study day, and whether it was recalled then."""

    seconds: float
    is_recalled: bool


def delays(log: Iterable[Review]) -> dict[str, list[Delay]]:
    """
    The delays that count, by group: after a card's first answer by its rating, and after AGAIN in review.

    Args:
        log: Answers that were not undone, oldest first.
    """
    found: dict[str, list[Delay]] = {group: [] for group in GROUPS}
    last: dict[int, tuple[int, int, str]] = {}  # of each card: instant, study day and group of its answer before
    for review_id, card, rating, kind, studied_on, *_ in log:
        if kind >= _CRAM:
            continue
        before = last.get(card)
        if before and before[2] and before[1] == studied_on:
            found[before[2]].append(Delay((review_id - before[0]) / 1000, rating > 1))
        last[card] = (review_id, studied_on, _group(rating, kind, is_first=before is None))
    return found


def _group(rating: int, kind: int, *, is_first: bool) -> str:
    if kind == _REVIEW:
        return "lapse" if rating == 1 else ""
    return GROUPS[rating - 1] if is_first and kind == 0 and rating < 4 else ""  # noqa: PLR2004 - easy has no step


def steps(found: dict[str, list[Delay]], desired: float, curve: Curve) -> Figure:
    """The delays of each group in quartiles, the recall in each quarter, and the step that its recall recommends."""
    columns = [Column("after", ""), Column("answers", "answers", "answers"), Column("recalled", "recalled", "share")]
    columns += [Column(f"delay_{name}", name, "seconds") for name in ("p25", "p50", "p75")]
    columns += [Column(f"recalled_{number}", f"R{number}", "share") for number in range(1, 5)]
    columns += [Column("stability", "stability", "seconds"), Column("step", "step", "seconds")]
    rows = tuple(_row(group, found.get(group, []), desired, curve) for group in GROUPS)
    return Figure(
        "steps",
        "Learning steps",
        (),
        (),
        (Table("steps", "", tuple(columns), rows),),
        (f"A step is recommended from {ENOUGH} answers on; a dash: one day and more, leave the step out.",),
    )


def _row(group: str, pairs: Sequence[Delay], desired: float, curve: Curve) -> tuple[str | float | int | None, ...]:
    ordered = sorted(pairs, key=lambda pair: pair.seconds)
    seconds = [pair.seconds for pair in ordered]
    quarters = [ordered[len(ordered) * part // 4 : len(ordered) * (part + 1) // 4] for part in range(4)]
    shares = [round(sum(pair.is_recalled for pair in each) / len(each), 4) if each else None for each in quarters]
    recalled = round(sum(pair.is_recalled for pair in ordered) / len(ordered), 4) if ordered else None
    stability = stability_s(ordered, curve) if len(ordered) >= ENOUGH else None
    step = None if stability is None else step_s(stability, desired, curve)
    return (
        group,
        len(ordered),
        recalled,
        *(quantile(seconds, part) for part in (0.25, 0.5, 0.75)),
        *shares,
        None if stability is None else round(stability),
        None if step is None or step >= _LAST_SECOND else step,
    )


def stability_s(pairs: Sequence[Delay], curve: Curve) -> float:
    """
    The stability in seconds, one second to a year, under which the answers are most likely.

    Delays within one per cent of each other are taken as equal: very many answers cost no more than a thousand.
    """
    factor, decay = curve
    groups: dict[int, list[float]] = {}
    for seconds, is_recalled in pairs:
        group = groups.setdefault(round(math.log(max(seconds, 1.0)) * 100), [0.0, 0, 0])
        group[0] += seconds
        group[1 if is_recalled else 2] += 1
    counts = [(total / (right + wrong), right, wrong) for total, right, wrong in groups.values()]

    def loss(log_stability: float) -> float:
        total, stability = 0.0, math.exp(log_stability)
        for seconds, right, wrong in counts:
            recall = min(max((1 + factor * seconds / stability) ** decay, 1e-9), 1 - 1e-9)
            total -= right * math.log(recall) + wrong * math.log(1 - recall)
        return total

    low, high = 0.0, math.log(365 * DAY_S)
    for _ in range(60):  # golden section: the likelihood has one peak
        third = (high - low) * 0.381966
        if loss(low + third) < loss(high - third):
            high -= third
        else:
            low += third
    return math.exp((low + high) / 2)


def step_s(stability: float, desired: float, curve: Curve) -> int:
    """Seconds until recall has fallen to `desired`, in whole minutes from a minute on."""
    factor, decay = curve
    seconds = float(stability / factor * (desired ** (1 / decay) - 1))
    return max(round(seconds / 60) * 60, 60) if seconds >= 60 else max(round(seconds), 1)  # noqa: PLR2004 - a minute
