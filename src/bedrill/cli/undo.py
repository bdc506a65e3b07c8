"""`bedrill undo`."""

from __future__ import annotations

import click

from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.clock import instant, iso
from bedrill.collection import answering
from bedrill.model import Rating


@command("undo", ("bedrill undo", "take back the last answer; again: the one before"))
@shared_options(json=True)
@click.pass_obj
def undo_command(app: App) -> None:
    """Take back the last answer, whichever session gave it. The log keeps both the answer and the undo."""
    card, review = answering.undo(app.collection)
    rating = Rating(review.rating)
    if app.as_json:
        reviewed_at = iso(instant(review.review_id))
        echo_json({"card": card.name, "rating": int(rating), "reviewed_at": reviewed_at})
    else:
        click.echo(f"{card.name}: '{rating.name.lower()}' is taken back")
