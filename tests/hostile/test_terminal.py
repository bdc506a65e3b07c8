"""Nothing in a deck, a package, a table or a file's name commands the terminal: every face, every field."""

from __future__ import annotations

import json
import re
import sqlite3
from typing import TYPE_CHECKING

import pytest
from tests.cli.terminal import Terminal, run_bedrill
from tests.hostile.payloads import MARKUP, TERMINAL, commands_in

from bedrill.collection import importing, open_collection, shipped
from bedrill.store import catalog

if TYPE_CHECKING:
    from collections.abc import Callable

payloads = pytest.mark.parametrize("payload", [pytest.param(text, id=name) for name, text in TERMINAL.items()])
FACES = [
    ("decks",),
    ("due",),
    (),
    ("next",),
    ("show", "evil/plain"),
    ("show", "evil/interview"),
    ("search", "question"),
    ("grade", "evil/plain", "good"),
    ("suspend", "evil/plain"),
    ("config",),
    ("doctor",),
]


def deck(payload: str) -> str:
    """A deck with `payload` in every field that can hold it."""
    escaped = "".join(f"\\U{ord(char):08x}" for char in payload)  # as YAML takes what it does not take as it is
    return f"""\
---
id: evil
title: "Title {escaped}"
---

## A plain question {payload}? {{#plain .core}}

An answer {payload}.

### Hint

A hint {payload}

Source: a source {payload}

## A cloze {{{{c1::hidden {payload}::hint {payload}}}}}. {{#cloze}}

Extra {payload}.

## A choice question? {{#choice}}

- [x] right {payload}
- [ ] wrong {payload}

## A typed question? {{#typed .typed}}

`typed {payload}`

## An interview question {payload}? {{#interview .interview form=explain level=mid think=1s speak=1m}}

### Context

Context {payload}

### Key points

- must: a point {payload} ([plain](#plain))

### Answer

A model answer {payload}

### Follow-ups

- A follow-up {payload}? → a key {payload}

### Mistakes

- A mistake {payload}

### Red flags

- A flag {payload}
"""


@pytest.fixture
def evil(invoke, deck_file) -> Callable[[str], str]:
    """Imports a deck with a payload everywhere; what that printed."""

    def call(payload: str) -> str:
        result = invoke("import", str(deck_file(deck(payload), "evil.md")))
        assert result.code == 0, result.err
        return str(result.out + result.err)

    return call


@payloads
def test_no_face_sends_what_a_deck_says(evil, invoke, payload):
    raw = evil(payload)
    for face in FACES:
        result = invoke(*face)
        assert result.code == 0, result.err
        raw += result.out + result.err

    assert commands_in(raw) == []
    assert "A plain question" in raw


@payloads
def test_a_session_sends_nothing_of_what_a_deck_says(payload, tmp_path):
    """Every card, on a real terminal, both sides, hint and info; an interview with its points."""
    path, file = tmp_path / "study.db", tmp_path / "evil.md"
    file.write_text(deck(payload))
    collection = open_collection(path)
    catalog.put_meta(collection.db, "shipped", shipped.fingerprint_of(shipped.shipped_folder()))
    assert importing.import_paths(collection, [file]).added
    collection.close()
    terminal = Terminal(path).start("review")
    for _ in range(3):
        terminal.wait_for(r"\? help")
        terminal.child.send("hi")
        terminal.wait_for(r"\? help")
        terminal.press(" ", r"4 easy")
        terminal.child.send("4")
    terminal.press("q", r"3 answers")
    terminal.end()

    assert commands_in(terminal.seen) == []
    assert "A plain question" in terminal.seen


@payloads
def test_a_fault_is_told_without_the_payload(invoke, deck_file, payload):
    """What is quoted in a message: unknown keys, headings, links, slugs."""
    key = json.dumps(f"key {payload}")
    broken = f"---\n{key}: x\n---\n\n## {payload} {{#a b={payload}}}\n\n### Unknown {payload}\n\nx [y](#{payload})\n"
    raw = ""
    for arguments in (("check",), ("check", "--format", "github"), ("import",)):
        result = invoke(*arguments, str(deck_file(broken, "broken.md")))
        assert result.code == 1
        raw += result.out + result.err

    assert commands_in(raw) == []


@payloads
def test_a_name_of_a_file_is_told_without_the_payload(invoke, tmp_path, payload):
    name = re.sub("/", "_", payload)
    raw = ""
    for content in ("## Question?\n\nAnswer.\n", "no deck\n"):
        path = tmp_path / f"x{name}.md"
        path.write_text(content)
        for arguments in (("import", str(path)), ("check", str(path)), ("import", str(path) + ".gone"), ("decks",)):
            result = invoke(*arguments)
            raw += result.out + result.err

    assert commands_in(raw) == []
    assert "gone" in raw


@payloads
@pytest.mark.parametrize("name", ["words.csv", "notes.jsonl"])
def test_a_table_and_json_lines_say_nothing_to_the_terminal(invoke, tmp_path, payload, name):
    fields = {"guid": f"g{payload}", "deck": f"d{payload}", "slug": "s", "text": f"## Q {payload}?\n\nA {payload}."}
    rows = f'question {payload},tags {payload},"answer ""{payload}"""\nq{payload},t,a\n'
    path = tmp_path / name
    path.write_text(rows if name.endswith("csv") else json.dumps(fields) + "\n" + payload + "\n")
    raw = ""
    for arguments in (("import", str(path), "--dry-run"), ("import", str(path)), ("decks",), ("search", "")):
        result = invoke(*arguments)
        assert result.code in (0, 1)
        raw += result.out + result.err

    assert commands_in(raw) == []


@payloads
def test_an_argument_is_told_without_the_payload(invoke, payload):
    raw = ""
    for arguments in (("show", payload), ("due", payload), (payload,), ("config", payload), ("grade", payload, "x")):
        result = invoke(*arguments)
        assert result.code in (2, 4)
        raw += result.out + result.err

    assert commands_in(raw) == []


@pytest.mark.parametrize("payload", [pytest.param(text, id=name) for name, text in MARKUP.items()])
def test_markup_is_text(payload, tmp_path):
    """On a terminal with colour, as `show` and `review` draw it."""
    path, file = tmp_path / "study.db", tmp_path / "evil.md"
    file.write_text(deck(payload))
    collection = open_collection(path)
    catalog.put_meta(collection.db, "shipped", shipped.fingerprint_of(shipped.shipped_folder()))
    importing.import_paths(collection, [file])
    collection.close()
    terminal = Terminal(path, columns=200).start("review")
    question = terminal.wait_for(r"\? help")
    answer = terminal.press(" ", r"4 easy")
    terminal.child.send("q")
    terminal.end()

    shown = payload.replace("\\[", "[")
    assert f"A plain question {shown}?" in question
    assert f"An answer {shown}." in answer
    assert "\x1b]8" not in terminal.seen
    for face in (("decks",), ("show", "evil/plain"), ("search", "plain")):
        result = run_bedrill(path, *face)
        assert result.returncode == 0
        assert shown in result.stdout


def test_what_is_stored_is_what_was_written(evil, db_path):
    """Harmless on the screen, unchanged in the collection and in every export."""
    evil(TERMINAL["OSC 52 writes the clipboard"])

    db = sqlite3.connect(db_path)
    text = db.execute("SELECT text FROM notes WHERE slug = 'plain'").fetchone()[0]
    db.close()

    assert TERMINAL["OSC 52 writes the clipboard"] in text
