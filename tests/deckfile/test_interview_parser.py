from __future__ import annotations

import pytest

from bedrill.deckfile.parser import parse_deck
from bedrill.model import Kind
from bedrill.note import FollowUp, Interview, KeyPoint, Note


def test_an_interview_note_has_its_parts(note: Note) -> None:
    """
    ## Design a queue. {#queue .interview form=design level=senior think=30s speak=5m}

    On one machine.

    ### Context

    Ten writes a second.

    ### Key points

    - must: says what is lost on a crash ([durable](#durable))
    - should: measures first
    - senior: names the cost

    ### Answer

    A table with an index.

    ### Follow-ups

    - Two consumers? → a lease

    ### Mistakes

    - a lock without a timeout

    ### Red flags

    - "nothing is ever lost"
    """
    assert note.kind is Kind.INTERVIEW
    assert (note.prompt, note.answer) == ("On one machine.", "A table with an index.")
    assert note.interview == Interview(
        form="design",
        level="senior",
        think_s=30,
        speak_s=300,
        context="Ten writes a second.",
        key_points=(
            KeyPoint("must", "says what is lost on a crash", ("#durable",), 11),
            KeyPoint("should", "measures first", (), 12),
            KeyPoint("senior", "names the cost", (), 13),
        ),
        follow_ups=(FollowUp("Two consumers?", "a lease"),),
        mistakes=("a lock without a timeout",),
        red_flags=('"nothing is ever lost"',),
    )
    assert note.interview.box_s == 330


def test_an_interview_note_has_defaults(note: Note) -> None:
    """
    ## Why? {.interview}

    ### Key points

    - must: say so
    """
    assert note.interview is not None
    assert (note.interview.form, note.interview.level) == ("explain", "mid")
    assert (note.interview.think_s, note.interview.speak_s) == (20, 120)


@pytest.mark.parametrize(
    ("written", "text", "links"),
    [
        pytest.param("a b", "a b", (), id="none"),
        pytest.param("a ([b](#c))", "a", ("#c",), id="in-parentheses"),
        pytest.param("a ([b](#c), [d](e.md#f))", "a", ("#c", "e.md#f"), id="two-in-parentheses"),
        pytest.param("a [b](#c) d", "a b d", ("#c",), id="in-the-text"),
        pytest.param("a ([b](#c)) and [d](#e)", "a and d", ("#c", "#e"), id="both"),
        pytest.param("a [b](https://example.com)", "a [b](https://example.com)", (), id="not-to-a-note"),
        pytest.param("a [b](#)", "a [b](#)", (), id="to-nothing"),
        pytest.param("[](" + "#" * 50_000, "[](" + "#" * 50_000, (), id="long-and-broken"),
        pytest.param("[](#" * 15_000, "[](#" * 15_000, (), id="many-and-broken"),
        pytest.param("a" + " " * 60_000 + "b", "a" + " " * 60_000 + "b", (), id="much-space"),
    ],
)
def test_links_of_a_key_point_are_taken_out(written: str, text: str, links: tuple[str, ...]) -> None:
    deck = parse_deck(f"## q? {{.interview}}\n### Key points\n- must: {written}", "a.md")

    assert deck.notes[0].interview is not None
    (point,) = deck.notes[0].interview.key_points
    assert (point.text, point.links) == (text, links)


@pytest.mark.parametrize("arrow", ["→", "->", "=>"])
def test_a_follow_up_is_a_question_and_its_key(arrow: str) -> None:
    deck = parse_deck(f"## q? {{.interview}}\n### Key points\n- must: a\n### Follow-ups\n- b-> c {arrow} d → e", "a.md")

    assert deck.problems == ()
    assert deck.notes[0].interview is not None
    assert deck.notes[0].interview.follow_ups == (FollowUp("b-> c", "d → e"),)


def test_what_cannot_be_read_is_named_and_its_default_taken() -> None:
    deck = parse_deck("## q? {.interview form=quiz level=god think=soon speak=5}\n### Key points\n- must: a", "a.md")

    assert [(problem.code, problem.message, problem.hint) for problem in deck.problems] == [
        (
            "N2",
            "form=quiz is not known",
            "known are explain, compare, design, debug, estimate, code, behavioural, negotiate",
        ),
        ("N2", "level=god is not known", "known are junior, mid, senior, staff"),
        ("N2", "think=soon is no duration", "write 20s, 2m or 1m30s"),
        ("N2", "speak=5 is no duration", "write 20s, 2m or 1m30s"),
    ]
    assert deck.notes[0].interview is not None
    assert (deck.notes[0].interview.form, deck.notes[0].interview.box_s) == ("explain", 140)
