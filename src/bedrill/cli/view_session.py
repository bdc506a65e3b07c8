"""What stands around the cards of a session: prompt and rating lines, help, the end, the summary."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from bedrill.cli.console import styled
from bedrill.cli.text import counted, interval, minutes, percent, shortened, width_of
from bedrill.clock import date_of, instant
from bedrill.collection import today
from bedrill.model import Phase, Rating
from bedrill.review_queue import wait_until

if TYPE_CHECKING:
    from rich.console import Console

    from bedrill.cli.review_screen import OnScreen
    from bedrill.collection import Collection
    from bedrill.gain import Worth
    from bedrill.goals import Goal
    from bedrill.session import Session
    from bedrill.stats.session_summary import Summary
    from bedrill.store.cards import StoredCard

_HELP: Final = (
    ("space, enter", "show the answer; then: the suggested rating"),
    ("1 2 3 4", "again, hard, good, easy"),
    ("y  n", "with 'confidence' on: sure or unsure, before the answer shows"),
    ("u", "undo the last answer, as often as you like"),
    ("e", "edit the note in your editor"),
    ("s  b  !", "suspend, bury until tomorrow, flag"),
    ("h", "hint"),
    ("i", "card info and forgetting curve"),
    ("t  c", "interview: type the answer, show the context"),
    ("q", "quit; every answer is kept"),
)


def prompt_line(console: Console, what: str, session: Session, now_ms: int) -> str:
    """What to press, and what is left: new, learning and review cards, and the time they will take."""
    left = session.left()
    time_left = minutes(session.ms_left(now_ms))
    keys = f"{what} · ? help"
    progress = f"{left.new} new, {left.learning} learning, {left.review} review, {time_left}"
    if width_of(keys) + 2 + width_of(progress) >= console.width:
        progress = f"{left.new}+{left.learning}+{left.review} {time_left}"
    room = console.width - 1 - width_of(progress)
    return f"{shortened(keys, room - 2):<{max(room, 0)}}{progress}"


def rating_line(console: Console, shown: OnScreen, *, is_cram: bool) -> str:
    """The four ratings with the interval each would give; the one that space takes in brackets. Two lines if narrow."""
    cells = []
    for rating in Rating:
        name = rating.name.lower()
        word = f"[{name}]" if rating is shown.suggested else name
        came = "" if is_cram else f" {interval(shown.outcomes[rating].interval_s)}"
        cells.append(f"{int(rating)} {word}{came}")
    line = "   ".join(cells)
    if width_of(line) < console.width:
        return line
    return f"{cells[0]:<19}{cells[1]}\n{cells[2]:<19}{cells[3]}"


def show_prompt(console: Console, prompt: str) -> None:
    """Print a prompt without a new line behind it."""
    console.print(styled((prompt, "bold" if not console.no_color else "")), end="")
    sys.stdout.flush()


def hide_prompt(console: Console, prompt: str) -> None:
    """Take the prompt away again; a terminal that cannot do that goes to the next line."""
    if console.is_dumb_terminal or not console.is_terminal:
        sys.stdout.write("\n")
    else:
        sys.stdout.write("\r\x1b[2K" + "\x1b[1A\x1b[2K" * prompt.count("\n"))
    sys.stdout.flush()


def print_help(console: Console) -> None:
    """The keys."""
    for key, meaning in _HELP:
        console.print(styled((f"{key:<13}", "bold"), meaning))


def print_why(console: Console, goal: Goal, worth: Worth, card: StoredCard) -> None:
    """Why a goal asks for a card."""
    day = date_of(goal.on)
    if card.state.phase in (Phase.LEARNING, Phase.RELEARNING):
        why = "its step is over"
    elif card.state.phase is Phase.NEW:
        why = f"new; learned today, recalled {percent(worth.with_answer)} on {day}"
    else:
        why = f"recalled {percent(worth.recall_now)} today; on {day} {percent(worth.without)}, "
        why += f"with an answer today {percent(worth.with_answer)}"
    core = ", core" if card.is_core else ""
    console.print(styled(("why this card  ", "bold"), f"{why}; about {minutes(worth.seconds * 1000)}{core}"))


def print_end(console: Console, collection: Collection, session: Session, *, is_first: bool) -> None:
    """Why no further card comes."""
    due_ms = wait_until(session.queue)
    if due_ms is not None and session.limit is None and session.ends_ms is None:
        at = instant(due_ms).astimezone(collection.clock.zone)
        console.print(styled(f"{counted(len(session.queue.learning), 'card')} in steps; the next at {at:%H:%M}"))
    elif (goal := today.goal_of(collection)) and session.limit is None and session.ends_ms is None:
        spent = minutes(sum(row.duration_ms for row in today.answers_today(collection, collection.clock.today())))
        console.print(styled(f"{spent} of {goal.minutes:g} min today for {date_of(goal.on)}"))
        console.print(styled("'bedrill review --minutes 10' goes on all the same"))
    elif is_first:
        console.print(styled("nothing is due. 'bedrill review --cram' goes through cards that you know."))


def print_summary(console: Console, collection: Collection, summary: Summary) -> None:
    """Counts, true retention, time, and what comes tomorrow."""
    if not summary.answers:
        return
    console.print()
    console.print(
        styled(
            (counted(summary.answers, "answer"), "bold"),
            f" in {minutes(summary.duration_ms)}: {summary.again} again, {summary.hard} hard, {summary.good} good, "
            f"{summary.easy} easy",
        )
    )
    if summary.introduced:
        console.print(styled(f"{counted(summary.introduced, 'new card')}"))
    if summary.true_retention is not None:
        share = f"{summary.passed} of {summary.reviewed}"
        console.print(styled(f"true retention {percent(summary.true_retention)} ({share} reviews)"))
    if goal := today.goal_of(collection):
        left = counted(goal.on - collection.clock.today(), "day")
        console.print(styled(f"{left} to {date_of(goal.on)}; tomorrow {goal.minutes:g} minutes"))
        return
    tomorrow = today.due(collection, on=collection.clock.today() + 1)
    review = sum(row.review + row.learning for row in tomorrow)
    new = sum(row.new for row in tomorrow)
    console.print(styled(f"tomorrow: {review} to review, up to {new} new"))
