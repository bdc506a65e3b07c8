"""What hostile decks send: to the terminal, and to rich."""

from __future__ import annotations

import re
from typing import Final

TERMINAL: Final = {
    "CSI clears the screen": "\x1b[2J\x1b[1;1H",
    "CSI blinks": "\x1b[5;31m",
    "OSC 0 sets the title": "\x1b]0;pwned\x07",
    "OSC 8 makes a link": "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "OSC 52 writes the clipboard": "\x1b]52;c;cm0gLXJm\x07",
    "DCS asks the terminal": "\x1bP$qm\x1b\\",
    "APC draws a picture": "\x1b_Gf=24;AAAA\x1b\\",
    "C1 CSI of one byte": "\x9b2J",
    "C1 OSC of one byte": "\x9d52;c;cm0gLXJm\x9c",
    "bell and backspace": "safe\x07\x08\x08\x08\x08evil",
    "delete": "a\x7fb",
    "bidi override": "\u202egnp.exe\u202c",
    "bidi isolate": "\u2067abc\u2069",
    "zero-width space": "pay\u200bpal",
    "zero-width joiner": "pay\u200dpal",
    "word joiner and byte order mark": "pay\u2060p\ufeffal",
    "tag characters": "hi\U000e0068\U000e0069",
    "line separator": "one\u2028two\u2029three",
}
MARKUP: Final = {
    "a link": "[link=https://evil.example]click[/link]",
    "a closing tag that opens nothing": "[/]",
    "a style": "[bold red]loud[/bold red]",
    "an unclosed tag": "[blink",
    "an escaped bracket": r"\[bold]",
    "an action": "[@click=app.bell]x[/]",
}
_OURS: Final = re.compile(r"\x1b\[(?:[0-9;]*m|2?K|\?25[lh]|[0-9]*[ABCDG])")
"""What bedrill and rich send themselves: colours, a line that is cleared, the cursor."""
_COMMANDS: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)


def commands_in(raw: str) -> list[str]:
    """What of a raw output would command a terminal, or mislead its reader, beyond what bedrill sends itself."""
    return _COMMANDS.findall(_OURS.sub("", raw))
