"""Anki's cards and log as states and answers of bedrill."""

from __future__ import annotations

import json
import math
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bedrill.clock import DAY_S, instant
from bedrill.exchange import ReviewRecord
from bedrill.memory import DEFAULT_PARAMETERS, STABILITY_MIN
from bedrill.model import CardState, MemoryState, Phase, ReviewKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.clock import Clock
    from bedrill.formats.anki_collection import Catalog

DEVICE: Final = "anki"
_SECONDS: Final = 1_000_000_000
"""A due number above this is unix seconds, below it a day."""
_MAX_DAYS: Final = 100_000
_MAX_MS: Final = 60 * 60 * 1000
_FORGET, _RESCHEDULED = 4, 5
_LEAST_EASE: Final = 1100
"""A factor up to this is FSRS's difficulty, a larger one an ease."""


class CardRow(NamedTuple):
    """A row of Anki's `cards`, as far as it is read."""

    card_id: int
    note_id: int
    deck_id: int
    template: int
    type: int
    queue: int
    due: int
    interval: int
    factor: int
    reps: int
    lapses: int
    flags: int
    data: str


class LogRow(NamedTuple):
    """A row of Anki's `revlog`, as far as it is read."""

    review_id: int
    card_id: int
    ease: int
    interval: int
    last_interval: int
    factor: int
    time_ms: int
    type: int


def state_of(card: CardRow, log: Sequence[LogRow], catalog: Catalog, clock: Clock) -> CardState:
    """
    Where a card stands by what Anki says of it. Days are those of the collection's own calendar.

    A card of another scheduler gets the memory that its interval and ease stand for.
    """
    if card.type not in (1, 2, 3):
        return CardState()
    told = _told(card.data)
    rated = [row.review_id for row in log if row.ease and (row.type, row.factor) != (ReviewKind.CRAM, 0)]
    last_ms = max(rated, default=0) or int(told.get("lrt", 0) * 1000)
    is_seconds = card.due > _SECONDS
    due_on = clock.study_day(instant(card.due * 1000)) if is_seconds else catalog.day_zero + _bounded(card.due)
    days = _bounded(card.interval) or max(1, due_on - clock.today())
    last_at = instant(last_ms) if last_ms else min(clock.now(), clock.start(due_on - days) + timedelta(hours=8))
    return CardState(
        phase=Phase(card.type),
        step=0,
        memory=_memory(card, days, told),
        due_on=due_on,
        due_at=instant(card.due * 1000) if is_seconds and card.type != Phase.REVIEW else None,
        last_on=clock.study_day(last_at),
        last_at=last_at,
        reps=max(0, card.reps),
        lapses=max(0, card.lapses),
    )


def _bounded(days: int) -> int:
    return max(-_MAX_DAYS, min(days, _MAX_DAYS))


def _told(data: str) -> dict[str, Any]:
    """What FSRS knows of a card; nothing where it is not readable."""
    try:
        found = json.loads(data) if data else {}
    except ValueError:
        return {}
    keep = {key: found.get(key) for key in ("s", "d", "lrt")} if isinstance(found, dict) else {}
    told = {key: value for key, value in keep.items() if isinstance(value, (int, float)) and math.isfinite(value)}
    return told if 0 < told.get("lrt", 1) < 4 * _SECONDS else {key: told[key] for key in told if key != "lrt"}


def _memory(card: CardRow, days: int, told: dict[str, Any]) -> MemoryState | None:
    if "s" in told and "d" in told:
        return MemoryState(min(max(told["s"], STABILITY_MIN), 36_500.0), min(max(told["d"], 1.0), 10.0))
    if card.type in (Phase.REVIEW, Phase.RELEARNING) and days > 0:
        return memory_of(days, card.factor)
    return None


def memory_of(interval_days: int, factor: int) -> MemoryState:
    """
    The memory that an interval and an ease (per mille) stand for, at a retention of 90 %.

    Source: FSRS-6, `memory_state_from_sm2` of fsrs-rs: the interval is the stability, and the difficulty is the one at
    which a Good answer multiplies it by the ease.
    """
    stability = float(min(max(interval_days, 1), 36_500))
    if factor <= _LEAST_EASE:
        return MemoryState(stability, min(max((factor / 1000 - 0.1) * 9 + 1, 1.0), 10.0) if factor > 0 else 5.0)
    w = DEFAULT_PARAMETERS
    growth = math.exp(w[8]) * stability ** -w[9] * (math.exp((1 - 0.9) * w[10]) - 1)
    difficulty = 11 - (factor / 1000 - 1) / growth
    return MemoryState(stability, min(max(difficulty, 1.0), 10.0))


def answers_of(log: Sequence[LogRow], catalog: Catalog, clock: Clock) -> tuple[ReviewRecord, ...]:
    """
    The answers to one card, oldest first, with the changes by hand that count.

    As Anki's FSRS reads them: a card that was set back begins anew; so does one that was learned a second time; where
    the beginning is gone, the first answer left stands for what was before. Due dates that were set by hand are left to
    the card's state.
    """
    records = [record for row in log if (record := _record(row, catalog)) is not None]
    if not records:
        return ()
    return tuple(
        _anew(records) if any(record.kind == ReviewKind.LEARN for record in records) else _cut(records, log, clock)
    )


def _record(row: LogRow, catalog: Catalog) -> ReviewRecord | None:
    if row.type in (_FORGET, _RESCHEDULED) or row.ease == 0:
        if row.type == _FORGET and row.factor == 0:
            return ReviewRecord(row.review_id, 0, ReviewKind.MANUAL, 0, device=DEVICE)
        return None
    ease = row.ease
    if catalog.is_first_scheduler and row.type in (0, 2) and ease in (2, 3):
        ease += 1  # its learning cards had no Hard
    if not 1 <= ease <= 4 or not 0 <= row.type <= 3:  # noqa: PLR2004 - what Anki writes
        return None
    is_cram = row.type == 3 and row.factor == 0  # noqa: PLR2004
    kind = ReviewKind.CRAM if is_cram else ReviewKind.REVIEW if row.type == 3 else ReviewKind(row.type)  # noqa: PLR2004
    interval_s = 0 if is_cram else _bounded(row.interval) * DAY_S if row.interval > 0 else min(-row.interval, DAY_S - 1)
    return ReviewRecord(
        row.review_id, ease, kind, interval_s, duration_ms=max(0, min(row.time_ms, _MAX_MS)), device=DEVICE
    )


def _anew(records: list[ReviewRecord]) -> list[ReviewRecord]:
    """Where answers stand before the last group of learning answers, the card begins anew there."""
    groups = [
        (kind, list(group))
        for kind, group in groupby(
            (record for record in records if record.kind != ReviewKind.CRAM), lambda record: record.kind
        )
    ]
    last = max(place for place, (kind, _) in enumerate(groups) if kind == ReviewKind.LEARN)
    if last == 0 or groups[last - 1][0] == ReviewKind.MANUAL:
        return records
    start = groups[last][1][0].review_id
    forget = ReviewRecord(start - 1, 0, ReviewKind.MANUAL, 0, device=DEVICE)
    place = next(index for index, record in enumerate(records) if record.review_id == start)
    return [*records[:place], forget, *records[place:]]


def _cut(records: list[ReviewRecord], log: Sequence[LogRow], clock: Clock) -> list[ReviewRecord]:
    """The beginning is gone: the state after the first answer is what its interval and factor stand for."""
    first = next((record for record in records if ReviewKind.LEARN < record.kind < ReviewKind.CRAM), None)
    row = next((row for row in log if first is not None and row.review_id == first.review_id), None)
    if first is None or row is None:
        return records
    at = instant(first.review_id)
    on = clock.study_day(at)
    days = max(1, row.interval)
    state = CardState(
        phase=Phase.REVIEW,
        memory=memory_of(days, row.factor),
        due_on=on + _bounded(days),
        last_on=on,
        last_at=at,
        reps=1,
    )
    given = ReviewRecord(
        first.review_id + 1, 0, ReviewKind.MANUAL, days * DAY_S, studied_on=on, device=DEVICE, given=state
    )
    place = records.index(first) + 1
    return [*records[:place], given, *records[place:]]
