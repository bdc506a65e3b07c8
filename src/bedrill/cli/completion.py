"""`bedrill completion`."""

from __future__ import annotations

import click

from bedrill.cli.app import App, command, shared_options

_WHERE = {
    "bash": 'add to ~/.bashrc:  eval "$(bedrill completion bash)"',
    "zsh": 'add to ~/.zshrc:  eval "$(bedrill completion zsh)"',
    "fish": "run:  bedrill completion fish > ~/.config/fish/completions/bedrill.fish",
}


@command(
    "completion",
    ('eval "$(bedrill completion bash)"', "in ~/.bashrc"),
    ('eval "$(bedrill completion zsh)"', "in ~/.zshrc"),
    ("bedrill completion fish > ~/.config/fish/completions/bedrill.fish", "once"),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@shared_options()
@click.pass_obj
def completion_command(app: App, shell: str) -> None:
    """Print the completion script of a SHELL: commands, options, decks and cards."""
    from click.shell_completion import get_completion_class  # noqa: PLC0415 - one face at a time

    from bedrill.cli import cli  # noqa: PLC0415 - the group imports this module

    script = get_completion_class(shell)
    assert script is not None
    click.echo(script(cli, {}, "bedrill", "_BEDRILL_COMPLETE").source())
    app.say(_WHERE[shell])
