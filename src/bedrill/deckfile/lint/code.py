"""C: code on cards. T3, T4: what does not belong on one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bedrill.deckfile.code_spans import replace_code
from bedrill.deckfile.lint.rule import Finding, Rule, each_note
from bedrill.deckfile.lint.text import fences_of, without_fences
from bedrill.deckfile.note_parser import CHECKED_LANGUAGES
from bedrill.note import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedrill.deckfile.grammar import Fence
    from bedrill.note import DeckFile, Note

MAX_LINES: Final = 12
MAX_COLUMNS: Final = 80
KNOWN_LANGUAGES: Final = frozenset(
    "python pycon sql sqlite3 postgresql mysql sh bash shell console powershell http https json jsonc yaml toml "
    "ini xml html css javascript js typescript ts java kotlin go rust c cpp csharp ruby php lua scala swift "
    "dockerfile docker makefile make nginx hcl terraform proto protobuf graphql markdown md diff git gitignore "
    "text txt output properties csv regex cypher promql redis rego solidity groovy mermaid".split()
)
_BAD_CHARACTERS: Final = re.compile("[\u201c\u201d\u2018\u2019\u00a0\u200b\t]")
_PROMPT: Final = re.compile(r"^[$#%] \S", re.MULTILINE)
_RAW_HTML: Final = re.compile(r"<(?!https?:)/?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_IMAGE: Final = re.compile(r"!\[[^\[\]]*\]\(([^()\s]*)")
_WIKI_LINK: Final = re.compile(r"\[\[[^\[\]]+\]\]")
_LETTERED: Final = re.compile(r"^(?:[-*+] )?([A-D])[.)] ", re.MULTILINE)


def _shown(note: Note) -> list[Fence]:
    """The fences that a learner sees, with their lines in the file."""
    return [fence for part in (note.prompt, note.answer) for fence in fences_of(part)]


def _language(note: Note) -> Iterator[Finding]:
    for fence in fences_of(note.text):
        line = note.line + fence.line - 1
        if not fence.language:
            yield Finding(
                note, "a code fence without a language", "name it: ```sql, or ```text for plain output", line=line
            )
        elif fence.language not in KNOWN_LANGUAGES:
            yield Finding(note, f"unknown language '{fence.language}'", "use ```text for what is no code", line=line)


def _size(note: Note) -> Iterator[Finding]:
    for fence in _shown(note):
        lines = fence.code.split("\n")
        if len(lines) > MAX_LINES:
            yield Finding(note, f"{len(lines)} lines of code", f"{MAX_LINES} at most; a fixture goes under '### Check'")
        if max(map(len, lines)) > MAX_COLUMNS:
            yield Finding(note, f"a code line of {max(map(len, lines))} columns", f"{MAX_COLUMNS} fit on a terminal")


def _unchecked(deck: DeckFile) -> Iterator[Finding]:
    for note in deck.notes:
        shown = [fence for fence in _shown(note) if fence.language in CHECKED_LANGUAGES]
        if deck.lesson is not None and note.interview is None and shown and not note.checks:
            yield Finding(
                note, f"{shown[0].language} code that no check runs", "mark it 'check', or verify it under '### Check'"
            )


def _characters(note: Note) -> Iterator[Finding]:
    for fence in fences_of(note.text):
        bad = _BAD_CHARACTERS.search(fence.code)
        line = note.line + fence.line - 1
        if bad and fence.language not in ("makefile", "make", "go", "output", "text"):
            yield Finding(
                note, f"the code contains U+{ord(bad.group()):04X}", "plain quotes and spaces only", line=line
            )
        if fence.language in ("sh", "bash", "shell") and _PROMPT.search(fence.code) and "$ " in fence.code:
            yield Finding(note, "a prompt inside code", "leave it out, or call the fence 'console'", line=line)


def _foreign(note: Note) -> Iterator[Finding]:
    text = replace_code(without_fences(note.text), lambda _: " ")
    if match := _RAW_HTML.search(text):
        yield Finding(note, f"raw HTML: {match.group(0)[:30]}", "Markdown only; put tags that are meant into backticks")
    for target in _IMAGE.findall(text):
        if "://" in target:
            yield Finding(note, "a remote image", "bedrill never goes to the network: ship the file")
    if _WIKI_LINK.search(text):
        yield Finding(note, "an unresolved [[wiki link]]", "write a Markdown link")


def _lettered_choices(note: Note) -> Iterator[Finding]:
    if len(set(_LETTERED.findall(without_fences(note.prompt or note.answer)))) > 2:  # noqa: PLR2004 - A, B and C
        yield Finding(note, "a multiple choice in disguise", "use '- [ ]' and '- [x]', which are shuffled")


RULES: Final = (
    Rule("C1", Severity.ERROR, "a code fence without a known language", each_note(_language, concept_only=False)),
    Rule("C2", Severity.WARNING, "code of more than 12 lines or 80 columns", each_note(_size, concept_only=False)),
    Rule(
        "C3",
        Severity.WARNING,
        "course decks: python, sql or sh code that no check runs (a check that fails: error)",
        _unchecked,
    ),
    Rule(
        "C4",
        Severity.ERROR,
        "smart quotes, odd spaces, tabs or prompts in code",
        each_note(_characters, concept_only=False),
    ),
    Rule("T3", Severity.WARNING, "raw HTML, a remote image, a wiki link", each_note(_foreign, concept_only=False)),
    Rule("T4", Severity.WARNING, "a multiple choice in disguise", each_note(_lettered_choices)),
)
