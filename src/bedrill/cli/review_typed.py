"""Typed answers: a line from the user, compared with what the note accepts."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Final

from bedrill.cli import view_card
from bedrill.cli.console import styled
from bedrill.scoring import Typed, judge_typed

if TYPE_CHECKING:
    from types import FrameType

    from bedrill.cli.review_screen import OnScreen, ReviewScreen

JUDGE_TIME_S: Final = 1.0
MAX_TYPED_CHARS: Final = 500


def take_typed(screen: ReviewScreen, shown: OnScreen) -> None:
    """Ask for the answer, show the difference, and suggest a rating. `space` shows the answer without one."""
    while True:
        key = screen.key(screen.prompt("t type · space show"))
        if key in ("t", "\r", "\n", " "):
            break
        screen.common_key(key, shown)
    typed = read_line("> ") if key != " " else ""
    screen.print_divider()
    if typed:
        result = judged(typed, shown)
        shown.suggested = result.suggested
        screen.console.print(_difference(result, has_color=screen.app.has_color))
    view_card.print_answer(screen.console, shown.card, shown.note)


def read_line(prompt: str) -> str:
    """A line with the terminal's own editing; "" at the end of input."""
    try:
        return input(prompt)[:MAX_TYPED_CHARS].strip()
    except EOFError:
        return ""


def judged(typed: str, shown: OnScreen) -> Typed:
    """The comparison, given up after a second: a pattern of a foreign deck may never come to an end."""

    def give_up(number: int, _: FrameType | None) -> None:
        raise TimeoutError(number)

    previous = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, JUDGE_TIME_S)
    try:
        return judge_typed(typed, shown.note.accepted)
    except TimeoutError:
        plain = [text for text in shown.note.accepted if not text.startswith("/")]
        return judge_typed(typed, plain)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def _difference(result: Typed, *, has_color: bool) -> object:
    """What was typed: right, or with what is too much in [-…-] and what is missing in {+…+}: colour only helps."""
    if result.is_right:
        return styled(("right", "green" if has_color else "bold"))
    parts: list[tuple[str, str] | str] = []
    for kind, text in result.parts:
        if kind == "=":
            parts.append(text)
        else:
            marked = f"[-{text}-]" if kind == "-" else f"{{+{text}+}}"
            parts.append((marked, ("red" if kind == "-" else "green") if has_color else ""))
    return styled(*parts)
