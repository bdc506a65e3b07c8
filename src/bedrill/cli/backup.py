"""`bedrill backup`."""

from __future__ import annotations

from pathlib import Path

import click

from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.cli.text import columns, table
from bedrill.clock import iso
from bedrill.collection import backups
from bedrill.errors import UsageError


@command(
    "backup",
    ("bedrill backup", "a copy beside the collection, verified"),
    ("bedrill backup /mnt/usb/bedrill.db", "a copy somewhere else"),
    ("bedrill backup list", "the copies that there are, newest first"),
)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@shared_options(json=True)
@click.pass_obj
def backup_command(app: App, path: Path | None) -> None:
    """
    Copy the collection, or list the copies. One is made by itself before the first change of a day.

    The copy is read back before it counts. 'bedrill restore' goes back to one.
    """
    if path is not None and str(path) == "list":
        _list(app)
        return
    if path is not None and path.exists():
        raise UsageError(f"{path} exists", "name a file that does not, or none")
    made = backups.make(app.collection, target=path)
    if app.as_json:
        echo_json({"path": str(made.path), "at": iso(made.at), "size_bytes": made.size_bytes})
    else:
        click.echo(str(made.path))


def _list(app: App) -> None:
    found = backups.listed(app.collection_path)
    if app.as_json:
        echo_json([{"path": str(b.path), "at": iso(b.at), "why": b.why, "size_bytes": b.size_bytes} for b in found])
        return
    rows = [(f"{b.at.astimezone():%Y-%m-%d %H:%M}", b.why, f"{b.size_bytes / 1e6:.1f} MB", b.path.name) for b in found]
    if rows:
        app.say(f"in {backups.folder(app.collection_path)}:")
        click.echo(table(rows, right=(2,), wide=3, fit=columns()))
    else:
        app.say("no backups yet; 'bedrill backup' makes one")
