"""
How much could be known at best: an upper bound for benchmarks/goal.py, for one who knows the learner's true memory.

    python benchmarks/bound.py --learners 10 --courses 1000x60,1500x60

Cards compete for time alone. With a price for a second of each day (Lagrange multipliers: no plan that keeps to the
minutes of every day does better, whatever the prices) every card is a problem of its own: on which days to answer it,
given how the answers turn out. Dynamic programming solves that, backwards from the date, over stability and difficulty;
prices rise on days that are asked too much, and the lowest bound counts. Between the points of the grid values are
interpolated, so the bound is good to about a per cent.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import sys
from bisect import bisect_right
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.goal import STEPS, Course, habits_of, outcome
from benchmarks.hidden import parameters_of

from bedrill.gain import Prospect
from bedrill.learner import RELEARNING_STEPS, Learner
from bedrill.memory import AGAIN, curve_of, kernel_of, retrievability
from bedrill.model import Candidate, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

STABILITIES: Final = tuple(10 ** (-1.3 + place * 4.3 / 35) for place in range(36))
DIFFICULTIES: Final = tuple(1 + place * 9 / 6 for place in range(7))
GAPS: Final = (*range(1, 11), 12, 14, 16, 18, 21, 24, 28, 32, 36, 41, 46, 52, 58)
"""Days between two answers that are tried."""
FIRST_PATHS: Final = 300
LAPSE_PATHS: Final = 6
FIRST_PRICE: Final = 2e-3
"""Cards per second, where the search for the prices of the days begins."""
TURNS: Final = 50
SPREAD: Final = 0.01
"""Cards: beginnings that are worth so much less are taken into account when the prices are changed."""

Corners = tuple[tuple[int, float], ...]
"""Points of the grid and their weights."""


class Memory:
    """What a learner's card may turn into, as numbers on the grid; a path is (seconds, corners)."""

    def __init__(self, number: int, course: Course) -> None:
        hidden = parameters_of(number)
        self.curve = curve_of(hidden)
        self._first, self._following = kernel_of(hidden)
        self._habits = habits_of(course)[Kind.CONCEPT]
        self._learner = Learner(hidden, habits_of(course), STEPS, random.Random(f"bound {number}"))
        new = Prospect(Candidate(0, 0, 0), Kind.CONCEPT, 1.0)
        self.firsts = [self._path_of(None, *self._learner.ratings(new, 0)) for _ in range(FIRST_PATHS)]
        self._lapses = [self._lapse() for _ in range(LAPSE_PATHS)]
        self.states = [(s, d) for s in STABILITIES for d in DIFFICULTIES]
        self.moves = [[self._moves(s, d, gap) for gap in GAPS] for s, d in self.states]

    def _lapse(self) -> tuple[list[int], float]:
        habits = self._habits
        return self._learner._through(AGAIN, STEPS[1], RELEARNING_STEPS, habits.relearning_s, habits.review_s[0])  # noqa: SLF001

    def _path_of(
        self, state: tuple[float, float, int] | None, ratings: Sequence[int], seconds: float
    ) -> tuple[float, Corners]:
        memory = self._first(ratings[0]) if state is None else self._following(*state, ratings[0])
        for rating in ratings[1:]:
            memory = self._following(*memory, 0, rating)
        return seconds, corners(*memory)

    def _moves(self, stability: float, difficulty: float, gap: int) -> tuple[float, Corners]:
        """Seconds on average of an answer after `gap` days, and where it leads: points and their probabilities."""
        recall = retrievability(gap, stability, self.curve)
        seconds, found = 0.0, []
        for rating in (2, 3, 4):
            share = recall * self._habits.recalled[rating - 1]
            memory = self._following(stability, difficulty, gap, rating)
            found.append((share, corners(*memory)))
            seconds += share * self._habits.review_s[rating - 1]
        for ratings, took in self._lapses:
            share = (1 - recall) / len(self._lapses)
            _, where = self._path_of((stability, difficulty, gap), ratings, took)
            found.append((share, where))
            seconds += share * took
        return seconds, merged(found)


def corners(stability: float, difficulty: float) -> Corners:
    """The points of the grid around a state, with their weights."""
    rows = _between(STABILITIES, stability, logarithmic=True)
    columns = _between(DIFFICULTIES, difficulty, logarithmic=False)
    width = len(DIFFICULTIES)
    return tuple((row * width + column, a * b) for row, a in rows for column, b in columns if a * b > 0)


def _between(grid: Sequence[float], value: float, *, logarithmic: bool) -> tuple[tuple[int, float], ...]:
    value = min(max(value, grid[0]), grid[-1])
    place = min(bisect_right(grid, value), len(grid) - 1)
    low, high = grid[place - 1], grid[place]
    share = math.log(value / low) / math.log(high / low) if logarithmic else (value - low) / (high - low)
    return (place - 1, 1 - share), (place, share)


def merged(found: Sequence[tuple[float, Corners]]) -> Corners:
    """Outcomes with their probabilities as one set of corners: values are linear in them."""
    weights: dict[int, float] = {}
    for share, where in found:
        for point, weight in where:
            weights[point] = weights.get(point, 0.0) + share * weight
    return tuple(weights.items())


class Best(NamedTuple):
    """
    One new card at its best under some prices.

    Attributes:
        value: Recall on the date, less the price of the seconds that it takes.
        seconds: How many it takes on each day, expected.
    """

    value: float
    seconds: list[float]


def at_best(memory: Memory, prices: Sequence[float]) -> Best:
    """
    What to do with one card where a second of each day has its price.

    All cards are alike, so all would begin on the same day: what they take is told for beginnings spread over the days
    that are nearly as good. That makes the search for prices smooth; the value is exact for any prices.
    """
    values, chosen = _backwards(memory, prices)
    first_s = sum(seconds for seconds, _ in memory.firsts) / len(memory.firsts)
    where = merged([(1 / len(memory.firsts), corner) for _, corner in memory.firsts])
    begun = [
        sum(weight * row[point] for point, weight in where) - price * first_s
        for row, price in zip(values, prices, strict=True)
    ]
    most = max(*begun, 0.0)
    shares = [math.exp((value - most) / SPREAD) for value in begun]
    total = sum(shares) + math.exp(-most / SPREAD)
    return Best(most, _spent(memory, chosen, [share / total for share in shares], (first_s, where)))


def _backwards(memory: Memory, prices: Sequence[float]) -> tuple[list[list[float]], list[list[int]]]:
    """The value of each state after an answer on each day, and the place in `GAPS` of the next answer; -1 for none."""
    days = len(prices)
    values: list[list[float]] = [[] for _ in range(days)]
    chosen: list[list[int]] = [[] for _ in range(days)]
    for day in reversed(range(days)):
        for number, (stability, _) in enumerate(memory.states):
            best, choice = retrievability(days - day, stability, memory.curve), -1
            for place, (gap, (seconds, moves)) in enumerate(zip(GAPS, memory.moves[number], strict=True)):
                if gap >= days - day:
                    break
                later = values[day + gap]
                value = sum(weight * later[point] for point, weight in moves) - prices[day + gap] * seconds
                if value > best:
                    best, choice = value, place
            values[day].append(best)
            chosen[day].append(choice)
    return values, chosen


def _spent(
    memory: Memory, chosen: Sequence[Sequence[int]], begun: Sequence[float], first: tuple[float, Corners]
) -> list[float]:
    """Seconds of each day that a card takes, where a share of it is begun on each day."""
    days = len(chosen)
    first_s, where = first
    mass = [[0.0] * len(memory.states) for _ in range(days)]
    spent = [0.0] * days
    for day, share in enumerate(begun):
        spent[day] += share * first_s
        for point, weight in where:
            mass[day][point] += share * weight
        for number, amount in enumerate(mass[day]):
            place = chosen[day][number]
            if amount > 1e-9 and place >= 0:
                seconds, moves = memory.moves[number][place]
                spent[day + GAPS[place]] += amount * seconds
                for point, weight in moves:
                    mass[day + GAPS[place]][point] += amount * weight
    return spent


def bound(job: tuple[int, Course]) -> float:
    """The most cards that a learner can be expected to know on the date. Any prices give a bound; the lowest counts."""
    number, course = job
    memory = Memory(number, course)
    per_day = course.minutes * 60
    prices = [FIRST_PRICE] * course.days
    lowest = float(course.cards)
    for turn in range(TURNS):
        best = at_best(memory, prices)
        lowest = min(lowest, course.cards * best.value + per_day * sum(prices))
        step = 0.5 / (1 + turn / 10)
        prices = [
            min(max(price * math.exp(step * min(max(course.cards * took / per_day - 1, -1.0), 1.0)), 1e-6), 0.1)
            for price, took in zip(prices, best.seconds, strict=True)
        ]
    return lowest


def main() -> None:
    """Print, for each course, what bedrill and Anki's default reach of the bound."""
    parser = argparse.ArgumentParser(description="What is reached of what could be known at best.")
    parser.add_argument("--learners", type=int, default=10)
    parser.add_argument("--courses", default="1000x60,1500x60", help="cards x days (%(default)s)")
    options = parser.parse_args()
    with Pool() as pool:
        for text in options.courses.split(","):
            cards, days = map(int, text.split("x"))
            course = Course(cards, days)
            numbers = range(options.learners)
            runs = {
                name: pool.map(outcome, [(course, "fitted", number, name) for number in numbers], chunksize=1)
                for name in ("Anki default", "greedy gain", "bedrill")
            }
            # A day ends with the answer during which its minutes are over: the bound gets the time that was spent.
            spent = [course._replace(minutes=run.minutes) for run in runs["bedrill"]]
            best = pool.map(bound, list(zip(numbers, spent, strict=True)), chunksize=1)
            print(f"{course}; {options.learners} learners, fitted curves; at best {statistics.mean(best):.0f} known")
            for name, found in runs.items():
                shares = [run.known / most for run, most in zip(found, best, strict=True)]
                print(f"  {name:14} {statistics.mean(shares):6.1%} of it, worst {min(shares):.1%}", flush=True)


if __name__ == "__main__":
    main()
