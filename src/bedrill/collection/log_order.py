"""The log stays in order: an answer is later than every other, and a clock that was set back is noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bedrill.clock import epoch_ms, instant
from bedrill.errors import ReviewOrderError
from bedrill.store import log

if TYPE_CHECKING:
    from datetime import datetime

    from bedrill.collection import Collection

CLOCK_SLACK_MS: Final = 3_600_000
"""How far the clock may lag behind the last answer (a correction, not a mistake): answers then follow it by 1 ms."""


def check_clock(collection: Collection) -> None:
    """
    See that the clock has not been set back.

    Raises:
        ReviewOrderError: It lags behind the last answer by more than an hour.
    """
    next_review_id(collection, collection.now())


def next_review_id(collection: Collection, at: datetime) -> int:
    """
    The instant of an answer given at `at`, in epoch ms: later than every answer that stands, and that of no other.

    Answers that were taken back do not count: that is the way out for somebody whose clock ran ahead.

    Raises:
        ReviewOrderError: `at` lies before the last answer by more than an hour.
    """
    review = log.last_kept(collection.db)
    last = 0 if review is None else review.review_id
    now_ms = epoch_ms(at)
    if now_ms < last - CLOCK_SLACK_MS:
        raise ReviewOrderError(
            f"the clock says {at.astimezone():%Y-%m-%d %H:%M}, but the last answer is of "
            f"{instant(last).astimezone():%Y-%m-%d %H:%M}",
            "set the clock right; where it was wrong then, 'bedrill undo' takes that answer back",
        )
    return log.free_id(collection.db, max(now_ms, last + 1))
