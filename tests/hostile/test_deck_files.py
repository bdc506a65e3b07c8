"""Decks that are too large, too deep, too wide, or whose front matter is a program: one clear line, or a card."""

from __future__ import annotations

from contextlib import closing

import pytest
from tests.cli.terminal import Terminal, rows, run_bedrill
from tests.hostile.payloads import commands_in

from bedrill.cli.text import width_of
from bedrill.collection import importing, open_collection, shipped
from bedrill.limits import MAX_FRONT_MATTER_BYTES, MAX_NOTE_CHARS
from bedrill.store import catalog

DEEP = 10_000
NESTED = {
    "quotes": "> " * DEEP + "x",
    "lists": "\n".join("  " * depth + "- x" for depth in range(250)),
    "brackets": "[" * DEEP + "x" + "]" * DEEP,
    "links": "[a](" * (DEEP // 4) + "x" + ")" * (DEEP // 4),
    "emphasis": "*_" * DEEP + "x" + "_*" * DEEP,
    "stars": "*" * DEEP,
    "backticks": "".join("`" * (number % 300) + " " for number in range(3 * 100)),
    "an open fence": "```python\n" + "x = (\n" * 3000,
    "brackets of code": "```python\n" + "(" * DEEP + "\n```",
    "images": "![" * (DEEP // 2) + "](x)" * (DEEP // 2),
    "a table": "|" + " a |" * 1000 + "\n|" + "---|" * 1000 + "\n|" + " b |" * 1000,
    "html": "<div>" * DEEP,
    "entities": "&amp;" * DEEP,
    "headings": "\n\n".join(f"### Part {number}" for number in range(2000)),
    "clozes": "{{c1::" * 2000 + "x" + "}}" * 2000,
}
YAML = {
    "a billion laughs": "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]",
    "an object": "title: !!python/object/apply:os.system ['touch pwned']",
    "a module": "title: !!python/module:os",
    "a merge key": "x: &x {id: y}\n<<: *x",
    "5 MB": "title: " + "x" * 5_000_000,
    "deep lists": "tags: " + "[" * 1500 + "]" * 1500,
    "a key twice": "id: a\nid: b",
    "a date": "title: 2026-01-05",
    "a long number": "lesson: " + "9" * 3000,
    "a number in base 60": "lesson: 1:30",
    "NUL": "title: a\0b",
    "a key that is a list": "? [a, b]\n: c",
    "a path": "id: ../../escape",
    "an absolute path": "id: /etc/passwd",
    "a list at the top": "- a\n- b",
    "a tab": "title:\n\t- a",
    "never closed": 'title: "x',
}
WIDE = {
    "a word of ten thousand letters": "x" * 10_000,
    "wide letters": "\u8a9e" * 3000,
    "emoji of many parts": "\U0001f469\u200d\U0001f4bb" * 200,
    "tabs": "\t" * 500 + "x",
    "many marks on one letter": "a" + "\u0301" * 500,
    "no-break spaces": "a\u00a0" * 500,
}


def study(path, file) -> None:
    """A collection with a deck file and nothing else."""
    with closing(open_collection(path)) as collection:
        catalog.put_meta(collection.db, "shipped", shipped.fingerprint_of(shipped.shipped_folder()))
        assert importing.import_paths(collection, [file]).added


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in NESTED.items()])
def test_deep_markdown_is_taken_and_shown_or_refused_in_words(tmp_path, text):
    """A process of its own: a stack that overflows or a minute without an end fails here."""
    path, file = tmp_path / "study.db", tmp_path / "deep.md"
    file.write_text(f"## What is this? {{#deep}}\n\n{text}\n\n## Another? {{#other}}\n\nYes.\n")

    taken = run_bedrill(path, "import", str(file))
    faces: list[tuple[str, ...]] = [("show", "deep/deep"), ("check", str(file))]
    faces += [("export", str(tmp_path / name), "deep") for name in ("x.html", "x.apkg", "x.csv")]
    shown = [run_bedrill(path, *face) for face in faces]

    assert taken.returncode in (0, 1), taken.stderr
    assert all(face.returncode in (0, 1, 4) for face in shown), shown
    assert "bug" not in taken.stderr + "".join(face.stderr for face in shown)
    assert (taken.returncode == 0) is (shown[0].returncode == 0)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in NESTED.items()])
def test_deep_markdown_is_a_card_of_a_session(tmp_path, text):
    path, file = tmp_path / "study.db", tmp_path / "deep.md"
    file.write_text(f"## What is this? {{#deep}}\n\n{text}\n")
    with closing(open_collection(path)) as collection:
        catalog.put_meta(collection.db, "shipped", shipped.fingerprint_of(shipped.shipped_folder()))
        if not importing.import_paths(collection, [file]).added:
            return  # refused; the test before says in words
    terminal = Terminal(path).start("review")
    terminal.wait_for(r"\? help")
    terminal.press(" ", r"4 easy")
    terminal.press("4", r"1 answer")

    assert terminal.end() == 0
    assert rows(path, "SELECT count(*) FROM reviews") == [(1,)]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in YAML.items()])
def test_front_matter_is_data_or_a_fault(invoke, tmp_path, monkeypatch, text):
    monkeypatch.chdir(tmp_path)
    before = {path.name for path in tmp_path.iterdir()}
    file = tmp_path / "evil.md"
    file.write_text(f"---\n{text}\n---\n\n## Question? {{#q}}\n\nAnswer.\n")

    result = invoke("import", str(file))
    decks = invoke("decks", "--json").json

    assert result.code in (0, 1)
    assert "bug" not in result.err
    assert len(result.err) < 2_000
    assert {path.name for path in tmp_path.iterdir()} - before <= {
        "evil.md",
        "bedrill.db",
        "bedrill.db-wal",
        "bedrill.db-shm",
    }
    assert all("/" not in deck["deck"] for deck in decks)


@pytest.mark.parametrize(
    ("content", "bound"),
    [
        pytest.param("## Q?\n\n" + "x" * 10_000_000, "8 MiB", id="10 MB on one line"),
        pytest.param("## Q?\n\n" + "x\n" * 1_000_000, "500000", id="a million lines"),
        pytest.param("## Q?\n\n" + "x" * MAX_NOTE_CHARS, str(MAX_NOTE_CHARS), id="a note that is too long"),
        pytest.param("## Q?\n\nA.\n\n" * 50_001, "50000", id="too many notes"),
        pytest.param(
            "---\ntitle: " + "x" * 5000 + "\n---\n\n## Q?\n\nA.", str(MAX_FRONT_MATTER_BYTES), id="front matter"
        ),
    ],
)
def test_what_is_too_large_is_refused_with_its_bound(invoke, tmp_path, content, bound):
    file = tmp_path / "large.md"
    file.write_text(content)

    result = invoke("import", str(file))

    assert result.code == 1
    assert bound in result.err
    assert len(result.err) < 1_000


@pytest.mark.parametrize("word", [pytest.param(text, id=name) for name, text in WIDE.items()])
def test_no_line_of_a_session_is_wider_than_the_terminal(tmp_path, word):
    path, file = tmp_path / "study.db", tmp_path / "wide.md"
    file.write_text(f"---\ntitle: wide\n---\n\n## Is {word} wide? {{#wide}}\n\n{word}\n\n- {word}\n\n> {word}\n")
    study(path, file)
    terminal = Terminal(path, columns=40).start("review")
    shown = terminal.wait_for(r"\? h…|\? help|…")
    shown += terminal.press(" ", r"4 easy|…")
    terminal.child.send("q")
    terminal.end()

    wide = [line for line in shown.split("\n") if width_of(line.split("\r")[-1]) > 40]
    assert wide == []
    assert commands_in(terminal.seen) == []
