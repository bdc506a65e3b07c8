"""
Settings: their names, defaults, and how each is written.

They live in the collection, as text; `Settings` is what that text means.
"""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bedrill.errors import ConfigError, NotFoundError
from bedrill.goals import Goal, goals_from, goals_text
from bedrill.memory import DEFAULT_PARAMETERS, LOWER_BOUNDS, UPPER_BOUNDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ORDERS: Final = ("retrievability", "due", "stability", "random")
_UNIT_S: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
USUAL_DAYS: Final = (100,) * len(WEEKDAYS)


class Settings(NamedTuple):
    """
    What the user can set; the defaults are here.

    Attributes:
        day_start: Wall-clock time at which a study day begins.
        time_zone: IANA name; "" is the system's.
        new_per_day, reviews_per_day: Limits, counted from the log.
        desired_retention: 0.70 to 0.99: the recall at which a card comes back.
        learning_steps, relearning_steps: Seconds.
        maximum_interval_days: 1 to 36,500.
        fsrs_parameters: The 21 of FSRS-6.
        order: Of reviews; one of `ORDERS`.
        fuzz: Whether intervals are spread over neighbouring days.
        easy_days: Per cent of the usual load that each weekday is to get, Monday first.
        prerequisites: Whether new cards wait for the lessons that theirs requires.
        learn_ahead_minutes: How early a learning card may come when nothing else is left.
        leech_lapses: From how many lapses on a card is a leech.
        confidence: Whether a review asks, before the answer shows, how sure one is.
        goals: Interviews, by day.
    """

    day_start: time = time(4)
    time_zone: str = ""
    new_per_day: int = 20
    reviews_per_day: int = 200
    desired_retention: float = 0.9
    learning_steps: tuple[int, ...] = (60, 600)
    relearning_steps: tuple[int, ...] = (600,)
    maximum_interval_days: int = 36_500
    fsrs_parameters: tuple[float, ...] = DEFAULT_PARAMETERS
    order: str = "retrievability"
    fuzz: bool = True
    easy_days: tuple[int, ...] = USUAL_DAYS
    prerequisites: bool = True
    learn_ahead_minutes: int = 20
    leech_lapses: int = 8
    confidence: bool = False
    goals: tuple[Goal, ...] = ()


KEYS: Final = Settings._fields
SCHEDULING_KEYS: Final = ("learning_steps", "relearning_steps", "fsrs_parameters")
"""What the replay of the log depends on: a change of these rebuilds the card states."""

HELP: Final[Mapping[str, str]] = {
    "day_start": "when a study day begins (04:00)",
    "time_zone": "IANA name, such as Europe/Berlin; empty is the system's",
    "new_per_day": "new cards a day (20)",
    "reviews_per_day": "reviews a day, new cards not counted (200)",
    "desired_retention": "recall at which a card comes back, 0.70 to 0.99 (0.9)",
    "learning_steps": "steps of a new card, such as '1m 10m'; empty for none",
    "relearning_steps": "steps of a forgotten card, such as '10m'; empty for none",
    "maximum_interval_days": "longest interval, 1 to 36500",
    "fsrs_parameters": "the 21 parameters of FSRS-6; empty for the defaults",
    "order": "of reviews: " + ", ".join(ORDERS),
    "fuzz": "on: spread intervals to the least busy of the neighbouring days",
    "easy_days": "weekdays with less to review, in per cent, such as 'sat:50 sun:0'; where fuzz leaves a choice",
    "prerequisites": "on: new cards wait for the lessons that theirs requires",
    "learn_ahead_minutes": "how early a learning card may come when nothing else is left (20)",
    "leech_lapses": "lapses from which a card is a leech (8)",
    "confidence": "on: say before the answer shows whether you are sure, y or n; 'bedrill stats confidence'",
    "goals": "interviews, such as '2027-01-15 25m level=mid 1-30'; 'bedrill goal' sets them",
}


def with_setting(settings: Settings, key: str, text: str) -> Settings:
    """
    `settings` with `key` set to what `text` means.

    Raises:
        NotFoundError: No such setting.
        ConfigError: `text` is not a value that it can have.
    """
    if key not in KEYS:
        close = close_matches(key, KEYS)
        raise NotFoundError(
            f"no setting '{key}'", f"did you mean '{close[0]}'?" if close else "bedrill config lists them"
        )
    try:
        value: Any = _PARSERS[key](text.strip())
    except ValueError as error:
        raise ConfigError(f"{key} cannot be '{text}': {error}", HELP[key]) from None
    return settings._replace(**{key: value})


def check_key(key: str) -> None:
    """
    See that `key` is a setting.

    Raises:
        NotFoundError: It is none.
    """
    if key not in KEYS:
        close = close_matches(key, KEYS)
        raise NotFoundError(
            f"no setting '{key}'", f"did you mean '{close[0]}'?" if close else "bedrill config lists them"
        )


def close_matches(name: str, known: Sequence[str]) -> list[str]:
    """The known name that comes closest to a slip, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

    return get_close_matches(name, known, 1, 0.5)


def settings_from(stored: Mapping[str, str]) -> Settings:
    """The settings that stored text means; keys of a later version are left alone."""
    settings = Settings()
    for key, text in stored.items():
        if key in KEYS:
            settings = with_setting(settings, key, text)
    return settings


def text_of(settings: Settings, key: str) -> str:
    """The value of `key` as the user would write it; `with_setting` reads it back."""
    value: Any = getattr(settings, key)
    match value:
        case bool():
            return "on" if value else "off"
        case time():
            return value.isoformat("minutes")
        case tuple() if key == "easy_days":
            pairs = zip(WEEKDAYS, value, USUAL_DAYS, strict=True)
            return " ".join(f"{name}:{share}" for name, share, usual in pairs if share != usual)
        case tuple() if key == "goals":
            return goals_text(value)
        case tuple() if key.endswith("_steps"):
            return " ".join(_step_text(seconds) for seconds in value)
        case tuple():
            return " ".join(repr(number) for number in value)
        case _:
            return str(value)


def _step_text(seconds: int) -> str:
    for unit in "dhm":
        if seconds % _UNIT_S[unit] == 0:
            return f"{seconds // _UNIT_S[unit]}{unit}"
    return f"{seconds}s"


def _number(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"\d{1,9}", text) or not least <= int(text) <= most:
            raise ValueError(f"a whole number from {least} to {most} is wanted")
        return int(text)

    return parse


def _retention(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.7 <= value <= 0.99:  # noqa: PLR2004 - the range in which FSRS holds; Anki's
        raise ValueError("a number from 0.70 to 0.99 is wanted")
    return value


def _steps(text: str) -> tuple[int, ...]:
    seconds = []
    for word in text.split():
        match = re.fullmatch(r"(\d{1,5})([smhd])", word)
        if not match or not int(match.group(1)):
            raise ValueError(f"'{word}' is no step; write 30s, 10m, 2h or 1d")
        seconds.append(int(match.group(1)) * _UNIT_S[match.group(2)])
    return tuple(seconds)


def _parameters(text: str) -> tuple[float, ...]:
    if not text:
        return DEFAULT_PARAMETERS
    try:
        values = tuple(float(word) for word in text.replace(",", " ").split())
    except ValueError:
        raise ValueError("numbers are wanted") from None
    if len(values) != len(DEFAULT_PARAMETERS):
        raise ValueError(f"{len(values)} numbers instead of {len(DEFAULT_PARAMETERS)}")
    for index, (value, lower, upper) in enumerate(zip(values, LOWER_BOUNDS, UPPER_BOUNDS, strict=True)):
        if not lower <= value <= upper:
            raise ValueError(f"number {index + 1} must lie between {lower} and {upper}")
    return values


def _switch(text: str) -> bool:
    words = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}
    if text.lower() not in words:
        raise ValueError("'on' or 'off' is wanted")
    return words[text.lower()]


def _order(text: str) -> str:
    if text not in ORDERS:
        raise ValueError(f"one of {', '.join(ORDERS)} is wanted")
    return text


def _weekdays(text: str) -> tuple[int, ...]:
    shares = dict(zip(WEEKDAYS, USUAL_DAYS, strict=True))
    for word in text.lower().replace(",", " ").split():
        name, _, share = word.partition(":")
        if name not in shares or not re.fullmatch(r"\d{1,3}", share) or int(share) > USUAL_DAYS[0]:
            raise ValueError(f"'{word}' is no weekday with 0 to 100 per cent; write sat:50")
        shares[name] = int(share)
    if not any(shares.values()):
        raise ValueError("one day must be left")
    return tuple(shares.values())


def _clock_time(text: str) -> time:
    match = re.fullmatch(r"(\d{1,2}):(\d{2})", text)
    if not match or int(match.group(1)) > 23 or int(match.group(2)) > 59:  # noqa: PLR2004 - a clock's
        raise ValueError("a time such as 04:00 is wanted")
    return time(int(match.group(1)), int(match.group(2)))


def _zone(text: str) -> str:
    if text:
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - only for those who set it

        try:
            ZoneInfo(text)
        except (KeyError, ValueError, OSError):
            raise ValueError("no such time zone") from None
    return text


_PARSERS: Final[Mapping[str, Callable[[str], object]]] = {
    "day_start": _clock_time,
    "time_zone": _zone,
    "new_per_day": _number(0, 9_999),
    "reviews_per_day": _number(0, 9_999),
    "desired_retention": _retention,
    "learning_steps": _steps,
    "relearning_steps": _steps,
    "maximum_interval_days": _number(1, 36_500),
    "fsrs_parameters": _parameters,
    "order": _order,
    "fuzz": _switch,
    "easy_days": _weekdays,
    "prerequisites": _switch,
    "learn_ahead_minutes": _number(0, 1_440),
    "leech_lapses": _number(1, 99),
    "confidence": _switch,
    "goals": goals_from,
}
