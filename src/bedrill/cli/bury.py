"""`bedrill bury`."""

from __future__ import annotations

import click

from bedrill.cli.app import App, command, shared_options
from bedrill.cli.marking import say_marked
from bedrill.cli.names import Target
from bedrill.collection import browse


@command(
    "bury",
    ("bedrill bury http/delete-404", "a card, or all siblings of its note"),
    ("bedrill bury cap", "a deck"),
    ("bedrill bury tag:web", "every deck with a tag"),
)
@click.argument("targets", nargs=-1, required=True, metavar="CARD|DECK|tag:NAME...", type=Target())
@shared_options()
@click.pass_obj
def bury_command(app: App, targets: tuple[str, ...]) -> None:
    """Put cards off until tomorrow."""
    chosen = [card for name in targets for card in browse.cards_named(app.collection, name)]
    changed = browse.set_buried(app.collection, chosen, buried=True)
    say_marked(app, len(chosen), changed, "buried until tomorrow")
