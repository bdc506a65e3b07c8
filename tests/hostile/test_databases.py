"""Databases in packages: what computes while it is read, lies about itself or never ends is refused, or does nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from tests.hostile.packages import SCHEMA_18, database, models, package, schema_18
from tests.hostile.payloads import COMMANDS, EVERYTHING, commands_in

ENDLESS = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t)"
SUBPROCESS_S = 60


def imported(tmp_path, data: bytes, *words: str) -> subprocess.CompletedProcess[str]:
    """What an import of a database says, in a process that is killed when it does not end, with 2 GiB at most."""
    path = package(tmp_path / "evil.apkg", {"collection.anki2": data})
    limit = "import resource, runpy; resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30)); "
    run = "import sys; sys.argv = ['bedrill', *sys.argv[1:]]; runpy.run_module('bedrill', run_name='__main__')"
    return subprocess.run(
        [sys.executable, "-c", limit + run, "import", str(path), *words],
        env={**os.environ, "BEDRILL_DB": str(tmp_path / "bedrill.db")},
        capture_output=True,
        text=True,
        timeout=SUBPROCESS_S,
    )


VIEWS = {
    "notes": f"CREATE VIEW notes AS {ENDLESS} SELECT n AS id, 'g' AS guid, 1 AS mid, 1 AS mod, '' AS tags, 'q' AS flds FROM t",
    "cards": f"CREATE VIEW cards AS {ENDLESS} SELECT n AS id, 1 AS nid FROM t",
    "col": f"CREATE VIEW col AS {ENDLESS} SELECT n AS id, 1 AS crt FROM t",
}
VIEWS_18 = {
    "fields": f"CREATE VIEW fields AS {ENDLESS} SELECT 1 AS ntid, n AS ord, 'F' AS name, x'' AS config FROM t",
    "templates": f"CREATE VIEW Templates AS {ENDLESS} SELECT 1 AS ntid, n AS ord, x'' AS config FROM t",
    "notetypes": f"CREATE VIEW NOTETYPES AS {ENDLESS} SELECT n AS id, 'n' AS name, x'' AS config FROM t",
    "config": f"CREATE VIEW config AS {ENDLESS} SELECT n AS KEY, '1' AS val FROM t",
    "decks": f"CREATE VIEW decks AS {ENDLESS} SELECT n AS id, 'd' AS name, x'' AS kind FROM t",
    "deck_config": f"CREATE VIEW deck_config AS {ENDLESS} SELECT n AS id, 'd' AS name, x'' AS config FROM t",
}


@pytest.mark.parametrize("table", VIEWS)
def test_a_view_in_the_place_of_a_table_is_refused(tmp_path, table):
    done = imported(tmp_path, database(tmp_path / "c.db", f"DROP TABLE {table}", VIEWS[table]))

    assert done.returncode == 1
    assert f"the file is no collection of Anki: no table {table}" in done.stderr


@pytest.mark.parametrize("table", VIEWS_18)
def test_a_view_in_the_place_of_a_table_of_todays_schema_is_refused(tmp_path, table):
    done = imported(tmp_path, schema_18(tmp_path / "c.db", {table: VIEWS_18[table]}))

    assert done.returncode == 1
    assert f"the file is no collection of Anki: no table {table}" in done.stderr


def test_todays_schema_as_it_should_be_is_read(tmp_path):
    done = imported(tmp_path, schema_18(tmp_path / "c.db"))

    assert (done.returncode, done.stdout[:7]) == (0, "1 added")


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("CREATE VIRTUAL TABLE fields USING fts5(ntid, ord, name, config)", id="full text"),
        pytest.param("CREATE VIRTUAL TABLE fields USING rtree(ntid, ord, name)", id="rtree"),
        pytest.param("CREATE VIRTUAL TABLE fields USING dbstat", id="statistics"),
    ],
)
def test_a_virtual_table_is_refused(on_screen, tmp_path, statement):
    path = package(tmp_path / "x.apkg", {"collection.anki2": schema_18(tmp_path / "c.db", {"fields": statement})})

    result = on_screen("import", str(path))

    assert result.code == 1
    assert "the file is " in result.err


@pytest.mark.parametrize("kind", ["VIRTUAL", "STORED"])
def test_a_column_that_is_computed_is_refused(tmp_path, kind):
    """This one would take 2 GiB for each row."""
    other = f"CREATE TABLE other (id, guid, mid, mod, usn, tags, sfld, csum, flags, data, flds AS (iif(id > 5, printf('%.*c', 2000000000, 'x'), 'q')) {kind})"
    data = database(tmp_path / "c.db", "DROP TABLE notes", other, "ALTER TABLE other RENAME TO notes")

    done = imported(tmp_path, data)

    assert done.returncode == 1
    assert "table notes has columns that are computed" in done.stderr


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param(
            [
                "CREATE TRIGGER a BEFORE INSERT ON revlog BEGIN DELETE FROM notes; END",
                "CREATE TRIGGER b AFTER UPDATE ON col BEGIN SELECT load_extension('/tmp/evil.so'); END",
            ],
            id="triggers",
        ),
        pytest.param([f"CREATE VIEW other AS {ENDLESS} SELECT n FROM t", "CREATE VIEW broken AS SELECT * FROM nowhere"], id="views that nobody reads"),
        pytest.param([f"CREATE TABLE many ({', '.join(f'c{n} TEXT' for n in range(1_999))})"], id="a table of 1999 columns"),
        pytest.param([f"CREATE TABLE t{n} (x)" for n in range(2_000)], id="2000 tables"),
        pytest.param([f"CREATE TABLE long (x DEFAULT '{'y' * 900_000}')"], id="a statement of a megabyte"),
        pytest.param(["PRAGMA user_version = 99999", "PRAGMA application_id = 1"], id="a version that lies"),
        pytest.param(["PRAGMA writable_schema = ON", "UPDATE sqlite_master SET sql = sql || ' --' || char(27) || '[2J' WHERE name = 'graves'"], id="a schema with commands"),
        pytest.param(["CREATE UNIQUE INDEX bad ON notes (abs(id), length(flds) > 1) WHERE id > 0"], id="an index that computes"),
        pytest.param(["UPDATE notes SET tags = x'ff00', guid = x'ff00ff', sfld = x'00'"], id="bytes for text"),
        pytest.param(["UPDATE cards SET due = 9223372036854775807, ivl = -9223372036854775808, factor = 1e308, flags = -1"], id="numbers out of range"),
        pytest.param(["UPDATE cards SET due = 'x', ivl = 'y', ord = 'z', queue = 'w'"], id="text for numbers"),
        pytest.param(["INSERT INTO revlog VALUES (9223372036854775807, 1, 0, 99, -1, 9, 9, -5, 77), (-5, 1, 0, 'a', 'b', 'c', 'd', 'e', 'f')"], id="answers out of range"),
    ],
)  # fmt: skip
def test_what_is_odd_in_a_database_gives_its_note_or_one_line(on_screen, tmp_path, statements):
    data = database(tmp_path / "c.db", *statements)
    path = package(tmp_path / "x.apkg", {"collection.anki2": data})

    result = on_screen("import", str(path))

    assert (result.code, result.out[:7]) in ((0, "1 added"), (1, "0 added"))
    assert "bug" not in result.err
    assert commands_in(result.out + result.err) == set()


@pytest.mark.parametrize("attack", [pytest.param(text, id=name) for name, text in COMMANDS.items()])
def test_text_of_a_package_is_shown_and_not_obeyed(on_screen, tmp_path, attack):
    note = f"q {attack} <b>{attack}</b>\x1fa {attack} [sound:{attack}.mp3]"
    data = database(tmp_path / "c.db", note=note.replace("\0", ""))
    data = database_with(tmp_path, note, json.dumps({"1": {"name": f"D {attack}::E {attack}"}}), f" t{attack} ")
    path = package(
        tmp_path / "x.apkg", {"collection.anki2": data, "media": json.dumps({"0": f"{attack}.mp3"}).encode(), "0": b"x"}
    )

    printed = [on_screen("import", str(path), "--dry-run"), on_screen("import", str(path))]
    name = on_screen("search", "card:*", "--json").json[0]["card"]
    printed += [on_screen(*words) for words in (("decks",), ("due",), ("search", "card:*"), ("show", name), ("next",))]

    assert printed[1].out.startswith("1 added")
    assert commands_in("".join(result.out + result.err for result in printed)) == set()


def database_with(tmp_path, note: str, decks: str, tags: str) -> bytes:
    """A collection with one note, a deck of any name and tags."""
    quoted = {"decks": decks.replace("'", "''"), "tags": tags.replace("'", "''")}
    kinds = models("{{F}}", "{{B}}", name=f"Basic {EVERYTHING[:60]}").replace("'", "''")
    return database(
        tmp_path / "d.db",
        f"UPDATE col SET decks = '{quoted['decks']}', models = '{kinds}'",
        f"UPDATE notes SET tags = '{quoted['tags']}'",
        note=note,
    )


@pytest.mark.parametrize(
    "number",
    [1e300, -1, float("nan"), float("inf"), 10**400, "\x1b[2J", None, [], {}],
    ids=lambda number: repr(number)[:8],
)
def test_settings_of_a_whole_collection_are_checked_like_those_that_are_typed(on_screen, tmp_path, number):
    steps = {"delays": [number], "perDay": number}
    preset = {
        "name": number,
        "fsrsParams6": [number] * 21,
        "desiredRetention": number,
        "new": steps,
        "lapse": steps,
        "rev": steps,
    }
    decks = {"1": {"name": "D", "conf": 1}, "2": {"name": number, "conf": number}}
    told = {
        "dconf": {"1": preset},
        "decks": decks,
        "conf": {"rollover": number, "creationOffset": number, "schedVer": number},
    }
    update = ", ".join(f"{name} = '{json.dumps(value)}'" for name, value in told.items())
    path = package(tmp_path / "x.colpkg", {"collection.anki2": database(tmp_path / "c.db", f"UPDATE col SET {update}")})
    before = on_screen("config", "--json").json

    result = on_screen("import", str(path))

    assert result.code in (0, 1)
    assert "bug" not in result.err
    assert on_screen("config", "--json").json == before


def test_every_table_that_is_read_is_looked_at():
    from bedrill.formats.apkg_package import _READ

    assert set(_READ) >= {*SCHEMA_18, "col", "notes", "cards", "revlog"}
