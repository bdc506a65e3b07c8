from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path

import pytest

from bedrill.check_runner import (
    CODE_LIMIT_BYTES,
    OUTPUT_LIMIT_BYTES,
    PROCESS_LIMIT,
    Outcome,
    can_cut_network,
    problem_of,
    run_check,
    run_checks,
)
from bedrill.deckfile.parser import parse_deck
from bedrill.note import Check, Problem


def check(language: str, code: str, expected: str | None = "", setup: str = "") -> Check:
    return Check(language, code, setup, expected, line=3)


@pytest.mark.parametrize(
    ("language", "code", "printed"),
    [
        pytest.param("python", "print(2 ** 10)", "1024", id="python"),
        pytest.param("python", "import sys\nprint('é', file=sys.stderr)", "é", id="python-stderr-and-utf-8"),
        pytest.param("python", "import sys\nprint(repr(sys.stdin.read()))", "''", id="python-reads-nothing"),
        pytest.param(
            "python",
            "print(hash('a') == hash('a'), __import__('sys').flags.hash_randomization)",
            "True 0",
            id="hashes-repeat",
        ),
        pytest.param("sh", "echo a; echo b >&2; exit 3", "a\nb", id="sh"),
        pytest.param("sh", "ls -A | wc -l | tr -d ' '", "0", id="sh-in-an-empty-folder"),
        pytest.param("sh", 'test "$HOME" = "$PWD" && echo "$TZ $LC_ALL"', "UTC C.UTF-8", id="sh-environment"),
        pytest.param("sh", "echo [$BEDRILL_TEST_SECRET]", "[]", id="sh-not-the-user's-environment"),
        pytest.param("sql", "SELECT 1, NULL, 'a', x'00ff', 1.5;", "1 | NULL | a | x'00ff' | 1.5", id="sql-values"),
        pytest.param("sql", "SELECT ';'; SELECT 2", ";\n2", id="sql-statements"),
        pytest.param(
            "sql", "SELEC 1;\nSELECT 2;", 'error: near "SELEC": syntax error\n2', id="sql-goes-on-after-an-error"
        ),
        pytest.param(
            "sql", "CREATE TABLE t(a); INSERT INTO t VALUES (1) RETURNING a; -- done", "1", id="sql-returning"
        ),
        pytest.param(
            "sql",
            "CREATE TABLE t(a);\nCREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET a = 2; END;\n"
            "INSERT INTO t VALUES (1);\nSELECT a FROM t;",
            "2",
            id="sql-trigger",
        ),
    ],
)
def test_a_check_passes_if_it_prints_what_it_should(
    language: str, code: str, printed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BEDRILL_TEST_SECRET", "secret")

    assert run_check(check(language, code, printed)) == Outcome(printed + "\n", "")


def test_git_commits_repeat() -> None:
    code = "git init -q; echo a > a; git add a; git commit -qm a; git log --format='%H %an %ad %D'"

    first, second = run_check(check("sh", code)), run_check(check("sh", code))

    assert first.printed == second.printed
    assert first.printed.endswith("Dev Thu Jan 1 00:00:00 2026 +0000 HEAD -> main\n")


@pytest.mark.parametrize("expected", ["a\nb", "\na  \nb\n\n", "a\nb\n"])
def test_trailing_white_space_does_not_matter(expected: str) -> None:
    assert run_check(check("sh", "printf 'a \\nb\\n\\n'", expected)).fault == ""


def test_leading_white_space_matters() -> None:
    assert run_check(check("sh", "echo ' a'", "a")).fault == "expected\n    a\nbut it prints\n     a"


def test_a_failed_check_says_what_it_printed() -> None:
    outcome = run_check(check("sh", "echo b; echo c", "a"))

    assert outcome == Outcome("b\nc\n", "expected\n    a\nbut it prints\n    b\n    c")


@pytest.mark.parametrize(
    ("language", "setup", "code"),
    [
        pytest.param("python", "x = 1", "print(x)", id="python"),
        pytest.param("sql", "CREATE TABLE t(a); INSERT INTO t VALUES (1);", "SELECT a FROM t;", id="sql"),
        pytest.param("sh", "x=1", "echo $x", id="sh"),
    ],
)
def test_the_setup_runs_before(language: str, setup: str, code: str) -> None:
    assert run_check(check(language, code, "1", setup)).fault == ""


@pytest.mark.parametrize(("language", "needs"), [("sh", "no-such-program"), ("python", "no_such_module")])
def test_a_check_is_skipped_where_what_it_needs_is_missing(language: str, needs: str) -> None:
    needy = check(language, "exit(1)", "never")._replace(needs=needs)

    assert run_check(needy) == Outcome("", "", missing=needs)


def test_a_deck_that_needs_main_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)  # as it is under the installed `bedrill`
    needy = check("python", "exit(1)", "never")._replace(needs="__main__")

    assert run_check(needy) == Outcome("", "", missing="__main__")


@pytest.mark.parametrize(
    ("language", "needs", "code"), [("sh", "cat", "echo a | cat"), ("python", "json", "print('a')")]
)
def test_a_check_runs_where_what_it_needs_is_there(language: str, needs: str, code: str) -> None:
    needy = check(language, code, "b")._replace(needs=needs)

    assert run_check(needy).fault == "expected\n    b\nbut it prints\n    a"


def test_a_doctest_passes_in_silence() -> None:
    assert run_check(check("python", ">>> x + 1\n2", None, "x = 1")) == Outcome("", "")


def test_a_doctest_that_fails_says_where() -> None:
    outcome = run_check(check("python", ">>> 1 + 1\n3", None))

    assert outcome.fault.startswith("the doctest fails:\n")
    assert "Expected:\n    3\nGot:\n    2" in outcome.fault


@pytest.mark.parametrize("code", [">>>1", ">>> 1 +"])
def test_a_doctest_that_cannot_be_read_fails(code: str) -> None:
    assert run_check(check("python", code, None)).fault.startswith("the doctest fails:\n")


def test_a_doctest_with_a_broken_setup_fails() -> None:
    assert "NameError" in run_check(check("python", ">>> 1\n1", None, "nope")).fault


def test_what_runs_too_long_is_ended_with_its_children(tmp_path: Path) -> None:
    code = f"sleep 60 & echo $! > {tmp_path}/child; echo begun; wait"

    outcome = run_check(check("sh", code), time_limit_s=2)

    child = int((tmp_path / "child").read_text())
    assert outcome == Outcome("begun\n", "not done after 2 s")
    assert not is_running(child)


def test_what_a_check_leaves_running_is_ended(tmp_path: Path) -> None:
    outcome = run_check(check("sh", f"sleep 60 & echo $! > {tmp_path}/child"))

    assert outcome.fault == ""
    assert not is_running(int((tmp_path / "child").read_text()))


def is_running(process: int) -> bool:
    """Whether it still runs; one that was killed may stay a zombie until its new parent has noticed."""
    for _ in range(200):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        status = Path(f"/proc/{process}/stat")
        if status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return False
        time.sleep(0.01)
    return True


needs_namespaces = pytest.mark.skipif(not can_cut_network(), reason="the system has no network namespaces for users")


@needs_namespaces
def test_there_is_no_network_but_a_loopback_of_its_own() -> None:
    """Nothing that listens outside can be reached, not even on this machine; what a check serves itself can."""
    with socket.create_server(("127.0.0.1", 0)) as outside:
        code = (
            "import socket\n"
            "print(sorted(name for _, name in socket.if_nameindex()))\n"
            f"print(socket.socket().connect_ex(('127.0.0.1', {outside.getsockname()[1]})) == 0)\n"
            "with socket.create_server(('127.0.0.1', 0)) as own:\n"
            "    print(socket.socket().connect_ex(own.getsockname()) == 0)"
        )

        assert run_check(check("python", code, "['lo']\nFalse\nTrue")).fault == ""


@needs_namespaces
def test_the_user_is_the_same_without_a_network() -> None:
    assert (
        run_check(check("python", "import os\nprint(os.getuid(), os.getgid())", f"{os.getuid()} {os.getgid()}")).fault
        == ""
    )


@pytest.mark.skipif(sys.platform != "linux", reason="macOS has no limit by processes of one program")
def test_processes_are_limited() -> None:
    code = "import resource\nprint(resource.getrlimit(resource.RLIMIT_NPROC)[0])"

    limit = int(run_check(check("python", code)).printed)

    assert 0 < limit <= PROCESS_LIMIT + 100_000
    assert limit == PROCESS_LIMIT or not can_cut_network()


@pytest.mark.skipif(sys.platform != "linux" or os.getuid() == 0, reason="root is not held to the limit")
def test_a_fork_bomb_stays_small() -> None:
    code = (
        "import os, time\nmade = 0\ntry:\n    while True:\n        if not os.fork():\n            time.sleep(20)\n"
        "        made += 1\nexcept BlockingIOError:\n    print(made < 200)"
    )

    assert run_check(check("python", code, "True")).fault == ""


def test_output_is_cut() -> None:
    outcome = run_check(check("python", "print('a' * 1_000_000)"))

    assert len(outcome.printed) == OUTPUT_LIMIT_BYTES
    assert len(outcome.fault) < 1_000


def test_files_cannot_grow_without_bound() -> None:
    code = "try:\n    open('a', 'wb').write(b'a' * 2**25)\nexcept OSError as error:\n    print(error.strerror)"

    assert run_check(check("python", code, "File too large")).fault == ""


def test_code_that_does_not_fit_into_a_process_is_refused() -> None:
    outcome = run_check(check("python", "#" * CODE_LIMIT_BYTES + "\n"))

    assert outcome == Outcome("", "more code than the 96 KiB that are run")


def test_the_folder_is_gone_afterwards() -> None:
    outcome = run_check(check("sh", "touch a; pwd"))

    assert not Path(outcome.printed.strip()).exists()


def test_the_checks_of_decks_run_in_order_and_failures_are_problems() -> None:
    text = (
        "## a? {#a}\n\n```sh check\necho a\n```\n\n```output\na\n```\n\n"
        "## b? {#b}\n\n```sh check\necho b\n```\n\n```output\nc\n```\n"
    )
    deck = parse_deck(text, "cards.md")

    results = list(run_checks([deck]))

    assert [note.slug for _, note, _, _ in results] == ["a", "b"]
    assert [problem_of(*result) for result in results] == [
        None,
        Problem(
            "cards.md",
            13,
            1,
            "C3",
            "b: expected\n    c\nbut it prints\n    b",
            "mend the code or its output",
        ),
    ]
