"""Flashcards of Obsidian's spaced-repetition plugin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.deckfile.test_compose import LINES

from bedrill import formats
from bedrill.deckfile.faces import faces
from bedrill.deckfile.parser import parse_deck
from bedrill.formats import markdown, obsidian, questions


def texts(text: str) -> list[str]:
    return [note.text for note in obsidian.read(text.encode(), "x.md").notes]


def problems(text: str) -> list[str]:
    return [f"{p.line}: {p.severity} {p.code} {p.message}" for p in obsidian.read(text.encode(), "x.md").problems]


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        pytest.param("front::back\n", ["## front\n\nback"], id="one line"),
        pytest.param("- a :: b\n- c::d\n", ["## a\n\nb", "## c\n\nd"], id="a list of cards"),
        pytest.param("one:::other\n", ["## one {.reversed}\n\nother"], id="both ways"),
        pytest.param("Front\nof it\n?\nBack\n", ["## Front of it\n\nBack"], id="several lines"),
        pytest.param("A\n??\nB\n", ["## A {.reversed}\n\nB"], id="several lines, both ways"),
        pytest.param(
            "What prints?\n```\na::b\n```\n?\n1\n",
            ["## …\n\nWhat prints?\n```\na::b\n```\n\n### Answer\n\n1"],
            id="code in the question",
        ),
        pytest.param("`std::vector` is a::list\n", ["## `std::vector` is a\n\nlist"], id="code is no separator"),
        pytest.param("It was ==Julia==.\n", ["## It was {{c1::Julia}}."], id="a cloze"),
        pytest.param("==A==^[who] in ==B==^[when]\n", ["## {{c1::A::who}} in {{c2::B::when}}"], id="hints"),
        pytest.param("==A==[^1] ==B==[^2] ==C==[^1]\n", ["## {{c1::A}} {{c2::B}} {{c1::C}}"], id="groups"),
        pytest.param("==A==^[who][^2] ==B==[^1]\n", ["## {{c2::A::who}} {{c1::B}}"], id="a hint and a group"),
        pytest.param("==1;;A;;who== ==2;;B==\n", ["## {{c1::A::who}} {{c2::B}}"], id="numbers and hints inside"),
        pytest.param("{{A}} {{B::who}}\n", ["## {{c1::A}} {{c2::B::who}}"], id="curly clozes"),
        pytest.param("{{2::A}} {{c1::B::who}}\n", ["## {{c2::A}} {{c1::B::who}}"], id="curly clozes with numbers"),
        pytest.param("==A==[^hs] ==B==[^ah]\n", ["## A {{c1::B}}"], id="what is never asked is text"),
        pytest.param("==A== `b == c == d`\n", ["## {{c1::A}} `b == c == d`"], id="code hides nothing"),
        pytest.param(
            "==A==\n~~~\nb ==c==\n~~~\n",
            ["## …\n\n{{c1::A}}\n~~~\nb ==c==\n~~~\n\n### Answer"],
            id="a fence hides nothing",
        ),
        pytest.param(
            "```\n?\n```\n?\n1\n", ["## …\n\n```\n?\n```\n\n### Answer\n\n1"], id="a mark in code is no separator"
        ),
        pytest.param("a::b\n```\nc::d\n```\n", ["## a\n\nb"], id="a card that touches code"),
        pytest.param("a::b\nF\n?\nB\n", ["## a\n\nb", "## F\n\nB"], id="a card above another"),
        pytest.param("- **a**::*b*\n", ["## **a**\n\n*b*"], id="emphasis stays"),
        pytest.param("## F #flashcards/x\n?\nB\n", ["## F {tags=x}\n\nB"], id="a heading is the question"),
        pytest.param("# T\nF\n?\nB\n", ["## F\n\nB"], id="a heading above the question is context"),
        pytest.param("<!--a::b-->\n\n<!--\nc::d\n-->\n\ne::f", ["## e\n\nf"], id="cards in comments are put away"),
        pytest.param("a::b\n> [!sr|card-metadata]\n> <!--SR:!x-->\nc::d\n", ["## a\n\nb", "## c\n\nd"], id="a box"),
        pytest.param("a::b\n<!--SR:!2026-01-01,3,250-->\n", ["## a\n\nb"], id="a schedule is left out"),
        pytest.param("# Title\n\nText without cards.\n\na::b\n", ["## a\n\nb"], id="text is no card"),
        pytest.param(
            "#flashcards/net/tcp\n\na::b\n\n#flashcards\n\nc::d\n",
            ["## a {tags=net::tcp}\n\nb", "## c\n\nd"],
            id="tags",
        ),
        pytest.param("#flashcards/x\n\n#todo\n\na::b", ["## a {tags=x}\n\nb"], id="a tag that is no deck"),
        pytest.param("#flashcardsfoo\n\na::b", ["## a\n\nb"], id="a tag that only begins like one"),
        pytest.param("---\ntags: [flashcards/x/y, z]\n---\na::b", ["## a {tags=x::y}\n\nb"], id="front matter"),
        pytest.param("---\ntags: '#flashcards/x'\n---\na::b", ["## a {tags=x}\n\nb"], id="front matter, one tag"),
        pytest.param("---\ntags: [\n---\na::b", ["## a\n\nb"], id="front matter that is no YAML"),
        pytest.param("#flashcards/x a::b\n\nc::d\n", ["## a {tags=x}\n\nb", "## c\n\nd"], id="a tag of one card"),
    ],
)
def test_cards_become_notes(text, notes):
    assert texts(text) == notes


def test_lines_count_in_the_file():
    deck = obsidian.read(b"---\ntags: [x]\n---\n\ntext\n\na::b\nc::d\n", "x.md")

    assert [note.line for note in deck.notes] == [7, 8]
    assert deck.deck_id == "x"


def test_it_is_said_once_that_the_schedule_stays_behind():
    deck = obsidian.read(b"a::b <!--SR:!x-->\n\nc::d <!--SR:!y-->\n", "x.md")

    assert [problem.message for problem in deck.problems] == ["the schedule in <!--SR:\u2026--> is not taken over"]
    assert [faces(note, 0).answer for note in deck.notes] == ["b", "d"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("F\n?\n\nB\n", ["2: warning O2 nothing stands below this '?'"], id="no answer"),
        pytest.param(
            "a\n\n==A==[^ah] ==B==[^ha]\n\n==C==[^ah]\n",
            ["3: warning O3 clozes that say when to ask, hide and show: each part is asked while the others show"],
            id="clozes that overlap, once for a file",
        ),
        pytest.param(
            "a::b\n\n```\nc\n",
            ["3: error N5 this code fence is never closed: no card behind it is seen"],
            id="open fence",
        ),
        pytest.param("Nothing.\n", ["0: error D5 no cards in this file"], id="no cards"),
    ],
)
def test_what_cannot_be_read_as_meant_is_a_problem_with_its_line(text, found):
    assert problems(text) == found
    assert all(problem.hint for problem in obsidian.read(text.encode(), "x.md").problems)


@pytest.mark.parametrize(
    "text",
    [
        "{{c1::" * 20_000,
        "{{" * 20_000 + "::",
        "`a` ==b== " * 20_000,
        " " * 50_000 + "::",
        "==x\n" * 20_000,
        "==x==^[" * 20_000,
    ],
    ids=["marks", "braces", "code", "spaces", "highlights", "hints"],
)
def test_a_text_made_to_be_slow_is_read_at_once(text):
    deck = obsidian.read(text.encode(), "x.md")  # half a minute, where time grows as the square

    assert len(deck.notes) + len(deck.problems) == 1


@pytest.mark.parametrize(
    ("text", "module"),
    [
        ("front::back\n", obsidian),
        ("## Heading\n\na::b\n\nc::d\n", obsidian),
        ("## Question?\n\nAn `a::b` answer.\n", markdown),
        ("## Question? {#slug}\n\na::b\n\nc::d\n", markdown),
        ("---\nid: x\n---\n\na::b\n\n## Q?\n\nA.\n", markdown),
        ("Q: a::b?\nA: c::d\n", questions),
        ("## Q?\n\nA.\n", markdown),
    ],
)
def test_the_content_tells_the_format(text, module):
    found = next(f for f in formats.FORMATS.values() if f.recognises(text.encode(), "x.md"))

    assert found is module


@hypothesis_settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "a::b",
                "c:::d",
                "?",
                "??",
                "==x== y",
                "#flashcards/a",
                "e::",
                "==",
                "==x==[^ah]",
                "{{c2::y}} ==z==",
                "{{::}}{{;;}}",
                "<!--",
                "-->",
                "==c1::x==",
            ]
        )
        | LINES,
        max_size=12,
    ).map("\n".join)
)
def test_any_text_gives_notes_that_a_deck_can_have(text):
    for note in obsidian.read(text.encode(), "x.md").notes:
        read = parse_deck(note.text, "x.md")
        assert (read.has_errors, len(read.notes)) == (False, 1)
