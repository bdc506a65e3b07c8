"""
Opening what Anki exports: a package of today's or an older layout, or a live collection, as a database to read from.

Packages come from strangers. Nothing is unpacked under a name of theirs, every size is bounded before it is read, and
the database is copied to a temporary file of ours, where its own triggers and views mean nothing.
"""

from __future__ import annotations

import errno
import json
import sqlite3
import tempfile
import zipfile
import zlib
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from bedrill.errors import DeckError
from bedrill.formats.protobuf import fields_of, text_of
from bedrill.formats.zstd import chunks
from bedrill.limits import FREE_BYTES, MAX_MEDIA_BYTES, MAX_PACKAGE_BYTES, MAX_PACKAGE_ENTRIES, MAX_RATIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ZIP: Final = b"PK\x03\x04"
SQLITE: Final = b"SQLite format 3\0"
_CHUNK: Final = 1 << 20
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What reading a damaged zip raises."""
_TABLES: Final = ("col", "notes", "cards", "revlog")
_READ: Final = (*_TABLES, "config", "decks", "deck_config", "notetypes", "fields", "templates")
_MAX_LIST_BYTES: Final = 4 * FREE_BYTES
"""Of the list of media, expanded."""
_LATEST: Final = 3
"""`meta` of a package of the current layout; 2 is the one before, 1 or none the first."""


class Opened(NamedTuple):
    """
    A database to read from, and the files that its notes show.

    Attributes:
        media: Name to a function that reads the file.
        is_whole: It is a whole collection, not some decks of one.
    """

    db: sqlite3.Connection
    media: dict[str, tuple[int, Callable[[], bytes]]]
    is_whole: bool


def refuse(why: str, hint: str = "") -> DeckError:
    """What is said of a file that cannot be a package."""
    return DeckError(f"the file {why}", (), hint or "export it from Anki again")


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """
    The database of a package or a collection, until the context ends.

    Raises:
        DeckError: It is no package, is damaged, or is larger than it may be.
    """
    with ExitStack() as stack:
        try:
            with path.open("rb") as file:
                head = file.read(16)
            if head == SQLITE:
                db = stack.enter_context(_connected(f"{path.resolve().as_uri()}?mode=ro"))
                yield Opened(db, _live_media(path), is_whole=True)
                return
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bedrill-")))
            package = stack.enter_context(zipfile.ZipFile(path))
            copy, media = _unpacked(path, package, folder)
            db = stack.enter_context(_connected(copy.as_uri()))
            db.execute("CREATE INDEX bedrill_revlog ON revlog (cid)")
            db.execute("CREATE INDEX bedrill_cards ON cards (nid)")
            yield Opened(db, media, is_whole=path.suffix.lower() == ".colpkg")
        except _DAMAGE as error:
            raise refuse(f"is damaged: {error}") from None
        except OSError as error:
            if error.errno != errno.EINVAL:  # a place before the file's beginning, where its list of entries says so
                raise
            raise refuse("is damaged: its list of files cannot be read") from None
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise refuse("is in use", "close Anki, and try again") from None
            raise refuse(f"is no collection of Anki: {error}") from None
        except sqlite3.DatabaseError as error:
            raise refuse(f"is damaged: {error}") from None
        except UnicodeDecodeError:  # in SQLite's own message, which quotes what is wrong
            raise refuse("is damaged: its schema is no text") from None


@contextmanager
def _connected(uri: str) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    db.text_factory = lambda data: data.decode("utf-8", "replace")
    try:
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA cell_size_check = ON")
        db.execute("PRAGMA cache_size = -65536")  # 64 MiB: a long log is read in the order of notes, not of time
        db.create_collation("unicase", _unicase)
        _check_tables(db)
        yield db
    finally:
        db.close()


def _check_tables(db: sqlite3.Connection) -> None:
    """See that what is read are plain tables: a view, a virtual table or a column that is computed never ends."""
    kinds = {
        str(name).lower(): kind
        for name, kind in db.execute("SELECT name, type FROM pragma_table_list WHERE schema = 'main'")
    }
    for name in _READ:
        if name not in kinds and name not in _TABLES:
            continue
        if kinds.get(name) != "table":
            raise refuse(f"is no collection of Anki: no table {name}")
        if db.execute("SELECT 1 FROM pragma_table_xinfo(?) WHERE hidden", (name,)).fetchone():
            raise refuse(f"is no collection of Anki: table {name} has columns that are computed")


def _unicase(one: str, other: str) -> int:
    """The collation of names in Anki: without case."""
    a, b = one.casefold(), other.casefold()
    return (a > b) - (a < b)


def _unpacked(
    path: Path, package: zipfile.ZipFile, folder: Path
) -> tuple[Path, dict[str, tuple[int, Callable[[], bytes]]]]:
    """The database of a package, in a file of ours, and its media."""
    entries = package.infolist()
    size = path.stat().st_size
    if sum(entry.compress_size for entry in entries) > size:
        raise refuse("has files that lie over each other", "a package of that kind is refused")
    if len(entries) > MAX_PACKAGE_ENTRIES:
        raise refuse(f"has more than {MAX_PACKAGE_ENTRIES} files")
    if len({entry.filename for entry in entries}) != len(entries):
        raise refuse("has two files of one name")
    names = {entry.filename: entry for entry in entries}
    version = _version(package, names)
    name = _database_name(names, version)
    target = folder / "collection.db"
    unpacker = _Unpacker(package, min(MAX_PACKAGE_BYTES, max(FREE_BYTES, size * MAX_RATIO)))
    with target.open("wb") as file:
        for chunk in unpacker.chunks(names[name], is_zstd=name.endswith("b")):
            file.write(chunk)
    return target, _media(unpacker, names, version)


class _Unpacker:
    """Unpacks the entries of a package, and stops where one, or all together, grow beyond what they may."""

    def __init__(self, package: zipfile.ZipFile, bound: int) -> None:
        self._package, self._bound, self._done = package, bound, 0

    def chunks(self, entry: zipfile.ZipInfo, *, is_zstd: bool) -> Iterator[bytes]:
        """
        The content of an entry, piece by piece.

        Raises:
            DeckError: It is more than it may be.
        """
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refuse("is compressed in a way that Anki does not know")  # others are not unpacked piece by piece
        bound = min(self._bound, max(FREE_BYTES, entry.compress_size * MAX_RATIO))
        size = 0
        with self._package.open(entry) as source:
            for chunk in _chunks(source, is_zstd=is_zstd):
                size += len(chunk)
                self._done += len(chunk)
                if size > bound or self._done > self._bound:
                    most = bound if size > bound else self._bound
                    raise refuse(f"expands to more than {most // 2**20} MiB", "a package of that kind is refused")
                yield chunk

    def whole(self, entry: zipfile.ZipInfo, most: int, *, is_zstd: bool) -> bytes:
        """
        All of an entry, `most` bytes of it.

        Raises:
            DeckError: It is more, or is damaged.
        """
        parts: list[bytes] = []
        size = 0
        try:
            for chunk in self.chunks(entry, is_zstd=is_zstd):
                size += len(chunk)
                if size > most:
                    raise refuse(f"has a file of more than {most // 2**20} MiB")
                parts.append(chunk)
        except _DAMAGE as error:  # a picture is read when it is kept, long after the package was opened
            raise refuse(f"is damaged: {error}") from None
        return b"".join(parts)


def _version(package: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> int:
    if "meta" not in names or names["meta"].file_size > 1000:  # noqa: PLR2004 - it is a few bytes
        return 0
    values = fields_of(package.read("meta")).get(1, [0])
    return values[0] if isinstance(values[0], int) else 0


def _database_name(names: dict[str, zipfile.ZipInfo], version: int) -> str:
    """By the version, never by what is there: new packages have an old database that only says "please update"."""
    if version > _LATEST:
        raise refuse("is of a later Anki than bedrill knows", "tick 'Support older Anki versions' in its export")
    wanted = ["collection.anki21b"] if version == _LATEST else ["collection.anki21", "collection.anki2"]
    found = next((name for name in wanted if name in names), None)
    if found is None:
        raise refuse("is no package of Anki: it has no collection")
    return found


def _chunks(source: IO[bytes], *, is_zstd: bool) -> Iterator[bytes]:
    if is_zstd:
        yield from chunks(source)
    else:
        while chunk := source.read(_CHUNK):
            yield chunk


def _media(
    unpacker: _Unpacker, names: dict[str, zipfile.ZipInfo], version: int
) -> dict[str, tuple[int, Callable[[], bytes]]]:
    """The files of a package by the names that notes call them."""
    entry = names.get("media")
    if entry is None:
        return {}
    is_zstd = version == _LATEST
    data = unpacker.whole(entry, _MAX_LIST_BYTES, is_zstd=is_zstd)
    if is_zstd:
        listed = [
            text_of(fields_of(value).get(1, [b""])[0])
            for value in fields_of(data).get(1, [])
            if isinstance(value, bytes)
        ]
        numbered = dict(enumerate(listed))
    else:
        try:
            numbered = {int(key): str(value) for key, value in json.loads(data).items()}
        except (ValueError, AttributeError):
            raise refuse("has a list of media that cannot be read") from None
    return {
        name: (
            names[str(number)].file_size,
            partial(unpacker.whole, names[str(number)], MAX_MEDIA_BYTES, is_zstd=is_zstd),
        )
        for number, name in numbered.items()
        if str(number) in names and name
    }


class _LiveMedia(dict[str, tuple[int, "Callable[[], bytes]"]]):
    """The folder of a live collection: a file is looked up when a note shows it, by its bare name only."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def get(self, name: str, default: Any = None) -> Any:
        """Size and reader of a file, or `default`."""
        path = self._folder / name
        try:
            is_there = Path(name).name == name and path.is_file() and not path.is_symlink()
            size = path.stat().st_size if is_there else 0
        except (OSError, ValueError):  # a name that no file can have
            return default
        return (size, path.read_bytes) if is_there and size <= MAX_MEDIA_BYTES else default


def _live_media(path: Path) -> dict[str, tuple[int, Callable[[], bytes]]]:
    return _LiveMedia(path.with_suffix(".media"))
