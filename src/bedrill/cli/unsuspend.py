"""`bedrill unsuspend`."""

from __future__ import annotations

import click

from bedrill.cli.app import App, command, shared_options
from bedrill.cli.marking import say_marked
from bedrill.cli.names import Target
from bedrill.collection import browse


@command(
    "unsuspend",
    ("bedrill unsuspend http/delete-404", "a card, or all siblings of its note"),
    ("bedrill unsuspend cap", "a deck"),
    ("bedrill unsuspend tag:web", "every deck with a tag"),
)
@click.argument("targets", nargs=-1, required=True, metavar="CARD|DECK|tag:NAME...", type=Target())
@shared_options()
@click.pass_obj
def unsuspend_command(app: App, targets: tuple[str, ...]) -> None:
    """Put suspended cards back into study, where they stood."""
    chosen = [card for name in targets for card in browse.cards_named(app.collection, name)]
    changed = browse.set_suspended(app.collection, chosen, suspended=False)
    say_marked(app, len(chosen), changed, "unsuspended")
