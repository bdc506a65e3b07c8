"""
Simulated learners on their way to an interview: what each way of choosing cards leaves known on the day.

    python benchmarks/goal.py
    python benchmarks/goal.py --learners 46 --courses 1000x60,3000x60,3000x90 --shapes fitted

Each learner has a hidden memory (benchmarks/hidden.py). Every policy (benchmarks/policies.py) has the same minutes a
day; bedrill's own is the code that makes its queue, not a copy. What a simulated answer is and takes are those of
`fsrs_rs_python.simulate`; the first lines of the output hold the two against each other.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.hidden import SHAPES, HiddenLearner, parameters_of
from benchmarks.policies import POLICIES, World, scheduled

from bedrill.forecast import Plan, Rehearsal
from bedrill.gain import Prospect
from bedrill.habits import USUAL
from bedrill.learner import Learner
from bedrill.memory import DEFAULT_PARAMETERS
from bedrill.model import Candidate, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bedrill.habits import Habits

STEPS: Final = (2, 1)
FIRST: Final = 20_000
LATER_DAYS: Final = 30
BASE: Final = "Anki default"


class Course(NamedTuple):
    """How much there is to learn, and the time for it."""

    cards: int
    days: int
    minutes: float = 20.0
    slower: float = 1.0
    reading_s: float = 0.0
    missed: float = 0.0
    late: int = 0

    def __str__(self) -> str:
        """A short name."""
        extras = [f"{self.minutes:g} min"]
        extras += [f"answers {self.slower:g} x as long"] if self.slower != 1 else []
        extras += [f"+{self.reading_s:g} s for a new card"] if self.reading_s else []
        extras += [f"{self.missed:.0%} of days missed"] if self.missed else []
        extras += [f"date believed {self.late} days too late"] if self.late else []
        return f"{self.cards} cards, {self.days} days, {', '.join(extras)}"


class Outcome(NamedTuple):
    """What one learner knows by one policy: cards on the day and thirty days later; and minutes a day."""

    known: float
    later: float
    minutes: float


Job = tuple[Course, str, int, str]


def habits_of(course: Course) -> Mapping[Kind, Habits]:
    """The usual ones, slower where the course is."""
    usual = USUAL[Kind.CONCEPT]
    learning = tuple(seconds * course.slower for seconds in usual.learning_s)
    slow = usual._replace(
        learning_s=learning,
        review_s=tuple(seconds * course.slower for seconds in usual.review_s),
        relearning_s=tuple(seconds * course.slower for seconds in usual.relearning_s),
    )
    return {Kind.CONCEPT: slow}


class Reader(HiddenLearner):
    """Reads for a while before the first answer to a card."""

    reading_s = 0.0

    def ratings(self, prospect: Prospect, today: int) -> tuple[list[int], float]:
        """As ever, with the reading on top."""
        ratings, seconds = super().ratings(prospect, today)
        return ratings, seconds + (self.reading_s if prospect.memory is None else 0.0)


class Absent(Rehearsal):
    """Days up to the date, some of which are missed."""

    missed = 0.0
    random = random.Random(0)

    def _day(self, today: int, seconds: float) -> float:
        return 0.0 if self.random.random() < self.missed else super()._day(today, seconds)


def course_cards(count: int) -> list[Prospect]:
    """New cards, all alike."""
    return [Prospect(Candidate(card, card, 1), Kind.CONCEPT, 1.0) for card in range(count)]


def outcome(job: Job) -> Outcome:
    """One learner, one policy."""
    course, shape, number, name = job
    habits = habits_of(course)
    on = FIRST + course.days
    learner = Reader(DEFAULT_PARAMETERS, parameters_of(number), shape, habits, STEPS, f"{number} {name}")
    learner.reading_s = course.reading_s
    world = World(on + course.late, habits, STEPS)
    rehearsal = Absent(course_cards(course.cards), Plan(on, course.minutes * 60), learner, POLICIES[name](world))
    rehearsal.missed, rehearsal.random = course.missed, random.Random(f"absent {number}")
    rehearsal.study(FIRST)
    later = sum(learner.recalls(card, on + LATER_DAYS) for card in rehearsal.cards)
    return Outcome(sum(rehearsal.recall()), later, statistics.mean(rehearsal.spent_s) / 60)


def against_fsrs_rs(seeds: int = 16) -> Iterator[str]:
    """
    This simulator and that of fsrs-rs on the same course: seconds in all, and cards known at the end.

    fsrs-rs lets a Hard on the day of a lapse shrink stability, py-fsrs since 6.3.2 does not, and bedrill schedules by
    py-fsrs. The second pair has a parameter with which neither would.
    """
    yield from _both("default parameters", DEFAULT_PARAMETERS, seeds)
    yield from _both("no Hard that shrinks", (*DEFAULT_PARAMETERS[:18], 1.2, *DEFAULT_PARAMETERS[19:]), seeds)


def _both(what: str, parameters: Sequence[float], seeds: int) -> Iterator[str]:
    import fsrs_rs_python  # noqa: PLC0415 - only for this comparison

    config = fsrs_rs_python.default_simulator_config()
    config.deck_size, config.learn_span, config.learn_limit, config.max_cost_perday = 1000, 120, 20, 86_400.0
    theirs = [fsrs_rs_python.simulate(parameters, 0.9, config, seed) for seed in range(seeds)]
    mine = [_plain_run(parameters, seed) for seed in range(seeds)]
    yield _compared(f"{what}, seconds", [sum(run.cost_per_day) for run in theirs], [run[0] for run in mine])
    yield _compared(f"{what}, known", [run.memorized_cnt_per_day[-1] for run in theirs], [run[1] for run in mine])


def _plain_run(parameters: Sequence[float], seed: int) -> tuple[float, float]:
    habits = habits_of(Course(1000, 120))
    learner = Learner(parameters, habits, STEPS, random.Random(seed))
    policy = scheduled(lambda _, __: 0, 20, 0.9)(World(FIRST, habits, STEPS))
    rehearsal = Rehearsal(course_cards(1000), Plan(FIRST + 120, 86_400.0), learner, policy)
    rehearsal.study(FIRST)
    last = FIRST + 119
    return sum(rehearsal.spent_s), sum(learner.recalls(card, last) for card in rehearsal.cards)


def _compared(what: str, theirs: Sequence[float], mine: Sequence[float]) -> str:
    difference = statistics.mean(mine) / statistics.mean(theirs) - 1
    there, here = statistics.mean(theirs), statistics.mean(mine)
    return f"against fsrs-rs, {what}: {there:,.0f} there, {here:,.0f} here, {difference:+.1%}"


def interval(values: Sequence[float]) -> str:
    """Mean and its 95 % interval, as percentages of change."""
    mean = statistics.mean(values)
    half = 1.96 * statistics.stdev(values) / len(values) ** 0.5 if len(values) > 1 else 0.0
    return f"{mean - 1:+7.1%} [{mean - half - 1:+.1%}, {mean + half - 1:+.1%}]"


def table(course: Course, shape: str, results: Mapping[str, Sequence[Outcome]]) -> Iterator[str]:
    """A line for each policy."""
    yield f"\n{course}; hidden curve: {shape}; {len(results[BASE])} learners"
    yield f"  {'':42} {'known':>7} {'min/day':>8}  {'against Anki default':26} {'worst':>7}  30 days later"
    for name, found in results.items():
        ratios = [mine.known / base.known for mine, base in zip(found, results[BASE], strict=True)]
        later = [mine.later / base.later for mine, base in zip(found, results[BASE], strict=True)]
        known = statistics.mean(each.known for each in found)
        minutes = statistics.mean(each.minutes for each in found)
        yield (
            f"  {name:42} {known:7.0f} {minutes:8.1f}  {interval(ratios):26} {min(ratios) - 1:+7.1%}  "
            f"{statistics.mean(later) - 1:+.1%}"
        )


def main() -> None:
    """Simulate, and print a table for each course and shape."""
    parser = argparse.ArgumentParser(description="What each way of choosing cards leaves known on the day.")
    parser.add_argument("--learners", type=int, default=16)
    parser.add_argument("--courses", default="1000x60,3000x60,3000x90", help="cards x days (%(default)s)")
    parser.add_argument("--shapes", default=",".join(SHAPES), help="%(default)s")
    parser.add_argument("--few", action="store_true", help="only the strongest policies")
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--slower", type=float, default=1.0, help="answers take so many times as long")
    parser.add_argument("--reading", type=float, default=0.0, help="seconds of reading for each new card")
    parser.add_argument("--missed", type=float, default=0.0, help="share of days without study")
    parser.add_argument("--late", type=int, default=0, help="days by which the date is believed too late")
    options = parser.parse_args()
    few = (BASE, "Anki, 50 new, desired retention 0.8", "greedy gain", "bedrill")
    names = few if options.few else tuple(POLICIES)
    for line in against_fsrs_rs():
        print(line)
    with Pool() as pool:
        for text in options.courses.split(","):
            cards, days = map(int, text.split("x"))
            course = Course(cards, days, options.minutes, options.slower, options.reading, options.missed, options.late)
            for shape in options.shapes.split(","):
                jobs = [(course, shape, number, name) for name in names for number in range(options.learners)]
                found = pool.map(outcome, jobs, chunksize=1)
                by_name = {
                    name: found[i * options.learners : (i + 1) * options.learners] for i, name in enumerate(names)
                }
                print("\n".join(table(course, shape, by_name)), flush=True)


if __name__ == "__main__":
    main()
