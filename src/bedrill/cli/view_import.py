"""How the outcome of an import reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bedrill.cli.text import counted, visible
from bedrill.cli.view_problems import problem_as_json, problem_line
from bedrill.note import Severity

if TYPE_CHECKING:
    from bedrill.cli.app import App
    from bedrill.collection.importing import ImportReport

_NAMED = 10
"""So many notes are named per heading; the rest is counted."""


def as_json(report: ImportReport) -> dict[str, object]:
    """The JSON of `import`: counts of notes, and what is wrong."""
    return {
        "added": len(report.added),
        "updated": len(report.updated),
        "unchanged": report.unchanged,
        "retired": len(report.retired),
        "reviews_added": 0,
        "decks": report.decks,
        "conflicts": report.conflicts,
        "problems": [problem_as_json(problem) for problem in report.problems],
    }


def print_report(app: App, report: ImportReport, *, dry_run: bool) -> None:
    """Counts on stdout, names and problems on stderr."""
    for problem in report.problems:
        if problem.severity is not Severity.INFO:
            click.echo(problem_line(problem), err=True)
    for path in report.refused:
        click.echo(visible(f"not imported: {path}"), err=True)
    for name in report.conflicts:
        app.say(f"conflict: {name} changed in its file; your own text stays (bedrill show {name})")
    for word, names in (("added", report.added), ("updated", report.updated), ("retired", report.retired)):
        for name in names[:_NAMED]:
            app.say(f"{word}: {name}")
        if len(names) > _NAMED:
            app.say(f"{word}: and {len(names) - _NAMED} more")
    click.echo(("would be: " if dry_run else "") + _counts(report))


def _counts(report: ImportReport) -> str:
    return (
        f"{len(report.added)} added, {len(report.updated)} updated, {report.unchanged} unchanged, "
        f"{len(report.retired)} retired"
    )


def say_shipped(app: App, report: ImportReport) -> None:
    """One line when the shipped decks were imported or updated; nothing if they are as they were."""
    if not (report.changes or report.conflicts or report.refused):
        return
    app.say(f"decks: {_counts(report)} ({counted(len(report.decks), 'deck')})")
    for name in report.conflicts:
        app.say(f"conflict: {name} changed in the shipped deck; your own text stays")
    for problem in report.problems:
        if problem.severity is Severity.ERROR:
            click.echo(problem_line(problem), err=True)
