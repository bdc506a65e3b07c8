"""
Lint: the rules of style for decks, each with a code.

A rule that does not hold for a note is waived in the front matter, with a reason: `allow: {"F4#slug": "why"}`,
or `allow: {F4: "why"}` for the whole file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bedrill.deckfile.lint import across, backs, code, course, fronts, interview
from bedrill.note import DeckFile, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bedrill.deckfile.lint.rule import Finding, Rule

RULES: Final[Mapping[str, Rule]] = {
    rule.code: rule for module in (fronts, backs, code, course, interview) for rule in module.RULES
}
SUMMARIES: Final[Mapping[str, str]] = {code: rule.summary for code, rule in RULES.items()} | across.SUMMARIES
"""Every code and what it stands for, by code."""
SEVERITIES: Final[Mapping[str, Severity]] = {code: rule.severity for code, rule in RULES.items()} | across.SEVERITIES
"""Of the findings of every rule, unless a finding says otherwise."""


def lint(decks: Sequence[DeckFile]) -> tuple[list[Problem], int]:
    """
    The problems of style in `decks`, by path and line, and how many findings were waived.

    Faults of parsing are not repeated here: they are in each deck's `problems`.
    """
    found: list[tuple[DeckFile, str, Finding, Severity]] = []
    for deck in decks:
        for rule in RULES.values():
            found.extend((deck, rule.code, finding, finding.severity or rule.severity) for finding in rule.find(deck))
    for deck, code_, finding in across.find(decks):
        found.append((deck, code_, finding, finding.severity or across.SEVERITIES[code_]))
    problems = [
        Problem(
            deck.path,
            finding.line or (finding.note.line if finding.note else 1),
            1,
            code_,
            _named(finding),
            finding.hint,
            severity,
        )
        for deck, code_, finding, severity in found
        if not _is_waived(deck, code_, finding)
    ]
    problems.sort(key=lambda problem: (problem.path, problem.line, problem.code))
    return problems, len(found) - len(problems)


def _is_waived(deck: DeckFile, code_: str, finding: Finding) -> bool:
    return code_ in deck.waivers or (finding.note is not None and f"{code_}#{finding.note.slug}" in deck.waivers)


def _named(finding: Finding) -> str:
    return f"{finding.note.slug}: {finding.message}" if finding.note else finding.message
