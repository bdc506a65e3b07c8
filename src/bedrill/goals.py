"""
Interview dates: what a goal is, and how it is written in the settings. Pure.

    2027-01-15 25m level=mid 1-30 cap; 2027-03-01 40m keep=known
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.clock import date_of, day_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bedrill.model import StudyDay

LEVELS: Final = ("junior", "mid", "senior", "staff")
"""Of interviews, from the lowest."""
MOST_MINUTES: Final = 24 * 60
MOST_DAYS: Final = 3 * 365
"""Nobody plans an interview further ahead, and the days up to it have to be gone through."""
USUAL_MINUTES: Final = 20.0


class Goal(NamedTuple):
    """
    An interview and what goes into it.

    Attributes:
        on: The day of the interview.
        minutes: To study on each day until then, more than 0.
        level: Of the interview, one of `LEVELS`; "" is any.
        decks: What it is about, as the user named it: numbers, ranges, ids, globs; () is everything.
        keeps_known: Whether what is known and fades comes before anything new.
    """

    on: StudyDay
    minutes: float = USUAL_MINUTES
    level: str = ""
    decks: tuple[str, ...] = ()
    keeps_known: bool = False


def nearest(goals: Iterable[Goal], today: StudyDay) -> Goal | None:
    """The goal that rules: the first whose day is not over."""
    return min((goal for goal in goals if goal.on >= today), default=None)


def with_goal(goals: Iterable[Goal], goal: Goal) -> tuple[Goal, ...]:
    """The goals with one more; it takes the place of one on the same day."""
    return tuple(sorted([*(other for other in goals if other.on != goal.on), goal]))


def goals_text(goals: Iterable[Goal]) -> str:
    """How goals are written; `goals_from` reads it back."""
    return "; ".join(_text(goal) for goal in goals)


def _text(goal: Goal) -> str:
    words = [date_of(goal.on).isoformat(), f"{goal.minutes:g}m"]
    words += [f"level={goal.level}"] if goal.level else []
    words += ["keep=known"] if goal.keeps_known else []
    return " ".join([*words, *goal.decks])


def goals_from(text: str) -> tuple[Goal, ...]:
    """
    The goals that a text means, by day.

    Raises:
        ValueError: It means none; the message says what is wrong.
    """
    goals: tuple[Goal, ...] = ()
    for part in text.split(";"):
        if part.strip():
            goals = with_goal(goals, _goal(part.split()))
    return goals


def _goal(words: Sequence[str]) -> Goal:
    on = goal_day(words[0])
    minutes = USUAL_MINUTES
    level, keeps_known = "", False
    decks: list[str] = []
    for word in words[1:]:
        key, sign, value = word.partition("=")
        if match := re.fullmatch(r"(\d{1,4}(?:\.\d{1,3})?)m", word):
            minutes = float(match.group(1))
        elif sign and key == "level" and value in LEVELS:
            level = value
        elif word == "keep=known":
            keeps_known = True
        elif sign:
            raise ValueError(f"'{word}' is not understood; write level={'|'.join(LEVELS)} or keep=known")
        else:
            decks.append(word)
    if not 0 < minutes <= MOST_MINUTES:
        raise ValueError(f"{minutes:g} minutes a day are none")
    return Goal(on, minutes, level, tuple(decks), keeps_known)


def goal_day(text: str) -> StudyDay:
    """
    The study day of a date as users write it.

    Raises:
        ValueError: It is none.
    """
    try:
        return day_number(date.fromisoformat(text))
    except ValueError:
        raise ValueError(f"'{text}' is no date; write 2027-01-15") from None
