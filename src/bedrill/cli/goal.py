"""`bedrill goal`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bedrill.cli.app import App, command, shared_options
from bedrill.cli.names import DeckName
from bedrill.collection import browse, naming
from bedrill.errors import NotFoundError, UsageError
from bedrill.goals import LEVELS, MOST_DAYS, MOST_MINUTES, Goal, goal_day, goals_text, nearest, with_goal

if TYPE_CHECKING:
    from bedrill.collection import Collection
    from bedrill.model import StudyDay


@command(
    "goal",
    ("bedrill goal 2027-01-15 --minutes 25", "an interview: 25 minutes a day until then; 'review' obeys it"),
    ("bedrill goal 2027-01-15 --level mid 1-30 43", "of that level, and about these lessons"),
    ("bedrill goal", "how ready that will make you, lesson by lesson"),
    ("bedrill goal 2027-01-15 --drop", "it was called off"),
)
@click.argument("day", required=False, metavar="[DATE]")
@click.argument("decks", nargs=-1, metavar="[DECK]...", type=DeckName())
@click.option("--minutes", type=click.FloatRange(0, MOST_MINUTES, min_open=True), metavar="M", help="A day. [20]")
@click.option("--level", type=click.Choice([*LEVELS, "any"]), help="Of the interview.")
@click.option("--keep-known/--cover-more", default=None, help="What fades before what is new, or what adds most.")
@click.option("--drop", is_flag=True, help="Forget the goal of that day.")
@shared_options(json=True)
@click.pass_obj
def goal_command(
    app: App,
    day: str | None,
    decks: tuple[str, ...],
    minutes: float | None,
    level: str | None,
    *,
    keep_known: bool | None,
    drop: bool,
) -> None:
    """
    Say when the interview is, and see how ready you will be.

    Until then `review` takes the card whose answer adds most to that day for the time it takes, inside the minutes of
    the day. Of several goals the nearest rules; after its day everything is as before.
    """
    collection = app.collection
    if day is None:
        if minutes is not None or level or keep_known is not None or drop:
            raise UsageError("which day?", "bedrill goal 2027-01-15 --minutes 25")
    else:
        on = _day(day)
        if drop:
            _drop(collection, on, day)
            app.say(f"the goal of {day} is forgotten")
            return
        _set(collection, on, decks, minutes, level, keep_known)
    goal = nearest(collection.settings.goals, collection.clock.today())
    if goal is None:
        raise NotFoundError("no interview is ahead", "bedrill goal 2027-01-15 --minutes 25")
    from bedrill.cli.view_goal import show_report  # noqa: PLC0415 - the forecast, once there is a goal

    show_report(app, goal)


def _day(text: str) -> StudyDay:
    try:
        return goal_day(text)
    except ValueError as error:
        raise UsageError(str(error).partition(";")[0], "bedrill goal 2027-01-15 --minutes 25") from None


def _set(
    collection: Collection,
    on: StudyDay,
    decks: tuple[str, ...],
    minutes: float | None,
    level: str | None,
    keep_known: bool | None,  # noqa: FBT001 - as the option gives it
) -> None:
    """Store a goal; what is not said stays as the goal of that day has it."""
    if on < collection.clock.today():
        raise UsageError("that day is over", "an interview that is ahead")
    if on > collection.clock.today() + MOST_DAYS:
        raise UsageError(
            "that day is more than three years ahead", "a nearer one; until then, 'bedrill review' will do"
        )
    naming.decks_named(collection, decks)
    goals = collection.settings.goals
    before = next((goal for goal in goals if goal.on == on), Goal(on))
    goal = Goal(
        on,
        before.minutes if minutes is None else round(minutes, 3),
        before.level if level is None else "" if level == "any" else level,
        decks or before.decks,
        before.keeps_known if keep_known is None else keep_known,
    )
    browse.set_setting(collection, "goals", goals_text(with_goal(goals, goal)))


def _drop(collection: Collection, on: StudyDay, day: str) -> None:
    kept = [goal for goal in collection.settings.goals if goal.on != on]
    if len(kept) == len(collection.settings.goals):
        raise NotFoundError(f"no goal on {day}", "'bedrill config goals' lists them")
    browse.set_setting(collection, "goals", goals_text(kept))
