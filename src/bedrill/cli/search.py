"""`bedrill search`."""

from __future__ import annotations

import click

from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.cli.text import columns, counted, interval, on_one_line, table
from bedrill.clock import DAY_S
from bedrill.collection import browse
from bedrill.deckfile.faces import faces
from bedrill.deckfile.note_parser import read_note


@command(
    "search",
    ("bedrill search idempotent", "cards with a word (or one that begins so)"),
    ("bedrill search 'deck:cap is:due'", "what is due in a deck"),
    ("bedrill search 'prop:stability<5 -is:suspended'", "weak cards"),
    ("bedrill search '(tag:web or deck:9) kind:interview'", "or, and, not, parentheses"),
)
@click.argument("query", nargs=-1, required=True, metavar="QUERY...")
@shared_options(json=True)
@click.pass_obj
def search_command(app: App, query: tuple[str, ...]) -> None:
    """
    Find cards, in Anki's notation.

    \b
    words, "a phrase", wild*card, -not, or, ( )
    deck:ID or deck:NUMBER or deck:glob*   tag:NAME   kind:concept|interview
    is:due new learning review suspended buried leech core edited flagged
    prop:stability<5   also difficulty, retrievability, interval, due, reps, lapses
    flag:N   card:deck/slug*
    """
    found = browse.find(app.collection, " ".join(query))
    rows = [(card, faces(read_note(card.text, card.slug), card.ordinal).question) for card in found]
    if app.as_json:
        echo_json([{"card": card.name, "deck": card.deck_id, "question": question} for card, question in rows])
        return
    today = app.collection.clock.today()
    body = []
    for card, question in rows:
        days = None if card.state.due_on is None else card.state.due_on - today
        due = "new" if days is None else "due" if days <= 0 else interval(days * DAY_S)
        body.append((card.name, "off" if card.suspended else due, on_one_line(question.split("\n", 1)[0])))
    if body:
        click.echo(table(body, wide=2, fit=columns()))
    app.say(counted(len(body), "card"))
