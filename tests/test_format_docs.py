"""docs/format.md says what the code does: its examples are parsed, its tables compared."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.as_data import as_data

from bedrill import check_runner, limits
from bedrill.deckfile import front_matter, grammar, interview_parser, note_parser
from bedrill.deckfile.faces import faces, ordinals
from bedrill.deckfile.lint import SEVERITIES, SUMMARIES, lint
from bedrill.deckfile.parser import parse_deck
from bedrill.deckfile.problems import SUMMARIES as FAULTS
from bedrill.model import card_name

if TYPE_CHECKING:
    from bedrill.note import DeckFile

DOCS: Final = Path(__file__).parents[1] / "docs" / "format.md"
TEXT: Final = DOCS.read_text("utf-8")
FENCES: Final = grammar.fences(list(grammar.scan(TEXT.split("\n"))))
DECKS: Final = [fence for fence in FENCES if fence.words == ("markdown", "deck")]
PROMISES: Final = [
    (deck, promise)
    for deck, promise in itertools.pairwise(FENCES)
    if deck.words == ("markdown", "deck") and promise.words == ("json",)
]


def parsed(fence: grammar.Fence) -> DeckFile:
    return parse_deck(fence.code, "format.md")


def as_promised(deck: DeckFile) -> dict[str, Any]:
    """All fields of a deck as JSON has them, and the cards of each note."""
    fields = as_data(deck)
    for note, written in zip(deck.notes, fields["notes"], strict=True):
        written["cards"] = [
            {"name": card_name(deck.deck_id, note.slug, ordinal)} | as_data(faces(note, ordinal))
            for ordinal in ordinals(note)
        ]
    result: dict[str, Any] = json.loads(json.dumps(fields))
    return result


def selected(actual: Any, promise: Any) -> Any:
    """Of `actual`, only what `promise` speaks of."""
    if isinstance(promise, dict) and isinstance(actual, dict):
        return {key: selected(actual.get(key), value) for key, value in promise.items()}
    if isinstance(promise, list) and isinstance(actual, list) and len(promise) == len(actual):
        return [selected(one, other) for one, other in zip(actual, promise, strict=True)]
    return actual


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a `##` heading, without its head."""
    return next_table(TEXT.partition(f"\n## {heading}\n")[2])


def next_table(text: str) -> list[list[str]]:
    rows: list[list[str]] = []
    for line in text.split("\n"):
        if line.startswith("| "):
            rows.append([cell.strip() for cell in line.strip("|").split(" | ")])
        elif rows and not line.startswith("|"):
            break
    return rows[1:]


def test_every_fence_is_closed() -> None:
    assert [fence.line for fence in FENCES if not fence.is_closed] == []


def test_there_are_examples_with_promises() -> None:
    assert len(DECKS) >= 10
    assert [fence.line for fence in DECKS] == [deck.line for deck, _ in PROMISES]


@pytest.mark.parametrize("fence", [pytest.param(fence, id=f"line-{fence.line}") for fence in DECKS])
def test_every_example_is_a_deck_without_faults(fence: grammar.Fence) -> None:
    deck = parsed(fence)

    assert deck.problems == ()
    assert deck.notes


@pytest.mark.parametrize(("fence", "promise"), [pytest.param(*pair, id=f"line-{pair[0].line}") for pair in PROMISES])
def test_every_example_is_read_as_promised(fence: grammar.Fence, promise: grammar.Fence) -> None:
    wanted = json.loads(promise.code)

    assert selected(as_promised(parsed(fence)), wanted) == wanted


def test_the_checks_of_the_examples_pass() -> None:
    results = list(check_runner.run_checks([parsed(fence) for fence in DECKS]))

    assert len(results) >= 3
    assert [outcome.fault for *_, outcome in results if outcome.fault] == []


def test_the_example_of_a_waiver_waives_what_would_be_found() -> None:
    (fence,) = (fence for fence in DECKS if "is-put-safe" in fence.code)

    problems, waived = lint([parsed(fence)])

    assert waived == 1
    assert [problem.code for problem in problems] == []


def test_the_table_of_faults_is_the_code() -> None:
    assert table("Faults") == [[code, summary] for code, summary in FAULTS.items()]


def test_the_table_of_rules_is_the_code() -> None:
    assert table("Rules of style") == [[code, str(SEVERITIES[code]), summary] for code, summary in SUMMARIES.items()]


def test_the_table_of_front_matter_has_every_key() -> None:
    assert [row[0] for row in table("Front matter")] == [f"`{key}`" for key in front_matter.KEYS]


def test_the_levels_of_decks_are_all_named() -> None:
    (level,) = (row[1] for row in table("Front matter") if row[0] == "`level`")

    assert re.findall(r"`(\w+)`", level) == list(front_matter.LEVELS)


def test_the_table_of_attributes_has_every_class_and_key() -> None:
    names = {row[0].strip("`") for row in table("Notes")}

    classes = {f".{name}" for name in note_parser.CLASSES}
    assert names == {"#slug"} | classes | {f"{key}=" for key in note_parser.KEYS}


def test_the_forms_and_levels_of_interview_notes_are_all_named() -> None:
    section = TEXT.partition("\n## Interview notes\n")[2].partition("\n## Sections\n")[0]

    (form,) = re.findall(r"^- `form` is (.*);", section, re.MULTILINE)
    (level,) = re.findall(r"^- `level` is (.*);", section, re.MULTILINE)
    assert tuple(re.findall(r"`(\w+)`", form)) == interview_parser.FORMS
    assert tuple(re.findall(r"`(\w+)`", level)) == interview_parser.LEVELS


def test_the_table_of_sections_has_every_section() -> None:
    names = [row[0].strip("`").removeprefix("### ").lower() for row in table("Sections")]

    assert sorted(names) == sorted(grammar.KNOWN_SECTIONS)


def test_the_limits_are_those_of_the_code() -> None:
    assert [int(row[1].split()[0]) for row in table("Limits")] == [
        limits.MAX_DECK_BYTES,
        limits.MAX_LINES,
        limits.MAX_NOTES,
        limits.MAX_NOTE_CHARS,
        limits.MAX_FRONT_MATTER_BYTES,
        limits.MAX_NAME_CHARS,
        limits.MAX_CLOZE_NUMBER,
        limits.MAX_PROBLEMS,
        limits.MAX_LINE_BYTES,
        limits.MAX_FIELD_CHARS,
        limits.MAX_HTML_CHARS,
        limits.MAX_HIGHLIGHTED_CHARS,
        limits.MAX_PACKAGE_ENTRIES,
        limits.MAX_PACKAGE_BYTES,
        limits.MAX_RATIO,
        limits.FREE_BYTES,
        limits.MAX_MEDIA_BYTES,
        check_runner.TIME_LIMIT_S,
        check_runner.MEMORY_LIMIT_BYTES,
        check_runner.PROCESS_LIMIT,
        check_runner.FILE_LIMIT_BYTES,
        check_runner.OUTPUT_LIMIT_BYTES,
        check_runner.CODE_LIMIT_BYTES,
    ]


def test_every_link_within_the_page_leads_to_a_heading() -> None:
    prose = "\n".join(line.text for line in grammar.scan(TEXT.split("\n")) if not line.in_fence)
    headings = {heading.lower().replace(" ", "-") for heading in re.findall(r"^#{2,3} (.+)$", prose, re.MULTILINE)}

    assert set(re.findall(r"\]\(#([\w-]+)\)", prose)) <= headings
