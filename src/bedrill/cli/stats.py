"""`bedrill stats`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.cli.names import DeckName
from bedrill.cli.text import counted
from bedrill.clock import date_of
from bedrill.collection import naming, statistics
from bedrill.config import close_matches
from bedrill.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem

    from bedrill.stats.figure import Figure
    from bedrill.store.figures import Part

_MOST_DAYS = 36_500
_HELP = "How far back, and for 'due' ahead; 0 is all. [365; due: 30]"


class _FigureOrDeck(DeckName):
    """A NAME of a figure, or a DECK."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Figures, then decks."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - only for completion

        names = [name for name in ("all", *statistics.NAMES) if name.startswith(incomplete)]
        return [*map(CompletionItem, names), *super().shell_complete(ctx, param, incomplete)]


@command(
    "stats",
    ("bedrill stats", "are you ready, what slips, what will tomorrow cost"),
    ("bedrill stats reviews --days 90", "one figure in full"),
    ("bedrill stats retention 5-9", "of some lessons"),
    ("bedrill stats all --json", "every figure, for a script"),
    ("bedrill stats --html stats.html", "every figure as one page"),
)
@click.argument("words", nargs=-1, metavar="[NAME]... [DECK]...", type=_FigureOrDeck())
@click.option("--search", metavar="QUERY", default="", help="Only the cards that a search finds.")
@click.option("--kind", type=click.Choice(["concept", "interview"]), default=None, help="Only cards of this kind.")
@click.option("--days", type=click.IntRange(0, _MOST_DAYS), metavar="N", help=_HELP)
@click.option("--html", type=click.Path(allow_dash=True), metavar="FILE", help="Write a page.")
@click.option("--svg", type=click.Path(allow_dash=True), metavar="FILE", help="Write a picture.")
@shared_options(json=True)
@click.pass_obj
def stats_command(
    app: App,
    words: tuple[str, ...],
    search: str,
    kind: str | None,
    days: int | None,
    html: str | None,
    svg: str | None,
) -> None:
    """
    What was done, what is known, what is to come. Without NAME one screen; `all` is every figure.

    A NAME is today, due, calendar, reviews, counts, intervals, stability, difficulty, retrievability, retention, hours,
    buttons, introduced, trend, steps, knowledge, known, lessons, kinds, points, pace, confidence or attention.
    Days are study days, undone answers do not count, and Hard is a pass.
    """
    names, decks = _sorted_out(words)
    collection = app.collection
    part = _part(app, decks, kind or "", search)
    if not names and (html or svg):
        names = list(statistics.NAMES)
    if names:
        from bedrill.collection import statistics_in_full  # noqa: PLC0415 - the first screen needs less

        figures = statistics_in_full.made(collection, names, part, days)
    else:
        figures = statistics.first_screen(collection, part, days)
    if html or svg:
        _write(app, figures, html, svg)
    if app.as_json:
        echo_json(
            {
                "on": date_of(collection.clock.today()).isoformat(),
                "figures": {figure.name: figure.as_data() for figure in figures},
            }
        )
    if app.as_json or html or svg:
        return
    from bedrill.cli import view_stats  # noqa: PLC0415 - one face at a time

    if names:
        view_stats.print_figures(app, figures)
    else:
        view_stats.print_first_screen(app, figures)
    _hint(app, part, names)


def _sorted_out(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names of figures and DECKs; a figure wins where a deck has its name."""
    if "all" in words:
        return list(statistics.NAMES), [word for word in words if word != "all"]
    names = [word for word in dict.fromkeys(words) if word in statistics.NAMES]
    return names, [word for word in words if word not in statistics.NAMES]


def _part(app: App, decks: Sequence[str], kind: str, search: str) -> Part:
    """The part that is meant; a DECK that is none may be a slip in the name of a figure."""
    try:
        return statistics.part_of(app.collection, decks, kind, search)
    except NotFoundError:
        slip = next(deck for deck in decks if not naming.rows_meant(app.collection, [deck]))
        close = close_matches(slip, [*statistics.NAMES, "all"])
        if close and close_matches(slip, [*close, *naming.deck_ids(app.collection)]) == close:
            raise UsageError(f"no figure and no deck '{slip}'", f"did you mean '{close[0]}'?") from None
        raise


def _write(app: App, figures: Sequence[Figure], html: str | None, svg: str | None) -> None:
    from pathlib import Path  # noqa: PLC0415 - for those who write a file

    from bedrill.cli.outfile import written  # noqa: PLC0415
    from bedrill.formats import stats_page  # noqa: PLC0415

    day = date_of(app.collection.clock.today()).isoformat()
    heading = "bedrill: statistics"
    if html:
        with written(Path(html)) as file:
            file.write(stats_page.html_page(figures, heading, day).encode())
    if svg:
        with written(Path(svg)) as file:
            file.write(stats_page.svg_picture(figures, f"{heading}, {day}").encode())
    for out in filter(None, (html, svg)):
        app.say(f"{out}: {counted(len(figures), 'figure')}")


def _hint(app: App, part: Part, names: Sequence[str]) -> None:
    if not names and part.is_everything:
        app.say("\n'bedrill stats NAME' shows a figure in full; 'bedrill stats --help' lists them")
