"""How a goal is shown: readiness today and on the day, a map of the course, lesson by lesson, and what will not fit."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

import click

from bedrill.cli.app import App, echo_json
from bedrill.cli.map import draw_course, symbol_of
from bedrill.cli.text import columns, counted, percent, table, visible
from bedrill.clock import date_of
from bedrill.collection import goal_report
from bedrill.collection.course import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.collection.goal_report import DeckForecast, Readiness, Report
    from bedrill.goals import Goal

KNOWN: Final = 0.8
HALF: Final = 0.5
_LEGEND: Final = ("80%", "50%", "less", "none")
_NAMED: Final = 8


def show_report(app: App, goal: Goal) -> None:
    """Print what there is to say of a goal."""
    report = goal_report.report(app.collection, goal)
    others = [other for other in app.collection.settings.goals if other.on > goal.on]
    if app.as_json:
        echo_json(_as_data(report) | {"later": [date_of(other.on).isoformat() for other in others]})
        return
    _print_head(report)
    lessons = {row.deck.lesson: row for row in report.decks if row.deck.lesson}
    if lessons:
        click.echo()
        draw_course({lesson: symbol_of(app, _standing(row)) for lesson, row in lessons.items()})
        legend = zip((Standing.KNOWN, Standing.BEGUN, Standing.OPEN, Standing.WAITS), _LEGEND, strict=True)
        click.echo("on the day:  " + "  ".join(f"{symbol_of(app, standing)} {says}" for standing, says in legend))
    click.echo()
    _print_lessons(report.decks)
    _print_choices(report)
    for other in others:
        click.echo(f"later: {date_of(other.on)}, {other.minutes:g} min a day")


def _print_head(report: Report) -> None:
    goal = report.goal
    level = f", {goal.level}" if goal.level else ""
    _say(f"interview  {date_of(goal.on)}, in {counted(report.days_left, 'day')}; {goal.minutes:g} min a day{level}")
    band = f"{report.low * 100:.0f} to {percent(report.high)}"
    _say(f"readiness  {percent(report.now.whole)} today, {percent(report.then.whole)} on the day ({band})")
    if report.then.concepts is not None and report.then.interviews is not None:
        _say(
            f"           {percent(report.then.concepts)} of concept cards, "
            f"{percent(report.then.interviews)} of the key points of interviews"
        )
    words = [f"{percent(target)} {_minutes(needed)}" for target, needed in report.minutes_for.items()]
    _say(f"min a day  for {', '.join(words)}")


def _minutes(needed: float | None) -> str:
    if needed is None:
        return f"> {goal_report.MINUTES[-1]}"
    return f"{needed:.0f}" if needed >= 1 else "0"


def _standing(row: DeckForecast) -> Standing:
    if row.then >= KNOWN:
        return Standing.KNOWN
    if row.then >= HALF:
        return Standing.BEGUN
    return Standing.WAITS if row.is_left_out else Standing.OPEN


def _print_lessons(decks: Sequence[DeckForecast]) -> None:
    rows = [("lesson", "today", "then", "new", "new then", "")]
    rows += [
        (
            str(row.deck.lesson or ""),
            percent(row.now),
            percent(row.then),
            str(row.unseen_now),
            f"{row.unseen_then:.0f}",
            visible(f"{row.deck.deck_id}: {row.deck.title}"),
        )
        for row in decks
    ]
    click.echo(table(rows, right=(0, 1, 2, 3, 4), wide=5, fit=columns()))


def _print_choices(report: Report) -> None:
    """What the plan gives up, and how to have it otherwise."""
    day = date_of(report.goal.on)
    if left_out := [row for row in report.decks if row.is_left_out]:
        _say(f"not reached: {_named(left_out)}. Name the lessons that count, or give more minutes:")
        _say(f"  bedrill goal {day} --minutes {report.goal.minutes * 2:g} DECK...")
    if fading := [row for row in report.decks if row.fades]:
        _say(f"left to fade, for more of the course: {_named(fading)}. To keep it up instead:")
        _say(f"  bedrill goal {day} --keep-known")


def _named(rows: Sequence[DeckForecast]) -> str:
    names = [row.deck.deck_id for row in rows[:_NAMED]]
    more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
    return visible(", ".join(names)) + more


def _say(line: str) -> None:
    """A line, in as many as it needs on a narrow terminal."""
    fit = columns()
    click.echo(textwrap.fill(line, fit, subsequent_indent="  ", drop_whitespace=True) if fit else line)


def _as_data(report: Report) -> dict[str, object]:
    goal = report.goal
    return {
        "on": date_of(goal.on).isoformat(),
        "minutes": goal.minutes,
        "level": goal.level or None,
        "keep_known": goal.keeps_known,
        "days_left": report.days_left,
        "readiness": {"today": _shares(report.now), "then": _shares(report.then)},
        "band": [round(report.low, 4), round(report.high, 4)],
        "minutes_for": {
            f"{target:g}": None if needed is None else round(needed, 1) for target, needed in report.minutes_for.items()
        },
        "decks": [
            {
                "deck": row.deck.deck_id,
                "title": row.deck.title,
                "lesson": row.deck.lesson,
                "cards": row.cards,
                "today": round(row.now, 4),
                "then": round(row.then, 4),
                "unseen_today": row.unseen_now,
                "unseen_then": round(row.unseen_then, 1),
                "left_out": row.is_left_out,
                "fades": row.fades,
            }
            for row in report.decks
        ],
    }


def _shares(readiness: Readiness) -> dict[str, float | None]:
    return {
        name: None if share is None else round(share, 4)
        for name, share in zip(("all", "concepts", "interviews"), readiness, strict=True)
    }
