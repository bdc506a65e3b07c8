"""`bedrill import`; what an import does to a collection is in tests/collection/test_importing*.py."""

from __future__ import annotations

import pytest

HEAD = "---\nid: cap\n---\n\n"
NOTE = "## Question {0}? {{#n{0}}}\n\nAnswer {0}.\n\n"
BROKEN = "---\nid: bad\n---\n\n## What has no answer? {#broken}\n"


def test_the_json_is_that_of_the_design(invoke, deck_file):
    file = deck_file(HEAD + NOTE.format(1) + NOTE.format(2))
    bad = deck_file(BROKEN, "bad.md")
    invoke("import", str(file))
    deck_file(HEAD + NOTE.format(2).replace("Answer", "Reply") + NOTE.format(3))

    result = invoke("import", str(file), str(bad), "--json")

    assert (result.code, result.err) == (1, "")
    assert result.json == {
        "added": 1,
        "updated": 1,
        "unchanged": 0,
        "retired": 1,
        "reviews_added": 0,
        "decks": ["cap"],
        "conflicts": [],
        "offered": [],
        "media_added": 0,
        "notices": [],
        "problems": [
            {
                "path": str(bad),
                "line": 5,
                "column": 1,
                "severity": "error",
                "code": "N4",
                "message": "this note has no answer",
                "hint": "write the answer under the question",
            }
        ],
    }


def test_counts_are_data_and_names_are_messages(invoke, deck_file):
    file = str(deck_file(HEAD + NOTE.format(1) + NOTE.format(2)))

    first = invoke("import", file)
    again = invoke("import", file)
    deck_file(HEAD + NOTE.format(2).replace("Answer", "Reply"))
    third = invoke("import", file)

    assert (first.code, first.out) == (0, "2 added, 0 updated, 0 unchanged, 0 retired\n")
    assert first.err == "added: cap/n1\nadded: cap/n2\n"
    assert (again.out, again.err) == ("0 added, 0 updated, 2 unchanged, 0 retired\n", "")
    assert third.out == "0 added, 1 updated, 0 unchanged, 1 retired\n"
    assert third.err == "updated: cap/n2\nretired: cap/n1\n"


def test_only_the_first_ten_names_are_said(invoke, deck_file):
    file = str(deck_file(HEAD + "".join(NOTE.format(number) for number in range(13))))

    result = invoke("import", file)

    assert result.err == "".join(f"added: cap/n{number}\n" for number in range(10)) + "added: and 3 more\n"
    assert invoke("-q", "import", file, "--dry-run").err == ""


def test_a_dry_run_says_what_would_be(invoke, deck_file):
    file = str(deck_file(HEAD + NOTE.format(1)))

    result = invoke("import", file, "--dry-run")

    assert (result.code, result.out) == (0, "would be: 1 added, 0 updated, 0 unchanged, 0 retired\n")
    assert invoke("search", "deck:cap", "--json").json == []
    assert invoke("import", file, "-n", "--json").json["added"] == 1


def test_a_broken_file_is_left_out_and_said(invoke, deck_file):
    good, bad = deck_file(HEAD + NOTE.format(1)), deck_file(BROKEN, "bad.md")

    result = invoke("import", str(good.parent))

    assert (result.code, result.out) == (1, "1 added, 0 updated, 0 unchanged, 0 retired\n")
    assert result.err == (
        f"{bad}:5:1: error N4 this note has no answer\n"
        "    try: write the answer under the question\n"
        f"not imported: {bad}\n"
        "added: cap/n1\n"
    )


def test_a_conflict_with_an_edit_is_said_once(invoke, deck_file, monkeypatch):
    file = str(deck_file(HEAD + NOTE.format(1)))
    invoke("import", file)
    monkeypatch.setenv("EDITOR", "sed -i s/Answer/Mine/")
    invoke("edit", "cap/n1")
    deck_file(HEAD + NOTE.format(1).replace("Answer", "Theirs"))

    first = invoke("import", file)
    again = invoke("import", file)

    assert first.err == "conflict: cap/n1 changed in its file; your own text stays (bedrill show cap/n1)\n"
    assert (first.code, first.out) == (0, "0 added, 0 updated, 1 unchanged, 0 retired\n")
    assert again.err == ""
    assert invoke("show", "cap/n1", "--json").json["answer"] == "Mine 1."


def test_without_paths_what_has_changed_is_imported(invoke, deck_file):
    invoke("import", str(deck_file(HEAD + NOTE.format(1))))
    deck_file(HEAD + NOTE.format(1) + NOTE.format(2))

    assert invoke("import").err == "added: cap/n2\n"
    assert invoke("import").out == "0 added, 0 updated, 0 unchanged, 0 retired\n"


def test_a_path_may_be_relative(invoke, deck_file, monkeypatch, tmp_path):
    """It is kept as an absolute one: a later import without paths may start elsewhere."""
    file = deck_file(HEAD + NOTE.format(1))
    monkeypatch.chdir(file.parent)
    invoke("import", "cap.md")
    deck_file(HEAD + NOTE.format(1) + NOTE.format(2))
    monkeypatch.chdir(tmp_path)

    assert invoke("import").err == "added: cap/n2\n"


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        pytest.param("nowhere.md", 4, "bedrill: no such file: {}\ntry: check the path\n", id="no such file"),
        pytest.param(
            "empty",
            2,
            "bedrill: no deck files in {}\ntry: decks end in .md, .markdown, .csv, .tsv, .apkg, .colpkg, .jsonl\n",
            id="no deck files",
        ),
    ],
)
def test_a_path_without_decks(invoke, tmp_path, name, code, message):
    (tmp_path / "empty").mkdir()
    path = tmp_path / name

    result = invoke("import", str(path))

    assert (result.code, result.out, result.err) == (code, "", message.format(path))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "D5", id="empty"),
        pytest.param(b"\x00\x01\x02", "D2", id="binary"),
        pytest.param(b"## Gr\xf6\xdfe?\n\nJa.\n", "D3", id="latin-1"),
        pytest.param(b"## A?\n\n1\n" + b"x" * (9 * 1024 * 1024), "D4", id="too large"),
        pytest.param(b"---\n- a\n---\n\n## A?\n\n1\n", "D6", id="front matter that is no mapping"),
        pytest.param(b"## A?\n\n```\n1\n", "N5", id="a fence that is never closed"),
        pytest.param(b"## A? {#a}\n\n1\n\n## B? {#a}\n\n2\n", "N1", id="a slug twice"),
    ],
)
def test_a_bad_file_is_one_clear_line_and_no_change(invoke, tmp_path, content, code):
    path = tmp_path / "bad.md"
    path.write_bytes(content)

    result = invoke("import", str(path))

    assert (result.code, result.out) == (1, "0 added, 0 updated, 0 unchanged, 0 retired\n")
    assert f" error {code} " in result.err
    assert result.err.endswith(f"not imported: {path}\n")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"---\r\nid: cap\r\n---\r\n\r\n## A? {#a}\r\n\r\n1\r\n", id="CRLF"),
        pytest.param(b"\xef\xbb\xbf---\nid: cap\n---\n\n## A? {#a}\n\n1\n", id="BOM"),
    ],
)
def test_what_windows_writes_is_taken(invoke, tmp_path, content):
    path = tmp_path / "deck.md"
    path.write_bytes(content)

    assert invoke("import", str(path)).err == "added: cap/a\n"


def test_control_characters_of_a_file_name_are_shown(invoke, tmp_path):
    path = tmp_path / "a\x1b[2Jb.md"
    path.write_text("")

    assert "\x1b" not in invoke("import", str(path)).err


def test_a_dry_run_shows_how_a_table_is_understood(invoke, tmp_path):
    path = tmp_path / "words.csv"
    path.write_text("Front;Back\nACK?;A reply.\n")

    result = invoke("import", str(path), "--dry-run")

    assert (result.code, result.out) == (0, "would be: 1 added, 0 updated, 0 unchanged, 0 retired\n")
    assert result.err == (
        "added: words/ack\na table: semicolon between columns, utf-8, cells are Markdown\n"
        "column 1 'Front' is question\ncolumn 2 'Back' is answer\n\n## ACK?\n\nA reply.\n"
    )
    assert invoke("search", "").out == ""


def test_a_table_is_imported_again_when_it_has_changed(invoke, tmp_path):
    path = tmp_path / "words.csv"
    path.write_text("ACK?,A reply that is long enough.\nSYN?,The first segment.\n")
    invoke("import", str(path))
    invoke("grade", "words/ack", "good")
    path.write_text("SYN?,The first segment of all.\nWhat is ACK?,A reply that is long enough.\n")

    result = invoke("import")

    assert result.out == "0 added, 2 updated, 0 unchanged, 0 retired\n"
    assert len(invoke("show", "words/what-is-ack", "--json").json["reviews"]) == 1


def test_a_row_with_an_error_keeps_its_table_out_and_not_the_others(invoke, tmp_path):
    (tmp_path / "bad.csv").write_text("a,b\n,c\n")
    (tmp_path / "good.csv").write_text("a,b\n")

    result = invoke("import", str(tmp_path / "bad.csv"), str(tmp_path / "good.csv"))

    assert (result.code, result.out) == (1, "1 added, 0 updated, 0 unchanged, 0 retired\n")
    assert "bad.csv:2:1: error N6 a row without a question" in result.err
    assert [row["card"] for row in invoke("search", "", "--json").json] == ["good/a"]


def test_the_format_can_be_said(invoke, tmp_path):
    path = tmp_path / "x.md"
    path.write_text("A?\tB.\n")

    assert invoke("import", str(path)).code == 1
    assert invoke("import", str(path), "--format", "csv").out == "1 added, 0 updated, 0 unchanged, 0 retired\n"
    assert invoke("import", str(path), "--format", "pdf").err == (
        "bedrill: no format 'pdf'\ntry: formats are questions, obsidian, markdown, apkg, jsonl, csv\n"
    )


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("x.apkg", b"PK", "D1 the file is damaged: File is not a zip file", id="no zip"),
        pytest.param(
            "x.apkg",
            b"PK\x05\x06" + bytes(18),
            "D1 the file is no package of Anki: it has no collection",
            id="an empty zip",
        ),
        pytest.param("x.jsonl", b"x", "J1 this line cannot be read: Expecting value", id="no JSON"),
    ],
)
def test_a_file_of_a_known_suffix_that_is_something_else(invoke, tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)

    result = invoke("import", str(path))

    assert (result.code, result.out) == (1, "0 added, 0 updated, 0 unchanged, 0 retired\n")
    assert message in result.err
    assert result.err.endswith(f"not imported: {path}\n")


def test_what_is_not_taken_over_is_said_and_is_no_failure(invoke, tmp_path):
    path = tmp_path / "vault.md"
    path.write_text("ACK::a reply <!--SR:!2026-01-01,3,250-->\n")

    result = invoke("import", str(path))

    assert (result.code, result.out) == (0, "1 added, 0 updated, 0 unchanged, 0 retired\n")
    assert result.err == (
        f"{path}: the schedule in <!--SR:…--> is not taken over; cards begin as new ones\nadded: vault/ack\n"
    )


@pytest.mark.parametrize(
    ("name", "slug"), [("questions", "why"), ("obsidian", "front"), ("markdown", "note")], ids=lambda value: value
)
def test_a_named_format_overrides_the_content(invoke, tmp_path, name, slug):
    path = tmp_path / "all.md"
    path.write_text("Q: Why?\nA: Because.\n---\n\n## Note?\n?\nfront\n\nfront {{it}}\n")

    assert invoke("import", str(path), "--format", name, "--dry-run").code == 0
    assert f"added: all/{slug}" in invoke("import", str(path), "--format", name).err
