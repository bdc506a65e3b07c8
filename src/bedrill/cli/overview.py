"""Bare `bedrill`: today at a glance, and the next step to take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bedrill.cli.app import echo_json
from bedrill.cli.text import counted, percent
from bedrill.clock import date_of
from bedrill.collection import browse, today
from bedrill.store import log

if TYPE_CHECKING:
    from bedrill.cli.app import App


def show_overview(app: App) -> None:
    """Print what is due, the streak, readiness, and what to type next."""
    collection = app.collection
    on = collection.clock.today()
    rows = today.due(collection)
    new, learning, review = (sum(getattr(row, name) for row in rows) for name in ("new", "learning", "review"))
    streak = log.streak(collection.db, on)
    done = len(today.answers_today(collection, on))
    ready = browse.readiness_today(collection)
    goal = today.goal_of(collection)
    if app.as_json:
        echo_json(
            {
                "on": date_of(on).isoformat(),
                "new": new,
                "learning": learning,
                "review": review,
                "total": new + learning + review,
                "answered": done,
                "streak_days": streak,
                "readiness": round(ready, 4),
                "goal": None if goal is None else {"on": date_of(goal.on).isoformat(), "days_left": goal.on - on},
            }
        )
        return
    click.echo(f"today      {review} review, {learning} learning, {new} new")
    click.echo(f"done       {counted(done, 'answer')}")
    click.echo(f"streak     {counted(streak, 'day')}")
    click.echo(f"readiness  {percent(ready)} of all cards known today")
    if goal is not None:
        click.echo(f"goal       {date_of(goal.on)}, in {counted(goal.on - on, 'day')}; {goal.minutes:g} min a day")
    click.echo()
    if new + learning + review:
        click.echo("next: bedrill review")
    elif any(row.waits_for for row in browse.overview(collection, ())):
        click.echo("next: nothing is due; bedrill review DECK opens a lesson that waits for others")
    else:
        click.echo("next: nothing is due; come back tomorrow, or bedrill review --cram")
