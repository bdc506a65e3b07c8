"""
Instants and study days.

A study day is a local date that begins at `day_start` (04:00) on the wall clock of the user's time zone. As a number it
is the days from 1970-01-01 to that date. Days follow each other without gap or overlap, whatever the zone does: day D
is every instant from start(D) up to start(D + 1).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from bedrill.model import StudyDay

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()
DAY_S: Final = 86_400
_SECOND: Final = timedelta(seconds=1)


def day_number(on: date) -> StudyDay:
    """The study day of a calendar date."""
    return on.toordinal() - _EPOCH_ORDINAL


def date_of(day: StudyDay) -> date:
    """The calendar date of a study day."""
    return date.fromordinal(day + _EPOCH_ORDINAL)


def epoch_ms(at: datetime) -> int:
    """Milliseconds from 1970-01-01 UTC to `at`, which must be aware."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def instant(ms: int) -> datetime:
    """The aware UTC instant of epoch milliseconds."""
    return _EPOCH + timedelta(0, ms // 1000, ms % 1000 * 1000)


def iso(at: datetime) -> str:
    """ISO 8601 in UTC, to the millisecond, with "Z"."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Clock(NamedTuple):
    """
    Tells what study day an instant belongs to.

    Attributes:
        day_start: Wall-clock time at which a study day begins.
        zone: The user's time zone; None is the system's.
        now: Gives the current instant, aware and in UTC.
    """

    day_start: time = time(4)
    zone: tzinfo | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def start(self, day: StudyDay) -> datetime:
        """
        The instant at which `day` begins, in UTC.

        Where the wall clock jumps over `day_start`, the day begins at the jump; where it shows `day_start` twice, the
        first time counts.
        """
        wall = datetime.combine(date_of(day), self.day_start)
        # The second reading is the earlier one only where the clock jumps over `wall`; the jump lies between the two.
        start, before = self._utc(wall), self._utc(wall.replace(fold=1))
        while start - before > _SECOND:
            middle = before + (start - before) // (2 * _SECOND) * _SECOND
            if self._wall(middle) < wall:
                before = middle
            else:
                start = middle
        return start

    def study_day(self, at: datetime) -> StudyDay:
        """The study day of `at`, which must be aware."""
        wall = self._wall(at)
        day = day_number(wall.date()) - (wall.time() < self.day_start)
        while at >= self.start(day + 1):  # where the clock was set back, it shows an earlier time again
            day += 1
        return day

    def today(self) -> StudyDay:
        """The study day of now."""
        return self.study_day(self.now())

    def _wall(self, at: datetime) -> datetime:
        """What the wall clock shows at `at`, without a zone."""
        return at.astimezone(self.zone).replace(tzinfo=None)

    def _utc(self, wall: datetime) -> datetime:
        """The instant at which the wall clock shows `wall`; `astimezone` takes another offset where a jump skips it."""
        return datetime.fromtimestamp(wall.replace(tzinfo=self.zone).timestamp(), UTC)
