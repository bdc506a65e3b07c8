"""Every command explains itself, and begins with examples that work."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest

from bedrill.cli import COMMANDS, cli


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_begins_with_examples_of_it(invoke, db_path, name):
    long, short = invoke(name, "--help"), invoke(name, "-h")

    assert (long.code, long.err, short.out) == (0, "", long.out)
    assert long.out.startswith("Examples:\n  ")
    assert f"bedrill {name}" in long.out.splitlines()[1]
    assert f"\n\nUsage: bedrill {name} " in long.out
    assert not db_path.exists(), "help needs no collection"


def test_the_help_of_bedrill_lists_every_command_with_its_line(invoke):
    result = invoke("--help")

    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("Examples:\n  bedrill ")
    listed = result.out.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in listed if line[2] != " "] == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_of_a_command_can_be_read(name):
    """Each line that is a call of this command parses: no option or argument of it has gone."""
    context = click.Context(cli, info_name="bedrill")
    command = cli.get_command(context, name)
    assert command is not None

    for line, meaning in command.examples:  # type: ignore[attr-defined]
        words = shlex.split(line.partition(" > ")[0], comments=False)
        assert meaning
        if words[:2] == ["bedrill", name]:
            assert command.make_context(name, words[2:], parent=context).params


@pytest.mark.parametrize("name", COMMANDS)
def test_the_shared_options_are_the_same_everywhere(name):
    command = cli.get_command(click.Context(cli), name)
    assert command is not None

    options = {option for parameter in command.params for option in parameter.opts}

    assert {"--db", "--no-color", "-q", "--quiet"} <= options
    assert all(parameter.help for parameter in command.params if isinstance(parameter, click.Option))


def test_every_command_has_a_test_of_its_name():
    missing = [name for name in COMMANDS if not (Path(__file__).parent / f"test_{name}.py").is_file()]

    assert missing == []
