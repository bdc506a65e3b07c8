"""Arguments that name decks and cards, with completion in the shell."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from bedrill.collection import Collection


def _collection(context: click.Context) -> Collection | None:
    """The collection to complete from, or None if there is none to be had; completion never makes one."""
    from bedrill.cli.app import App  # noqa: PLC0415 - only for completion
    from bedrill.collection import default_path, open_collection  # noqa: PLC0415
    from bedrill.errors import BedrillError  # noqa: PLC0415

    outer = context.parent.params if context.parent else {}
    path = context.params.get("db_path") or outer.get("db_path") or context.ensure_object(App).path or default_path()
    try:
        collection = open_collection(path) if os.path.isfile(path) else None
    except BedrillError:
        return None
    if collection is not None:
        context.call_on_close(collection.close)
    return collection


class DeckName(click.ParamType[str]):
    """A lesson number, a range, a deck id or a glob."""

    name = "deck"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[Any]]:  # noqa: ARG002
        """Deck ids and lesson numbers."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - only for completion

        from bedrill.cli.text import on_one_line  # noqa: PLC0415
        from bedrill.store import catalog  # noqa: PLC0415

        collection = _collection(ctx)
        decks = catalog.decks(collection.db) if collection else []
        return [
            CompletionItem(name, help=on_one_line(deck.title))
            for deck in decks
            for name in (deck.deck_id, str(deck.lesson) if deck.lesson else "")
            if name and name.startswith(incomplete)
        ]


class CardName(click.ParamType[str]):
    """A card: deck/slug, or deck/slug#N."""

    name = "card"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[Any]]:  # noqa: ARG002
        """Names of cards."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - only for completion

        from bedrill.store import cards  # noqa: PLC0415

        collection = _collection(ctx)
        names = cards.names(collection.db, incomplete, 500) if collection else []
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


class Target(CardName):
    """A card, a deck, or tag:NAME."""

    name = "target"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[Any]]:
        """Deck names, then cards."""
        return DeckName().shell_complete(ctx, param, incomplete) + super().shell_complete(ctx, param, incomplete)
