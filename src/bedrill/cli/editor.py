"""The user's editor, opened on a note."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bedrill.cli.text import visible
from bedrill.collection import browse
from bedrill.errors import EditError

if TYPE_CHECKING:
    from bedrill.collection import Collection
    from bedrill.store.cards import StoredCard


def edit_card(collection: Collection, card: StoredCard) -> bool:
    """
    Let the user edit a card's note until it is one note, or they give up. False if nothing changed.

    Raises:
        EditError: The editor failed, or the text is no note and there is no terminal to ask at.
    """
    text = card.text + "\n"
    while True:
        text = edited(text)
        faults = browse.faults_of(text)
        if not faults:
            return browse.edit(collection, card, text)
        click.echo(visible(f"line {faults[0].line}: {faults[0].message}; {faults[0].hint}"), err=True)
        if not sys.stdin.isatty():
            raise EditError("the edited text is no note; nothing was changed", faults[0].hint)
        if not click.confirm("Edit again?", default=True, err=True):
            return False


def edited(text: str) -> str:
    """
    What the user's editor makes of `text`.

    Raises:
        EditError: It cannot be started, or says that it failed.
    """
    command = next(
        (os.environ[name] for name in ("BEDRILL_EDITOR", "VISUAL", "EDITOR") if os.environ.get(name, "").strip()), "vi"
    )
    with tempfile.TemporaryDirectory(prefix="bedrill-") as folder:
        path = Path(folder) / "note.md"
        path.write_text(text, encoding="utf-8")
        try:
            code = subprocess.run([*shlex.split(command), str(path)], check=False).returncode
        except (OSError, ValueError) as error:
            raise EditError(f"the editor '{command}' cannot be started: {error}", "set $VISUAL or $EDITOR") from None
        if code:
            raise EditError(f"the editor '{command}' ended with exit code {code}; nothing was changed", "try again")
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise EditError(f"what '{command}' left cannot be read: {error}; nothing was changed") from None
