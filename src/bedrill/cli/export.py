"""`bedrill export`."""

from __future__ import annotations

from pathlib import Path

import click

from bedrill.cli.app import App, command, shared_options
from bedrill.cli.names import DeckName
from bedrill.cli.outfile import written
from bedrill.collection import exporting
from bedrill.errors import UsageError


@command(
    "export",
    ("bedrill export bedrill.apkg", "everything for Anki, schedule and history included"),
    ("bedrill export shared.apkg 43 --no-schedule", "one lesson, for somebody else"),
    ("bedrill export everything.jsonl", "everything, lossless"),
    ("bedrill export - http --format csv", "one deck as a table, into a pipe"),
    ("bedrill export sheet.html 1-10", "a sheet to print, the weakest first"),
)
@click.argument("out", type=click.Path(path_type=Path, allow_dash=True))
@click.argument("decks", nargs=-1, metavar="[DECK]...", type=DeckName())
@click.option("--format", "format_name", metavar="NAME", default="", help="The format, where OUT does not say.")
@click.option("--no-schedule", is_flag=True, help="Leave schedule and history out.")
@shared_options()
@click.pass_obj
def export_command(app: App, out: Path, decks: tuple[str, ...], *, format_name: str, no_schedule: bool) -> int:
    """
    Write decks to a file of another format.

    OUT's suffix says which: .apkg, .csv, .tsv, .md, .jsonl or .html. '-' is stdout.
    """
    name = exporting.format_of(format_name, str(out))
    records = exporting.records(app.collection, decks, with_schedule=not no_schedule, name=name)
    counted = exporting.Counted(records)
    context = exporting.context(app.collection, with_schedule=not no_schedule)
    try:
        with written(out) as file:
            exporting.write(name, counted, file, context)
    except ValueError as error:
        raise UsageError(str(error), "name one DECK, or another format") from None
    app.say(f"{out}: {counted.said()}")
    if name == "apkg":
        app.say("in Anki: turn FSRS on, and tick both boxes, 'learning progress' and 'deck presets'")
        app.say("Anki takes new cards and newer texts; cards that it has already keep its own schedule (docs/phone.md)")
    return 0
