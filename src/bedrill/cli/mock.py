"""`bedrill mock`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.cli.names import DeckName
from bedrill.cli.terminal import check_terminal
from bedrill.clock import epoch_ms
from bedrill.collection import mocks, naming, today
from bedrill.errors import UsageError
from bedrill.goals import LEVELS, MOST_MINUTES
from bedrill.mocking import Plan

if TYPE_CHECKING:
    from bedrill.mocking import Sheet

_MOST_QUESTIONS = 50


@command(
    "mock",
    ("bedrill mock", "five questions in 45 minutes, the weak ones first"),
    ("bedrill mock 41-60 --level senior --questions 3", "a senior round on these lessons"),
    ("bedrill mock --list", "all that were held, and their verdicts"),
    ("bedrill mock --show 2 --markdown sheet.md", "the sheet of the second one, as Markdown"),
)
@click.argument("decks", nargs=-1, metavar="[DECK]...", type=DeckName())
@click.option("--questions", type=click.IntRange(1, _MOST_QUESTIONS), default=5, metavar="N", help="At most N. [5]")
@click.option(
    "--minutes",
    type=click.FloatRange(0, MOST_MINUTES, min_open=True),
    default=45,
    metavar="M",
    help="How long it lasts. [45]",
)
@click.option("--level", type=click.Choice(LEVELS), help="Nothing above that level; a goal's level by default.")
@click.option("--list", "lists", is_flag=True, help="List the mock interviews that were held.")
@click.option("--show", is_flag=False, flag_value=0, type=click.IntRange(0), metavar="[N]", help="Show a sheet again.")
@click.option(
    "--markdown",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Write the sheet as Markdown; '-' is stdout.",
)
@shared_options(json=True)
@click.pass_obj
def mock_command(
    app: App,
    decks: tuple[str, ...],
    questions: int,
    minutes: float,
    level: str | None,
    show: int | None,
    markdown: Path | None,
    *,
    lists: bool,
) -> None:
    """
    Hold a mock interview: answer aloud or typed against the clock, then own up to what you said.

    Questions are drawn from interview cards, the weak ones and those not asked lately first, in the shape of a real
    round. Every answer is a review like any other, and kept at once; at the end comes a sheet like an interviewer's.
    """
    if lists or show is not None or app.as_json:
        _show(app, show or None, markdown, lists=lists)
        return
    check_terminal("mock", "'bedrill mock --show --json' has the last one's sheet")
    collection = app.collection
    goal = today.goal_of(collection)
    plan = Plan(epoch_ms(collection.now()), level or (goal.level if goal else ""), minutes, questions)
    rows = tuple(deck.row_id for deck in naming.decks_named(collection, decks)) if decks else None
    drawn = mocks.drawn(collection, plan, rows)
    from bedrill.cli.mock_screen import MockScreen  # noqa: PLC0415 - rich, once it is sure that it is needed

    screen = MockScreen(app, plan, drawn)
    screen.run()
    if markdown is not None and screen.session.answers:
        held = mocks.sheets(collection)
        _write(app, held[mocks.place_of(held, None)], markdown)


def _show(app: App, number: int | None, markdown: Path | None, *, lists: bool) -> None:
    from bedrill.cli import view_mock  # noqa: PLC0415 - not on the way to the first question

    collection = app.collection
    if lists and markdown is not None:
        raise UsageError("--markdown writes one sheet", "bedrill mock --show N --markdown FILE")
    held = mocks.sheets(collection)
    if lists:
        if app.as_json:
            echo_json([view_mock.as_data(sheet) for sheet in held])
        elif held:
            view_mock.print_list(app, held)
        else:
            app.say("no mock interview was held yet: bedrill mock")
        return
    place = mocks.place_of(held, number)
    if markdown is not None:
        _write(app, held[place], markdown)
    elif app.as_json:
        echo_json(view_mock.as_data(held[place]))
    else:
        view_mock.print_sheet(app, held, place)


def _write(app: App, sheet: Sheet, out: Path) -> None:
    from bedrill.cli import view_mock  # noqa: PLC0415 - for those who write it
    from bedrill.cli.outfile import written  # noqa: PLC0415

    text = view_mock.markdown_of(app.collection, sheet)
    with written(out) as file:
        file.write(text.encode())
