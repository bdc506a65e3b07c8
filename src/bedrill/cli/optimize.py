"""`bedrill optimize`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.cli.text import table
from bedrill.collection import optimizing
from bedrill.errors import UsageError

if TYPE_CHECKING:
    from bedrill.optimizer import Fitness


@command(
    "optimize",
    ("bedrill optimize", "fit FSRS to your answers; kept only if that predicts them better"),
    ("bedrill optimize --dry-run", "only compare"),
    ("bedrill optimize --undo", "back to the parameters of before"),
)
@click.option("--dry-run", is_flag=True, help="Compare, and change nothing.")
@click.option("--undo", is_flag=True, help="Go back to the parameters of before.")
@shared_options(json=True)
@click.pass_obj
def optimize_command(app: App, *, dry_run: bool, undo: bool) -> None:
    """
    Fit the parameters of FSRS to your own answers.

    The latest fifth of them is held out: fitted parameters are kept only if they predict these better than those in
    use. Due dates stay as they are until a card's next answer.
    """
    if undo and dry_run:
        raise UsageError("--undo and --dry-run exclude each other", "leave one away")
    if undo:
        optimizing.undo(app.collection)
        app.say("the parameters of before are back")
        return
    found = optimizing.fit(app.collection)
    is_kept = found.is_better and not dry_run
    if is_kept:
        optimizing.keep(app.collection, found)
    if app.as_json:
        echo_json(
            {
                "answers": found.answers,
                "held_out": found.held_out,
                "before": found.before._asdict(),
                "after": found.after._asdict(),
                "kept": is_kept,
                "parameters": found.parameters,
            }
        )
        return
    rows = [("", "log loss", "RMSE"), _row("in use", found.before), _row("fitted", found.after)]
    click.echo(f"{found.answers} answers on a later day; the latest {found.held_out} judge\n")
    click.echo(table(rows, right=(1, 2)))
    app.say(_verdict(is_kept=is_kept, is_better=found.is_better))


def _row(name: str, fitness: Fitness) -> tuple[str, str, str]:
    return name, f"{fitness.log_loss:.4f}", f"{fitness.rmse:.4f}"


def _verdict(*, is_kept: bool, is_better: bool) -> str:
    if is_kept:
        return "the fitted parameters are in use; 'bedrill optimize --undo' goes back"
    if is_better:
        return "they would be kept: bedrill optimize"
    return "those in use predict better; nothing was changed"
