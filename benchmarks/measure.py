"""How things are timed: interleaved, whole processes with their memory, a terminal, a cold cache; and the table."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import statistics
import subprocess
import sys
import termios
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

PATIENCE_S: Final = 60.0
"""A program that shows nothing for so long is not waited for."""
ENVIRONMENT: Final = {
    name: value for name, value in os.environ.items() if not name.startswith(("PYTHONDONT", "BEDRILL"))
}
"""Of the programs: with compiled modules, which everybody has who installed bedrill."""
_ESCAPE: Final = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|.)")


@dataclass(frozen=True, slots=True)
class Figure:
    """
    One row of the table.

    Attributes:
        against: What it is compared with, with its own value.
        number: What the bound is about.
        bound: None for a figure that is only told.
        at_least: The bound is a lower one.
    """

    what: str
    value: str
    against: str = ""
    number: float = 0.0
    unit: str = "x"
    bound: float | None = None
    at_least: bool = False

    @property
    def verdict(self) -> str:
        """Whether the bound holds; "" without one."""
        if self.bound is None:
            return ""
        holds = self.number >= self.bound if self.at_least else self.number <= self.bound
        return "ok" if holds else "MISSED"


def ms(seconds: float) -> str:
    """Seconds as milliseconds, with three digits that matter."""
    value = seconds * 1000
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms" if value >= 10 else f"{value:.2f} ms"


def interleaved(actions: Mapping[str, Callable[[], float]], repetitions: int) -> dict[str, list[float]]:
    """The seconds that each action says it took, in rounds, so that noise meets all of them; one round to warm up."""
    names = list(actions)
    for name in names:
        actions[name]()
    taken: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(repetitions):
        for name in names if turn % 2 else reversed(names):
            taken[name].append(actions[name]())
    return taken


def ratio(taken: Sequence[float], reference: Sequence[float]) -> float:
    """The median of the ratios of each round."""
    return statistics.median(a / b for a, b in zip(taken, reference, strict=True))


def timed(action: Callable[[], object]) -> Callable[[], float]:
    """`action`, made to return the seconds it took."""

    def run() -> float:
        start = time.perf_counter()
        action()
        return time.perf_counter() - start

    return run


def process(arguments: Sequence[str]) -> float:
    """Seconds that a program runs, from its start to its end, in silence."""
    start = time.perf_counter()
    ended = subprocess.run(arguments, stdin=subprocess.DEVNULL, capture_output=True, env=ENVIRONMENT, check=False)
    seconds = time.perf_counter() - start
    if ended.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{ended.stderr.decode()}")
    return seconds


def peak_mb(arguments: Sequence[str]) -> float:
    """The most memory that a program holds. A small process asks for it: a child counts what its parent had."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    ended = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, env=ENVIRONMENT, check=True)
    return int(ended.stdout) / (1e6 if sys.platform == "darwin" else 1e3)


def until_shown(arguments: Sequence[str], marker: bytes) -> float:
    """Seconds until a program on a terminal of 80 x 24 shows `marker`; it is killed then."""
    terminal, its_side = pty.openpty()
    termios.tcsetwinsize(its_side, (24, 80))
    start = time.perf_counter()
    child = subprocess.Popen(
        arguments, stdin=its_side, stdout=its_side, stderr=its_side, env=ENVIRONMENT, start_new_session=True
    )
    os.close(its_side)
    try:
        return _read_until(terminal, marker, start)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        os.close(terminal)


def _read_until(terminal: int, marker: bytes, start: float) -> float:
    shown = b""
    while time.perf_counter() - start < PATIENCE_S:
        if select.select([terminal], [], [], 1.0)[0]:
            try:
                data = os.read(terminal, 65_536)
            except OSError:  # Linux says so when the other side is closed
                data = b""
            if not data:
                break
            shown += data
            if marker in _ESCAPE.sub(b"", shown):
                return time.perf_counter() - start
    raise LookupError(f"{marker.decode()!r} was not shown, but this:\n{shown.decode(errors='replace')}")


def forget_cache(path: Path) -> None:
    """Put a file out of the system's cache, as after a restart; does nothing where the system has no such call."""
    if hasattr(os, "posix_fadvise"):
        file = os.open(path, os.O_RDONLY)
        os.fsync(file)
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(file)


def print_head() -> None:
    """The table's head."""
    print(f"{'what':<58} {'median':>16}  {'against':<38} {'measured':>12}  {'bound':<16}")


def print_figure(figure: Figure) -> None:
    """One row of the table, at once."""
    measured = bound = ""
    if figure.bound is not None:
        sign = ">=" if figure.at_least else "<="
        measured, bound = (_quantity(figure.number, figure.unit), f"{sign} {_quantity(figure.bound, figure.unit)}")
    elif figure.number:
        measured = _quantity(figure.number, figure.unit)
    row = f"{figure.what:<58} {figure.value:>16}  {figure.against:<38} {measured:>12}  {bound:<16} {figure.verdict}"
    print(row.rstrip(), flush=True)


def _quantity(number: float, unit: str) -> str:
    return f"{number:,.0f} {unit}" if number >= 1000 else f"{number:.3g} {unit}"
