"""
HTML fields, as Anki and spreadsheets have them, to Markdown that reads well in a terminal.

markdownify does the work. Before it, what is Anki's own is put into words: sounds, LaTeX, pictures.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any, Final

from bedrill.limits import MAX_CLOZE_NUMBER, MAX_HTML_CHARS

_CODE: Final = re.compile(r"<code>([^<>]+)</code>")
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PARAGRAPH: Final = re.compile(r"</?p>\n?", re.IGNORECASE)
_BLOCK: Final = re.compile(r"</?div>", re.IGNORECASE)
_MARKS: Final = (
    (re.compile(r"<(b|strong)>(\S(?:[^<>]*[^\s<>])?)</\1>"), r"**\2**"),
    (re.compile(r"<(i|em)>(\S(?:[^<>]*[^\s<>])?)</\1>"), r"*\2*"),
)
_SIMPLE: Final = re.compile(
    r"<br\s*/?>|</?div>|</?p>|<code>[^<>]+</code>|<(?:b|strong|i|em)>[^\s<>](?:[^<>]*[^\s<>])?</(?:b|strong|i|em)>",
    re.IGNORECASE,
)
_SPECIAL: Final = re.compile(r"([\\`*_\[\]#|])")
_SOUND: Final = re.compile(r"\[sound:([^\[\]]+)\]")


def _between(start: str, end: str) -> re.Pattern[str]:
    """What stands between two marks, the first of which is not in it: else many that never end take forever."""
    return re.compile(f"{start}((?:(?!{start}).)*?){end}", re.DOTALL | re.IGNORECASE)


_MATH: Final = (
    (_between(r"\[latex\]", r"\[/latex\]"), r"$\1$"),
    (_between(r"\[\$\$\]", r"\[/\$\$\]"), r"$$\1$$"),
    (_between(r"\[\$\]", r"\[/\$\]"), r"$\1$"),
    (_between(r"<anki-mathjax(?:\s[^<>]*)?>", r"</anki-mathjax>"), r"$\1$"),
    (_between(r"\\\(", r"\\\)"), r"$\1$"),
    (_between(r"\\\[", r"\\\]"), r"$$\1$$"),
)
_COMMENT: Final = re.compile(r"<!--(?:(?!<!--).)*?-->|<[!?][^<>]*>", re.DOTALL)
_DECLARATION: Final = re.compile(r"<(?=[!?])")
"""What is left of comments is no HTML: the parser refuses it, or looks for its end again and again."""


@cache
def _converter() -> Any:
    """What converts HTML that is more than lines. It takes 60 ms to load, so it is made when there is such HTML."""
    import markdownify  # noqa: PLC0415

    class Converter(markdownify.MarkdownConverter):
        """Code keeps its language, pictures their names, and scripts and styles are gone."""

        def convert_img(self, el: Any, text: str, parent_tags: Any) -> str:
            """A picture, with the name of its file."""
            del text, parent_tags
            source = el.attrs.get("src", "") or ""
            shown = el.attrs.get("alt") or source
            return f"![{shown}]({source})" if source and " " not in source else f"![{shown}](<{source}>)"

        def convert_script(self, el: Any, text: str, parent_tags: Any) -> str:
            """Nothing: a script is no text."""
            del el, text, parent_tags
            return ""

        convert_style = convert_script

    return Converter(
        heading_style="ATX",
        bullets="-",
        code_language_callback=_language,
        escape_misc=False,
        escape_asterisks=True,
        escape_underscores=True,
        sub_symbol="",
        sup_symbol="",
        newline_style="backslash",
    )


def _language(pre: Any) -> str:
    """The language of a code block, by the class of highlighters: `language-sql`, `highlight-source-sql`, `sql`."""
    code = pre.find("code")
    classes = [*(pre.get("class") or []), *((code.get("class") or []) if code else [])]
    for name in classes:
        match = re.fullmatch(r"(?:language-|lang-|brush:)?([a-z0-9+#-]{1,20})", name)
        if match and match[1] not in ("highlight", "hljs", "code", "codehilite", "pre"):
            return match[1]
    return ""


def markdown_of(field: str) -> str:
    """The Markdown of one field. Never raises on content. A field that is too long for a note is left as it is."""
    if len(field) > MAX_HTML_CHARS:
        return field
    text = field
    for pattern, written in _MATH:
        text = pattern.sub(written, text)
    text = _SOUND.sub(r"🔊 \1", text)
    if "<" not in _SIMPLE.sub("", text):
        return _simple(text)
    try:
        found: str = _converter().convert(_whole_tags(text))
    except RecursionError:
        found = html.unescape(re.sub(r"<[^<>]*>", " ", text))
    return re.sub(r"\n{3,}", "\n\n", found).strip()


def _whole_tags(text: str) -> str:
    """HTML without comments, and with what begins a tag that never ends as text: the parser would look on and on."""
    head, mark, tail = _DECLARATION.sub("&lt;", _COMMENT.sub("", text)).rpartition(">")
    return head + mark + tail.replace("<", "&lt;")


def _simple(text: str) -> str:
    """A field with line breaks and plain marks at the most: what most are, and a hundred times faster."""
    is_math = "$" in text
    parts = []
    for place, part in enumerate(_CODE.split(text)):
        if place % 2:
            code = html.unescape(part.replace("&nbsp;", " "))
            parts.append(f"`` {code} ``" if "`" in code else f"`{code}`")
            continue
        shown = _BREAK.sub("\n", _PARAGRAPH.sub("\n\n", part))
        shown = _BLOCK.sub("\n", shown) if is_math else _BLOCK.sub("\n", _SPECIAL.sub(r"\\\1", shown))
        for pattern, written in _MARKS:
            shown = pattern.sub(written, shown)
        parts.append(html.unescape(shown.replace("&nbsp;", " ")))
    lines = [line.strip() for line in "".join(parts).strip().split("\n")]
    paragraphs = re.split(r"\n{2,}", "\n".join(lines))
    return "\n\n".join(paragraph.replace("\n", "\\\n") for paragraph in paragraphs)


_CLOZE: Final = re.compile(r"\{\{c(\d{1,3})(?:,\d+)*::((?:(?!\{\{c\d).)*?)\}\}", re.DOTALL)


def cloze_markdown_of(field: str) -> str:
    """
    The Markdown of a field with deletions, which are bedrill's then.

    A deletion inside another is shown: bedrill has none. A number out of range is taken as the nearest that is in it.
    """
    if len(field) > MAX_HTML_CHARS:
        return field
    marks: list[str] = []

    def keep(match: re.Match[str]) -> str:
        hidden, _, hint = match.group(2).partition("::")
        number = min(max(int(match.group(1)), 1), MAX_CLOZE_NUMBER)
        shown = markdown_of(hidden).replace("}}", "} }") or "…"
        said = html.unescape(re.sub(r"<[^<>]*>", "", hint)).replace("}}", "} }").strip()
        marks.append(f"{{{{c{number}::{shown}{f'::{said}' if said else ''}}}}}")
        return f"Bedrill{len(marks) - 1}deletion"

    text = markdown_of(_CLOZE.sub(keep, _unnested(field)))
    for place, mark in enumerate(marks):
        text = text.replace(f"Bedrill{place}deletion", mark)
    return text


def _unnested(field: str) -> str:
    """The field with deletions inside of others shown."""
    found: list[str] = []
    depth, place = 0, 0
    for match in re.finditer(r"\{\{c\d{1,3}(?:,\d+)*::|\}\}", field):
        opens = match.group().startswith("{{c")
        if (opens and depth == 0) or (not opens and depth == 1) or (not opens and depth == 0):
            found.append(field[place : match.end()])
        else:
            found.append(field[place : match.start()])
        place = match.end()
        depth = depth + 1 if opens else max(0, depth - 1)
    return "".join([*found, field[place:]])
