"""`bedrill doctor`."""

from __future__ import annotations

import click

from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.collection import doctor


@command(
    "doctor",
    ("bedrill doctor", "see that everything is as it should be"),
    ("bedrill doctor --fix", "rebuild what can be rebuilt from the log"),
)
@click.option("--fix", is_flag=True, help="Mend what can be mended.")
@shared_options(json=True)
@click.pass_obj
def doctor_command(app: App, *, fix: bool) -> int:
    """
    Examine the collection: the file, the guards of the log, and every cached state against a replay of the log.

    --fix rebuilds caches; answers are never touched.
    """
    findings = doctor.fix(app.collection) if fix else doctor.examine(app.collection)
    is_well = all(finding.ok for finding in findings)
    if app.as_json:
        checks = [{"name": finding.name, "ok": finding.ok, "detail": finding.detail} for finding in findings]
        echo_json({"ok": is_well, "checks": checks})
    else:
        for finding in findings:
            click.echo(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.name}: {finding.detail}")
        if any(finding.fixable and not finding.ok for finding in findings):
            app.say("try: bedrill doctor --fix")
    return 0 if is_well else 1
