"""What a stranger may write into any text, and how to see whether it got to the terminal."""

from __future__ import annotations

import re

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\U000e0041\U000e0020\U000e007f"
COMMANDS = {
    "clear screen": "\x1b[2J\x1b[H",
    "cursor up and erase": "\x1b[5A\x1b[K",
    "colour": "\x1b[38;2;9;9;9;49m",
    "concealed text": "\x1b[8m",
    "alternate screen": "\x1b[?1049h",
    "report of the cursor": "\x1b[6n",
    "window title": "\x1b]0;evil\x07",
    "hyperlink": "\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "device control string": "\x1bP$q q\x1b\\",
    "application command": "\x1b_Gf=100;AAAA\x1b\\",
    "reset": "\x1bc",
    "bell": "\x07",
    "backspace": "good\x08\x08\x08\x08evil",
    "vertical tab and form feed": "\x0b\x0c",
    "shift out": "\x0e",
    "delete": "\x7f",
    "C1: CSI": "\x9b2J",
    "C1: OSC": "\x9d52;c;ZXZpbA==\x9c",
    "C1: DCS, APC, NEL": "\x90q\x9c\x9fG\x9c\x85",
    "bidi": BIDI,
    "invisible": INVISIBLE,
    "line and paragraph separators": "\u2028\u2029",
    "private and unassigned": "\ue000\U0010ffff\ufff9\ufffb",
    "selectors": "a" + "\ufe0f" * 40 + "\U000e0101" * 40,
    "a pile of marks": "Z" + "\u0310\u0489\u20dd" * 20,
}
"""Each as it is; none has a line end, which no heading can hold."""
EVERYTHING = " ".join(COMMANDS.values())
_OURS = re.compile(r"\x1b\[(?:(?:0|1|2|3|4|9|3[0-79]|9[0-7]|4[0-79])(?:;(?:[1-49]|3[0-79]|9[0-7]|4[0-79])){0,3})?m")
"""Bold, dim, underlined and the sixteen colours: what bedrill sends itself."""
_PROMPT = re.compile(r"\r\x1b\[2K(?:\x1b\[1A\x1b\[2K)*|\r\x1b\[K")
"""How a prompt is taken away."""
_PILES = re.compile("[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]{9,}|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2,}")


def commands_in(printed: str, *, piles: bool = True) -> set[str]:
    """
    What could command a terminal in what a command printed, bedrill's own colours and prompts left out.

    Args:
        piles: Whether marks that pile up count; data have them as they are.
    """
    text = _PROMPT.sub("", _OURS.sub("", printed)).replace("\r\n", "\n")
    found = {char for char in text if not char.isprintable() and char not in "\n\t"}
    return {repr(item) for item in (*found, *(_PILES.findall(text) if piles else ()))}


def quoted(text: str) -> str:
    """`text` as a double-quoted scalar of YAML, with escapes for all that cannot stand there."""
    escaped = "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text)
    return f'"{escaped}"'


def deck(text: str, title: str | None = None) -> str:
    """A deck with `text` wherever a deck has text of its author, in a note of every style; `title` in its front matter."""
    title = text if title is None else title
    named, short = quoted(f"Title {title}"), quoted(f"x{title[:40]}")
    return f"""\
---
id: evil
title: {named}
requires: [{short}]
tags: [{short}]
---

## Which {text} is this, in plain words? {{#plain tags=t}}

Body {text} and `code {text}` [link {text}](https://e.example "{text}") ![picture {text}](x.png)

> {text}

| a {text} | b |
|---|---|
| c {text} | d |

```python {text}
print("{text}")
```

### Hint

Hint {text}

### Sources

- RFC 1 {text}

## The {{{{c1::hidden {text}::hint {text}}}}} part of it {{#cloze}}

Extra {text}

## Which of them {text} is it? {{#choice}}

- [x] right {text}
- [ ] wrong {text}

## Which command {text} is it? {{#typed .typed}}

`git {text}`

### Accept

- log {text}

## Tell of {text} {{#talk .interview form=behavioural level=mid think=5s speak=5s}}

### Context

Context {text}

### Key points

- must: point {text}
- should: other {text}

### Answer

Model {text}

### Follow-ups

- Why {text}? → because {text}

### Mistakes

- mistake {text}

### Red flags

- flag {text}
"""
