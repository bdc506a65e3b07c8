"""
A mock interview: which questions it asks, and the sheet that an interviewer would fill in. Pure.

A round opens with something short to explain or compare, has its large questions in the middle, and ends with
behaviour and negotiation, as the rounds of real loops do.
"""

from __future__ import annotations

import math
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.clock import DAY_S
from bedrill.goals import LEVELS, MOST_MINUTES
from bedrill.scoring import hits, suggested_rating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.model import Rating, StudyDay, Tick

SECTION: Final = "mock"
"""Of the tick that says to which mock interview an answer belongs."""
OVERHEAD: Final = 1.5
"""Follow-ups, ticking and the model answer take half as long again as the time box."""
RECENT_DAYS: Final = 14
"""A question asked today counts for nothing, one asked so many days ago in full."""
_ASKED_TODAY: Final = 0.01
_SAME_DECK: Final = 0.25
_SAME_FORM: Final = 0.5
_UNKNOWN_GROUND: Final = 0.5
_OPENING: Final = ("explain", "compare")
_CLOSING: Final = ("behavioural", "negotiate")
VERDICTS: Final = ("", "strong no", "no", "yes", "strong yes")
"""By number, 1 to 4; the scale of interviewers' sheets."""
_HALF: Final = 0.5
_MOST_MS: Final = 253_402_300_800_000
"""The end of the year 9999, in epoch ms: no calendar goes further."""


class Question(NamedTuple):
    """
    An interview card that may be drawn.

    Attributes:
        box_s: Its time box, in seconds.
        recall: Probability that it is recalled today; 0 if it was never answered.
        hit: Share of its key points that the last answer hit; None if it was never answered.
        last_on: Study day of the last answer.
        is_on_known_ground: Whether the lessons that its deck rests on are known.
    """

    card: int
    deck: int
    form: str
    level: str
    box_s: int
    recall: float = 0.0
    hit: float | None = None
    last_on: StudyDay | None = None
    is_on_known_ground: bool = True

    @property
    def planned_s(self) -> int:
        """Seconds that it takes out of an interview."""
        return math.ceil(self.box_s * OVERHEAD)


class Plan(NamedTuple):
    """
    What was asked for.

    Attributes:
        mock: Epoch ms at which it began, its name.
        level: Of the interview, one of `LEVELS`; "" is any.
    """

    mock: int
    level: str
    minutes: float
    questions: int


class Asked(NamedTuple):
    """
    One question of a mock interview, answered.

    Attributes:
        seconds: Until the answer was given, ticking not counted.
        reread: The notes that missed points rest on, as DECK/SLUG.
    """

    card: str
    question: str
    seconds: int
    box_s: int
    rating: Rating
    ticks: tuple[Tick, ...]
    reread: tuple[str, ...] = ()

    @property
    def in_time(self) -> bool:
        """Whether the answer stayed inside its time box."""
        return self.seconds <= self.box_s

    @property
    def verdict(self) -> int:
        """1 to 4: what the ticks and the clock suggest, whatever was then rated."""
        return int(suggested_rating(self.ticks, in_time=self.in_time))

    def points(self, section: str, *, hit: bool) -> list[Tick]:
        """The points of a section that were hit, or those that were missed."""
        return [tick for tick in self.ticks if tick.section == section and tick.hit is hit]


class Sheet(NamedTuple):
    """A mock interview that is over."""

    plan: Plan
    asked: tuple[Asked, ...]

    @property
    def musts(self) -> tuple[int, int]:
        """Essential points that were hit, and all of them."""
        all_ = [hit for asked in self.asked for hit in hits(asked.ticks, "must")]
        return sum(all_), len(all_)

    @property
    def seconds(self) -> int:
        """Time of all answers."""
        return sum(asked.seconds for asked in self.asked)

    @property
    def red_flags(self) -> int:
        """Red flags owned up to."""
        return sum(len(asked.points("red flag", hit=True)) for asked in self.asked)

    @property
    def verdict(self) -> int:
        """1 to 4: the questions' average, half rounded up; no better than "no" with a red flag. 0 without questions."""
        if not self.asked:
            return 0
        average = sum(asked.verdict for asked in self.asked) / len(self.asked)
        rounded = math.floor(average + _HALF)
        return min(rounded, 2) if self.red_flags else rounded


def weight(question: Question, today: StudyDay) -> float:
    """How much a question asks to be drawn: by how weak it is, and how long ago it was asked."""
    known = question.recall * (1.0 if question.hit is None else question.hit)
    days = RECENT_DAYS if question.last_on is None else today - question.last_on
    rest = min(max(days / RECENT_DAYS, _ASKED_TODAY), 1.0)
    return (1.0 - known + 0.05) * rest * (1.0 if question.is_on_known_ground else _UNKNOWN_GROUND)


def suits(question: Question, level: str) -> bool:
    """Whether an interview of a level may ask it: nothing that is meant for a higher one."""
    return not level or LEVELS.index(question.level) <= LEVELS.index(level)


def draw(questions: Sequence[Question], plan: Plan, today: StudyDay) -> list[Question]:
    """
    The questions of a mock interview, in the order of asking.

    By weight, without one twice; a deck or a form that was drawn already counts less. They fit into the minutes; one
    question is drawn even if it alone does not. The same plan draws the same questions.
    """
    random = Random(plan.mock)  # noqa: S311 - no secret
    left = sorted(question for question in questions if suits(question, plan.level))
    chosen: list[Question] = []
    seconds = plan.minutes * 60
    while left and len(chosen) < plan.questions:
        weights = [_next_weight(question, chosen, today) for question in left]
        found = left.pop(random.choices(range(len(left)), weights)[0])
        if not chosen or found.planned_s <= seconds:
            chosen.append(found)
            seconds -= found.planned_s
    return sorted(chosen, key=_place)


def _next_weight(question: Question, chosen: Sequence[Question], today: StudyDay) -> float:
    value = weight(question, today)
    value *= _SAME_DECK ** sum(other.deck == question.deck for other in chosen)
    return max(value * _SAME_FORM ** sum(other.form == question.form for other in chosen), 1e-12)


def _place(question: Question) -> tuple[int, int, int]:
    """Opening before main part before close; in the opening the shortest first, then the longest."""
    part = 0 if question.form in _OPENING else 2 if question.form in _CLOSING else 1
    return part, question.box_s if part == 0 else -question.box_s, question.card


def tag_of(plan: Plan, seconds: int) -> str:
    """How an answer says to which mock interview it belongs, and after how many seconds it was given."""
    return f"{plan.mock} {plan.level or '-'} {plan.minutes:g} {plan.questions} {seconds}"


def read_tag(text: str) -> tuple[Plan, int] | None:
    """What `tag_of` wrote; None for anything else, since an import may bring any text."""
    words = text.split(" ")
    try:
        mock, level, minutes, questions, seconds = words
        plan = Plan(int(mock), "" if level == "-" else level, float(minutes), int(questions))
        spent = int(seconds)
    except ValueError:
        return None
    is_sound = 0 <= plan.mock < _MOST_MS and 0 < plan.minutes <= MOST_MINUTES and 0 <= spent <= DAY_S
    return (plan, spent) if is_sound and plan.questions > 0 and (level in LEVELS or level == "-") else None
