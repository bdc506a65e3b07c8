"""What commands share: the open collection, the common options, help that begins with examples."""

from __future__ import annotations

import functools
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bedrill.collection import Collection
    from bedrill.errors import StoreError

F = TypeVar("F", bound="Callable[..., Any]")


def _now() -> datetime:
    return datetime.now(UTC)


class App:
    """
    What a command works with; click's `obj`.

    Attributes:
        path: Of the collection; None until it is known.
        now: Gives the current instant, aware and in UTC.
        shipped: Folder of the shipped decks; None for the installed ones.
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None = None,
        now: Callable[[], datetime] = _now,
        shipped: str | os.PathLike[str] | None = None,
    ) -> None:
        self.path = None if path is None else os.fspath(path)
        self.now = now
        self.shipped = None if shipped is None else os.fspath(shipped)
        self.as_json = self.no_color = self.quiet = False
        self._collection: Collection | None = None
        self._path: str | None = None

    @property
    def collection_path(self) -> str:
        """Where the collection is, or will be."""
        from bedrill.collection import default_path  # noqa: PLC0415 - not for --help

        return self.path or default_path()

    @property
    def collection(self) -> Collection:
        """The collection, opened at first use; the shipped decks are in it."""
        if self._collection is None:
            from bedrill.collection import open_collection, shipped  # noqa: PLC0415 - not for --help

            self._path = self.collection_path
            collection = open_collection(self._path, self.now)
            self._collection = collection
            click.get_current_context().call_on_close(self.close)
            report = shipped.import_if_changed(collection, self.shipped or shipped.shipped_folder())
            if report is not None:
                from bedrill.cli.view_import import say_shipped  # noqa: PLC0415 - only after an update

                say_shipped(self, report)
        return self._collection

    def close(self) -> None:
        """Close the collection, if it is open."""
        if self._collection is not None:
            self._collection.close()
            self._collection = None

    def store_error(self, error: Exception) -> StoreError | None:
        """What SQLite says of the collection while it is read, in words; None if `error` is something else."""
        if self._path is None:
            return None
        import sqlite3  # noqa: PLC0415 - it is loaded: the collection was opened

        from bedrill.store.connection import in_words  # noqa: PLC0415

        return in_words(error, self._path) if isinstance(error, sqlite3.Error) else None

    def say(self, message: str) -> None:
        """A message to the user, on stderr; nothing with --quiet."""
        if not self.quiet:
            from bedrill.cli.text import visible  # noqa: PLC0415 - only for those who are told something

            click.echo(visible(message), err=True)

    @property
    def has_color(self) -> bool:
        """Whether stdout takes colour: a terminal, not dumb, and nobody said no."""
        if self.no_color or os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("FORCE_COLOR"):
            return True
        return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


class ExampleCommand(click.Command):
    """A command whose help begins with examples: pairs of a command line and what it does."""

    def __init__(self, *args: Any, examples: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, then usage and options."""
        self.write_examples(formatter, self.examples)
        super().format_help(ctx, formatter)

    @staticmethod
    def write_examples(formatter: click.HelpFormatter, examples: Sequence[tuple[str, str]]) -> None:
        """The examples as a list."""
        if examples:
            with formatter.section("Examples"):
                formatter.write_dl(examples, col_max=44)
            formatter.write_paragraph()


def command(name: str, *examples: tuple[str, str]) -> Callable[[F], click.Command]:
    """A click command with examples, `-h`, and the name that users type."""
    return click.command(
        name, cls=ExampleCommand, examples=examples, context_settings={"help_option_names": ["-h", "--help"]}
    )


def shared_options(*, json: bool = False) -> Callable[[F], F]:
    """
    `--db`, `--no-color`, `-q`, and `--json` where data is printed: taken off the arguments and put on the `App`.

    They may stand before the command's name or behind it.
    """

    def decorate(function: F) -> F:
        @functools.wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            app = click.get_current_context().ensure_object(App)
            app.path = kwargs.pop("db_path") or app.path
            app.no_color |= kwargs.pop("no_color")
            app.quiet |= kwargs.pop("quiet")
            app.as_json |= kwargs.pop("as_json", False)
            return function(*args, **kwargs)

        options = [
            click.option("--db", "db_path", metavar="PATH", type=click.Path(), help="The collection to use."),
            click.option("--no-color", is_flag=True, help="No colour."),
            click.option("-q", "--quiet", is_flag=True, help="No messages, only data."),
        ]
        if json:
            options.append(click.option("--json", "as_json", is_flag=True, help="Print JSON."))
        for option in options:
            wrapper = option(wrapper)
        return wrapper  # type: ignore[return-value]

    return decorate


def echo_json(data: object) -> None:
    """Print data as JSON, and nothing else. What could command a terminal is escaped: the data are the same."""
    import json  # noqa: PLC0415 - only for --json

    text = json.dumps(data, ensure_ascii=False, indent=2)
    if not text.replace("\n", "").isprintable():
        text = "".join(char if char == "\n" or char.isprintable() else json.dumps(char)[1:-1] for char in text)
    click.echo(text)
