PRAGMA application_id = 1650750001;
PRAGMA user_version = 2;
BEGIN;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO _sqlite_migrations VALUES (1, 'bedrill', 'm001', '2026-01-05 09:00:00+00:00');
INSERT INTO _sqlite_migrations VALUES (2, 'bedrill', 'm002', '2026-01-05 09:00:00+00:00');
CREATE TABLE decks (
    id INTEGER PRIMARY KEY,
    deck TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    lesson INTEGER,
    level TEXT NOT NULL,
    requires TEXT NOT NULL,      -- lesson numbers or deck ids, a space between
    tags TEXT NOT NULL           -- a space before, between and behind
) STRICT;
INSERT INTO decks VALUES (1, 'cap', 'CAP', 43, 'intermediate', '8', ' distributed-systems ');
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    deck_id INTEGER NOT NULL REFERENCES decks (id),
    origin TEXT NOT NULL,        -- shipped | file
    content_hash TEXT NOT NULL,
    imported_at INTEGER NOT NULL -- epoch ms
) STRICT;
INSERT INTO files VALUES (1, '/home/ada/cap.md', 1, 'file', '3b0baf4274c8df57f943e9af', 1767603600000);
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
INSERT INTO notes VALUES (1, 1, 1, 'choice', 0, 'concept', 'basic', 1, 0, '## What must a replicated store give up while partitioned? {#choice .core}

Either consistency or availability.', '7f006ac28e4f02ae80d1abb8', 'file', NULL, NULL);
INSERT INTO notes VALUES (2, 1, 1, 'quorum', 0, 'concept', 'cloze', 0, 1, '## A quorum is {{c1::a majority}} of {{c2::the replicas}}. {#quorum}

Two majorities overlap.', '827420cc5951778db9dd0c2a', 'file', NULL, NULL);
INSERT INTO notes VALUES (3, 1, 1, 'log', 0, 'concept', 'typed', 0, 2, '## Which command shows the commits? {#log .typed}

`git log`', '0436f58eb23454649e134213', 'file', 1768381680000, NULL);
INSERT INTO notes VALUES (4, 1, 1, 'when', 0, 'interview', 'interview', 0, 3, '## When would you give up consistency? {#when .interview form=explain level=mid think=20s speak=2m}

### Key points

- must: [names a case where stale is better than late](#choice)

### Answer

A shopping cart.', 'd408cac847c32bd6382e6498', 'file', NULL, NULL);
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
INSERT INTO cards VALUES (1, 1, 1, 0, 'f5c6b354bdd756ea', 'concept', 1, 0, 2, 0, 2.3993042579260446701e+01, 2.11121423578539513243e+00, 20489, NULL, 20467, 1768381380000, 2, 0, 0, NULL, 0, 0);
INSERT INTO cards VALUES (2, 2, 1, 1, 'a495943aa990c8c9', 'concept', 0, 1, 3, 0, 1.40745801163125405786e+00, 7.02698956929683848926e+00, 20467, 1768382040000, 20467, 1768381440000, 2, 1, 0, NULL, 0, 0);
INSERT INTO cards VALUES (3, 2, 1, 2, 'a6f8b28ad2a83e6c', 'concept', 0, 1, 2, 0, 30.0, 5.0, 20490, NULL, 20460, 1767776400000, 4, 1, 1, NULL, 0, 0);
INSERT INTO cards VALUES (4, 3, 1, 0, '72f3c747a06cff7e', 'concept', 0, 2, 1, 0, 0.212, 6.4133, 20458, 1767603780000, 20458, 1767603720000, 1, 0, 0, NULL, 0, 0);
INSERT INTO cards VALUES (5, 4, 1, 0, '180f2da210089c31', 'interview', 0, 3, 1, 0, 1.2931, 5.11217070560105568688e+00, 20467, 1768381830000, 20467, 1768381500000, 1, 0, 0, NULL, 0, 0);
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
INSERT INTO reviews VALUES (1767603600000, 1, 3, 0, 20458, 0, 600, 4000, '1a2b');
INSERT INTO reviews VALUES (1767603660000, 2, 4, 0, 20458, 0, 518400, 4000, '1a2b');
INSERT INTO reviews VALUES (1767603720000, 4, 1, 0, 20458, 0, 60, 4000, '1a2b');
INSERT INTO reviews VALUES (1768381380000, 1, 3, 0, 20467, 9, 1900800, 4000, '1a2b');
INSERT INTO reviews VALUES (1768381440000, 2, 1, 1, 20467, 9, 600, 4000, '1a2b');
INSERT INTO reviews VALUES (1768381500000, 5, 2, 0, 20467, 0, 330, 4000, '1a2b');
INSERT INTO reviews VALUES (1768381560000, 4, 3, 0, 20467, 9, 600, 4000, '1a2b');
INSERT INTO reviews VALUES (1768381590000, 3, 0, 4, 20467, 0, 1987200, 0, 'anki');
INSERT INTO reviews VALUES (1768381620000, 1, 3, 3, 20467, 0, 0, 4000, '1a2b');
CREATE TABLE undos (
    review_id INTEGER PRIMARY KEY REFERENCES reviews (id),
    undone_at INTEGER NOT NULL   -- epoch ms
) STRICT;
INSERT INTO undos VALUES (1768381560000, 1768381620000);
CREATE TABLE ticks (
    review_id INTEGER NOT NULL REFERENCES reviews (id),
    position INTEGER NOT NULL,
    section TEXT NOT NULL,       -- must | should | senior | follow-up | red flag
    point TEXT NOT NULL,
    links TEXT NOT NULL,         -- concept notes it rests on, a space between
    hit INTEGER NOT NULL,
    PRIMARY KEY (review_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO ticks VALUES (1768381500000, 0, 'must', 'names a case where stale is better than late', '#choice', 0);
CREATE TABLE transcripts (
    review_id INTEGER PRIMARY KEY REFERENCES reviews (id),
    text TEXT NOT NULL
) STRICT;
INSERT INTO transcripts VALUES (1768381500000, 'A cart.');
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
INSERT INTO days VALUES (20458, 'learn', 1, 0, 1, 1, 3, 12000);
INSERT INTO days VALUES (20467, 'cram', 0, 0, 1, 0, 0, 4000);
INSERT INTO days VALUES (20467, 'learn', 0, 1, 1, 0, 1, 8000);
INSERT INTO days VALUES (20467, 'young', 1, 0, 0, 0, 0, 4000);
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO settings VALUES ('new_per_day', '7');
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('device', '1a2b');
CREATE VIRTUAL TABLE notes_fts USING fts5 (
    text, content = 'notes', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO notes_fts (notes_fts) VALUES ('rebuild');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX notes_file ON notes (file_id);
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
CREATE INDEX reviews_card ON reviews (card_id, id);
CREATE TRIGGER reviews_update BEFORE UPDATE ON reviews BEGIN SELECT RAISE(ABORT, 'reviews is append-only'); END;
CREATE TRIGGER reviews_delete BEFORE DELETE ON reviews BEGIN SELECT RAISE(ABORT, 'reviews is append-only'); END;
CREATE TRIGGER undos_update BEFORE UPDATE ON undos BEGIN SELECT RAISE(ABORT, 'undos is append-only'); END;
CREATE TRIGGER undos_delete BEFORE DELETE ON undos BEGIN SELECT RAISE(ABORT, 'undos is append-only'); END;
CREATE TRIGGER ticks_update BEFORE UPDATE ON ticks BEGIN SELECT RAISE(ABORT, 'ticks is append-only'); END;
CREATE TRIGGER ticks_delete BEFORE DELETE ON ticks BEGIN SELECT RAISE(ABORT, 'ticks is append-only'); END;
CREATE TRIGGER transcripts_update BEFORE UPDATE ON transcripts BEGIN SELECT RAISE(ABORT, 'transcripts is append-only'); END;
CREATE TRIGGER transcripts_delete BEFORE DELETE ON transcripts BEGIN SELECT RAISE(ABORT, 'transcripts is append-only'); END;
ALTER TABLE notes ADD COLUMN guid TEXT;
ALTER TABLE notes ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notes ADD COLUMN tags TEXT NOT NULL DEFAULT '';
UPDATE notes SET guid = 'bfe080418553fd0b', changed_at = 1767603600000 WHERE id = 1;
UPDATE notes SET guid = '45b90b0d0e746dbf', changed_at = 1767603600000 WHERE id = 2;
UPDATE notes SET guid = 'ea120f9dcc8c9bf1', changed_at = 1768381680000 WHERE id = 3;
UPDATE notes SET guid = '9fcb28fe36ccdf09', changed_at = 1767603600000 WHERE id = 4;
CREATE UNIQUE INDEX notes_guid ON notes (guid);
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
INSERT INTO given_states VALUES (1768381590000, 2, 0, 30.0, 5.0, 20490, NULL, 20460, 1767776400000, 4, 1);
CREATE TRIGGER given_states_update BEFORE UPDATE ON given_states BEGIN SELECT RAISE(ABORT, 'given_states is append-only'); END;
CREATE TRIGGER given_states_delete BEFORE DELETE ON given_states BEGIN SELECT RAISE(ABORT, 'given_states is append-only'); END;
COMMIT;
