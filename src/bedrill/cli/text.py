"""Plain text for the terminal: tables, durations, and foreign text made harmless. No rich in here: it costs 50 ms."""

from __future__ import annotations

import os
import re
import sys
from functools import cache
from typing import TYPE_CHECKING, Final

from bedrill.clock import DAY_S

if TYPE_CHECKING:
    from collections.abc import Sequence

MIN_WIDE = 16
"""A column of text that would get fewer columns than that gets a line of its own."""

_MARKS: Final = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_SELECTORS: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"


def visible(text: str) -> str:
    """
    Text from a deck, with every character that could command the terminal shown instead of sent.

    Control characters become their pictures, directional, invisible and unassigned ones `<U+202E>`; newline, tab and
    the spaces of all scripts stay. Marks that pile up on one letter are cut and counted.
    """
    text = text if text.isprintable() else "".join(map(_shown, text))
    return text if text.isascii() else _piles().sub(_counted_pile, text)


@cache
def _piles() -> re.Pattern[str]:
    """More marks on a letter than any script has, which terminals draw over other lines; more than one selector."""
    return re.compile(f"([{_MARKS}]{{8}})([{_MARKS}]+)|([{_SELECTORS}])([{_SELECTORS}]+)")


def _counted_pile(match: re.Match[str]) -> str:
    """A pile of marks without its upper part, which is counted."""
    return f"{match[1] or match[3]}<{len(match[2] or match[4])} more marks>"


def on_one_line(text: str) -> str:
    """Text from a deck for a line or a cell of its own: as `visible` makes it, and without line ends and tabs."""
    return visible(text).replace("\n", "␊").replace("\t", " ")


def _shown(char: str) -> str:
    code = ord(char)
    if char.isprintable() or char in "\n\t":
        return char
    if code < 0x20:  # noqa: PLR2004 - C0
        return chr(0x2400 + code)
    if code == 0x7F:  # noqa: PLR2004 - DEL
        return "\u2421"
    import unicodedata  # noqa: PLC0415 - 1 ms, and rarely needed

    return char if unicodedata.category(char) == "Zs" else f"<U+{code:04X}>"


def width_of(text: str) -> int:
    """Columns that a line takes on a terminal."""
    if text.isascii():
        return len(text)
    import unicodedata  # noqa: PLC0415 - 1 ms, and most text is ASCII

    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def shortened(text: str, columns: int) -> str:
    """`text`, cut with "…" to fit."""
    if width_of(text) <= columns:
        return text
    kept = ""
    for char in text:
        if width_of(kept + char) > columns - 1:
            break
        kept += char
    return kept.rstrip() + "…" if columns > 0 else ""


def has(characters: str) -> bool:
    """Whether the output can show some characters."""
    try:
        characters.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def columns() -> int:
    """Columns of the terminal; 0, no bound, where the output is no terminal."""
    if os.environ.get("COLUMNS", "").isdecimal():
        return int(os.environ["COLUMNS"])
    return os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else 0


def table(rows: Sequence[Sequence[str]], *, right: Sequence[int] = (), wide: int | None = None, fit: int = 0) -> str:
    """
    Rows as aligned columns, two spaces between.

    Args:
        right: Columns that are set flush right.
        wide: The column that gives way when the table is wider than `fit` columns: it is cut, or, where little would be
            left of it, goes to a line of its own.
        fit: Columns of the terminal; 0 is no bound.
    """
    if not rows:
        return ""
    widths = [max(width_of(row[i]) for row in rows) for i in range(len(rows[0]))]
    places = list(range(len(widths)))
    below: int | None = None
    if fit and wide is not None and _width(widths, places) > fit:
        widths[wide] -= _width(widths, places) - fit
        if widths[wide] < MIN_WIDE:
            below = wide
            places.remove(wide)
            longest = max(places, key=lambda place: widths[place])
            widths[longest] -= max(_width(widths, places) - fit, 0)
    lines = []
    for row in rows:
        cells = [_padded(shortened(row[i], widths[i]), widths[i], flush_right=i in right) for i in places]
        lines.append("  ".join(cells).rstrip())
        if below is not None and row[below]:
            lines.append("  " + shortened(row[below], fit - 2))
    return "\n".join(lines)


def _width(widths: Sequence[int], places: Sequence[int]) -> int:
    return sum(widths[place] for place in places) + 2 * (len(places) - 1)


def _padded(text: str, columns: int, *, flush_right: bool) -> str:
    padding = " " * (columns - width_of(text))
    return padding + text if flush_right else text + padding


def interval(seconds: int) -> str:
    """An interval in one short word: 45s, 5.5m, 8d, 4.2mo, 1.4y."""
    if seconds < 60:  # noqa: PLR2004 - a minute
        return f"{seconds}s"
    if seconds < 3600:  # noqa: PLR2004 - an hour
        return f"{seconds / 60:.3g}m"
    if seconds < DAY_S:
        return f"{seconds / 3600:.2g}h"
    days = seconds // DAY_S
    if days < 100:  # noqa: PLR2004 - three digits are long
        return f"{days}d"
    return f"{days / 30.4375:.2g}mo" if days < 365 else f"{days / 365.25:.1f}y"  # noqa: PLR2004 - a year


def minutes(ms: float) -> str:
    """A time spent: "40 s", "6 min", "1 h 20 min"."""
    seconds = round(ms / 1000)
    if seconds < 60:  # noqa: PLR2004 - a minute
        return f"{seconds} s"
    whole = round(seconds / 60)
    return f"{whole} min" if whole < 60 else f"{whole // 60} h {whole % 60} min"  # noqa: PLR2004 - an hour


def clock(seconds: int) -> str:
    """A stopwatch: 1:05."""
    return f"{seconds // 60}:{seconds % 60:02}"


def counted(number: int, noun: str) -> str:
    """`1 card`, `2 cards`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return f"{share:.0%}"
