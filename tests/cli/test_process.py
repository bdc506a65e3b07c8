"""`python -m bedrill` as a process: pipes, signals, exit codes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bedrill import __version__


@pytest.fixture
def start(study, tmp_path):
    """Runs bedrill on a collection with one deck: `start("due")`."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "BEDRILL_DB": str(study()),
    }

    def call(*arguments, **more):
        return subprocess.run(
            [sys.executable, "-m", "bedrill", "-q", *arguments],
            env=environment | more.pop("environment", {}),
            check=False,
            text=True,
            **{"capture_output": True, **more},
        )

    return call


@pytest.mark.parametrize(
    ("arguments", "code", "out"),
    [
        pytest.param(["--version"], 0, f"bedrill {__version__}\n", id="version"),
        pytest.param(["due", "net", "--count"], 0, "3\n", id="done"),
        pytest.param(["undo"], 1, "", id="expected failure"),
        pytest.param(["due", "--nonsense"], 2, "", id="usage"),
        pytest.param(["show", "net/nothing"], 4, "", id="no such card"),
    ],
)
def test_exit_codes(start, arguments, code, out):
    result = start(*arguments)

    assert (result.returncode, result.stdout) == (code, out)
    assert bool(result.stderr) is bool(code)


def test_what_is_interrupted_exits_with_130_and_has_changed_nothing(start):
    """The editor stands for anything that takes its time."""
    before = start("show", "net/port", "--json").stdout

    result = start("edit", "net/port", environment={"EDITOR": "sh -c 'kill -INT $PPID; sleep 5'"})

    assert (result.returncode, result.stdout, result.stderr.strip()) == (130, "", "")
    assert start("show", "net/port", "--json").stdout == before


def test_a_reader_that_has_had_enough_is_no_error(start):
    """`bedrill search deck:net | head -0`."""
    reader, writer = os.pipe()
    os.close(reader)

    result = start("search", "deck:net", capture_output=False, stdout=writer, stderr=subprocess.PIPE)

    os.close(writer)
    assert (result.returncode, result.stderr) == (0, "")


def test_an_answer_is_on_disk_when_the_process_has_ended(start):
    start("grade", "net/port", "easy")

    assert start("due", "net", "--count").stdout == "2\n"
    assert start("undo").stdout == "net/port: 'easy' is taken back\n"
    assert start("due", "net", "--count").stdout == "3\n"


def test_what_is_printed_fits_the_columns(start):
    wide = start("search", "deck:net").stdout
    narrow = start("search", "deck:net", environment={"COLUMNS": "40"}).stdout

    assert max(map(len, wide.splitlines())) > 40
    assert max(map(len, narrow.splitlines())) <= 40


def test_a_locale_without_utf_8_breaks_nothing(start):
    result = start("search", "deck:net", environment={"LC_ALL": "POSIX"})

    assert (result.returncode, result.stderr) == (0, "")
    assert "net/port" in result.stdout
