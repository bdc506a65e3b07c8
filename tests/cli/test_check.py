"""`bedrill check`; the rules are tested in tests/deckfile/."""

from __future__ import annotations

import json

import pytest
from tests.strangers import public_folder, read_only

HEAD = "---\nid: cap\n---\n\n"
BAD = HEAD + "## What has no answer? {#broken}\n\n## Another?\n\nYes.\n"
CLEAN = HEAD + "## Which port does HTTPS use? {#port}\n\n443\n\nSource: RFC 9110, section 4.2.2\n"
CHECKED = CLEAN + "\n```python check\nprint(6 * 7)\n```\n\n```output\n42\n```\n"


def test_a_clean_deck(invoke, deck_file, db_path):
    result = invoke("check", str(deck_file(CLEAN)))

    assert (result.code, result.out) == (0, "")
    assert result.err == "0 problems in 1 deck, 1 note; 0 waived\n"
    assert not db_path.exists(), "no collection is needed"


def test_all_problems_of_all_files_in_text(invoke, deck_file):
    one, two = deck_file(BAD, "one.md"), deck_file("", "two.md")

    result = invoke("check", str(one), str(two))

    assert result.code == 1
    assert result.out == (
        f"{one}:5:1: error N4 this note has no answer\n    try: write the answer under the question\n"
        f"{two}: error D5 no notes in this file\n    try: a note starts with a line '## question'\n"
    )
    assert result.err == "2 problems in 2 decks, 2 notes; 0 waived\n"


def test_problems_as_data(invoke, deck_file):
    file = deck_file(BAD)

    result = invoke("-q", "check", str(file), "--format", "json")

    assert (result.code, result.err) == (1, "")
    assert result.json == [
        {
            "path": str(file),
            "line": 5,
            "column": 1,
            "severity": "error",
            "code": "N4",
            "message": "this note has no answer",
            "hint": "write the answer under the question",
        }
    ]


def test_problems_for_a_code_host(invoke, deck_file):
    file = deck_file(BAD)

    result = invoke("check", str(file), "--format", "github")

    assert result.out == (
        f"::error file={file},line=5,col=1,title=N4::this note has no answer (write the answer under the question)\n"
    )


def test_remarks_are_shown_on_request_and_never_fail(invoke, deck_file):
    text = CLEAN.replace("443\n", "443\n\nYou should simply remember it, as it is very easy to remember.\n")
    file = str(deck_file(text))

    plain, full = invoke("check", file), invoke("check", file, "--info", "--format", "json")

    remarks = [problem for problem in full.json if problem["severity"] == "info"]
    assert len(full.json) - len(remarks) == len(plain.out.splitlines()) // 2
    assert full.code == plain.code


@pytest.mark.parametrize(
    ("printed", "code", "problems"), [pytest.param("42", 0, [], id="right"), pytest.param("41", 1, ["C3"], id="wrong")]
)
def test_checked_answers_run_on_request_only(invoke, deck_file, printed, code, problems):
    file = str(deck_file(CHECKED.replace("42", printed)))

    without = invoke("check", file)
    run = invoke("check", file, "--run", "--format", "json")

    assert without.code == 0
    assert (run.code, [problem["code"] for problem in run.json]) == (code, problems)
    assert run.err.startswith("running code of these decks (1 ")
    assert run.err.endswith(f"{counted(len(problems))} in 1 deck, 1 note, 1 check run; 0 waived\n")


def test_checks_without_their_program_are_counted_as_skipped(invoke, deck_file):
    file = str(deck_file(CHECKED + "\n```sh check needs=no-such-program\nfalse\n```\n\n```output\n1\n```\n"))

    result = invoke("check", file, "--run")

    assert (result.code, result.out) == (0, "")
    assert result.err.splitlines()[1:] == [
        "0 problems in 1 deck, 1 note, 1 check run, 1 skipped without no-such-program; 0 waived"
    ]


def counted(number):
    return f"{number} problem" + ("" if number == 1 else "s")


def test_fix_writes_slugs_into_the_file_and_nothing_else(invoke, deck_file):
    text = (
        HEAD.replace("\n", "\r\n")
        + "## Which port?   \r\n\r\n443  \r\n\r\n## Which layer? {#layer .core}\r\n\r\nTCP\r\n"
    )
    file = deck_file()
    file.write_bytes(text.encode())
    file.chmod(0o640)

    result = invoke("check", str(file), "--fix")
    again = invoke("check", str(file), "--fix")

    assert result.err.startswith(f"{file}: 1 slug written\n")
    assert "slug" not in again.err
    assert file.read_bytes().decode() == text.replace("## Which port?", "## Which port? {#which-port}")
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_fix_leaves_a_broken_file_alone(invoke, deck_file):
    file = deck_file(BAD)

    result = invoke("check", str(file), "--fix")

    assert (result.code, file.read_text()) == (1, BAD)


def test_fix_of_a_file_that_cannot_be_written_is_reported(invoke):
    with public_folder() as folder:
        file = folder / "deck.md"
        file.write_text(CLEAN.replace(" {#port}", ""))
        invoke("check", str(file))

        with read_only(file, folder):
            result = invoke("check", str(file), "--fix")

        assert (result.code, result.out) == (1, "")
        assert result.err == (
            f"bedrill: {file} cannot be written: Permission denied\n"
            "try: check the permissions of the file and of its folder\n"
        )
        assert file.read_text() == CLEAN.replace(" {#port}", "")


@pytest.mark.parametrize(("name", "code"), [("nowhere.md", 4), ("empty", 2)])
def test_a_path_without_decks(invoke, tmp_path, name, code):
    (tmp_path / "empty").mkdir()

    result = invoke("check", str(tmp_path / name))

    assert (result.code, result.out) == (code, "")


def test_control_characters_of_a_deck_are_shown(invoke, deck_file):
    file = str(deck_file(HEAD + "## A? {#a .\x1b[2J}\n\n1\n"))

    for name in ("text", "github"):
        assert "\x1b" not in invoke("check", file, "--format", name).out
    assert json.loads(invoke("check", file, "--format", "json").out)


def test_an_unknown_format(invoke, deck_file):
    result = invoke("check", str(deck_file(CLEAN)), "--format", "xml")

    assert result.code == 2
    assert result.err == (
        "bedrill: Invalid value for '--format': 'xml' is not one of 'text', 'json', 'github'.\n"
        "try: bedrill check --help\n"
    )
