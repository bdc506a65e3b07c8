"""What holds for every text, whatever it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from bedrill.deckfile.faces import faces, ordinals
from bedrill.deckfile.front_matter import split
from bedrill.deckfile.lint import lint
from bedrill.deckfile.note_parser import read_note
from bedrill.deckfile.parser import parse_bytes, parse_deck
from bedrill.deckfile.writer import with_slugs, write_deck
from bedrill.limits import MAX_FRONT_MATTER_BYTES

if TYPE_CHECKING:
    from bedrill.note import Check, DeckFile, Interview, Note

ROOT: Final = Path(__file__).parents[2]
GOLDEN: Final = sorted((ROOT / "tests" / "data" / "decks" / "valid").glob("*.md"))
SHIPPED: Final = sorted((ROOT / "decks").glob("*.md"))
REAL: Final = [path.read_bytes().decode() for path in (*GOLDEN, *SHIPPED)]
SLICE_LINES: Final = 120
FRAGMENTS: Final = """\
## |### |# |## q? |## What is `{x}`? |## A {{c1::b}} c |{{c1::x::y}}|{{c2::|{{c|::|}}|{#slug}|{#a .core}|{.typed}|{.reversed}
{.interview form=code level=mid think=20s speak=2m}|{.core topic=1,2}|{topic=x}|{think=9}|{|}|`|``|```|````|~~~|```python check
```sql setup|```output|>>> 1|### Answer|### Hint|### Accept|### Key points|### Follow-ups|### Mistakes|### Red flags|### Check
### Sources|### Context|### Other|- must: a ([b](#c))|- must: |- should: x|- a → b|- a -> |- [x] yes|- [ ] no|- |  more|Source: A; B
Source:|---|...|id: x|title: No|title: "\\ud800"|lesson: 5|requires: [1, b]|tags: [a]|allow: {F1: why}|&a|*a|!!int|0x|: |[|word|é|İ|\t|\u00a0
\x0c|\x1c|\x85|\u2028|\ufeff|\x00|\r"""
PIECES: Final = [piece for line in FRAGMENTS.split("\n") for piece in line.split("|")]
ENDS: Final = st.sampled_from(["\n", "\n", "\n\n", "\r\n", "\r", " ", ""])


@st.composite
def grammar_texts(draw: st.DrawFn) -> str:
    """Text built from the pieces that the grammar knows."""
    parts = draw(st.lists(st.tuples(st.sampled_from(PIECES), ENDS), max_size=40))
    head = draw(st.sampled_from(["", "", "---\n", "---\nid: x\n---\n", "## q?\n\na\n\n"]))
    return head + "".join(piece + end for piece, end in parts)


@st.composite
def mutated_decks(draw: st.DrawFn) -> str:
    """A part of a real deck with a few cuts, swaps and insertions."""
    lines = draw(st.sampled_from(REAL)).splitlines(keepends=True)
    start = draw(st.integers(0, max(0, len(lines) - SLICE_LINES)))
    lines = lines[start : start + SLICE_LINES]
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(lines)))
        match draw(st.sampled_from(["cut", "insert", "double", "swap"])):
            case "cut":
                del lines[place : place + draw(st.integers(1, 3))]
            case "insert":
                lines.insert(place, draw(st.sampled_from(PIECES)) + draw(ENDS))
            case "double":
                lines[place:place] = lines[place : place + draw(st.integers(1, 8))]
            case _:
                lines[place:] = [*lines[place + 1 :], *lines[place : place + 1]]
    return "".join(lines)


QUESTIONS: Final = [
    "q?",
    "What is `{x}`?",
    "  A {{c1::b}} c",
    "{{c1::a}} {{c2::b::c}}",
    "  use {x}",
    "é",
    "?",
    "a\x0cb\u2028",
    "{ .core}",
]
ATTRIBUTES: Final = [
    "",
    "",
    " {.core}",
    "\t{topic=2,3 }",
    " {.reversed}",
    " {#own}",
    " {#q-2 .core}",
    " {.typed .new}",
    "{#none}",
]
BODIES: Final = [
    "a",
    " a  \n",
    "`a`\n\n### Accept\n\n- b",
    "```text\n## x\n```",
    "- [x] a\n- [ ] b\n\nc",
    "a\n\nSource: b; c",
    "x\n\n### Answer\n\ny\n\n### Hint\n\nh",
    "```python check\n1\n```\n\n```output\n```",
    "a\x0c\x85\u2028b",
    "a\n\n# Part\n\nprose {#no}\n",
]


@st.composite
def well_formed_decks(draw: st.DrawFn) -> str:
    """Notes with every kind of heading and body; most are without errors."""
    notes = draw(
        st.lists(
            st.tuples(*map(st.sampled_from, (QUESTIONS, ATTRIBUTES, ["", " ", "\t "], BODIES))), min_size=1, max_size=6
        )
    )
    head = draw(st.sampled_from(["", "\ufeff", "---\nid: x\ntags: [a]\n---\n", "prose\n"]))
    text = head + "\n\n".join(
        f"## {question}{attributes}{space}\n\n{body}" for question, attributes, space, body in notes
    )
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))


TEXTS: Final = st.one_of(grammar_texts(), mutated_decks(), st.text(max_size=80))
DECKS: Final = st.one_of(well_formed_decks(), mutated_decks(), grammar_texts())
for_all_texts = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def unplaced(deck: DeckFile) -> DeckFile:
    """`deck` without what writing it moves: line numbers, and the path that problems name."""
    return deck._replace(path="", problems=(), notes=tuple(unplaced_note(note) for note in deck.notes))


def unplaced_note(note: Note) -> Note:
    return note._replace(
        line=0,
        checks=tuple(unplaced_check(check) for check in note.checks),
        interview=note.interview and unplaced_interview(note.interview),
    )


def unplaced_check(check: Check) -> Check:
    return check._replace(line=0)


def unplaced_interview(interview: Interview) -> Interview:
    return interview._replace(key_points=tuple(point._replace(line=0) for point in interview.key_points))


def test_there_are_real_decks_to_mutate() -> None:
    assert GOLDEN
    assert SHIPPED


@for_all_texts
@given(TEXTS)
@example("---\nid: 0x" + "f" * 4_000 + "\n---\n## q?\n\na")
@example("---\ntitle: !!timestamp x\n---\n## q?\n\na")
@example('---\ntitle: !!int ""\n---\n## q?\n\na')
@example('---\ntitle: "\\U00110000"\n---\n## q?\n\na')
@example("---\n" + "[" * 1_000 + "\n---\n## q?\n\na")
def test_no_text_makes_the_parser_lint_or_faces_raise(text: str) -> None:
    deck = parse_deck(text, "cards.md")

    lint([deck])
    for note in deck.notes:
        for ordinal in ordinals(note):
            faces(note, ordinal)


@for_all_texts
@given(st.one_of(st.binary(max_size=60), TEXTS.map(lambda text: text.encode("utf-8", "replace"))))
def test_no_bytes_make_the_parser_raise(data: bytes) -> None:
    parse_bytes(data, "cards.md")


@for_all_texts
@given(TEXTS)
def test_a_deck_without_notes_always_says_why(text: str) -> None:
    deck = parse_deck(text, "cards.md")

    assert deck.notes or deck.has_errors


@for_all_texts
@given(TEXTS)
def test_every_problem_has_a_place_in_the_file(text: str) -> None:
    deck = parse_deck(text, "cards.md")

    line_count = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    assert all(0 <= problem.line <= line_count and problem.column >= 1 for problem in deck.problems)
    assert all(problem.message and problem.hint for problem in deck.problems)


@for_all_texts
@given(DECKS)
def test_a_deck_that_is_written_and_read_is_the_same_deck(text: str) -> None:
    deck = parse_deck(text, "cards.md")
    assume(not deck.has_errors)

    written = write_deck(deck)

    header, _ = split(written.split("\n"))
    assume(len("\n".join(header or []).encode()) <= MAX_FRONT_MATTER_BYTES)
    assert unplaced(parse_deck(written, "other.md")) == unplaced(deck)


@for_all_texts
@given(DECKS)
def test_writing_a_second_time_changes_nothing(text: str) -> None:
    deck = parse_deck(text, "cards.md")
    assume(not deck.has_errors)

    written = write_deck(deck)

    assert write_deck(parse_deck(written, "cards.md")) == written


@for_all_texts
@given(DECKS)
def test_a_stored_note_is_read_as_it_was_parsed(text: str) -> None:
    deck = parse_deck(text, "cards.md")
    assume(not deck.has_errors)

    again = [read_note(note.text, note.slug) for note in deck.notes]

    assert [unplaced_note(note) for note in again] == [unplaced_note(note) for note in deck.notes]


@for_all_texts
@given(DECKS)
@example("##   A {{c1::x}}\n")
@example("##   use {x}\n\na\n")
@example("## q \t\r\n\r\na\x0cb\r\n\r\n## r {.core} \r\n\r\nb")
@example("## q\r\ra\r\r## r\r\rb")
@example("\ufeff## q\n\na\n")
def test_fixing_writes_every_slug_and_leaves_the_rest_in_place(text: str) -> None:
    deck = parse_deck(text, "cards.md")
    assume(not deck.has_errors)

    fixed, written = with_slugs(text, deck)

    again = parse_deck(fixed, "cards.md")
    derived = [note for note in deck.notes if note.slug_is_derived]
    assert written == len(derived)
    assert not any(note.slug_is_derived for note in again.notes)
    assert [note.slug for note in again.notes] == [note.slug for note in deck.notes]
    without = fixed
    for note in derived:
        without = (
            without.replace(f"{{#{note.slug} ", "{", 1)
            if f"{{#{note.slug} " in without
            else without.replace(f" {{#{note.slug}}}", "", 1)
        )
    assert without == text


@for_all_texts
@given(DECKS)
def test_slugs_within_a_deck_are_unique(text: str) -> None:
    deck = parse_deck(text, "cards.md")

    twice = {problem.line for problem in deck.problems if problem.code == "N1"}
    slugs = [note.slug for note in deck.notes if note.line not in twice]
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in GOLDEN])
def test_golden_decks_survive_being_written(path: Path) -> None:
    deck = parse_bytes(path.read_bytes(), path.name)

    assert unplaced(parse_deck(write_deck(deck), "other.md")) == unplaced(deck)
