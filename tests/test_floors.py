"""
Floors and start-up: who imports whom, and what a command imports before it can answer.

Milliseconds differ from machine to machine; the modules that a command imports do not.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
PEERS: Final = "import click, sqlite3"
"""What `due` may cost is measured against this (docs/design.md): both print their modules, so json is in both."""
RUN: Final = "from bedrill.cli import run; code = run(sys.argv[1:], App({db!r}, shipped={decks!r})); assert code == 0"
DECK: Final = "---\nid: net\nlesson: 6\n---\n\n## Which port does HTTPS use? {#port .core}\n\n443\n\n## Which has HTTP? {#other}\n\n80\n"
HEAVY: Final = ("rich", "yaml", "sqlite_utils", "hypothesis", "pygments", "numpy", "importlib.metadata", "platformdirs")
"""What costs more than the rest of a command together, and is needed only to draw, to import, or not at all."""


def modules(code: str, *arguments: str) -> set[str]:
    """The modules that a fresh process has imported when `code` is done."""
    program = f"import json, sys\n{code}\nprint('\\n@' + json.dumps(sorted(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    names: list[str] = json.loads(result.stdout.rpartition("@")[2])
    return set(names)


@pytest.fixture(scope="module")
def peers() -> set[str]:
    return modules(PEERS)


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """Runs a command in a fresh process on a collection that has its decks; returns the modules that it imported."""
    folder = tmp_path_factory.mktemp("floors")
    decks = folder / "decks"
    decks.mkdir()
    (decks / "006-net.md").write_text(DECK)
    code = "from bedrill.cli.app import App; " + RUN.format(db=str(folder / "bedrill.db"), decks=str(decks))
    modules(code, "-q", "due")
    return lambda *arguments: modules(code, *arguments)


def test_the_import_contracts_hold():
    lint = Path(sys.executable).with_name("lint-imports")

    result = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout
    assert " 0 broken." in result.stdout


@pytest.mark.parametrize(
    ("arguments", "most"),
    [
        pytest.param(("--version",), 8, id="version"),
        pytest.param(("--help",), 20, id="help"),
        pytest.param(("due",), 34, id="due"),
        pytest.param(("due", "--count"), 34, id="due --count"),
        pytest.param(("decks",), 37, id="decks"),
        pytest.param((), 36, id="overview"),
        pytest.param(("next", "--json"), 62, id="next"),
        pytest.param(("grade", "net/port", "good"), 62, id="grade"),
    ],
)
def test_a_command_of_every_day_imports_no_more_than_this(start, peers, arguments, most):
    imported = start(*arguments)

    more = sorted(imported - peers)
    assert [name for name in HEAVY if name in imported] == []
    assert len(more) <= most, more


@pytest.mark.parametrize(
    ("arguments", "needs"),
    [
        pytest.param(("--version",), False, id="version"),
        pytest.param(("due",), False, id="due"),
        pytest.param(("decks",), False, id="decks"),
        pytest.param((), False, id="overview"),
        pytest.param(("search", "port"), False, id="search"),
        pytest.param(("show", "net/port", "--json"), False, id="show"),
        pytest.param(("config",), False, id="config"),
        pytest.param(("suspend", "net/other"), False, id="suspend"),
        pytest.param(("unsuspend", "net/other"), False, id="unsuspend"),
        pytest.param(("next",), True, id="next"),
        pytest.param(("grade", "net/port", "good"), True, id="grade"),
    ],
)
def test_the_scheduler_is_imported_only_where_intervals_are_computed(start, arguments, needs):
    assert ("fsrs" in start(*arguments)) is needs


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_neither_version_nor_help_imports_a_command(argument):
    imported = modules("from bedrill.cli import run; run(sys.argv[1:])", argument)

    assert sorted(name for name in imported if name.startswith("bedrill")) == [
        "bedrill",
        "bedrill.cli",
        "bedrill.cli.app",
        "bedrill.errors",
    ]
    assert "sqlite3" not in imported


def test_each_module_can_be_imported_first():
    """There is no import cycle that only an order of imports hides."""
    package = ROOT / "src" / "bedrill"
    names = [
        ".".join(("bedrill", *path.relative_to(package).with_suffix("").parts)).removesuffix(".__init__")
        for path in sorted(package.rglob("*.py"))
        if path.name != "__main__.py"
    ]
    purge = "[sys.modules.pop(m) for m in list(sys.modules) if m.partition('.')[0] == 'bedrill']"

    imported = modules(
        f"import importlib\nfor name in sys.argv[1:]:\n    {purge}\n    importlib.import_module(name)", *names
    )

    assert len(names) > 60
    assert "bedrill" in imported
