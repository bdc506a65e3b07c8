"""`bedrill simulate`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.cli.names import DeckName
from bedrill.cli.text import columns, has, table
from bedrill.collection import naming, simulating
from bedrill.config import with_setting
from bedrill.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.workload import Life, Month

RETENTIONS: Final = (0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
_MOST_DAYS: Final = 3_650
_BAR: Final = 24
_NARROW_BAR: Final = 12
_NARROW: Final = 60


@command(
    "simulate",
    ("bedrill simulate", "the year to come, at six desired retentions and yours"),
    ("bedrill simulate --days 90 --new 10", "three months, ten new cards a day"),
    ("bedrill simulate 1-30 --minutes 20", "these lessons, twenty minutes a day at most"),
    ("bedrill simulate --retention 0.88,0.92", "these two, and yours"),
)
@click.argument("decks", nargs=-1, metavar="[DECK]...", type=DeckName())
@click.option("--days", type=click.IntRange(1, _MOST_DAYS), default=365, metavar="N", help="How far to look. [365]")
@click.option("--new", "new_per_day", type=click.IntRange(0, 9_999), metavar="N", help="New cards a day.")
@click.option("--minutes", type=click.FloatRange(0, min_open=True), metavar="M", help="At most so much time a day.")
@click.option("--retention", "wanted", metavar="R,R...", help="Desired retentions, 0.70 to 0.99.")
@shared_options(json=True)
@click.pass_obj
def simulate_command(
    app: App,
    decks: tuple[str, ...],
    days: int,
    new_per_day: int | None,
    minutes: float | None,
    wanted: str | None,
) -> None:
    """
    What studying costs and brings, day by day, for your cards as they stand and the way you answer.

    Answers are drawn by FSRS with your parameters. A goal, prerequisites and siblings are left out of account.
    """
    collection = app.collection
    own = collection.settings.desired_retention
    chosen = _retentions(app, wanted) if wanted is not None else RETENTIONS
    lives = list(
        simulating.lives(
            collection,
            sorted({*chosen, own}),
            days,
            decks=frozenset(deck.row_id for deck in naming.decks_named(collection, decks)) if decks else None,
            new_per_day=new_per_day,
            seconds_per_day=None if minutes is None else minutes * 60,
        )
    )
    if app.as_json:
        echo_json([_as_data(life, own) for life in lives])
        return
    mine = next(life for life in lives if life.retention == own)
    _print_table(lives, mine, days)
    _print_neighbours(lives, mine)
    _print_months(mine)


def _retentions(app: App, text: str) -> list[float]:
    try:
        settings = [
            with_setting(app.collection.settings, "desired_retention", word) for word in text.replace(",", " ").split()
        ]
    except ConfigError as error:
        raise UsageError(error.message, "--retention 0.85,0.9") from None
    if not settings:
        raise UsageError("which retentions?", "--retention 0.85,0.9")
    return [each.desired_retention for each in settings]


def _print_table(lives: Sequence[Life], mine: Life, days: int) -> None:
    rows = [("desired", "min a day", "busiest", "reviews", "known", "backlog")]
    rows += [
        (
            f"{'*' if life is mine else ''}{life.retention:.2f}",
            f"{life.seconds_per_day / 60:.1f}",
            f"{life.busiest_seconds_per_day / 60:.1f}",
            f"{life.reviews_per_day:.0f}",
            f"{life.known:.0f}",
            str(life.backlog),
        )
        for life in lives
    ]
    click.echo(table(rows, right=range(6)))
    click.echo(
        f"* yours; minutes on average and in the busiest month,\nreviews a day, cards recalled after {days} days"
    )


def _print_neighbours(lives: Sequence[Life], mine: Life) -> None:
    """What the next lower and the next higher retention would change."""
    place = lives.index(mine)
    near = [lives[i] for i in (place - 1, place + 1) if 0 <= i < len(lives)]
    click.echo()
    for other in near:
        minutes = (other.seconds_per_day - mine.seconds_per_day) / 60
        click.echo(
            f"{other.retention:.2f} instead: {minutes:+.1f} min a day, {other.known - mine.known:+.0f} cards known"
        )


def _print_months(life: Life) -> None:
    """Cards known and minutes a day, month by month, as bars."""
    width = _NARROW_BAR if 0 < columns() < _NARROW else _BAR
    most = max(month.known for month in life.months) or 1.0
    busiest = life.busiest_seconds_per_day or 1.0
    click.echo(f"\nat {life.retention:.2f}, every 30 days:")
    rows = [("day", "known", "", "min", "")]
    rows += [
        (
            str(month.first + month.days),
            f"{month.known:.0f}",
            bar(month.known / most, width),
            f"{_minutes(month):.1f}",
            bar(month.seconds / month.days / busiest, width // 2),
        )
        for month in life.months
    ]
    click.echo(table(rows, right=(0, 1, 3)))


def bar(share: float, width: int) -> str:
    """A bar that fills a share, 0 to 1, of `width` columns; of "#" where the output has no blocks."""
    block = "█" if has("█") else "#"
    return block * round(share * width)


def _minutes(month: Month) -> float:
    return month.seconds / month.days / 60


def _as_data(life: Life, own: float) -> dict[str, object]:
    return {
        "desired_retention": life.retention,
        "yours": life.retention == own,
        "days": life.days,
        "minutes_per_day": round(life.seconds_per_day / 60, 2),
        "minutes_per_day_busiest_month": round(life.busiest_seconds_per_day / 60, 2),
        "reviews_per_day": round(life.reviews_per_day, 2),
        "known": round(life.known, 1),
        "backlog": life.backlog,
        "months": [
            {
                "first_day": month.first,
                "days": month.days,
                "minutes_per_day": round(_minutes(month), 2),
                "reviews_per_day": round(month.reviews / month.days, 2),
                "introduced": month.introduced,
                "known": round(month.known, 1),
            }
            for month in life.months
        ],
    }
