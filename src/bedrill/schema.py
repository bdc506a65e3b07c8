"""
The tables, as numbered migrations. A collection's `user_version` is the number of the last one applied.

Each migration runs in a transaction of its own. Released ones never change: a new one follows them.
sqlite-utils is imported only when there is something to migrate; opening a current collection costs one pragma.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

APPLICATION_ID: Final = 0x62647231
"""'bdr1', in the file's header: tells a bedrill collection from any other SQLite file."""

_M001: Final = """
CREATE TABLE decks (
    id INTEGER PRIMARY KEY,
    deck TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    lesson INTEGER,
    level TEXT NOT NULL,
    requires TEXT NOT NULL,      -- lesson numbers or deck ids, a space between
    tags TEXT NOT NULL           -- a space before, between and behind
) STRICT;

CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    deck_id INTEGER NOT NULL REFERENCES decks (id),
    origin TEXT NOT NULL,        -- shipped | file
    content_hash TEXT NOT NULL,
    imported_at INTEGER NOT NULL -- epoch ms
) STRICT;

CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    deck_id INTEGER NOT NULL REFERENCES decks (id),
    file_id INTEGER REFERENCES files (id),
    slug TEXT NOT NULL,
    slug_is_derived INTEGER NOT NULL,
    kind TEXT NOT NULL,          -- concept | interview
    style TEXT NOT NULL,
    is_core INTEGER NOT NULL,
    position INTEGER NOT NULL,   -- order in the deck
    text TEXT NOT NULL,          -- as written, by the file or by the user
    content_hash TEXT NOT NULL,  -- of the text that the file had at the last import
    origin TEXT NOT NULL,        -- shipped | file
    edited_at INTEGER,           -- epoch ms; set while the user's text stands instead of the file's
    retired_at INTEGER,          -- epoch ms; set while no file has the note
    UNIQUE (deck_id, slug)
) STRICT;
CREATE INDEX notes_file ON notes (file_id);

CREATE TABLE cards (
    id INTEGER PRIMARY KEY,
    note_id INTEGER NOT NULL REFERENCES notes (id),
    deck_id INTEGER NOT NULL REFERENCES decks (id),
    ordinal INTEGER NOT NULL,    -- 0, or 1, 2, ... among siblings
    guid TEXT NOT NULL UNIQUE,   -- the same wherever the note was first imported
    kind TEXT NOT NULL,          -- concept | interview
    is_core INTEGER NOT NULL,
    position INTEGER NOT NULL,   -- order of introduction in the deck
    phase INTEGER NOT NULL DEFAULT 0,        -- 0 new, 1 learning, 2 review, 3 relearning
    step INTEGER NOT NULL DEFAULT 0,
    stability_days REAL,
    difficulty REAL,
    due_on INTEGER,              -- study day
    due_at INTEGER,              -- epoch ms; set while a step of minutes runs
    last_on INTEGER,             -- study day
    last_at INTEGER,             -- epoch ms
    reps INTEGER NOT NULL DEFAULT 0,
    lapses INTEGER NOT NULL DEFAULT 0,
    suspended INTEGER NOT NULL DEFAULT 0,
    buried_until INTEGER,        -- study day on which it is back
    flag INTEGER NOT NULL DEFAULT 0,
    retired INTEGER NOT NULL DEFAULT 0,      -- its note is retired, or no longer asks this one
    UNIQUE (note_id, ordinal)
) STRICT;
-- The last columns of these are constant within each index. SQLite reads the table itself without them, which is what
-- the queue must not wait for; they take no space but a byte of header each.
CREATE INDEX cards_review ON cards (
    due_on, buried_until, last_on, stability_days, deck_id, note_id, phase, suspended, retired)
    WHERE phase = 2 AND suspended = 0 AND retired = 0;
CREATE INDEX cards_review_deck ON cards (deck_id, due_on, buried_until, phase, suspended, retired)
    WHERE phase = 2 AND suspended = 0 AND retired = 0;
CREATE INDEX cards_learning ON cards (
    due_on, due_at, buried_until, deck_id, note_id, phase, suspended, retired)
    WHERE phase IN (1, 3) AND suspended = 0 AND retired = 0;
CREATE INDEX cards_new ON cards (
    deck_id, is_core DESC, position, ordinal, buried_until, note_id, phase, suspended, retired)
    WHERE phase = 0 AND suspended = 0 AND retired = 0;
CREATE INDEX cards_core ON cards (deck_id, last_on, stability_days, is_core, suspended, retired)
    WHERE is_core = 1 AND suspended = 0 AND retired = 0;

CREATE TABLE reviews (
    id INTEGER PRIMARY KEY,      -- epoch ms of the answer
    card_id INTEGER NOT NULL REFERENCES cards (id),
    rating INTEGER NOT NULL,     -- 1 again, 2 hard, 3 good, 4 easy; 0 for kind 4
    kind INTEGER NOT NULL,       -- 0 learn, 1 review, 2 relearn, 3 cram, 4 manual
    studied_on INTEGER NOT NULL, -- study day
    elapsed_days INTEGER NOT NULL,
    interval_s INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    device TEXT NOT NULL
) STRICT;
CREATE INDEX reviews_card ON reviews (card_id, id);

CREATE TABLE undos (
    review_id INTEGER PRIMARY KEY REFERENCES reviews (id),
    undone_at INTEGER NOT NULL   -- epoch ms
) STRICT;

CREATE TABLE ticks (
    review_id INTEGER NOT NULL REFERENCES reviews (id),
    position INTEGER NOT NULL,
    section TEXT NOT NULL,       -- must | should | senior | follow-up | red flag
    point TEXT NOT NULL,
    links TEXT NOT NULL,         -- concept notes it rests on, a space between
    hit INTEGER NOT NULL,
    PRIMARY KEY (review_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE transcripts (
    review_id INTEGER PRIMARY KEY REFERENCES reviews (id),
    text TEXT NOT NULL
) STRICT;

CREATE TABLE days (
    studied_on INTEGER NOT NULL,
    bucket TEXT NOT NULL,        -- learn | young | mature | relearn | cram
    again INTEGER NOT NULL DEFAULT 0,
    hard INTEGER NOT NULL DEFAULT 0,
    good INTEGER NOT NULL DEFAULT 0,
    easy INTEGER NOT NULL DEFAULT 0,
    introduced INTEGER NOT NULL DEFAULT 0,
    duration_ms INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (studied_on, bucket)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE notes_fts USING fts5 (
    text, content = 'notes', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
"""

_M002: Final = """
-- For the exchange with other programs: a note's name that outlives its slug, and when its text
-- last changed (epoch ms); and tags of its own, a space before, between and behind.
ALTER TABLE notes ADD COLUMN guid TEXT;
ALTER TABLE notes ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notes ADD COLUMN tags TEXT NOT NULL DEFAULT '';
UPDATE notes SET
    guid = guid_of((SELECT d.deck FROM decks d WHERE d.id = notes.deck_id) || '/' || slug),
    changed_at = coalesce(edited_at, (SELECT f.imported_at FROM files f WHERE f.id = notes.file_id), 0);
CREATE UNIQUE INDEX notes_guid ON notes (guid);

-- Where a card stood in another program, if its history there does not say. Belongs to a review of kind 4.
CREATE TABLE given_states (
    review_id INTEGER PRIMARY KEY REFERENCES reviews (id),
    phase INTEGER NOT NULL,
    step INTEGER NOT NULL,
    stability_days REAL,         -- NULL: the memory stays as the history before has it
    difficulty REAL,
    due_on INTEGER NOT NULL,
    due_at INTEGER,
    last_on INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    reps INTEGER NOT NULL,
    lapses INTEGER NOT NULL
) STRICT;
"""

_ANSWERS_001: Final = ("reviews", "undos", "ticks", "transcripts")
_ANSWERS_002: Final = ("given_states",)
APPEND_ONLY: Final = (*_ANSWERS_001, *_ANSWERS_002)
"""Tables that are the user's answers: rows are added, never changed and never removed."""


def append_only_triggers(tables: tuple[str, ...] = APPEND_ONLY) -> list[str]:
    """The statements that make a change of an answer an error."""
    return [
        f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in tables
        for event in ("UPDATE", "DELETE")
    ]


def _run(connection: sqlite3.Connection, script: str, append_only: tuple[str, ...]) -> None:
    for statement in (*script.split(";\n"), *append_only_triggers(append_only)):
        if statement.strip():
            connection.execute(statement)


def _m001(connection: sqlite3.Connection) -> None:
    _run(connection, _M001, _ANSWERS_001)


def _m002(connection: sqlite3.Connection) -> None:
    import hashlib  # noqa: PLC0415 - only when there is something to migrate

    def guid_of(name: str) -> str:
        return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

    connection.create_function("guid_of", 1, guid_of)
    _run(connection, _M002, _ANSWERS_002)


MIGRATIONS: Final = (_m001, _m002)
VERSION: Final = len(MIGRATIONS)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables of `connection` up to date; each step is whole, or it did not happen."""
    from sqlite_utils import Database  # noqa: PLC0415 - 60 ms, and only when there is something to migrate
    from sqlite_utils.migrations import Migrations  # noqa: PLC0415

    migrations = Migrations("bedrill")
    for number, step in enumerate(MIGRATIONS, 1):

        @migrations(name=f"m{number:03}")
        def run(database: Database, number: int = number, step: object = step) -> None:
            assert callable(step)
            step(database.conn)
            database.conn.execute(f"PRAGMA user_version = {number}")

    migrations.apply(Database(connection))
