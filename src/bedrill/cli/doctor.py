"""`bedrill doctor`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.cli.text import columns, counted, visible
from bedrill.collection import doctor, rescue
from bedrill.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.collection.doctor import Finding


@command(
    "doctor",
    ("bedrill doctor", "see that everything is as it should be"),
    ("bedrill doctor --fix", "rebuild what can be rebuilt from the log"),
    ("bedrill doctor --salvage new.db", "get all that can be read out of a damaged collection"),
)
@click.option("--fix", is_flag=True, help="Mend what can be mended.")
@click.option("--salvage", metavar="NEW", type=click.Path(path_type=Path), help="A new collection of what can be read.")
@shared_options(json=True)
@click.pass_obj
def doctor_command(app: App, *, fix: bool, salvage: Path | None) -> int:
    """
    Examine the collection: the file, the guards of the log, every state against a replay of the log, the backups.

    --fix rebuilds caches, after a backup; answers are never touched. A damaged file is never written to.
    """
    if fix and salvage:
        raise UsageError("--fix and --salvage exclude each other", "--salvage is for a damaged file")
    path = Path(app.collection_path)
    if salvage is not None:
        _salvage(app, path, salvage)
        return 0
    if faults := rescue.damage(path):
        findings = [doctor.of_damaged(path, faults)]
    else:
        findings = doctor.fix(app.collection) if fix else doctor.examine(app.collection)
    is_well = all(finding.ok for finding in findings)
    if app.as_json:
        echo_json({"ok": is_well, "checks": [_as_data(finding) for finding in findings]})
    else:
        _print(findings)
        if any(finding.fixable and not finding.ok for finding in findings):
            app.say("try: bedrill doctor --fix")
    return 0 if is_well else 1


def _as_data(finding: Finding) -> dict[str, object]:
    data: dict[str, object] = {"name": finding.name, "ok": finding.ok, "detail": finding.detail}
    return data if finding.ok else data | doctor.MEANINGS[finding.name]._asdict()


def _print(findings: Sequence[Finding]) -> None:
    """A line for each check; of one that failed also what it means, and what can be done."""
    for finding in findings:
        _print_text(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.name}: {visible(finding.detail)}")
        if not finding.ok:
            for text in doctor.MEANINGS[finding.name]:
                _print_text(f"      {text}")


def _print_text(text: str) -> None:
    """A line, on a terminal wrapped between words and set in."""
    width = columns()
    click.echo(click.wrap_text(text, width, subsequent_indent="      ") if width else text)


def _salvage(app: App, path: Path, target: Path) -> None:
    made = rescue.salvage(path, target, app.now)
    if app.as_json:
        base = str(made.base.path) if made.base else None
        echo_json(made._asdict() | {"path": str(target), "base": base})
        return
    click.echo(f"{target}: {counted(made.answers, 'answer')}")
    if made.base:
        app.say(f"{counted(made.added, 'answer')} more than the backup {made.base.path.name} has")
    else:
        app.say(f"all of them from {path}: there was no backup to add them to")
    if made.stand_ins:
        app.say(f"{made.stand_ins} cards and notes could not be read; their answers are kept under deck 'unread-1'")
    if made.lost:
        app.say(f"{counted(made.lost, 'row')} could not be kept")
    app.say(f"{path} is as it was. If all is there: bedrill restore {target}")
