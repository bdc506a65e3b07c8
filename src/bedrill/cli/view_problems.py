"""How problems of deck files read: for people, for programs, for code hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bedrill.cli.text import visible

if TYPE_CHECKING:
    from bedrill.note import Problem


MAX_SHOWN_CHARS: Final = 500
"""Of a message, which may quote a file of any size: it is to stay one clear line."""


def _message(problem: Problem) -> str:
    text = problem.message
    return text if len(text) <= MAX_SHOWN_CHARS else f"{text[:MAX_SHOWN_CHARS]}…"


def problem_line(problem: Problem) -> str:
    """`path:line:column: severity CODE message`, and the hint on a line of its own."""
    place = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
    hint = f"\n    try: {problem.hint}" if problem.hint else ""
    return visible(f"{place}: {problem.severity} {problem.code} {_message(problem)}{hint}")


def problem_as_json(problem: Problem) -> dict[str, object]:
    """A problem as data."""
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "severity": str(problem.severity),
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def problem_for_github(problem: Problem) -> str:
    """A workflow command: the problem shows at its line of a pull request."""
    level = {"error": "error", "warning": "warning", "info": "notice"}[problem.severity]
    text = f"{_message(problem)} ({problem.hint})" if problem.hint else _message(problem)
    place = f"file={_property(problem.path)},line={max(problem.line, 1)},col={problem.column}"
    return f"::{level} {place},title={problem.code}::{_data(visible(text))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
