"""How the outcome of an import reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bedrill.cli.text import counted, visible
from bedrill.cli.view_problems import problem_as_json, problem_line
from bedrill.note import Severity

if TYPE_CHECKING:
    from bedrill.cli.app import App
    from bedrill.collection.import_report import ImportReport

_NAMED = 10
"""So many notes are named per heading; the rest is counted."""


def as_json(report: ImportReport) -> dict[str, object]:
    """The JSON of `import`: counts of notes, and what is wrong."""
    return {
        "added": report.total("added"),
        "updated": report.total("updated"),
        "unchanged": report.unchanged,
        "retired": report.total("retired"),
        "reviews_added": report.reviews_added,
        "decks": report.decks,
        "conflicts": report.conflicts,
        "offered": report.offered,
        "media_added": report.media_added,
        "notices": report.notices,
        "problems": [problem_as_json(problem) for problem in report.problems],
    }


def print_report(app: App, report: ImportReport, *, dry_run: bool) -> None:
    """Counts on stdout, names and problems on stderr."""
    for problem in report.problems:
        if problem.severity is not Severity.INFO:
            click.echo(problem_line(problem), err=True)
    _say_lost(app, report)
    for path in report.refused:
        click.echo(visible(f"not imported: {path}"), err=True)
    for name in report.conflicts:
        app.say(f"conflict: {name} changed in its file; your own text stays (bedrill show {name})")
    for what in ("offered", "added", "updated", "retired"):
        _say_names(app, what, getattr(report, what), report.total(what))
    if report.offered:
        app.say("--take-edits takes the texts that were changed elsewhere")
    if dry_run:
        for text in (*report.notices, *(f"\n{sample}" for sample in report.samples)):
            app.say(visible(text))
    click.echo(("would be: " if dry_run else "") + _counts(report) + _extras(report))


def _say_lost(app: App, report: ImportReport) -> None:
    """What of a file cannot be shown, or was not taken over, though its notes were."""
    lost = [problem for problem in report.problems if problem.severity is Severity.INFO]
    for problem in lost[:_NAMED]:
        app.say(visible(f"{problem.path}: {problem.message}; {problem.hint}"))
    if len(lost) > _NAMED:
        app.say(f"and {len(lost) - _NAMED} more of that kind")
    if report.left_out:
        app.say(f"{counted(report.left_out, 'note')} could not be kept")


def _say_names(app: App, what: str, names: list[str], total: int) -> None:
    """The first of some notes, and how many more there are."""
    word = "changed elsewhere" if what == "offered" else what
    for name in names[:_NAMED]:
        app.say(f"{word}: {name}")
    if total > _NAMED:
        app.say(f"{word}: and {total - _NAMED} more")


def _extras(report: ImportReport) -> str:
    """What came along with the notes, where anything did."""
    parts = [counted(report.reviews_added, "answer")] if report.reviews_added else []
    parts += [counted(report.media_added, "media file")] if report.media_added else []
    return f"; {', '.join(parts)} added" if parts else ""


def _counts(report: ImportReport) -> str:
    return (
        f"{report.total('added')} added, {report.total('updated')} updated, {report.unchanged} unchanged, "
        f"{report.total('retired')} retired"
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
