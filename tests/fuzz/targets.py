"""
Every parser and importer as a function of some bytes, with inputs to begin from: for tests/fuzz and `make fuzz`.

A target returns; a `BedrillError` is an answer, too. Anything else that is raised, or a promise that is not held, is a
crash: its input becomes a file of tests/data/fuzz/TARGET.
"""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
import tempfile
import zipfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.cli.text import visible
from bedrill.clock import Clock, day_number
from bedrill.collection import exporting, importing, open_collection
from bedrill.config import KEYS, Settings, text_of, with_setting
from bedrill.deckfile.faces import faces, ordinals
from bedrill.deckfile.lint import lint
from bedrill.deckfile.note_parser import read_note
from bedrill.deckfile.parser import parse_bytes, parse_deck
from bedrill.deckfile.writer import write_deck
from bedrill.errors import BedrillError
from bedrill.exchange import NoteRecord
from bedrill.formats import apkg, delimited, jsonl, obsidian, protobuf, questions
from bedrill.formats.anki_html import cloze_html_of, html_of
from bedrill.formats.anki_templates import cloze_fields, render, typed_field
from bedrill.formats.html_to_markdown import cloze_markdown_of, markdown_of
from bedrill.scoring import judge_typed
from bedrill.store import pages, search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bedrill.note import DeckFile

ROOT: Final = Path(__file__).parents[2]
FOUND: Final = ROOT / "tests" / "data" / "fuzz"
"""Inputs that once crashed, a folder for each target."""
CLOCK: Final = Clock(now=lambda: datetime(2026, 1, 5, 9, tzinfo=UTC))


class Target(NamedTuple):
    """A parser and what to begin from."""

    run: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _shown(deck: DeckFile) -> None:
    """All that is done with a deck: its cards' faces, lint, the file that is written of it, problems on the terminal."""
    for problem in deck.problems:
        assert visible(problem.message).replace("\n", "").replace("\t", "").isprintable()
    if deck.has_errors:
        return
    lint([deck])
    for note in deck.notes:
        assert read_note(note.text, note.slug).question == note.question
        for ordinal in ordinals(note):
            for face in faces(note, ordinal):
                html_of(face)
    again = parse_deck(write_deck(deck), deck.path)
    assert [note.question for note in again.notes] == [note.question for note in deck.notes]


def deck(data: bytes) -> None:
    _shown(parse_bytes(data, "fuzz.md"))


def front_matter(data: bytes) -> None:
    _shown(parse_bytes(b"---\n" + data + b"\n---\n\n## Question?\n\nAnswer.\n", "fuzz.md"))


def cards_of_questions(data: bytes) -> None:
    _shown(questions.read(data, "fuzz.md"))


def cards_of_obsidian(data: bytes) -> None:
    _shown(obsidian.read(data, "fuzz.md"))


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="bedrill-fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))


def _records(read: Callable[[Path, str, Clock], Iterator[object]], data: bytes, name: str) -> None:
    """What a stream format makes of a file: every note must be one that can be shown."""
    path = _folder() / name
    path.write_bytes(data)
    for record in read(path, name, CLOCK):
        if isinstance(record, NoteRecord):
            note = read_note(record.with_text().text, record.slug)
            for ordinal in ordinals(note):
                faces(note, ordinal)


def table(data: bytes) -> None:
    _records(delimited.read, data, "fuzz.csv")


def json_lines(data: bytes) -> None:
    _records(jsonl.read, data, "fuzz.jsonl")


def package(data: bytes) -> None:
    _records(apkg.read, data, "fuzz.apkg")


def anki_database(data: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("collection.anki2", data)
        file.writestr("media", b"{}")
    _records(apkg.read, packed.getvalue(), "fuzz.apkg")


def anki_protobuf(data: bytes) -> None:
    for values in protobuf.fields_of(data).values():
        for value in values:
            protobuf.text_of(value)
            protobuf.floats_of(value)


def anki_field(data: bytes) -> None:
    text = _text(data)
    markdown = markdown_of(text)
    html_of(markdown)
    cloze_markdown_of(text)
    cloze_html_of(markdown)


def anki_template(data: bytes) -> None:
    text = _text(data)
    fields = {"Front": "a", "Back": "<b>b</b>", "Tags": ""}
    render(text, fields)
    cloze_fields(text)
    typed_field(text)


def damaged_collection(data: bytes) -> None:
    path = _folder() / "fuzz.db"
    path.write_bytes(data)
    for row in pages.rows(str(path)):
        assert isinstance(row.values, tuple)


@cache
def _empty() -> sqlite3.Connection:
    return open_collection(_folder() / "empty.db", CLOCK.now).db


def search_query(data: bytes) -> None:
    today = day_number(datetime(2026, 1, 5, tzinfo=UTC).date())
    search.find(_empty(), _text(data), today, Settings())


def setting(data: bytes) -> None:
    key, _, value = _text(data).partition("=")
    for name in [key] if key in KEYS else KEYS:
        with contextlib.suppress(BedrillError):
            told = text_of(with_setting(Settings(), name, value), name)
            assert text_of(with_setting(Settings(), name, told), name) == told


def typed_answer(data: bytes) -> None:
    typed, _, accepted = _text(data).partition("\n")
    judge_typed(typed, accepted.split("\n"))


def _decks() -> list[bytes]:
    """Decks of the tests, and the first notes of some that are shipped."""
    small = [path.read_bytes() for path in (ROOT / "tests" / "data" / "decks").rglob("*.md")]
    shipped = sorted((ROOT / "decks").glob("*.md"))[::8]
    return [*small, *(path.read_bytes()[:3000] for path in shipped)]


@cache
def _exported(name: str) -> bytes:
    """A small collection in a format."""
    folder = Path(tempfile.mkdtemp(prefix="bedrill-fuzz-"))
    (folder / "cap.md").write_text(
        "## A quorum is {{c1::a majority}}. {#q}\n\nYes.\n\n## Which port? {#p .typed}\n\n`443`\n"
    )
    collection = open_collection(folder / "b.db", CLOCK.now)
    importing.import_paths(collection, [folder / "cap.md"])
    out = io.BytesIO()
    context = exporting.context(collection, with_schedule=True)
    exporting.write(name, exporting.records(collection, name=name), out, context)
    collection.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = (folder / "b.db").read_bytes() if name == "db" else out.getvalue()
    collection.close()
    return data


@cache
def _collection() -> bytes:
    folder = Path(tempfile.mkdtemp(prefix="bedrill-fuzz-"))
    db = sqlite3.connect(folder / "t.db", isolation_level=None)
    for statement in (
        "PRAGMA page_size = 512",
        "CREATE TABLE t (a, b)",
        "INSERT INTO t VALUES ('x', 1), (zeroblob(900), 2)",
    ):
        db.execute(statement)
    db.close()
    return (folder / "t.db").read_bytes()


def _unpacked() -> bytes:
    from backports.zstd import decompress

    with zipfile.ZipFile(io.BytesIO(_exported("apkg"))) as file:
        return bytes(decompress(file.read("collection.anki21b")))


TARGETS: Final[Mapping[str, Target]] = {
    "deck": Target(deck, _decks),
    "front_matter": Target(front_matter, lambda: [b"id: a\ntitle: 'b'\nlesson: 3\nrequires: [1, x]\ntags: [a, b]"]),
    "questions": Target(cards_of_questions, lambda: [b"Q: a?\nA: b\n\nC: the [hidden] one\n", b"Q: a\nb\nA: c\n---\nQ: d\nA: e\n"]),
    "obsidian": Target(cards_of_obsidian, lambda: [b"#flashcards\n\na::b\nc:::d\n\ne\n?\nf\n\n==g== h <!--SR:!2026-01-05,3,250-->\n"]),
    "table": Target(table, lambda: [b'front,back,tags\n"a ""b""",c,d\n', b"#separator:tab\n#html:true\n#columns:a\tb\nx\t<b>y</b>\n", b"\xff\xfea\x00,\x00b\x00"]),
    "json_lines": Target(json_lines, lambda: [_exported("jsonl"), json.dumps({"bedrill": 1}).encode()]),
    "package": Target(package, lambda: [_exported("apkg")]),
    "anki_database": Target(anki_database, lambda: [_unpacked()]),
    "anki_protobuf": Target(anki_protobuf, lambda: [protobuf.bytes_of({1: 3, 2: b"abc", 5: b"\x00\x00\x80\x3f"})]),
    "anki_field": Target(anki_field, lambda: [b"<b>a</b><br>{{c1::b::c}} <pre><code>x</code></pre>", b"<ul><li>a<table><tr><td>b"]),
    "anki_template": Target(anki_template, lambda: [b"{{#Front}}{{Front}}{{/Front}}<hr id=answer>{{cloze:Back}}{{type:Back}}{{hint:Tags}}"]),
    "damaged_collection": Target(damaged_collection, lambda: [_collection()]),
    "search": Target(search_query, lambda: [b'deck:cap is:due -tag:a prop:ivl>=3 (a or "b c") rated:3:1 re:x* added:2']),
    "setting": Target(setting, lambda: [b"learning_steps=1m 10m", b"day_start=04:00", b"fsrs_parameters=0.1, 0.2", b"time_zone=UTC"]),
    "typed_answer": Target(typed_answer, lambda: [b"git log\n`git log`\n/git +log( --oneline)?/"]),
}  # fmt: skip
