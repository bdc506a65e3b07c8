"""
Makes docs/session.svg from a real run of `bedrill review`, on a new collection with the shipped decks.

    python docs/picture.py
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from pathlib import Path

import pexpect
from rich.console import Console
from rich.text import Text

COLUMNS = 88
HIDDEN_PROMPT = re.compile(r"[^\n]*\r\x1b\[2K(?:\x1b\[1A\x1b\[2K)*")
WEB_FONTS = re.compile(r"\s*@font-face \{[^}]*\}")
"""The picture shows in the reader's own fixed-width font, and fetches nothing."""
PRESSED = (" ", "3", " ")


def session(db: Path) -> str:
    """What two cards look like: the first answered, the second revealed."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "bedrill", "review", "sql", "--db", str(db), "-q"],
        dimensions=(60, COLUMNS),
        encoding="utf-8",
        timeout=30,
        env={"TERM": "xterm-256color", "HOME": str(db.parent), "TZ": "UTC", "LC_ALL": "C.UTF-8", "PATH": ""},
    )
    seen = ""
    for key, prompt in zip(PRESSED, (r"\? help", r"4 easy \w+", r"\? help"), strict=True):
        child.expect(prompt + r"[^\n]*?\x1b\[0m")
        seen += child.before + child.after
        child.send(key)
    child.expect(r"4 easy \w+\x1b\[0m")
    seen += child.before + child.after
    child.close(force=True)
    return HIDDEN_PROMPT.sub("", seen.replace("\r\n", "\n"))


def main() -> None:
    """Run the session and write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        text = session(Path(folder) / "picture.db")
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text.from_ansi("$ bedrill review sql\n" + text))
    svg = WEB_FONTS.sub("", console.export_svg(title="bedrill review"))
    Path(__file__).with_name("session.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
