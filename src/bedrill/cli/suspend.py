"""`bedrill suspend`."""

from __future__ import annotations

import click

from bedrill.cli.app import App, command, shared_options
from bedrill.cli.marking import say_marked
from bedrill.cli.names import Target
from bedrill.collection import browse


@command(
    "suspend",
    ("bedrill suspend http/delete-404", "a card, or all siblings of its note"),
    ("bedrill suspend cap", "a deck"),
    ("bedrill suspend tag:web", "every deck with a tag"),
)
@click.argument("targets", nargs=-1, required=True, metavar="CARD|DECK|tag:NAME...", type=Target())
@shared_options()
@click.pass_obj
def suspend_command(app: App, targets: tuple[str, ...]) -> None:
    """Take cards out of study until they are unsuspended. Their history stays."""
    chosen = [card for name in targets for card in browse.cards_named(app.collection, name)]
    changed = browse.set_suspended(app.collection, chosen, suspended=True)
    say_marked(app, len(chosen), changed, "suspended")
