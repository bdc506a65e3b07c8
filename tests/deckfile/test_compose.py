"""Questions from elsewhere as notes: what was said is what is asked, whatever it looks like."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bedrill.deckfile.compose import cloze_note, question_and_answer
from bedrill.deckfile.faces import faces, ordinals
from bedrill.deckfile.parser import parse_deck
from bedrill.note import Note, Style

LINES = st.sampled_from(
    [
        "",
        "a word",
        "# heading",
        "## {#slug .core}",
        "### Answer",
        "### Sources",
        "### Other",
        "```python",
        "```",
        "~~~~",
        "- [x] task",
        "* [ ] task",
        "- item",
        "1. first",
        "| a | b |",
        "Source: RFC 1",
        "---",
        "> quote",
        "    code",
        "{{c1::hidden}}",
        "{{c2::half",
        "x}} `{{c1::a}}`",
        "end {.typed}",
        "end {#x}",
        "tab\there",
        "\x00\x1b[31m",
        "a\\",
    ]
)
TEXTS = st.lists(LINES, max_size=6).map("\n".join) | st.text(max_size=60)


def one_note(text: str) -> Note:
    deck = parse_deck(text, "d.md")
    assert deck.problems == ()
    assert len(deck.notes) == 1
    assert deck.notes[0].text == text
    return deck.notes[0]


@hypothesis_settings(max_examples=400, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_any_question_and_answer_are_one_basic_note_without_faults(question, answer, hint):
    note = one_note(question_and_answer(question, answer, attributes="#slug", hint=hint))

    assert (note.style, note.slug, note.sources) == (Style.BASIC, "slug", ())
    assert note.answer
    assert bool(note.hint) == bool(re.sub(r"[\x00-\x1f\x7f]", "", hint).strip())


@hypothesis_settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_without_attributes_nothing_in_the_text_is_one(question, answer):
    note = one_note(question_and_answer(question, answer))

    assert note.slug_is_derived
    assert (note.style, note.is_core) == (Style.BASIC, False)


@pytest.mark.parametrize(
    ("question", "answer", "text"),
    [
        pytest.param("What is ACK?", "A reply.", "## What is ACK?\n\nA reply.", id="plain"),
        pytest.param("Two\nlines", "x", "## Two lines\n\nx", id="lines of one paragraph"),
        pytest.param("One.\n\nTwo.", "x", "## One.\n\nTwo.\n\n### Answer\n\nx", id="two paragraphs"),
        pytest.param("```\n1\n```", "x", "## …\n\n```\n1\n```\n\n### Answer\n\nx", id="begins with code"),
        pytest.param("- a\n- b", "x", "## …\n\n- a\n- b\n\n### Answer\n\nx", id="a list"),
        pytest.param("q", "", "## q\n\n(no answer)", id="no answer"),
        pytest.param("q", "```sql\nSELECT 1", "## q\n\n```sql\nSELECT 1\n```", id="open fence"),
        pytest.param("q", "# a\n## b\n### Hint", "## q\n\n\\# a\n\\## b\n\\### Hint", id="headings"),
        pytest.param("{{c1::x}}?", "y", "## {\\{c1::x}}?\n\ny", id="no cloze"),
        pytest.param("x {.typed}", "y", "## x \\{.typed}\n\ny", id="no attributes"),
    ],
)
def test_how_a_question_and_answer_are_written(question, answer, text):
    assert question_and_answer(question, answer) == text


def test_sections_of_a_note():
    text = question_and_answer("q", "`a`", attributes=".typed", hint="h", sources=["RFC 1\n§2"], accept=["b"])

    note = one_note(text)

    assert (note.style, note.accepted, note.hint, note.sources) == (Style.TYPED, ("a", "b"), "h", ("RFC 1 §2",))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param("A {{c1::b}} c", "A […] c", id="one line"),
        pytest.param("A list:\n\n- {{c1::b}}\n- c", "A list:\n\n- […]\n- c", id="a list"),
        pytest.param("- {{c1::b}}", "…\n\n- […]", id="begins with a list"),
        pytest.param("A {{c1::b\n\nc}} d", "…\n\nA […] d", id="over a paragraph"),
        pytest.param("```\n{{c1::x}}\n```", "…\n\n```\n[…]\n```", id="in code"),
        pytest.param("{{c1::}} {{c2::half", "[…] {\\{c2::half", id="half a mark, and one that hides nothing"),
        pytest.param("{{c0::a}}", "[…]", id="a number out of range"),
    ],
)
def test_a_cloze_keeps_its_shape(text, asked):
    note = one_note(cloze_note(text, "more"))

    assert (note.style, ordinals(note)) == (Style.CLOZE, (1,))
    assert faces(note, 1).question == asked
    assert note.answer == "more"


@hypothesis_settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_any_text_with_a_deletion_is_one_cloze_without_faults(text, extra):
    note = one_note(cloze_note(f"{text} {{{{c1::x}}}} {text}", extra, attributes="#slug"))

    assert note.style is Style.CLOZE
    assert 1 in ordinals(note)
