"""`bedrill restore`."""

from __future__ import annotations

from pathlib import Path

import click

from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.collection import backups, rescue
from bedrill.errors import NotFoundError


@command(
    "restore",
    ("bedrill restore latest", "back to the newest copy"),
    ("bedrill restore /mnt/usb/bedrill.db", "back to another one"),
)
@click.argument("path", type=click.Path(path_type=Path))
@shared_options(json=True)
@click.pass_obj
def restore_command(app: App, path: Path) -> None:
    """
    Go back to a copy of the collection. What it is now is copied first, so that this can be undone.

    'bedrill backup list' names the copies.
    """
    place = app.collection_path
    if str(path) == "latest":
        found = backups.listed(place)
        if not found:
            raise NotFoundError("there are no backups", "'bedrill backup' makes one")
        path = found[0].path
    if not path.is_file() and len(path.parts) == 1:  # a name from the list
        path = backups.folder(place) / path
    if rescue.damage(Path(place)):
        kept = rescue.replace(Path(place), path, app.now)
        undo = f"the damaged file is kept as {kept}"
    else:
        kept = backups.restore(app.collection, path).path
        undo = f"to undo: bedrill restore {kept}"
    if app.as_json:
        echo_json({"restored": str(path), "before": str(kept)})
        return
    click.echo(f"restored: {path}")
    app.say(undo)
