"""Rows without SQLite are the rows that SQLite gives; of a damaged file, all but those on the pages that are broken."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bedrill.store import pages

VALUES = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.sampled_from([0, 1, 127, 128, -128, 2**31, -(2**47), 2**47]),
    st.floats(allow_nan=False),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40),
    st.binary(max_size=40),
    st.integers(400, 9000).map(lambda length: "long " * (length // 5)),
)


@pytest.fixture
def make(tmp_path):
    """Makes a database of some statements; returns its path."""

    def call(*statements: str, name: str = "some.db") -> str:
        path = str(tmp_path / name)
        db = sqlite3.connect(path, isolation_level=None)
        for statement in statements:
            db.execute(statement)
        db.close()
        return path

    return call


def of_tables(path: str) -> list[pages.Row]:
    """The rows that are not those of the schema itself."""
    return [row for row in pages.rows(path) if row.values[0] not in ("table", "index")]


@given(
    st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=60),
    st.sampled_from([512, 4096, 65_536]),
    st.booleans(),
)
@example([("x" * 4061, "y" * 35, None)], 4096, False)
@settings(max_examples=60, deadline=None)
def test_what_sqlite_wrote_is_read(tmp_path_factory, rows, page_bytes, is_without_rowid):
    path = str(tmp_path_factory.mktemp("pages") / "some.db")
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(f"PRAGMA page_size = {page_bytes}")
    how = "key INTEGER, a, b, c, PRIMARY KEY (key)) WITHOUT ROWID" if is_without_rowid else "key INTEGER, a, b, c)"
    db.execute(f"CREATE TABLE t ({how}")
    db.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", ((number, *row) for number, row in enumerate(rows)))
    expected = db.execute("SELECT * FROM t").fetchall()
    db.close()

    found = of_tables(path)

    assert {row.values[0] for row in found} == {row[0] for row in expected}
    assert Counter(repr(row.values) for row in found) == Counter(repr(row) for row in expected)
    assert all((row.rowid is None) is is_without_rowid for row in found)


def test_the_rowid_is_the_key_and_may_be_negative(make):
    path = make("CREATE TABLE t (id INTEGER PRIMARY KEY, a)", "INSERT INTO t VALUES (-7, 'a'), (1767603600000, 'b')")

    assert of_tables(path) == [pages.Row(-7, (None, "a")), pages.Row(1_767_603_600_000, (None, "b"))]


def test_what_is_committed_to_the_write_ahead_log_is_read_and_the_rest_is_not(tmp_path):
    path = str(tmp_path / "some.db")
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA wal_autocheckpoint = 0")
    db.execute("PRAGMA cache_size = 1")
    db.execute("CREATE TABLE t (a)")
    db.execute("INSERT INTO t VALUES ('kept')")
    db.execute("BEGIN")
    db.executemany("INSERT INTO t VALUES (?)", (("not yet " * 500,) for _ in range(200)))

    found = of_tables(path)

    db.close()
    assert [row.values for row in found] == [("kept",)]


def test_pages_that_are_free_are_left_out(make):
    path = make(
        "CREATE TABLE t (a)",
        "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 500) "
        "INSERT INTO t SELECT printf('%0200d', i) FROM n",
        "DROP TABLE t",
        "CREATE TABLE u (a)",
        "INSERT INTO u VALUES ('new')",
    )

    assert [row.values for row in of_tables(path)] == [("new",)]


@pytest.mark.parametrize("first", [True, False], ids=["the first page", "a page in the middle"])
def test_a_broken_page_costs_only_its_own_rows(make, first):
    path = make(
        "CREATE TABLE t (a)",
        "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
        "INSERT INTO t SELECT printf('%0100d', i) FROM n",
    )
    with open(path, "r+b") as file:
        file.seek(0 if first else 20 * 4096)
        file.write(b"\xa5" * 4096)

    found = of_tables(path)

    assert len(found) >= 2000 - (0 if first else 40)
    assert all(int(str(row.values[0])) == row.rowid for row in found)


@given(st.binary(max_size=9000))
@example(b"SQLite format 3\0")
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_rows_or_nothing(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("bytes") / "some.db"
    path.write_bytes(data)

    for row in pages.rows(str(path)):
        assert isinstance(row.values, tuple)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_file_with_wrong_bytes_is_rows_or_nothing(tmp_path_factory, data):
    path = str(tmp_path_factory.mktemp("wrong") / "some.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("CREATE TABLE t (a, b)")
        db.execute("INSERT INTO t VALUES ('x', 1), (zeroblob(9000), 2)")
    with open(path, "rb") as file:
        content = bytearray(file.read())
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=30)):
        content[at] = data.draw(st.integers(0, 255))
    with open(path, "wb") as file:
        file.write(content)

    list(pages.rows(path))
