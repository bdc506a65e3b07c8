"""The log file that a bug leaves."""

from __future__ import annotations

import platform
import sqlite3
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bedrill import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence


def write_bug_report(error: BaseException, arguments: Sequence[str]) -> Path:
    """Write versions, the command line and the traceback to a file, and return its path."""
    text = "\n".join(
        [
            f"bedrill {__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
            f"{platform.platform()}",
            f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            f"arguments: {list(arguments)!r}",
            "",
            "".join(traceback.format_exception(error)),
        ]
    )
    with tempfile.NamedTemporaryFile(
        "w", prefix="bedrill-bug-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
    ) as file:
        file.write(text)
    return Path(file.name)
