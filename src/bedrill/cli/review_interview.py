"""
Interview cards: the clock runs, the user answers aloud or typed, then ticks key points before the model answer shows,
so that the answer is not fitted to it; then one follow-up; then the model answer.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bedrill import scoring
from bedrill.cli import view_card
from bedrill.cli.console import DeckMarkdown, bullets, styled
from bedrill.cli.text import clock
from bedrill.model import Tick

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedrill.cli.review_screen import OnScreen, ReviewScreen
    from bedrill.note import FollowUp, Interview


def hold_interview(screen: ReviewScreen, shown: OnScreen) -> None:
    """From the question to the suggested rating; the ticks are kept for the answer."""
    interview = shown.note.interview
    assert interview is not None
    elapsed_s = _answer_aloud(screen, shown, interview)
    in_time = elapsed_s <= interview.box_s
    over = "" if in_time else f", {clock(elapsed_s - interview.box_s)} over the box"
    screen.say(f"{clock(elapsed_s)}{over}")
    screen.print_divider()
    shown.spoken_s = elapsed_s
    shown.ticks = tuple(_ticks(screen, shown, interview))
    shown.suggested = scoring.suggested_rating(shown.ticks, in_time=in_time)
    screen.print_divider()
    view_card.print_answer(screen.console, shown.card, shown.note)
    if interview.mistakes:
        screen.console.print(styled(("often wrong", "bold")))
        bullets(screen.console, interview.mistakes)
    why = scoring.why_suggested(shown.ticks, in_time=in_time)
    screen.say(f"{why}: {shown.suggested.name.lower()}")


def _answer_aloud(screen: ReviewScreen, shown: OnScreen, interview: Interview) -> int:
    """Wait while the user thinks and speaks, with the clock on the prompt line; returns the seconds it took."""
    started = shown.shown_at_s
    live = not screen.console.is_dumb_terminal
    while True:
        elapsed = int(time.monotonic() - started)
        part = "think" if elapsed < interview.think_s else "speak"
        watch = f"{part} {clock(elapsed)} of {clock(interview.box_s)}" if live else f"box {clock(interview.box_s)}"
        context = " · c context" if interview.context else ""
        key = screen.key(screen.prompt(f"{watch} · space done · t type{context}"), 1.0 if live else None)
        if key in (" ", "\r", "\n"):
            return int(time.monotonic() - started)
        if key == "t":
            shown.transcript = _typed_answer(screen)
            return int(time.monotonic() - started)
        if key == "c" and interview.context:
            screen.console.print(DeckMarkdown(interview.context))
        elif key:
            screen.common_key(key, shown)


def _typed_answer(screen: ReviewScreen) -> str:
    """Lines up to an empty one."""
    from bedrill.cli.review_typed import read_line  # noqa: PLC0415 - for those who type

    screen.say("type your answer; an empty line ends it")
    lines: list[str] = []
    while line := read_line("> "):
        lines.append(line)
    return "\n".join(lines)


def _ticks(screen: ReviewScreen, shown: OnScreen, interview: Interview) -> Iterator[Tick]:
    """Key points one by one, red flags, follow-ups; a mock interview has its follow-ups first, as a real one does."""
    follow_ups = screen.follow_ups(shown, interview)
    if screen.follow_ups_come_first:
        yield from _followed_up(screen, shown, follow_ups)
    for point in interview.key_points:
        hit = _ask(screen, shown, f"**{point.weight}**: {point.text}", "did you say it?")
        yield Tick(point.weight, point.text, point.links, hit)
    for flag in interview.red_flags:
        hit = _ask(screen, shown, f"**red flag**: {flag}", "did you do that?")
        yield Tick("red flag", flag, (), hit)
    if not screen.follow_ups_come_first:
        yield from _followed_up(screen, shown, follow_ups)


def _followed_up(screen: ReviewScreen, shown: OnScreen, follow_ups: Sequence[FollowUp]) -> Iterator[Tick]:
    """Follow-ups, one at a time: asked, answered aloud, then compared with their key."""
    for follow in follow_ups:
        screen.console.print(DeckMarkdown(f"**follow-up**: {follow.question}"))
        while (key := screen.key(screen.prompt("answer aloud · space key"))) not in (" ", "\r", "\n"):
            screen.common_key(key, shown)
        hit = _ask(screen, shown, f"→ {follow.key}", "was that yours?")
        yield Tick("follow-up", follow.question, (), hit)


def _ask(screen: ReviewScreen, shown: OnScreen, markdown: str, question: str) -> bool:
    """A tick-box: `y` or `n`, then the line shows the choice."""
    screen.console.print(DeckMarkdown(markdown))
    while True:
        key = screen.key(screen.prompt(f"{question} y / n"))
        if key in ("y", "n"):
            screen.console.print(styled(("  [x]" if key == "y" else "  [ ]", "bold")))
            return key == "y"
        screen.common_key(key, shown)
