"""
Faces. A command translates words into calls and results into text; it decides nothing.

`Door` loads a command's module when it is asked for, and is the one place where errors become exit codes:
0 done, 1 expected failure, 2 usage, 3 bug (a log file is named), 4 no such card or deck, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import sys
from typing import TYPE_CHECKING, Final

import click

from bedrill import __version__
from bedrill.cli.app import App, ExampleCommand, shared_options
from bedrill.errors import BedrillError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COMMANDS: Final[Mapping[str, str]] = {
    "review": "study what is due today",
    "due": "how many cards each deck asks",
    "next": "the next card, for scripts",
    "grade": "answer a card, for scripts",
    "undo": "take back the last answer",
    "stats": "what was done, what is known, what is to come",
    "goal": "an interview date: how ready you will be; 'review' obeys it",
    "mock": "a timed mock interview, scored by key points",
    "catchup": "spread a backlog over the days that follow",
    "away": "take a break, and spread what falls into it",
    "decks": "the decks, and how far you are",
    "map": "the course: what is known, what is open, what waits for what",
    "show": "a card, its state and its history",
    "search": "find cards by words and filters",
    "edit": "change a card's text in your editor; its history stays",
    "suspend": "take cards out of study",
    "unsuspend": "put suspended cards back",
    "bury": "put cards off until tomorrow",
    "unbury": "dig buried cards out",
    "import": "take decks in, from files of any format",
    "export": "write decks to Anki, tables, Markdown, JSON Lines or a printable sheet",
    "check": "find faults in deck files, run their checked answers",
    "config": "show or change settings",
    "simulate": "minutes a day and cards known over a year, at several desired retentions",
    "optimize": "fit FSRS to your own answers",
    "path": "where your data is",
    "completion": "completion for your shell",
    "backup": "copy the collection, or list the copies",
    "restore": "go back to a copy",
    "doctor": "see that everything is as it should be, and mend it",
}
"""Every command and its line of help. The module of a command has its name (and "_" where Python keeps the word)."""
COMPLETE: Final = "_BEDRILL_COMPLETE"
"""The variable by which a shell asks for completion; click's rule makes the name."""
BUG: Final = 3
INTERRUPTED: Final = 130
TERMINAL_GONE: Final = 129
"""What a shell makes of SIGHUP."""


class Door(click.Group):
    """The group: commands are imported one by one, and only the one that is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's interface
        """The commands, those used daily first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's interface
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if cmd_name == "import" else cmd_name
        command: click.Command = getattr(importlib.import_module(f"bedrill.cli.{name}"), f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words mean; an unknown one gets a suggestion."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            from bedrill.config import close_matches  # noqa: PLC0415 - only for a slip

            close = close_matches(name, list(COMMANDS))
            hint = f"did you mean '{close[0]}'?" if close else "'bedrill --help' lists the commands"
            raise click.UsageError(f"no command '{name}'; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The commands with their lines, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples first."""
        ExampleCommand.write_examples(formatter, _EXAMPLES)
        super().format_help(ctx, formatter)


_EXAMPLES: Final = (
    ("bedrill", "today at a glance"),
    ("bedrill review", "study what is due"),
    ("bedrill review 43 --minutes 10", "ten minutes of lesson 43"),
    ("bedrill import my-deck.md", "add a deck of your own"),
    ("bedrill search 'is:leech'", "what will not stick"),
)


@click.group(
    cls=Door,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=False,
)
@click.version_option(__version__, message="bedrill %(version)s")
@shared_options(json=True)
@click.pass_context
def cli(context: click.Context) -> None:
    """Drill backend engineering until you pass the interview and can do the job."""
    if context.invoked_subcommand is None:
        from bedrill.cli.overview import show_overview  # noqa: PLC0415 - one face at a time

        show_overview(context.ensure_object(App))


def main() -> None:
    """
    The `bedrill` command.

    It leaves without taking the interpreter down piece by piece, which costs a sixth of a short command: the
    collection is closed by then, and what was printed is flushed here.
    """
    code = run(sys.argv[1:])
    with contextlib.suppress(OSError):  # whoever listened is gone
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def run(arguments: Sequence[str], app: App | None = None) -> int:
    """Run one command line; returns its exit code. What went wrong is said on stderr, the most important line first."""
    app = app or App()
    try:
        result = cli.main(list(arguments), prog_name="bedrill", standalone_mode=False, obj=app)
        sys.stdout.flush()
    except BedrillError as error:
        _say(error.message, error.hint)
        return error.exit_code
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        _say(error.format_message(), f"bedrill {context.info_name} --help" if context and context.parent else "")
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo(err=True)
        return INTERRUPTED
    except SystemExit as error:
        if error.code != 1 or COMPLETE in os.environ:
            raise
        return 0  # click has found that nobody reads on: `bedrill decks | head`
    except Exception as error:  # noqa: BLE001 - the one door: a bug gets a log file, not a traceback
        return _unexpected(error, arguments, app)
    return result if isinstance(result, int) else 0


def _unexpected(error: Exception, arguments: Sequence[str], app: App) -> int:
    """Where the world is at fault, say so, or end quietly if nobody is there to tell; anything else is a bug."""
    if isinstance(error, BrokenPipeError):  # `bedrill decks | head`: all that was asked for has been printed
        return 0
    if isinstance(error, OSError) and error.errno == errno.EIO:  # the terminal was closed
        return TERMINAL_GONE
    if known := app.store_error(error):
        _say(known.message, known.hint)
        return known.exit_code
    from bedrill.cli.bug_report import write_bug_report  # noqa: PLC0415 - only for a bug

    log = write_bug_report(error, arguments)
    _say(f"this is a bug: {type(error).__name__}: {error}", f"the details are in {log}; no answer was lost")
    return BUG


def _say(message: str, hint: str = "") -> None:
    from bedrill.cli.text import visible  # noqa: PLC0415 - only for an error

    click.echo(f"bedrill: {visible(message)}", err=True)
    if hint:
        click.echo(f"try: {visible(hint)}" if not hint.startswith("did you mean") else visible(hint), err=True)
