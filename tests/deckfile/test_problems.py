from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from bedrill.deckfile.problems import SUMMARIES, Problems
from bedrill.note import Problem, Severity

SOURCES: Final = Path(__file__).parents[2] / "src" / "bedrill"


def test_problems_are_sorted_by_place() -> None:
    problems = Problems("a.md")

    problems(5, "N4", "c")
    problems(1, "N2", "b", column=7)
    problems(1, "N3", "a", "hint", Severity.WARNING)

    assert problems.sorted() == (
        Problem("a.md", 1, 1, "N3", "a", "hint", Severity.WARNING),
        Problem("a.md", 1, 7, "N2", "b"),
        Problem("a.md", 5, 1, "N4", "c"),
    )


def test_after_200_problems_the_rest_is_counted() -> None:
    problems = Problems("a.md")

    for line in range(203):
        problems(line, "N4", "none")

    found = problems.sorted()
    assert len(found) == 201
    assert found[-1] == Problem("a.md", 0, 1, "D11", "problems not listed here: 3", "mend the first ones")


def test_many_warnings_are_no_error() -> None:
    problems = Problems("a.md")

    for line in range(201):
        problems(line, "N3", "unknown", severity=Severity.WARNING)

    assert {problem.severity for problem in problems.sorted()} == {Severity.WARNING}


def test_an_error_behind_many_warnings_is_an_error() -> None:
    problems = Problems("a.md")

    for line in range(200):
        problems(line, "N3", "unknown", severity=Severity.WARNING)
    problems(200, "N4", "none")

    assert problems.sorted()[-1].severity is Severity.ERROR


def test_every_code_that_is_reported_has_a_summary() -> None:
    texts = [path.read_text("utf-8") for path in SOURCES.rglob("*.py") if path.name != "problems.py"]

    assert {code for text in texts for code in re.findall(r'"([DN]\d+)"', text)} | {"D11"} == set(SUMMARIES)
