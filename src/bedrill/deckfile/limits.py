"""How large a deck may be. Decks come from strangers: every bound is here, and every error names its bound."""

from typing import Final

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
