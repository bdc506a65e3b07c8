"""`bedrill import`."""

from __future__ import annotations

from pathlib import Path

import click

from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.cli.view_import import as_json, print_report
from bedrill.collection import importing


@command(
    "import",
    ("bedrill import my-deck.md", "take a deck file in"),
    ("bedrill import decks/ notes.md", "every deck file of a folder, and one more"),
    ("bedrill import", "whatever was imported before and has changed"),
    ("bedrill import my-deck.md --dry-run", "say what would happen"),
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("-n", "--dry-run", is_flag=True, help="Change nothing.")
@shared_options(json=True)
@click.pass_obj
def import_command(app: App, paths: tuple[Path, ...], *, dry_run: bool) -> int:
    """
    Take deck files in. Cards are known by their slugs: edited, moved and reworded ones keep their history.

    A file with errors is left out whole, and said so; the others are taken. The exit code is then 1.
    """
    report = importing.import_paths(app.collection, paths, dry_run=dry_run)
    if app.as_json:
        echo_json(as_json(report))
    else:
        print_report(app, report, dry_run=dry_run)
    return 1 if report.refused else 0
