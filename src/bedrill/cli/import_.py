"""`bedrill import`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Final

import click

from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.cli.text import columns
from bedrill.cli.view_import import as_json, print_report
from bedrill.collection import intake

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
    bar = _Bar(app)
    wanted = intake.Wanted(
        dry_run=dry_run,
        format_name=intake.format_named(format_name),
        takes_edits=take_edits,
        progress=bar.show,
    )
    try:
        report = intake.import_paths(app.collection, paths, wanted)
    finally:
        bar.clear()
    if app.as_json:
        echo_json(as_json(report))
    else:
        print_report(app, report, dry_run=dry_run)
    return 1 if report.refused or report.left_out else 0


class _Bar:
    """A bar on stderr, once an import takes longer than a second; nothing where nobody looks."""

    def __init__(self, app: App) -> None:
        self._is_wanted = sys.stderr.isatty() and not app.quiet
        self._start = time.monotonic()
        self._is_shown = False

    def show(self, share: float) -> None:
        """Draw it: `share` of the file has been read, 0 to 1."""
        if self._is_wanted and time.monotonic() - self._start > QUIET_S:
            cells = max(5, min(40, columns() - 12))
            done = round(cells * min(share, 1.0))
            click.echo(f"\r[{'#' * done}{'.' * (cells - done)}] {share:4.0%}\x1b[K", nl=False, err=True)
            self._is_shown = True

    def clear(self) -> None:
        """Take it away."""
        if self._is_shown:
            click.echo("\r\x1b[K", nl=False, err=True)
