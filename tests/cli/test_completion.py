"""`bedrill completion`, and what the shell gets when the Tab key is pressed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.fixture
def complete(tmp_path, db_path):
    """What bash is offered for a command line: `complete("bedrill due ")`."""

    def call(line, **environment):
        words = line.split()
        place = len(words) if line.endswith(" ") else len(words) - 1
        result = subprocess.run(
            [sys.executable, "-m", "bedrill"],
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(tmp_path),
                "BEDRILL_DB": str(db_path),
                "_BEDRILL_COMPLETE": "bash_complete",
                "COMP_WORDS": line,
                "COMP_CWORD": str(place),
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert (result.returncode, result.stderr) == (0, "")
        return [row.partition(",")[2] for row in result.stdout.split()]

    return call


@pytest.mark.parametrize(
    ("shell", "where"),
    [
        pytest.param("bash", 'add to ~/.bashrc:  eval "$(bedrill completion bash)"\n', id="bash"),
        pytest.param("zsh", 'add to ~/.zshrc:  eval "$(bedrill completion zsh)"\n', id="zsh"),
        pytest.param("fish", "run:  bedrill completion fish > ~/.config/fish/completions/bedrill.fish\n", id="fish"),
    ],
)
def test_a_script_for_each_shell(invoke, db_path, shell, where):
    result = invoke("completion", shell)

    assert (result.code, result.err) == (0, where)
    assert f"_BEDRILL_COMPLETE={shell}_complete" in result.out
    assert not db_path.exists()


def test_the_script_is_one_that_bash_takes(invoke, tmp_path):
    script = tmp_path / "completion.bash"
    script.write_text(invoke("completion", "bash").out)

    result = subprocess.run(["bash", "-n", script], capture_output=True, check=False)

    assert (result.returncode, result.stderr) == (0, b"")


def test_another_shell(invoke):
    result = invoke("completion", "tcsh")

    assert result.code == 2
    assert result.err == (
        "bedrill: Invalid value for '{bash|zsh|fish}': 'tcsh' is not one of 'bash', 'zsh', 'fish'.\n"
        "try: bedrill completion --help\n"
    )


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        pytest.param("bedrill un", ["undo", "unsuspend", "unbury"], id="commands"),
        pytest.param("bedrill due --c", ["--count"], id="options"),
        pytest.param("bedrill due ", ["cap"], id="decks"),
        pytest.param("bedrill decks c", ["cap"], id="the beginning of a deck"),
        pytest.param("bedrill next x", [], id="no such deck"),
        pytest.param("bedrill show cap/q", ["cap/quorum#1", "cap/quorum#2"], id="cards"),
        pytest.param("bedrill grade cap/quorum#2", ["cap/quorum#2"], id="a whole card"),
        pytest.param("bedrill edit cap/c", ["cap/choice"], id="cards to edit"),
        pytest.param("bedrill suspend cap/c", ["cap/choice"], id="a target may be a card"),
        pytest.param(
            "bedrill bury ", ["cap", "cap/choice", "cap/quorum#1", "cap/quorum#2", "cap/log"], id="or a deck or a card"
        ),
        pytest.param("bedrill stats ca", ["calendar", "cap"], id="figures and decks"),
        pytest.param("bedrill completion ", ["bash", "zsh", "fish"], id="choices"),
    ],
)
def test_what_the_tab_key_offers(invoke, deck_file, complete, line, offered):
    invoke("import", str(deck_file()))

    assert complete(line) == offered


@pytest.mark.parametrize("line", ["bedrill due --db {} ", "bedrill --db {} due "])
def test_decks_of_the_collection_that_the_line_names(invoke, deck_file, complete, db_path, line):
    invoke("import", str(deck_file()))

    assert complete(line.format(db_path), BEDRILL_DB="/nowhere.db") == ["cap"]


def test_lesson_numbers_are_offered_as_well(invoke, deck_file, complete):
    invoke("import", str(deck_file("---\nid: http\nlesson: 5\n---\n\n## A? {#a}\n\n1\n", "http.md")))

    assert complete("bedrill due ") == ["http", "5"]


def test_without_a_collection_nothing_is_offered_and_none_is_made(complete, db_path):
    assert complete("bedrill due ") == []
    assert complete("bedrill show ") == []
    assert not db_path.exists()


def test_what_is_no_collection_is_passed_over_in_silence(complete, db_path):
    db_path.write_text("no database at all " * 50)

    assert complete("bedrill due ") == []
