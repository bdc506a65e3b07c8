"""How large what comes from elsewhere may be: every bound of the formats that are read as a stream."""

from typing import Final

MAX_LINE_BYTES: Final = 64 * 1024 * 1024
"""Of a JSON line: a note with its whole history, or a picture."""
MAX_FIELD_CHARS: Final = 1024 * 1024
"""Of one field of a CSV file."""
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
