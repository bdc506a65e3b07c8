"""The one door: which error gets which exit code, what goes to stdout and what to stderr."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

import pytest

from bedrill import __version__
from bedrill.cli import run
from bedrill.cli.app import App


@pytest.fixture
def change(db_path):
    """Changes the collection behind bedrill's back."""

    def call(statement):
        db = sqlite3.connect(db_path)
        db.execute(statement)
        db.commit()
        db.close()

    return call


def test_the_version(invoke, db_path):
    result = invoke("--version")

    assert (result.code, result.out, result.err) == (0, f"bedrill {__version__}\n", "")
    assert not db_path.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["deu"], "bedrill: no command 'deu'; did you mean 'due'?\n", id="a slip"),
        pytest.param(
            ["xyzzy"], "bedrill: no command 'xyzzy'; 'bedrill --help' lists the commands\n", id="nothing like it"
        ),
    ],
)
def test_an_unknown_command(invoke, arguments, message):
    result = invoke(*arguments)

    assert (result.code, result.out, result.err) == (2, "", message)


@pytest.mark.parametrize(
    ("arguments", "named", "hint"),
    [
        pytest.param(["--jsn"], "--json", "", id="an option"),
        pytest.param(["due", "--cuont"], "--count", "try: bedrill due --help\n", id="an option of a command"),
        pytest.param(["undo", "twice"], "twice", "try: bedrill undo --help\n", id="an argument too many"),
        pytest.param(["show"], "CARD", "try: bedrill show --help\n", id="an argument too few"),
    ],
)
def test_a_line_that_cannot_be_read(invoke, arguments, named, hint):
    """The words are click's."""
    result = invoke(*arguments)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("bedrill: ")
    assert named in result.err.splitlines()[0]
    assert result.err.endswith(hint)


@pytest.mark.parametrize("before", [True, False], ids=["before the command", "behind the command"])
def test_shared_options_may_stand_before_the_command_or_behind_it(invoke, deck_file, tmp_path, before):
    other = str(tmp_path / "other.db")
    options = ["--db", other, "--json", "--quiet", "--no-color"]
    invoke("--db", other, "import", str(deck_file()))

    result = invoke(*options, "due") if before else invoke("due", *options)

    assert (result.code, result.json["total"]) == (0, 3)
    assert invoke("due", "--json").json["total"] == 0


def test_quiet_silences_messages_and_not_errors(invoke, deck_file):
    invoke("import", str(deck_file()))

    assert invoke("suspend", "cap/log").err == "1 card suspended\n"
    assert invoke("-q", "suspend", "cap/choice").err == ""
    assert invoke("-q", "suspend", "cap/nothing").err.startswith("bedrill: no card 'cap/nothing'\n")


def test_a_bug_is_named_with_the_file_that_has_the_details(invoke, deck_file, change, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    invoke("import", str(deck_file()))
    change("DROP TABLE undos")

    result = invoke("undo")

    assert (result.code, result.out) == (3, "")
    (log,) = tmp_path.glob("bedrill-bug-*.log")
    assert result.err == (
        "bedrill: this is a bug: OperationalError: no such table: undos\n"
        f"try: the details are in {log}; no answer was lost\n"
    )
    text = log.read_text()
    assert text.startswith(f"bedrill {__version__}, Python 3.")
    assert "arguments: ['undo']\n" in text
    assert "Traceback (most recent call last):" in text
    assert text.rstrip().endswith("sqlite3.OperationalError: no such table: undos")


def test_damage_that_shows_while_reading_is_no_bug(invoke, deck_file, db_path):
    """The file opens, and one of its pages is broken."""
    invoke("import", str(deck_file()))
    db = sqlite3.connect(db_path)
    root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'decks'").fetchone()[0]
    db.close()
    data = bytearray(db_path.read_bytes())
    data[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    db_path.write_bytes(data)

    for command in ("due", "decks", "next"):
        result = invoke(command)

        assert (result.code, result.out) == (1, "")
        assert result.err == (
            f"bedrill: {db_path} is damaged: database disk image is malformed\n"
            "try: keep a copy, then run 'bedrill doctor'\n"
        )
    assert invoke("doctor").code == 1


def test_control_characters_of_an_argument_are_shown(invoke):
    result = invoke("show", "--json", "cap/\x1b[2Jevil\u202e")

    assert result.err.splitlines()[0] == "bedrill: no card 'cap/␛[2Jevil<U+202E>'"


@pytest.mark.parametrize("arguments", [("show", "gr\udcf6\udcdfe", "--json"), ("due", "gr\udcf6\udcdfe")])
def test_an_argument_that_is_no_utf_8_is_an_unknown_name(invoke, arguments):
    result = invoke(*arguments)

    assert (result.code, result.out) == (4, "")
    assert "'gr<U+DCF6><U+DCDF>e'" in result.err


@pytest.mark.parametrize(
    ("decks", "said"),
    [
        pytest.param(
            {"http.md": "---\nid: http\n---\n\n## A? {#a}\n\n1\n"},
            "decks: 1 added, 0 updated, 0 unchanged, 0 retired (1 deck)\n",
            id="decks",
        ),
        pytest.param({}, "", id="none"),
    ],
)
def test_shipped_decks_are_imported_by_the_first_command_that_needs_the_collection(
    db_path, now, tmp_path, capsys, decks, said
):
    folder = tmp_path / "shipped"
    folder.mkdir()
    for name, text in decks.items():
        (folder / name).write_text(text)

    codes = [run(["due", "--count"], App(db_path, now, folder)) for _ in range(2)]

    printed = capsys.readouterr()
    assert codes == [0, 0]
    assert printed.out == f"{len(decks)}\n" * 2
    assert printed.err == said


def test_a_shipped_deck_that_changed_under_an_edit_is_said_once(db_path, now, tmp_path, capsys, monkeypatch):
    folder = tmp_path / "shipped"
    folder.mkdir()
    deck = folder / "http.md"
    deck.write_text("---\nid: http\n---\n\n## A? {#a}\n\nOne.\n")
    monkeypatch.setenv("EDITOR", "sed -i s/One/Mine/")
    run(["-q", "edit", "http/a"], App(db_path, now, folder))
    deck.write_text("---\nid: http\n---\n\n## A? {#a}\n\nNumber one.\n")
    capsys.readouterr()

    for _ in range(2):
        run(["due", "--count"], App(db_path, now, folder))

    assert capsys.readouterr().err == (
        "decks: 0 added, 0 updated, 1 unchanged, 0 retired (1 deck)\n"
        "conflict: http/a changed in the shipped deck; your own text stays\n"
    )


def test_no_module_of_a_command_is_missing():
    from bedrill import cli

    folder = Path(cli.__file__).parent
    for name in cli.COMMANDS:
        assert (folder / f"{name}{'_' if name == 'import' else ''}.py").is_file(), name
