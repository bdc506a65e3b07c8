"""
Running the checked answers of decks: code in, what it printed out.

Only `bedrill check --run` comes here. Each check runs in a process group and an empty folder of its own, without the
user's environment, under limits of time, memory, processes, file size and output, and where the system allows it
(Linux with user namespaces) without any network but a loopback of its own.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import importlib.util
import os
import re
import resource
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bedrill.note import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedrill.note import Check, DeckFile, Note

TIME_LIMIT_S: Final = 30
MEMORY_LIMIT_BYTES: Final = 1024 * 1024 * 1024
FILE_LIMIT_BYTES: Final = 16 * 1024 * 1024
OUTPUT_LIMIT_BYTES: Final = 64 * 1024
SHOWN_CHARS: Final = 800
CODE_LIMIT_BYTES: Final = 96 * 1024
"""Code may travel as an argument of a process; Linux takes 128 KiB for each."""
PROCESS_LIMIT: Final = 128
"""Processes and threads of one check; the system does not hold root to it."""
PROGRAM_PATH: Final = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin"

_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_SIOCSIFFLAGS: Final = 0x8914
_IFF_UP: Final = 1
_COUNTS_BY_NAMESPACE: Final = tuple(int(n) for n in re.findall(r"\d+", os.uname().release)[:2]) >= (5, 14)
"""Linux counts processes by user namespace since 5.14."""

_SQL_PROGRAM: Final = r"""
import sqlite3, sys
def text(value):
    if value is None: return "NULL"
    return "x'" + value.hex() + "'" if isinstance(value, bytes) else str(value)
def statements(script):
    buffer = ""
    for part in script.split(";")[:-1]:
        buffer += part + ";"
        if sqlite3.complete_statement(buffer):
            yield buffer
            buffer = ""
    buffer += script.split(";")[-1]
    if buffer.strip(): yield buffer
connection = sqlite3.connect(":memory:", isolation_level=None)
for statement in statements(sys.stdin.read()):
    try:
        for row in connection.execute(statement): print(" | ".join(map(text, row)))
    except (sqlite3.Error, sqlite3.Warning) as error: print(f"error: {error}")
"""
_DOCTEST_PROGRAM: Final = r"""
import doctest, sys
names = {"__name__": "__main__"}
exec(sys.argv[1], names)
test = doctest.DocTestParser().get_doctest(sys.stdin.read(), names, "check", None, 0)
sys.exit(bool(doctest.DocTestRunner(verbose=False).run(test).failed))
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What a check did.

    Attributes:
        printed: stdout and stderr together.
        fault: Why it failed, "" if it passed or was skipped.
        missing: The program or module that it was skipped for, "" if it ran.
    """

    printed: str
    fault: str
    missing: str = ""


def run_checks(decks: Iterable[DeckFile]) -> Iterator[tuple[DeckFile, Note, Check, Outcome]]:
    """Run every check of `decks`, in order, one at a time."""
    for deck in decks:
        for note in deck.notes:
            for check in note.checks:
                yield deck, note, check, run_check(check)


def problem_of(deck: DeckFile, note: Note, check: Check, outcome: Outcome) -> Problem | None:
    """The problem that a failed check is."""
    if not outcome.fault:
        return None
    line = max(check.line, note.line)
    message = f"{note.slug}: {outcome.fault}"
    return Problem(deck.path, line, 1, "C3", message, "mend the code or its output", Severity.ERROR)


def run_check(check: Check, time_limit_s: float = TIME_LIMIT_S) -> Outcome:
    """Run one check, and compare what it prints with what it should, trailing white space apart."""
    if len(check.setup.encode()) + len(check.code.encode()) > CODE_LIMIT_BYTES:
        return Outcome("", f"more code than the {CODE_LIMIT_BYTES // 1024} KiB that are run")
    if check.needs and not _is_here(check):
        return Outcome("", "", check.needs)
    command, standard_input = _command(check)
    with tempfile.TemporaryDirectory(prefix="bedrill-check-", ignore_cleanup_errors=True) as folder:
        printed, exit_code = _run(command, standard_input, folder, time_limit_s)
    if exit_code is None:
        return Outcome(printed, f"not done after {time_limit_s} s")
    if check.expected is None:
        return Outcome(printed, f"the doctest fails:\n{printed.strip()[:SHOWN_CHARS]}" if exit_code else "")
    expected, actual = _trimmed(check.expected), _trimmed(printed)
    fault = "" if expected == actual else f"expected\n{_indented(expected)}\nbut it prints\n{_indented(actual)}"
    return Outcome(printed, fault)


def _is_here(check: Check) -> bool:
    """Whether the machine has what `check` needs, where the check would look for it."""
    if check.language == "python":
        try:
            return importlib.util.find_spec(check.needs) is not None
        except ValueError:  # it is loaded, and does not say from where: `__main__`
            return False
    return shutil.which(check.needs, path=PROGRAM_PATH) is not None


def _command(check: Check) -> tuple[list[str], str]:
    """The command, and what it reads. Not `-I`: python must obey the fixed environment, PYTHONHASHSEED above all."""
    python = [sys.executable, "-s", "-P", "-c"]
    code = "\n".join(part for part in (check.setup, check.code) if part) + "\n"
    if check.language == "sh":
        return ["/bin/sh", "-s"], code
    if check.language == "sql":
        return [*python, _SQL_PROGRAM], code
    if check.expected is None:
        return [*python, _DOCTEST_PROGRAM, check.setup], check.code + "\n"
    return [*python, code], ""


def _run(command: list[str], standard_input: str, folder: str, time_limit_s: float) -> tuple[str, int | None]:
    """Output and exit code; None as the exit code if time ran out."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as output:
        given.write(standard_input.encode())
        given.seek(0)
        process = subprocess.Popen(
            command,
            stdin=given,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
            preexec_fn=_limit,  # noqa: PLW1509 - bedrill has one thread
        )
        exit_code: int | None = None
        try:
            with contextlib.suppress(subprocess.TimeoutExpired):
                exit_code = process.wait(time_limit_s)
        finally:
            _kill_group(process)
        output.seek(0)
        return output.read(OUTPUT_LIMIT_BYTES).decode("utf-8", "replace"), exit_code


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """End what the check left running; it leads a process group of its own."""
    with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS refuses where only zombies are left
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def can_cut_network() -> bool:
    """Whether the system lets a check be cut off from the network."""
    child = os.fork()
    if not child:
        os._exit(not _cut_network())
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _cut_network() -> bool:
    """Put this process into a network of its own with nothing but a loopback; False where the system refuses."""
    if sys.platform != "linux":
        return False
    user, group = os.getuid(), os.getgid()
    if ctypes.CDLL(None).unshare(_CLONE_NEWUSER | _CLONE_NEWNET):
        return False
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with contextlib.suppress(OSError), open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh", b"lo", _IFF_UP))
    return True


def _processes_of_user() -> int:
    """How many processes and threads the user has; on Linux before 5.14 a limit counts all of them."""
    mine = 0
    for name in os.listdir("/proc"):
        with contextlib.suppress(OSError):
            if name.isdecimal() and os.stat(f"/proc/{name}").st_uid == os.getuid():
                mine += len(os.listdir(f"/proc/{name}/task"))
    return mine


def _limit() -> None:
    """Runs in the child, between fork and exec."""
    is_cut = _cut_network()  # in a namespace of its own the user's other processes do not count
    limits = {
        resource.RLIMIT_CPU: TIME_LIMIT_S,
        resource.RLIMIT_FSIZE: FILE_LIMIT_BYTES,
        resource.RLIMIT_CORE: 0,
    }
    if sys.platform == "linux":  # macOS refuses RLIMIT_AS, and has no /proc to count by
        limits[resource.RLIMIT_AS] = MEMORY_LIMIT_BYTES
        limits[resource.RLIMIT_NPROC] = PROCESS_LIMIT + (0 if is_cut and _COUNTS_BY_NAMESPACE else _processes_of_user())
    for kind, wanted in limits.items():
        hard = resource.getrlimit(kind)[1]  # a limit that the user has set lower cannot be raised
        limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (limit, limit))


def _environment(folder: str) -> dict[str, str]:
    """A fixed environment: nothing of the user's, git's names and dates pinned so that object ids repeat."""
    date = "2026-01-01T00:00:00+0000"
    return {
        "PATH": PROGRAM_PATH,
        "HOME": folder,
        "TMPDIR": folder,
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONIOENCODING": "utf-8",
        "TERM": "dumb",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_PAGER": "cat",
        "GIT_EDITOR": "true",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_AUTHOR_NAME": "Dev",
        "GIT_AUTHOR_EMAIL": "dev@example.com",
        "GIT_AUTHOR_DATE": date,
        "GIT_COMMITTER_NAME": "Dev",
        "GIT_COMMITTER_EMAIL": "dev@example.com",
        "GIT_COMMITTER_DATE": date,
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "init.defaultBranch",
        "GIT_CONFIG_VALUE_0": "main",
        "GIT_CONFIG_KEY_1": "advice.detachedHead",
        "GIT_CONFIG_VALUE_1": "false",
    }


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").split("\n")).rstrip()


def _indented(text: str) -> str:
    return "\n".join("    " + line for line in text[:SHOWN_CHARS].split("\n"))
