"""Front matter of a stranger is text, lists and mappings: nothing is made, run, expanded or looked up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.hostile.payloads import commands_in

LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]" for n in range(9)
)
NOTE = "\n---\n\n## Is this a good question? {#q}\n\nYes.\n"
REFUSED = {
    "billion laughs": (LAUGHS, "D8"),
    "a call": ("id: !!python/object/apply:os.system ['touch /tmp/bedrill-evil']", "D8"),
    "a call of a new object": ("id: !!python/object/new:subprocess.Popen [[touch, /tmp/bedrill-evil]]", "D8"),
    "a name of Python": ("id: !!python/name:os.system", "D8"),
    "a tag of its own": ("id: !<tag:yaml.org,2002:python/module:os> x", "D8"),
    "a tag directive": ("%TAG ! tag:yaml.org,2002:python/\n--- !object/apply:os.system ['x']", "D8"),
    "an alias of itself": ("tags: &a [*a]", "D8"),
    "a merge of an alias": ("x: &x {id: y}\n<<: *x", "D8"),
    "a merge": ("<<: {id: y}", "D9"),
    "five megabytes": ("title: " + "x" * (5 << 20), "D8"),
    "deep lists": ("tags: " + "[" * 2_000, "D7"),
    "deep mappings": ("allow: " + "{a: " * 1_000, "D7"),
    "deep blocks": ("\n".join(" " * n + "a:" for n in range(85)), "D9"),
    "deep sequences": ("tags: " + "- " * 1_900, "D7"),
    "a list as a key": ("? [a, b]\n: c", "D7"),
    "a mapping as a key": ("{a: b}: c", "D7"),
    "a number of a thousand digits": ("lesson: " + "9" * 1_000, "D10"),
    "a number of a million digits": ("lesson: " + "9" * 1_000_000, "D8"),
    "a number with underscores": ("lesson: 1_0", "D10"),
    "an octal number": ("lesson: 0o17", "D10"),
    "infinity": ("lesson: .inf", "D10"),
    "a base 60 number": ("lesson: 190:20:30", "D10"),
    "a path above": ("id: ../../x", "D10"),
    "an absolute path": ("id: /etc/passwd", "D10"),
    "a path of Windows": ("id: C:\\x", "D10"),
    "an id with a NUL": ('id: "a\\0b"', "D10"),
    "an id of commands": ('id: "\\e[2J\\u202e"', "D10"),
    "an id of a megabyte in escapes": ('id: "' + "\\U0001F600" * 380 + '"', "D10"),
    "an empty key": (": x", "D7"),
    "a NUL": ("id: a\0b", "D2"),
    "a byte order mark in the middle": ("id: a\ufeffb", "D10"),
    "another byte that is no UTF-8": (b"id: \xff\xfe", "D3"),
    "a surrogate": (b"id: \xed\xa0\x80", "D3"),
    "UTF-16": ("---\nid: x\n---\n\n## Q?\n\nA\n".encode("utf-16"), "D2"),
    "notes in it": ("id: a\n\n## Q?\n\nA", "D7"),
}
TAKEN = {
    "a date": ("title: 2026-01-01", "2026-01-01"),
    "a time": ("title: 2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
    "no": ("title: no", "no"),
    "nothing": ("title: ~", "~"),
    "a hexadecimal number": ("title: 0xFF", "0xFF"),
    "an exponent": ("title: 1e999999999", "1e999999999"),
    "a path": ("title: ../../etc/passwd", "../../etc/passwd"),
    "an expression": ("title: ${HOME} $(id) `id` {{ id }}", "${HOME} $(id) `id` {{ id }}"),
    "a key twice": ("title: a\ntitle: b", "b"),
}


def evil(header: str | bytes) -> bytes:
    """A deck with this front matter; bytes that have front matter of their own stay as they are."""
    data = header if isinstance(header, bytes) else header.encode("utf-8", "surrogatepass")
    return data if data.startswith(b"\xff\xfe") else b"---\n" + data + NOTE.encode()


@pytest.mark.parametrize(("header", "code"), [pytest.param(*case, id=name) for name, case in REFUSED.items()])
def test_front_matter_that_means_harm_is_refused_by_a_code_and_nothing_happens(on_screen, put, tmp_path, header, code):
    path = put("evil.md", evil(header))
    before = {file for file in tmp_path.rglob("*") if "bedrill.db" not in file.name}

    checked = on_screen("check", str(path), "--format", "json")
    imported = on_screen("import", str(path))

    assert (checked.code, imported.code) == (1, 1)
    assert code in {problem["code"] for problem in checked.json}
    assert max(len(line) for line in imported.err.split("\n")) < 1_000
    assert commands_in(checked.out + imported.out + imported.err) == set()
    assert on_screen("decks", "--json").json == []
    assert {file for file in tmp_path.rglob("*") if "bedrill.db" not in file.name} == before
    assert not Path("/tmp/bedrill-evil").exists()


@pytest.mark.parametrize(("header", "title"), [pytest.param(*case, id=name) for name, case in TAKEN.items()])
def test_what_yaml_could_take_for_something_else_is_text(on_screen, put, header, title):
    on_screen("import", str(put("evil.md", evil(header))))

    assert [deck["title"] for deck in on_screen("decks", "--json").json] == [title]


@pytest.mark.parametrize("name", ["obsidian", "questions"])
@pytest.mark.parametrize(
    "header",
    [LAUGHS, "tags: &a [*a]", "tags: !!python/name:os.system", "tags: " + "[" * 2_000],
    ids=["laughs", "itself", "name", "deep"],
)
def test_front_matter_of_other_programs_is_read_as_carefully(on_screen, put, name, header):
    path = put("evil.md", f"---\n{header}\n---\n\nQ: front\nA: back\n\none::two\n")

    result = on_screen("import", str(path), "--format", name)

    assert result.code in (0, 1)
    assert "bug" not in result.err


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("[" * 100_000, id="lists"),
        pytest.param('{"deck":' * 100_000, id="objects"),
        pytest.param('{"deck": ' + "9" * 1_000_000 + "}", id="a number of a million digits"),
        pytest.param('{"deck": 1e999}', id="infinity"),
        pytest.param('{"deck": NaN}', id="not a number"),
        pytest.param('{"deck": "\\ud800"}', id="half a character"),
        pytest.param('{"deck": "../../x"}', id="a path"),
        pytest.param('{"deck": {"a": {}}}', id="an object for a name"),
        pytest.param('{"setting": "__class__", "value": "x"}', id="a setting of Python"),
        pytest.param('{"media": "../../evil", "data": "ZXZpbA=="}', id="a file above"),
        pytest.param('{"media": "/tmp/bedrill-evil", "data": "ZXZpbA=="}', id="a file elsewhere"),
        pytest.param('{"media": "x", "data": "' + "A" * 3_999_999 + '"}', id="half a byte"),
        pytest.param(json.dumps({"deck": "d", "note": "g", "text": "## Q\n\nA", "cards": [{"ordinal": 10**30}]}), id="a card out of range"),
        pytest.param(json.dumps({"deck": "d", "note": "g", "text": "## Q\n\nA", "cards": [{"ordinal": 0, "reviews": [{}] * 9}]}), id="empty answers"),
        pytest.param(json.dumps({"deck": "d", "note": "g", "text": "## Q\n\nA", "cards": 5, "retired_at": "x"}), id="wrong kinds"),
    ],
)  # fmt: skip
def test_a_line_of_json_that_means_harm_is_one_line_and_nothing_happens(on_screen, put, tmp_path, line):
    path = put("evil.jsonl", '{"bedrill":1}\n' + line + "\n")
    before = {file for file in tmp_path.rglob("*") if "bedrill.db" not in file.name}

    result = on_screen("import", str(path))

    assert result.code in (0, 1)
    assert "bug" not in result.err
    assert max(len(text) for text in result.err.split("\n")) < 1_000
    assert on_screen("decks", "--json").json == []
    new = {file for file in tmp_path.rglob("*") if "bedrill.db" not in file.name} - before
    assert {file.parent.name for file in new} <= {"bedrill.media", tmp_path.name}
    assert {file.name for file in new} <= {"bedrill.media", ".._.._evil", "_.._evil", "_tmp_bedrill-evil"}
