"""`bedrill away`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from bedrill.cli.app import App, command, shared_options
from bedrill.cli.view_breaks import carry_out
from bedrill.clock import day_number
from bedrill.collection import breaks
from bedrill.errors import UsageError

if TYPE_CHECKING:
    from bedrill.model import StudyDay


@command(
    "away",
    ("bedrill away 2027-02-01..2027-02-14 --minutes 20", "a break; what falls into it comes behind it, a bit each day"),
    ("bedrill away 2027-02-01..2027-02-14 --minutes 20 --dry-run", "what that would cost"),
    ("bedrill away --undo", "put the cards back where they were"),
)
@click.argument("days", required=False, metavar="[FROM..TO]")
@click.option("--minutes", type=click.FloatRange(0, min_open=True), metavar="M", help="Minutes a day afterwards.")
@click.option("--dry-run", is_flag=True, help="Only say what it would cost.")
@click.option("--undo", is_flag=True, help="Put the cards back that were moved last.")
@shared_options(json=True)
@click.pass_obj
def away_command(app: App, days: str | None, minutes: float | None, *, dry_run: bool, undo: bool) -> None:
    """
    Take a break: the reviews that fall into it are spread over the days that follow.

    The cost in expected recall is told; answers are left alone, and everything can be put back at once.
    """

    def plan(given: float) -> breaks.Plan:
        return breaks.away(app.collection, *_days(days, app.collection.clock.today()), given)

    carry_out(app, plan, minutes, dry_run=dry_run, undo=undo)


def _days(text: str | None, today: StudyDay) -> tuple[StudyDay, StudyDay]:
    """The first and the last day of "FROM..TO"."""
    start, dots, end = (text or "").partition("..")
    try:
        first, last = day_number(date.fromisoformat(start)), day_number(date.fromisoformat(end if dots else start))
    except ValueError:
        raise UsageError(f"'{text or ''}' is no break", "write it as 2027-02-01..2027-02-14") from None
    if first < today:
        raise UsageError(f"{start} is over", "begin today or later")
    if last < first:
        raise UsageError(f"{text} ends before it begins", "write FROM..TO")
    return first, last
