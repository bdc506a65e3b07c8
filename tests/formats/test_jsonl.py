"""JSON Lines: everything that a collection knows, and the same again from the file."""

from __future__ import annotations

import io
import json

import pytest

from bedrill.clock import Clock
from bedrill.exchange import NoteRecord, ProblemRecord, ProgressRecord
from bedrill.formats import jsonl


def read(*lines: str) -> list[object]:
    return list(jsonl.read_lines(io.BytesIO("\n".join(lines).encode()), "x.jsonl"))


def problems(*lines: str) -> list[str]:
    return [f"{r.problem.line}: {r.problem.message}" for r in read(*lines) if isinstance(r, ProblemRecord)]


NOTE = {"note": "g", "deck": "cap", "slug": "a", "text": "## A? {#a}\n\nB.", "cards": []}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("nonsense", "1: this line cannot be read: Expecting value", id="no JSON"),
        pytest.param("[1]", "1: this line cannot be read: it is no object", id="no object"),
        pytest.param(
            '{"bedrill": 9}',
            "1: this line cannot be read: version 9 of the format is not known; upgrade bedrill",
            id="version",
        ),
        pytest.param(json.dumps(NOTE | {"text": 5}), "1: this line cannot be read: 5 is no text", id="a number"),
        pytest.param(
            json.dumps(NOTE | {"deck": "../x"}),
            "1: this line cannot be read: '../x' is no name of a deck or note",
            id="a path",
        ),
        pytest.param('{"note": "g", "deck": "d"}', "1: this line cannot be read: 'text' is missing", id="no text"),
        pytest.param(json.dumps(NOTE | {"text": "## A?"}), "1: this note has no answer", id="half a note"),
        pytest.param(
            json.dumps(NOTE | {"text": "## A?\n\nB\n\n## C?\n\nD"}), "1: the text is not one note", id="two notes"
        ),
        pytest.param(
            '{"media": "a.png", "data": "?"}',
            "1: this line cannot be read: the data of a.png is not base64",
            id="media",
        ),
        pytest.param(
            json.dumps(
                NOTE
                | {
                    "cards": [
                        {"ordinal": 0, "reviews": [{"id": 1, "rating": 7, "kind": 0, "interval_s": 1, "studied_on": 1}]}
                    ]
                }
            ),
            "1: this line cannot be read: rating 7 of kind 0 is no answer",
            id="a rating",
        ),
        pytest.param("[" * 100_000, "1: this line cannot be read: maximum recursion depth exceeded", id="deep"),
    ],
)
def test_a_line_that_cannot_be_meant_is_a_problem(line, message):
    assert [found[: len(message)] for found in problems(line)] == [message]


def test_what_a_later_bedrill_writes_is_passed_over():
    assert read('{"bedrill": 1}', '{"dream": 1}', "") == []


def test_the_other_lines_are_read_on():
    assert len(read("nonsense", json.dumps(NOTE))) == 2


def test_a_file_is_told_by_its_first_line(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text('{"bedrill": 1}\n' + json.dumps(NOTE))

    assert jsonl.recognises(path.read_bytes(), str(path))
    assert not jsonl.recognises(b'{"note": 1}', "x.json")
    assert [type(record) for record in jsonl.read(path, "x.txt", Clock())] == [ProgressRecord, NoteRecord]
