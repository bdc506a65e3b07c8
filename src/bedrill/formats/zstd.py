"""zstd, in which today's Anki keeps all that it exports: the module of Python 3.14, or the same for older ones."""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK: Final = 1 << 20
_LEVEL: Final = 1


def _module() -> Any:
    if sys.version_info >= (3, 14):
        from compression import zstd  # noqa: PLC0415 - only for a package

        return zstd
    from backports import zstd as backported  # noqa: PLC0415

    return backported


def chunks(source: IO[bytes]) -> Iterator[bytes]:
    """
    What is compressed in `source`, piece by piece.

    Raises:
        EOFError: It is damaged.
    """
    zstd = _module()
    try:
        with zstd.ZstdFile(source) as unpacked:
            while chunk := unpacked.read(_CHUNK):
                yield chunk
    except zstd.ZstdError as error:
        raise EOFError(str(error)) from None


def compress(source: IO[bytes], target: IO[bytes]) -> None:
    """Write all of `source` to `target`, compressed."""
    compressor = _module().ZstdCompressor(level=_LEVEL)
    while chunk := source.read(_CHUNK):
        target.write(compressor.compress(chunk))
    target.write(compressor.flush())


def compressed(data: bytes) -> bytes:
    """`data`, compressed."""
    found: bytes = _module().compress(data, level=_LEVEL)
    return found
