"""
Looks for inputs that crash a parser or an importer, guided by the coverage that they reach: `make fuzz`.

    python benchmarks/fuzz.py --seconds 60
    python benchmarks/fuzz.py --only deck,package --seconds 600

atheris (libFuzzer for Python) does the work, a process for each target of tests/fuzz/targets.py. Inputs that it found
interesting stay in `--dir` and are begun from the next time. A crash is saved there and named: put it into
tests/data/fuzz/TARGET, where the tests run it from then on.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
_DONE: Final = re.compile(r"Done (\d+) runs in (\d+) second")
_STEP: Final = re.compile(r"^#(\d+)\s.*?cov: (\d+)", re.MULTILINE)


def main() -> int:
    """Fuzz each target, print a row for each; returns 1 if there was a crash."""
    parser = argparse.ArgumentParser(description="Fuzz every parser and importer.")
    parser.add_argument("--seconds", type=int, default=60, help="for each target (%(default)s)")
    parser.add_argument("--dir", type=Path, default=Path(tempfile.gettempdir()) / "bedrill-fuzz")
    parser.add_argument("--only", default="", help="targets, a comma between")
    parser.add_argument("--target", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.target:
        _fuzz(options.target, options.dir, options.seconds)
    from tests.fuzz.targets import TARGETS  # noqa: PLC0415 - not before atheris has instrumented it

    chosen = options.only.split(",") if options.only else list(TARGETS)
    print(f"{'target':<20} {'inputs tried':>14} {'a second':>10} {'branches reached':>18}  crashes")
    crashes = [_row(name, options.dir, options.seconds) for name in chosen]
    return int(any(crashes))


def _row(name: str, folder: Path, seconds: int) -> bool:
    """Fuzz a target in a process of its own, and say what came of it; whether it crashed."""
    corpus = folder / name
    corpus.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, __file__, "--target", name, "--seconds", str(seconds), "--dir", str(folder)]
    ended = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    steps = _STEP.findall(ended.stderr)
    done = _DONE.search(ended.stderr)
    inputs = int(done[1]) if done else int(steps[-1][0]) if steps else 0
    reached = steps[-1][1] if steps else "?"
    crash = re.search(r"Test unit written to (\S+)", ended.stderr)
    found = crash[1] if crash else "none" if ended.returncode == 0 else f"exit code {ended.returncode}"
    print(f"{name:<20} {inputs:>14,} {inputs // max(seconds, 1):>10,} {reached:>18}  {found}", flush=True)
    if ended.returncode:
        print(ended.stderr[-3000:])
    return ended.returncode != 0


def _fuzz(name: str, folder: Path, seconds: int) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris  # noqa: PLC0415 - only where something is fuzzed

    with atheris.instrument_imports(include=["bedrill"]):
        from tests.fuzz.targets import TARGETS  # noqa: PLC0415

        from bedrill.errors import BedrillError  # noqa: PLC0415

    target = TARGETS[name]
    corpus = folder / name
    for number, seed in enumerate(target.seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)

    def run(data: bytes) -> None:
        with suppress(BedrillError):
            target.run(data)

    flags = [f"-max_total_time={seconds}", "-max_len=20000", "-timeout=25", "-rss_limit_mb=4096"]
    atheris.Setup([sys.argv[0], *flags, f"-artifact_prefix={folder}/{name}-", str(corpus)], run)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
