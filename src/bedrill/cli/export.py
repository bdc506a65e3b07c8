"""`bedrill export`."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from bedrill.cli.app import App, command, shared_options
from bedrill.cli.names import DeckName
from bedrill.collection import exporting
from bedrill.errors import DeckError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator


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
        with _opened(out) as file:
            exporting.write(name, counted, file, context)
    except ValueError as error:
        raise UsageError(str(error), "name one DECK, or another format") from None
    except BrokenPipeError:
        raise  # nobody reads on: the door knows what that means
    except OSError as error:
        raise DeckError(
            f"{out} cannot be written: {error.strerror}", (), "check the path and its permissions"
        ) from None
    app.say(f"{out}: {counted.said()}")
    if name == "apkg":
        app.say("in Anki: turn FSRS on, and tick both boxes, 'learning progress' and 'deck presets'")
        app.say("Anki takes new cards and newer texts; cards that it has already keep its own schedule (docs/phone.md)")
    return 0


@contextlib.contextmanager
def _opened(out: Path) -> Iterator[IO[bytes]]:
    """A file that is whole when it appears at `out`; stdout for `-`."""
    if str(out) == "-":
        yield sys.stdout.buffer
        return
    with tempfile.NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as file:
        try:
            yield file
        except BaseException:
            Path(file.name).unlink()
            raise
    umask = os.umask(0)
    os.umask(umask)
    Path(file.name).chmod(0o666 & ~umask)  # as any other new file; temporary ones are closed to others
    Path(file.name).replace(out)
