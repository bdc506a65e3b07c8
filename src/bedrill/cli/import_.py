"""`bedrill import`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.cli.view_import import as_json, print_report
from bedrill.collection import intake

if TYPE_CHECKING:
    from collections.abc import Callable

QUIET_S: Final = 1.0
"""An import that takes no longer says nothing on its way."""


@command(
    "import",
    ("bedrill import my-deck.md", "take a deck file in"),
    ("bedrill import words.csv --dry-run", "say how it is understood, change nothing"),
    ("bedrill import anki.colpkg", "decks, schedule and history from Anki"),
    ("bedrill import decks/ notes.md", "every deck of a folder, and one more"),
    ("bedrill import", "whatever was imported before and has changed"),
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("-n", "--dry-run", is_flag=True, help="Change nothing; show the first notes as they would be.")
@click.option("--format", "format_name", metavar="NAME", default="", help="The format, where the content misleads.")
@click.option("--take-edits", is_flag=True, help="Take texts that were changed elsewhere, such as in Anki.")
@shared_options(json=True)
@click.pass_obj
def import_command(app: App, paths: tuple[Path, ...], *, dry_run: bool, format_name: str, take_edits: bool) -> int:
    """
    Take decks in, from files of any format. Cards are known by their slugs or, from Anki, by their ids: edited, moved
    and reworded ones keep their history.

    A file with errors is left out whole, and said so; the others are taken. The exit code is then 1.
    """
    wanted = intake.Wanted(
        dry_run=dry_run,
        format_name=intake.format_named(format_name),
        takes_edits=take_edits,
        progress=_progress(app),
    )
    report = intake.import_paths(app.collection, paths, wanted)
    if app.as_json:
        echo_json(as_json(report))
    else:
        print_report(app, report, dry_run=dry_run)
    return 1 if report.refused or report.left_out else 0


def _progress(app: App) -> Callable[[int], None] | None:
    """Counts notes on stderr once it takes longer than a second; None where nobody looks."""
    if app.quiet or not sys.stderr.isatty():
        return None
    start = time.monotonic()

    def show(notes: int) -> None:
        if time.monotonic() - start > QUIET_S:
            click.echo(f"\r{notes:,} notes …\x1b[K", nl=False, err=True)

    return show
