"""`bedrill edit`."""

from __future__ import annotations

import click

from bedrill.cli.app import App, command, shared_options
from bedrill.cli.editor import edit_card
from bedrill.cli.names import CardName
from bedrill.collection import browse


@command("edit", ("bedrill edit http/delete-404", "open the note in $VISUAL or $EDITOR"))
@click.argument("card", metavar="CARD", type=CardName())
@shared_options()
@click.pass_obj
def edit_command(app: App, card: str) -> None:
    """
    Change a note's text in your editor. Its schedule and history stay; from now on your text stands over the deck's.
    """
    stored = browse.card_named(app.collection, card)
    changed = edit_card(app.collection, stored)
    app.say(f"{stored.name}: {'your text is kept' if changed else 'nothing changed'}")
