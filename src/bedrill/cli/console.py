"""Everything that touches rich: the console, and Markdown from decks made harmless."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.markdown import CodeBlock, Heading, Markdown
from rich.syntax import Syntax
from rich.text import Text
from rich.theme import Theme

from bedrill.cli.text import visible
from bedrill.limits import MAX_HIGHLIGHTED_CHARS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import ClassVar

    from markdown_it.token import Token
    from rich.console import ConsoleOptions, RenderResult
    from rich.markdown import MarkdownElement

    from bedrill.cli.app import App

CODE_THEME: Final = "ansi_dark"
"""The terminal's own sixteen colours, so that code is legible on light and dark."""
_THEME: Final = Theme({"markdown.code": "cyan", "markdown.item.bullet": "dim", "markdown.item.number": "bold"})
MAX_COLUMNS: Final = 100
"""Longer lines are hard to read."""


def console_for(app: App) -> Console:
    """A console on stdout that obeys --no-color, NO_COLOR, TERM and COLUMNS."""
    width = Console(file=sys.stdout).width
    return Console(
        file=sys.stdout,
        theme=_THEME,
        no_color=not app.has_color,
        force_terminal=True if os.environ.get("FORCE_COLOR") else None,
        width=min(width, MAX_COLUMNS),
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
    )


class _PlainHeading(Heading):
    """A heading in bold, flush left: rich centres them and draws boxes."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.text.justify = "left"
        yield self.text


class _Code(CodeBlock):
    """Highlighted code without a background, indented by two; long lines are folded."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        code = str(self.text).rstrip()
        yield Syntax(
            code,
            self.lexer_name if len(code) <= MAX_HIGHLIGHTED_CHARS else "text",
            theme=CODE_THEME,
            word_wrap=True,
            padding=(0, 2),
            background_color="default",
        )


class DeckMarkdown(Markdown):
    """
    Markdown that came from a deck. Control characters are shown, links are written out and never sent to the terminal,
    raw HTML is text like any other.
    """

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _PlainHeading,
        "fence": _Code,
        "code_block": _Code,
    }

    def __init__(self, markup: str) -> None:
        from markdown_it import MarkdownIt  # noqa: PLC0415 - rich has imported it by now

        super().__init__("", hyperlinks=False, code_theme=CODE_THEME)
        self.markup = visible(markup)
        parser = MarkdownIt("commonmark", {"html": False}).enable("strikethrough").enable("table")
        self.parsed = parser.parse(self.markup)
        _make_plain(self.parsed)


def _make_plain(tokens: Iterable[Token]) -> None:
    """
    Show what entities stand for: the parser makes characters of `&#x202E;` and `&#13;` once the text is harmless.

    Pictures become text where they stand: rich would draw them before their paragraph, whose end is then cut off.
    """
    for token in tokens:
        if token.type == "image":
            token.type, token.content, token.children = (
                "text",
                f"🌆 {token.content or token.attrs.get('src', '')}",
                None,
            )
        token.content = visible(token.content)
        for name, value in token.attrs.items():
            token.attrs[name] = visible(value) if isinstance(value, str) else value
        _make_plain(token.children or ())


def styled(*parts: tuple[str, str] | str) -> Text:
    """A line of text in which foreign control characters are shown."""
    text = Text()
    for part in parts:
        if isinstance(part, str):
            text.append(visible(part))
        else:
            text.append(visible(part[0]), part[1])
    return text


def bullets(console: Console, items: Iterable[str]) -> None:
    """A list of Markdown items."""
    console.print(DeckMarkdown("\n".join(f"- {item}" for item in items)))
