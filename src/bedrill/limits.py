"""
How large what comes from elsewhere may be. Decks and packages come from strangers: every bound is here, every error
names its bound, and docs/format.md lists them.
"""

from typing import Final

# A deck file
MAX_DECK_BYTES: Final = 8 * 1024 * 1024
MAX_FRONT_MATTER_BYTES: Final = 4 * 1024
MAX_NOTE_CHARS: Final = 64 * 1024
MAX_NOTES: Final = 50_000
MAX_LINES: Final = 500_000
MAX_PROBLEMS: Final = 200
"""Per file. After that many the rest is counted, not listed."""
MAX_NAME_CHARS: Final = 80
"""Of a slug and of a deck id."""
MAX_CLOZE_NUMBER: Final = 99
MAX_HIGHLIGHTED_CHARS: Final = 3_000
"""Of one block of code: longer ones are shown without colours. Some lexers take a time that grows with its square."""

# What is read as a stream: JSON Lines, tables, packages
MAX_LINE_BYTES: Final = 64 * 1024 * 1024
"""Of a JSON line: a note with its whole history, or a picture."""
MAX_FIELD_CHARS: Final = 1024 * 1024
"""Of one field of a table."""
MAX_HTML_CHARS: Final = 256 * 1024
"""Of one side of a card of Anki, or one cell, in HTML: four times what a note may have as Markdown."""
MAX_PACKAGE_ENTRIES: Final = 200_000
MAX_PACKAGE_BYTES: Final = 8 * 1024 * 1024 * 1024
"""Of an Anki package, expanded."""
MAX_RATIO: Final = 200
"""An entry of a package expands to so many times its size at most, beyond `FREE_BYTES`: more is a bomb."""
FREE_BYTES: Final = 16 * 1024 * 1024
MAX_MEDIA_BYTES: Final = 100 * 1024 * 1024
"""Of one file that notes show."""
PROGRESS_EVERY: Final = 500
"""After so many notes a reader says how far it is."""
