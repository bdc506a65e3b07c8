"""Files that commands write where the user says."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bedrill.errors import DeckError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def written(out: Path) -> Iterator[IO[bytes]]:
    """
    A file that is whole when it appears at `out`; stdout for `-`.

    Raises:
        DeckError: It cannot be written.
    """
    try:
        with _opened(out) as file:
            yield file
    except BrokenPipeError:
        raise  # nobody reads on: the door knows what that means
    except OSError as error:
        raise DeckError(
            f"{out} cannot be written: {error.strerror}", (), "check the path and its permissions"
        ) from None


@contextlib.contextmanager
def _opened(out: Path) -> Iterator[IO[bytes]]:
    """A file that is whole when it appears at `out`; stdout for `-`."""
    if str(out) == "-":
        yield sys.stdout.buffer
        return
    with tempfile.NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as file:
        try:
            yield file
        except BaseException:
            Path(file.name).unlink()
            raise
    umask = os.umask(0)
    os.umask(umask)
    Path(file.name).chmod(0o666 & ~umask)  # as any other new file; temporary ones are closed to others
    Path(file.name).replace(out)
