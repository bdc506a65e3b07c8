"""What `catchup` and `away` share: telling what a plan costs, doing it, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bedrill.cli.app import App, echo_json
from bedrill.cli.text import counted
from bedrill.clock import date_of
from bedrill.collection import breaks
from bedrill.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedrill.collection.breaks import Plan


def carry_out(app: App, plan_for: Callable[[float], Plan], minutes: float | None, *, dry_run: bool, undo: bool) -> None:
    """Do what the options of either command say, and tell it."""
    if undo:
        if minutes is not None or dry_run:
            raise UsageError("--undo goes alone", "leave the others away")
        app.say(f"{counted(breaks.undo(app.collection), 'card')} put back")
        return
    if minutes is None:
        raise UsageError("how many minutes a day?", "--minutes 20")
    plan = plan_for(minutes)
    moved = 0 if dry_run else breaks.do(app.collection, plan)
    if app.as_json:
        echo_json(
            {
                "cards": len(plan.moves),
                "moved": moved,
                "per_day": plan.per_day,
                "first": date_of(plan.first).isoformat(),
                "last": date_of(plan.last).isoformat(),
                "recalled_as_due": round(plan.cost.as_due, 2),
                "recalled_as_spread": round(plan.cost.as_spread, 2),
            }
        )
        return
    if not plan.moves:
        click.echo("no reviews fall into that time")
        return
    lost = plan.cost.as_due - plan.cost.as_spread
    days = f"from {date_of(plan.first)} to {date_of(plan.last)}"
    click.echo(f"{counted(len(plan.moves), 'review')}, {plan.per_day} a day, {days}")
    click.echo(f"waiting costs {lost:.1f} of the {plan.cost.as_due:.1f} cards that you would recall")
    if moved:
        app.say(f"{counted(moved, 'card')} moved; to undo: the same command with --undo")
