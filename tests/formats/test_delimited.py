"""Tables: what each column is, and what becomes of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bedrill.clock import Clock
from bedrill.deckfile.parser import parse_deck
from bedrill.exchange import DeckRecord, NoteRecord, NoticeRecord, ProblemRecord
from bedrill.formats import delimited, stream_of

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def read(tmp_path) -> Callable[..., list[object]]:
    def call(content: str | bytes, name: str = "words.csv") -> list[object]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(delimited.read(path, name, Clock()))

    return call


def texts(records) -> list[str]:
    return [record.text for record in records if isinstance(record, NoteRecord)]


def notices(records) -> list[str]:
    return [record.text for record in records if isinstance(record, NoticeRecord)]


def problems(records) -> list[str]:
    return [f"{r.problem.line}: {r.problem.message}" for r in records if isinstance(r, ProblemRecord)]


ONE = ["## What is ACK?\n\nA reply."]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param("What is ACK?,A reply.\n", "a.csv", id="no header"),
        pytest.param("question,answer\nWhat is ACK?,A reply.\n", "a.csv", id="header"),
        pytest.param("Back,Front\r\nA reply.,What is ACK?\r\n", "a.csv", id="header in another order, CRLF"),
        pytest.param("What is ACK?\tA reply.\n", "a.tsv", id="tabs"),
        pytest.param("What is ACK?;A reply.\n", "a.csv", id="semicolons"),
        pytest.param("What is ACK?|A reply.\n", "a.txt", id="pipes"),
        pytest.param('"What is ACK?","A reply."', "a.csv", id="quotes"),
        pytest.param("#separator:tab\n#html:false\nWhat is ACK?\tA reply.\n", "a.txt", id="directives"),
        pytest.param(
            "#separator:Semicolon\n#columns:Front;Back\nWhat is ACK?;A reply.\n", "a.txt", id="named separator"
        ),
        pytest.param("#separator:|\n# a remark\nWhat is ACK?|A reply.\n", "a.txt", id="a remark"),
        pytest.param("\ufeffWhat is ACK?,A reply.\n", "a.csv", id="byte order mark"),
        pytest.param("What is ACK?,A reply.\n".encode("utf-16"), "a.csv", id="UTF-16"),
        pytest.param("\n,\nWhat is ACK?,A reply.\n\n", "a.csv", id="empty rows"),
        pytest.param("<b>What</b> is ACK?,A reply.\n", "a.csv", id="HTML"),
    ],
)
def test_a_table_of_any_make_is_read(read, content, name):
    found = [text.replace("**What**", "What") for text in texts(read(content, name))]

    assert found == ONE


def test_latin_1_is_read_where_it_is_no_utf_8(read):
    assert texts(read("caf\xe9?,Kaffee\n".encode("latin-1"))) == ["## café?\n\nKaffee"]


def test_a_cell_may_have_line_ends_and_quotes(read):
    assert texts(read('"Say ""hi""\n\n- a","one\ntwo"\n')) == ['## Say "hi"\n\n- a\n\n### Answer\n\none\ntwo']


def test_every_column_that_has_a_meaning_is_used(read):
    table = "slug,question,answer,hint,source,tags,deck,guid,Notes\nack,Q?,A.,think,RFC 1 §2; RFC 3,net tcp,Net::TCP,g1,more\n"

    note = next(record for record in read(table) if isinstance(record, NoteRecord))

    assert (note.slug, note.guid, note.deck_id) == ("ack", "g1", "net.tcp")
    assert note.text == (
        "## Q? {#ack tags=net,tcp}\n\nA.\n\n**Notes:** more\n\n### Hint\n\nthink\n\n### Sources\n\n- RFC 1 §2\n- RFC 3"
    )


def test_columns_by_number_as_anki_writes_them(read):
    table = "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\ng1\tBasic\tA::B\tQ?\tone<br>two\tx y\n"

    records = read(table, "notes.txt")
    note = next(record for record in records if isinstance(record, NoteRecord))

    assert (note.guid, note.deck_id, note.text) == ("g1", "a.b", "## Q? {tags=x,y}\n\none\\\ntwo")
    assert DeckRecord("a.b", "A::B") in records
    assert problems(records) == []


def test_it_is_said_how_each_column_was_understood(read):
    assert notices(read("Front;Back;Level\na;b;c\n")) == [
        "a table: semicolon between columns, utf-8, cells are Markdown",
        "column 1 'Front' is question",
        "column 2 'Back' is answer",
        "column 3 'Level' is more of the answer",
    ]


def test_a_cloze_in_the_question_makes_a_cloze(read):
    assert texts(read('"TCP is {{c1::a stream}}","not messages"\n')) == ["## TCP is {{c1::a stream}}\n\nnot messages"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("a,b\n,c\n", "2: a row without a question", id="no question"),
        pytest.param('a,b\n"c,d\n', "2: this row cannot be read: unexpected end of data", id="open quote"),
        pytest.param('a,b\n"c"x,d\n', "2: this row cannot be read: ',' expected after '\"'", id="a quote too many"),
        pytest.param(
            f"a,b\n{'x' * 1_100_000},d\n",
            "2: this row cannot be read: field larger than field limit (1048576)",
            id="a huge cell",
        ),
    ],
)
def test_a_row_that_cannot_be_meant_is_a_problem_with_its_line(read, content, message):
    assert problems(read(content)) == [message]


def test_a_formula_of_an_export_is_text_again(read):
    assert texts(read("'=1+1,'-x\n")) == ["## =1+1\n\n-x"]


@pytest.mark.parametrize(
    ("name", "content", "format_name"),
    [
        ("a.csv", "x", "csv"),
        ("a.tsv", "x", "csv"),
        ("a.txt", "a\tb\nc\td\n", "csv"),
        ("a.data", "#separator:tab\na\tb", "csv"),
        ("a.data", "a;b\nc;d", "csv"),
        ("a.data", '{"bedrill": 1}\n', "jsonl"),
        ("a.md", "a;b\nc;d", None),
        ("a.txt", "## A?\n\nB.\n", None),
        ("a.txt", "Q: A?\nA: B\n", None),
        ("a.txt", "front::back\n", None),
        ("a.txt", "What is std::move?\tA cast.\nc\td\n", "csv"),
        ("a.txt", "C:\\Windows\ta folder\nQ: c\td\n", "csv"),
        ("a.txt", "#separator:comma\nWhat is std::move?,A cast.\n", "csv"),
    ],
)
def test_the_content_decides_and_not_only_the_suffix(tmp_path, name, content, format_name):
    path = tmp_path / name
    path.write_text(content)

    found = stream_of(path)

    assert (found.name if found else None) == format_name


@hypothesis_settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.text("a,\";\n\t'=<br>#:separator{}c1", max_size=80).map(str.encode))
def test_any_bytes_give_notes_that_can_be_read_or_problems(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "x.csv"
    path.write_bytes(content)

    for record in delimited.read(path, "x.csv", Clock()):
        if isinstance(record, NoteRecord):
            deck = parse_deck(record.text, "x.md")
            assert (deck.has_errors, len(deck.notes)) == (False, 1)
