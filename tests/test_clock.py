"""Study days: they follow each other without gap or overlap, whatever the wall clock does."""

from __future__ import annotations

import time as system_time
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedrill.clock import Clock, date_of, day_number, epoch_ms, instant, iso

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ODD_INSTANTS: Final = {
    "UTC": ("2026-01-05 09:00",),
    "America/New_York": ("2026-03-08 07:00", "2026-11-01 06:00"),
    "Europe/Berlin": ("2026-03-29 01:00", "2026-10-25 01:00"),
    "Australia/Lord_Howe": ("2026-04-04 15:00", "2026-10-03 15:30"),
    "America/Sao_Paulo": ("2018-11-04 03:00", "2019-02-17 02:00"),
    "Antarctica/Troll": ("2026-03-29 01:00", "2026-10-25 01:00"),
    "Asia/Kolkata": ("2026-03-29 01:00",),
    "Asia/Kathmandu": ("1985-12-31 18:30",),
    "Pacific/Apia": ("2011-12-30 10:00", "2011-09-24 14:00"),
    "Pacific/Kiritimati": ("1994-12-31 10:00", "2026-01-01 00:00"),
    "Pacific/Kwajalein": ("1993-08-21 12:00", "1969-09-30 13:00"),
}
"""Zones, and instants at which their clocks jump (or none does): half an hour, two hours, at midnight, a whole day."""
SYSTEM_ZONES: Final = {
    "EST5EDT,M3.2.0,M11.1.0": ODD_INSTANTS["America/New_York"],
    "CET-1CEST,M3.5.0,M10.5.0/3": ODD_INSTANTS["Europe/Berlin"],
    "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0": ODD_INSTANTS["Australia/Lord_Howe"],
    "<+0545>-5:45": ("2026-01-01 00:00",),
}
"""The same as POSIX rules, which the C library knows without a time zone database."""
DAY_STARTS: Final = (time(4), time(0), time(1, 30), time(2), time(2, 15), time(2, 30), time(23, 59))
SECONDS: Final = st.integers(-4 * 86_400, 4 * 86_400)


def at(text: str) -> datetime:
    """An aware UTC instant."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def day(text: str) -> int:
    """The study day of an ISO date."""
    return day_number(date.fromisoformat(text))


@pytest.fixture
def system_zone() -> Iterator[Callable[[str], None]]:
    """Sets the system's time zone to a POSIX rule, for this test."""
    with pytest.MonkeyPatch.context() as patch:

        def use(rule: str) -> None:
            patch.setenv("TZ", rule)
            system_time.tzset()

        yield use
    system_time.tzset()


@st.composite
def odd_clocks(draw: st.DrawFn) -> tuple[Clock, datetime]:
    """A clock of some zone, and an instant near a jump of it."""
    zone = draw(st.sampled_from(sorted(ODD_INSTANTS)))
    jump = at(draw(st.sampled_from(ODD_INSTANTS[zone])))
    return Clock(draw(st.sampled_from(DAY_STARTS)), ZoneInfo(zone)), jump + timedelta(seconds=draw(SECONDS))


def check_start(clock: Clock, on: int) -> None:
    """A day begins when the wall clock first shows `day_start` of its date, or later; and where the day before it ends."""
    start = clock.start(on)
    target = datetime.combine(date_of(on), clock.day_start)

    def wall(moment: datetime) -> datetime:
        return moment.astimezone(clock.zone).replace(tzinfo=None)

    assert wall(start) >= target
    assert wall(start - timedelta(seconds=1)) < target
    assert all(wall(start - timedelta(minutes=minutes)) < target for minutes in range(5, 26 * 60, 5))
    assert clock.start(on - 1) <= start <= clock.start(on + 1)
    assert clock.study_day(start - timedelta(microseconds=1)) < on <= clock.study_day(start)


@pytest.mark.parametrize("zone", ODD_INSTANTS)
def test_a_day_begins_when_the_wall_clock_first_shows_its_start_or_later(zone):
    for jump in ODD_INSTANTS[zone]:
        for day_start in DAY_STARTS:
            clock = Clock(day_start, ZoneInfo(zone))
            near = clock.study_day(at(jump))
            for on in range(near - 2, near + 3):
                check_start(clock, on)


@pytest.mark.parametrize("zone", ODD_INSTANTS)
def test_every_ten_minutes_around_a_jump_lie_in_their_day(zone):
    """Also those that the wall clock shows a second time."""
    for jump in ODD_INSTANTS[zone]:
        for day_start in DAY_STARTS:
            clock = Clock(day_start, ZoneInfo(zone))
            for minutes in range(-180, 26 * 60, 10):
                moment = at(jump) + timedelta(minutes=minutes)
                on = clock.study_day(moment)
                assert clock.start(on) <= moment < clock.start(on + 1)


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.split(",")[0]) for rule in SYSTEM_ZONES])
def test_days_of_the_systems_zone_begin_likewise(rule, system_zone):
    system_zone(rule)

    for jump in SYSTEM_ZONES[rule]:
        for day_start in DAY_STARTS:
            near = Clock(day_start).study_day(at(jump))
            for on in range(near - 2, near + 3):
                check_start(Clock(day_start), on)


@settings(max_examples=300, deadline=None)
@given(odd_clocks())
def test_every_instant_lies_in_exactly_one_day(odd):
    clock, moment = odd

    on = clock.study_day(moment)

    around = range(on - 4, on + 5)
    assert [other for other in around if clock.start(other) <= moment < clock.start(other + 1)] == [on]


@settings(max_examples=300, deadline=None)
@given(odd_clocks(), st.integers(0, 3 * 86_400))
def test_a_later_instant_never_lies_on_an_earlier_day(odd, seconds_later):
    clock, earlier = odd

    assert clock.study_day(earlier) <= clock.study_day(earlier + timedelta(seconds=seconds_later))


@pytest.mark.parametrize(
    ("zone", "day_start", "on", "start"),
    [
        pytest.param("UTC", time(4), "2026-01-05", "2026-01-05 04:00", id="utc"),
        pytest.param("Asia/Kolkata", time(4), "2026-01-05", "2026-01-04 22:30", id="half an hour's zone"),
        pytest.param("Pacific/Kiritimati", time(4), "2026-01-05", "2026-01-04 14:00", id="the earliest zone"),
        pytest.param("America/New_York", time(4), "2026-03-08", "2026-03-08 08:00", id="after the jump"),
        pytest.param("America/New_York", time(2, 30), "2026-03-08", "2026-03-08 07:00", id="jumped over: at the jump"),
        pytest.param("America/New_York", time(1, 30), "2026-11-01", "2026-11-01 05:30", id="shown twice: the first"),
        pytest.param("Europe/Berlin", time(2, 30), "2026-10-25", "2026-10-25 00:30", id="shown twice in Berlin"),
        pytest.param("Australia/Lord_Howe", time(2, 15), "2026-10-04", "2026-10-03 15:30", id="a jump of half an hour"),
        pytest.param("America/Sao_Paulo", time(0), "2018-11-04", "2018-11-04 03:00", id="midnight jumped over"),
        pytest.param("Pacific/Apia", time(4), "2011-12-30", "2011-12-30 10:00", id="a date that never was"),
        pytest.param("Pacific/Apia", time(4), "2011-12-31", "2011-12-30 14:00", id="the date after it"),
        pytest.param("Europe/Berlin", time(23, 59), "2026-01-05", "2026-01-05 22:59", id="a minute to midnight"),
    ],
)
def test_a_day_starts_at(zone, day_start, on, start):
    clock = Clock(day_start, ZoneInfo(zone))

    assert clock.start(day(on)) == at(start)


def test_a_date_that_never_was_has_no_day_when_days_begin_at_midnight():
    """Samoa went from 29 to 31 December 2011."""
    clock = Clock(time(0), ZoneInfo("Pacific/Apia"))

    days = [clock.study_day(at("2011-12-30 09:59:59")), clock.study_day(at("2011-12-30 10:00"))]

    assert days == [day("2011-12-29"), day("2011-12-31")]
    assert clock.start(day("2011-12-30")) == clock.start(day("2011-12-31"))


def test_the_night_belongs_to_the_day_before():
    clock = Clock(time(4), ZoneInfo("Europe/Berlin"))

    days = [date_of(clock.study_day(at(text))) for text in ("2026-01-05 02:59:59.999", "2026-01-05 03:00")]

    assert days == [date(2026, 1, 4), date(2026, 1, 5)]


def test_the_systems_zone_is_the_one_that_is_set(system_zone):
    system_zone("EST5EDT,M3.2.0,M11.1.0")

    clock = Clock(time(2, 30))

    assert clock.start(day("2026-03-08")) == at("2026-03-08 07:00")
    assert clock.start(day("2026-07-01")) == at("2026-07-01 06:30")
    assert clock.start(day("2026-11-01")) == at("2026-11-01 07:30")


def test_today_is_the_study_day_of_now():
    clock = Clock(time(4), UTC, lambda: at("2026-01-05 03:59"))

    assert clock.today() == day("2026-01-04")


def test_without_a_clock_it_is_now():
    before = datetime.now(UTC)

    now = Clock().now()

    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC


def test_days_begin_at_four_unless_another_time_is_set():
    clock = Clock(zone=UTC)

    assert clock.start(day("2026-01-05")) == at("2026-01-05 04:00")


@pytest.mark.parametrize(
    ("on", "number"),
    [
        pytest.param(date(1970, 1, 1), 0, id="the epoch"),
        pytest.param(date(1969, 12, 31), -1, id="before it"),
        pytest.param(date(2026, 1, 5), 20_458, id="later"),
    ],
)
def test_study_days_count_from_1970(on, number):
    assert day_number(on) == number
    assert date_of(number) == on


@given(st.integers(-(2**40), 2**42))
def test_milliseconds_and_instants_are_each_others_inverse(ms):
    assert epoch_ms(instant(ms)) == ms
    assert instant(ms).tzinfo is UTC


def test_an_instant_is_that_of_its_milliseconds():
    assert instant(1_767_603_600_123) == at("2026-01-05 09:00:00.123")


def test_an_instant_within_a_millisecond_counts_as_its_beginning():
    moment = at("1969-12-31 23:59:59.999999")

    assert epoch_ms(moment) == -1


def test_instants_are_written_in_utc_to_the_millisecond():
    moment = datetime(2026, 1, 5, 10, 0, 0, 123_999, ZoneInfo("Europe/Berlin"))

    assert iso(moment) == "2026-01-05T09:00:00.123Z"
