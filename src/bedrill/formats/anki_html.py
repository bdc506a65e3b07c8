"""
Markdown of notes to the HTML of Anki's fields.

Everything that is not our own markup is escaped. Code is highlighted with inline CSS on a dark ground of its own, so
that it reads the same in light and dark mode and on phones. What Anki would take for a sound, LaTeX or a cloze is not.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from bedrill.deckfile.cloze import deletions
from bedrill.deckfile.code_spans import code_spans
from bedrill.limits import MAX_HIGHLIGHTED_CHARS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from markdown_it import MarkdownIt

_PLAIN: Final = re.compile(r"(?!\d{1,9}[.)]\s)[^\W_][^\n\\`*_\[\]<>~|$!]*")
"""One line in which Markdown means nothing."""
_ANKI: Final = re.compile(r"\[(?=(?:sound:|/?latex\]|/?\$\$?\]))", re.IGNORECASE)
CODE_STYLE: Final = (
    "background:#22262e;color:#d7dce5;padding:.6em .8em;border-radius:6px;overflow-x:auto;text-align:left;"
    "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.85em;line-height:1.4;white-space:pre"
)
_ELSEWHERE: Final = re.compile(r"[/\\:\x00-\x1f]|^\.")
"""In an address that is no bare name of a file: a browser takes `\\` for `/`, and `http:host` for an address."""
_TAG: Final = re.compile(r"<[a-z][^<>]*>")
_DELETION: Final = re.compile(r"Bedrill\d+deletion")
_IMAGE: Final = re.compile(r'<img src="([^"]*)"')


def html_of(markdown: str) -> str:
    """The HTML of some Markdown; one line is no paragraph."""
    if not markdown:
        return ""
    if _PLAIN.fullmatch(markdown):
        return markdown.replace("&", "&amp;")
    found: str = _renderer().render(markdown).strip()
    inner = found[3:-4]
    if found.startswith("<p>") and found.endswith("</p>") and "<p>" not in inner:
        found = inner
    return _ANKI.sub("&#91;", found)


def cloze_html_of(markdown: str) -> str:
    """The HTML of a question with deletions, which are Anki's."""
    parts = deletions(markdown)
    spans = code_spans(markdown)
    shown, end = "", 0
    for number, part in enumerate(parts):
        shown += markdown[end : part.start] + _mark(number)
        end = part.end
    found = html_of(shown + markdown[end:]).replace("{{", "&#123;&#123;")
    if "deletion" in found:  # in an address or a title it would end the attribute: it takes the place of the tag
        found = _TAG.sub(lambda tag: "".join(_DELETION.findall(tag[0])) or tag[0], found)
    for number, part in enumerate(parts):
        is_code = any(span.start < part.start < span.end for span in spans)
        hidden = html.escape(part.hidden, quote=False) if is_code else html_of(part.hidden)
        hint = f"::{_inside(html.escape(part.hint, quote=False))}" if part.hint else ""
        found = found.replace(_mark(number), f"{{{{c{part.number}::{_inside(hidden)}{hint}}}}}")
    return _ANKI.sub("&#91;", found)


def escaped(text: str) -> str:
    """Text as it is, without HTML and without what Anki would take for a sound or LaTeX."""
    return _ANKI.sub("&#91;", html.escape(text, quote=False))


def _mark(number: int) -> str:
    """Stands for a deletion while the text around it is rendered: a word that no author writes."""
    return f"Bedrill{number}deletion"


def _inside(text: str) -> str:
    """Text inside a cloze, where `::` and `}}` would end a part."""
    return text.replace("::", "&#58;&#58;").replace("}}", "}&#125;")


def list_html(items: Sequence[str]) -> str:
    """A list of Markdown lines as HTML; "" without any."""
    return f"<ul>{''.join(f'<li>{html_of(item)}</li>' for item in items)}</ul>" if items else ""


def images_of(field: str) -> list[str]:
    """The names of the files that a field shows."""
    return [html.unescape(name) for name in _IMAGE.findall(field)] if "<img" in field else []


def media_file(folder: Path, name: str) -> Path | None:
    """The file of the media folder that has just this name. A link, which leads elsewhere, is none."""
    path = folder / name
    try:
        return path if path.name == name and path.is_file() and not path.is_symlink() else None
    except (OSError, ValueError):  # a name that no file can have
        return None


@cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only for text that is more than a plain line

    markdown = MarkdownIt("commonmark", {"html": False, "highlight": None}).enable(["table", "strikethrough"])
    markdown.add_render_rule("fence", _fence)
    markdown.add_render_rule("code_block", _fence)
    markdown.add_render_rule("image", _image)
    return markdown


def _fence(_: Any, tokens: Sequence[Any], index: int, *__: Any) -> str:
    """A block of code, highlighted if its language is known."""
    token = tokens[index]
    language = token.info.split()[0] if token.info.split() else ""
    return f'<pre style="{CODE_STYLE}"><code>{_highlighted(token.content.rstrip(), language)}</code></pre>\n'


def _highlighted(code: str, language: str) -> str:
    is_known = language and language not in ("text", "output") and len(code) <= MAX_HIGHLIGHTED_CHARS
    lexer = _lexer(language) if is_known else None
    if lexer is None:
        return html.escape(code, quote=False)
    from pygments import highlight  # noqa: PLC0415 - only for code

    return str(highlight(code, lexer, _formatter())).rstrip("\n")


@cache
def _lexer(language: str) -> Any:
    """What reads a language; None where it is not known."""
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 - only for code
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@cache
def _formatter() -> Any:
    from pygments.formatters.html import HtmlFormatter  # noqa: PLC0415 - only for code

    return HtmlFormatter(noclasses=True, nowrap=True, style="one-dark")


def _image(_: Any, tokens: Sequence[Any], index: int, *__: Any) -> str:
    """A picture that the package has; what lies elsewhere is named, and no program fetches it."""
    token = tokens[index]
    from urllib.parse import unquote  # noqa: PLC0415 - only for pictures

    name = unquote(str(token.attrs.get("src", "")))
    if not name or _ELSEWHERE.search(name):
        return f'<span class="missing">[{html.escape(token.content or name)}]</span>'
    return f'<img src="{html.escape(name)}" alt="{html.escape(token.content)}">'
