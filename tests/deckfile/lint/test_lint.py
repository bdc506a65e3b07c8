from __future__ import annotations

from bedrill.deckfile.lint import RULES, SUMMARIES, lint
from bedrill.deckfile.lint.rule import Finding, Rule, each_note
from bedrill.deckfile.parser import parse_deck
from bedrill.note import Problem, Severity

BAD = "## Is it so? {#a}\n\nNo.\n\n## Is it not? {#b}\n\nNo, never.\n"


def test_problems_come_by_path_line_and_code() -> None:
    decks = [parse_deck(BAD, "b.md"), parse_deck("## Is {#a}\n\nb\n", "a.md")]

    problems, waived = lint(decks)

    places = [(problem.path, problem.line, problem.code) for problem in problems]
    assert places == sorted(places)
    assert {path for path, _, _ in places} == {"a.md", "b.md"}
    assert waived == 0


def test_a_problem_names_its_note() -> None:
    problems, _ = lint([parse_deck(BAD, "b.md")])

    assert (
        Problem(
            "b.md", 1, 1, "B5", "a: the answer is only yes or no", "ask for the rule or the consequence", Severity.ERROR
        )
        in problems
    )


def test_a_rule_is_waived_for_a_note() -> None:
    before, _ = lint([parse_deck(BAD, "b.md")])

    after, waived = lint([parse_deck('---\nallow: {"B5#a": on purpose}\n---\n' + BAD, "b.md")])

    assert [problem.code for problem in before].count("B5") == 2
    assert [problem.code for problem in after].count("B5") == 1
    assert waived == 1


def test_a_rule_is_waived_for_a_file() -> None:
    problems, waived = lint([parse_deck("---\nallow: {B5: on purpose}\n---\n" + BAD, "b.md")])

    assert "B5" not in [problem.code for problem in problems]
    assert waived == 2


def test_faults_of_parsing_are_not_repeated() -> None:
    deck = parse_deck("## Why does this note have no answer?\n", "b.md")

    assert deck.has_errors
    assert "N4" not in [problem.code for problem in lint([deck])[0]]


def test_every_rule_has_one_code_and_a_summary() -> None:
    assert set(RULES) < set(SUMMARIES)
    assert all(SUMMARIES.values())
    assert all(rule.code == code for code, rule in RULES.items())


def test_a_note_rule_leaves_interviews_alone_unless_told() -> None:
    deck = parse_deck("## a? {#a}\n\nb\n\n## c? {#c .interview}\n### Key points\n- must: d\n", "a.md")

    concepts = Rule("Z1", Severity.INFO, "all", each_note(lambda note: iter([Finding(note, "x")])))
    both = Rule("Z2", Severity.INFO, "all", each_note(lambda note: iter([Finding(note, "x")]), concept_only=False))

    assert [finding.note and finding.note.slug for finding in concepts.find(deck)] == ["a"]
    assert [finding.note and finding.note.slug for finding in both.find(deck)] == ["a", "c"]
