"""`bedrill check`."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bedrill import check_runner, formats
from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.cli.text import counted
from bedrill.cli.view_problems import problem_as_json, problem_for_github, problem_line
from bedrill.collection.sources import deck_files, read_file
from bedrill.deckfile.lint import lint
from bedrill.deckfile.writer import with_slugs
from bedrill.errors import DeckError
from bedrill.note import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.note import DeckFile, Problem


@command(
    "check",
    ("bedrill check my-deck.md", "faults and style"),
    ("bedrill check decks --run", "run the checked answers, too"),
    ("bedrill check my-deck.md --fix", "write missing slugs into the file"),
    ("bedrill check decks --format github", "for a workflow on a code host"),
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--run", is_flag=True, help="Run the code of the checked answers. Only for decks that you trust.")
@click.option("--fix", is_flag=True, help="Write slugs into notes that have none.")
@click.option("--info", is_flag=True, help="Show remarks as well; they never fail a check.")
@click.option(
    "--format", "format_name", type=click.Choice(["text", "json", "github"]), default="text", help="How to print."
)
@shared_options()
@click.pass_obj
def check_command(app: App, paths: tuple[Path, ...], format_name: str, *, run: bool, fix: bool, info: bool) -> int:
    """
    Find what is wrong with deck files: faults of format, and the rules of style (docs/format.md lists both).

    The exit code is 1 if there are errors or warnings.
    """
    files = [file for path in paths for file in deck_files(path)]
    if fix:
        _write_slugs(app, files)
    decks = [read_file(file).deck for file in files]
    problems, waived = lint([deck for deck in decks if not deck.has_errors])
    problems = [problem for deck in decks for problem in deck.problems] + problems
    ran = ""
    if run:
        failed, ran = _run_checks(app, decks)
        problems += failed
    problems = sorted(
        (problem for problem in problems if info or problem.severity is not Severity.INFO),
        key=lambda problem: (problem.path, problem.line, problem.code),
    )
    _print(problems, format_name)
    notes = sum(len(deck.notes) for deck in decks)
    app.say(
        f"{counted(len(problems), 'problem')} in {counted(len(decks), 'deck')}, {counted(notes, 'note')}{ran}; "
        f"{waived} waived"
    )
    return 1 if any(problem.severity is not Severity.INFO for problem in problems) else 0


def _print(problems: Sequence[Problem], format_name: str) -> None:
    if format_name == "json":
        echo_json([problem_as_json(problem) for problem in problems])
        return
    for problem in problems:
        click.echo(problem_line(problem) if format_name == "text" else problem_for_github(problem))


def _write_slugs(app: App, files: Sequence[Path]) -> None:
    for file in files:
        source = read_file(file)
        if source.deck.has_errors:
            continue
        text, written = with_slugs(source.data.decode(), source.deck)
        if written:
            try:
                formats.replace_file(file, text.encode())
            except OSError as error:
                hint = "check the permissions of the file and of its folder"
                raise DeckError(f"{file} cannot be written: {error.strerror}", (), hint) from None
            app.say(f"{file}: {counted(written, 'slug')} written")


def _say_what_runs(app: App, languages: Counter[str]) -> None:
    """Before anything of a deck is executed: what, and what it is kept from."""
    if languages:
        told = ", ".join(f"{count} {language}" for language, count in sorted(languages.items()))
        network = "no network" if check_runner.can_cut_network() else "the network, which this system does not cut off"
        app.say(f"running code of these decks ({told}), each in an empty folder with {network}")


def _run_checks(app: App, decks: Sequence[DeckFile]) -> tuple[list[Problem], str]:
    """Run all checks: the problems, and how many ran. A line on stderr now and then, so that nobody thinks it hangs."""
    languages = Counter(check.language for deck in decks for note in deck.notes for check in note.checks)
    total = languages.total()
    _say_what_runs(app, languages)
    problems: list[Problem] = []
    missing: Counter[str] = Counter()
    spoke_at = time.monotonic()
    for number, (deck, note, check, outcome) in enumerate(check_runner.run_checks(decks), 1):
        problem = check_runner.problem_of(deck, note, check, outcome)
        if problem:
            problems.append(problem)
        if outcome.missing:
            missing[outcome.missing] += 1
        if time.monotonic() - spoke_at > 5:  # noqa: PLR2004 - seconds
            spoke_at = time.monotonic()
            app.say(f"{number} of {total} checks run")
    ran = f", {counted(total - missing.total(), 'check')} run"
    skipped = "".join(f", {count} skipped without {name}" for name, count in sorted(missing.items()))
    return problems, ran + skipped
