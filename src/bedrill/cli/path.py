"""`bedrill path`."""

from __future__ import annotations

import click

from bedrill.cli.app import App, command, shared_options


@command(
    "path",
    ("bedrill path", "the collection: one file with everything of yours"),
    ('cp "$(bedrill path)" /backup/', "use it in a command"),
    ("bedrill path decks", "the folder of the shipped decks"),
)
@click.argument("what", default="db", type=click.Choice(["db", "decks"]))
@shared_options()
@click.pass_obj
def path_command(app: App, what: str) -> None:
    """Where your data is. Nothing is opened or made."""
    from bedrill.collection import default_path, shipped  # noqa: PLC0415 - one face at a time

    click.echo((app.path or default_path()) if what == "db" else shipped.shipped_folder())
