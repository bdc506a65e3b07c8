"""What suspend, unsuspend, bury and unbury say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedrill.cli.text import counted

if TYPE_CHECKING:
    from bedrill.cli.app import App


def say_marked(app: App, chosen: int, changed: int, done: str) -> None:
    """Say how many cards changed, and how many were so already."""
    already = f" ({chosen - changed} were already)" if chosen > changed else ""
    app.say(f"{counted(changed, 'card')} {done}{already}")
