"""`Q:`, `A:` and `C:` as hashcards and repeater read them."""

from __future__ import annotations

from pathlib import Path

import pytest
from docs.decks import FOLDER
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.deckfile.test_compose import LINES

from bedrill import formats
from bedrill.deckfile.faces import faces
from bedrill.deckfile.parser import parse_deck
from bedrill.formats import questions

DECKS = Path(__file__).parent.parent / "data" / "decks"


def texts(text: str) -> list[str]:
    return [note.text for note in questions.read(text.encode(), "x.md").notes]


def problems(text: str) -> list[str]:
    return [f"{p.line}: {p.code} {p.message}" for p in questions.read(text.encode(), "x.md").problems]


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        pytest.param("Q: A?\nA: B.\n", ["## A?\n\nB."], id="basic"),
        pytest.param("Q: A?\nA: B.\nQ: C?\nA: D.\n", ["## A?\n\nB.", "## C?\n\nD."], id="the next marker ends a card"),
        pytest.param(
            "Q: A?\nA:\n\n- one\n- two\n\n---\nA note.\n", ["## A?\n\n- one\n- two"], id="several lines, then a note"
        ),
        pytest.param("# Title\n\nText.\n\nQ: A?\nA: B.\n", ["## A?\n\nB."], id="text before is no card"),
        pytest.param("  Q: A?\n  A: B.\n\nQ: C?\nA: D.", ["## C?\n\nD."], id="markers at the beginning of a line only"),
        pytest.param(
            "Q: A?\nA: B\n```\nQ: no\n---\n```\n",
            ["## A?\n\nB\n```\nQ: no\n---\n```"],
            id="nothing in code is a marker",
        ),
        pytest.param("Q: A?\nA: B::C\n---\nd::e\n", ["## A?\n\nB::C", "## d\n\ne"], id="one line between cards"),
        pytest.param("C: The [order] of [it].\n", ["## The {{c1::order}} of {{c2::it}}."], id="a cloze"),
        pytest.param(
            "C:\nOne\n\n- [two]\n", ["## One\n\n- {{c1::two}}\n\n### Answer"], id="a cloze of several paragraphs"
        ),
        pytest.param(
            r"C: \[x\] `a[0]` [y] [l](u) ![i](j)",
            [r"## \[x\] `a[0]` {{c1::y}} [l](u) ![i](j)"],
            id="brackets that hide nothing",
        ),
        pytest.param(
            "C: [x]\n~~~\na[0]\n~~~",
            ["## …\n\n{{c1::x}}\n~~~\na[0]\n~~~\n\n### Answer"],
            id="brackets in a fence hide nothing",
        ),
        pytest.param("C: [l](a_(b)) [y]", ["## [l](a_(b)) {{c1::y}}"], id="a link with brackets in its target"),
        pytest.param("C: It is [![](a.png)].", ["## It is {{c1::![](a.png)}}."], id="a picture is hidden"),
        pytest.param(
            "C: [$x^{a_{b}}$] of {{c9::it}}",
            ["## {{c1::$x^{a_{b} }$}} of {\u200b{c9::it}}"],
            id="braces are no marks of a cloze",
        ),
        pytest.param(
            "Q: A?\nA: b\n````\n```\nx\n````\n", ["## A?\n\nb\n````\n```\nx\n````"], id="a fence within a fence"
        ),
        pytest.param("---\nQ: A?\nA: B.\n---\n", ["## A?\n\nB."], id="a card between two rules is no front matter"),
        pytest.param("Q: A?\r\nA: B.\r\n", ["## A?\n\nB."], id="CRLF"),
    ],
)
def test_cards_become_notes(text, notes):
    assert texts(text) == notes
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Q: A?\n---\n", ["1: Q1 a question without an answer"], id="no answer"),
        pytest.param("Q:\nA: B\n", ["1: Q1 a question that asks nothing"], id="no question"),
        pytest.param("\nA: B\n\nQ: C?\nA: D", ["2: Q2 an answer without a question"], id="only an answer"),
        pytest.param("C: Bad []\n\nC: [x]", ["1: Q3 a cloze without whole [brackets]"], id="hides nothing"),
        pytest.param("C: Half [good\n\nC: [x]", ["1: Q3 a cloze without whole [brackets]"], id="half a bracket"),
        pytest.param(
            "Q: A?\nA:\n```\nB\n", ["3: N5 this code fence is never closed: no card behind it is seen"], id="open fence"
        ),
        pytest.param(
            "A note.\n\n~~~\nQ: A?\nA: B\n",
            ["3: N5 this code fence is never closed: no card behind it is seen"],
            id="a fence that swallows the cards behind it",
        ),
        pytest.param("C: One [in [another]]", ["1: Q3 a cloze without whole [brackets]"], id="nested brackets"),
        pytest.param("Nothing.\n", ["0: D5 no cards in this file"], id="no cards"),
    ],
)
def test_what_is_no_card_is_a_problem_with_its_line(text, found):
    assert problems(text) == found


@pytest.mark.parametrize("mark", ["---", "+++"])
def test_the_name_in_the_front_matter_names_the_deck(mark):
    deck = questions.read(f'{mark}\nname = "Cell Biology"\n{mark}\n\nQ: A?\nA: B\n'.encode(), "Ch1.md")

    assert (deck.deck_id, deck.title, deck.notes[0].line) == ("cell-biology", "Cell Biology", 5)


def test_equal_questions_get_slugs_of_their_own():
    deck = questions.read(b"Q: A?\nA: 1\nQ: A?\nA: 2\n", "x.md")

    assert [note.slug for note in deck.notes] == ["a", "a-2"]


def test_every_part_is_a_card_of_its_own():
    note = questions.read(b"C: [Paris] is in [France].", "x.md").notes[0]

    assert [faces(note, number).question for number in (1, 2)] == ["[…] is in France.", "Paris is in […]."]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        pytest.param("Text.\n\nQ: A?\n", True, id="a question"),
        pytest.param("C: [x]", True, id="a cloze"),
        pytest.param("A: B\n", False, id="only an answer"),
        pytest.param("```\nQ: A?\nA: B\n```\n", False, id="in code"),
        pytest.param(" Q: A?", False, id="indented"),
        pytest.param("C:\\Windows is a folder", False, id="a path"),
        pytest.param("## Who asks? {#who}\n\nQ: A?\nA: B\n", False, id="a slug of bedrill"),
        pytest.param("---\nid: x\n---\n\n## Who asks?\n\nQ: A?\n", False, id="front matter of bedrill"),
    ],
)
def test_a_marker_outside_of_code_tells_the_format(text, is_one):
    assert questions.recognises(text.encode(), "x.md") is is_one


def test_bedrills_own_decks_are_told_from_all_others():
    decks = [*FOLDER.glob("*.md"), *DECKS.rglob("*.md")]

    for path in decks:
        data = path.read_bytes()
        assert not questions.recognises(data, path.name), path.name
        assert not formats.FORMATS["obsidian"].recognises(data, path.name), path.name
        assert formats.FORMATS["markdown"].recognises(data, path.name), path.name
    assert len(decks) > len([*FOLDER.glob("*.md")])


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"Q: A\0", "D2"), (b"Q: \xff", "D3"), (b"Q: x\n" * 600_000, "D4")],
    ids=["NUL", "bytes", "lines"],
)
def test_the_limits_are_those_of_decks(data, code):
    for module in (questions, formats.FORMATS["obsidian"]):
        deck = module.read(data, "x.md")
        assert ([problem.code for problem in deck.problems], deck.notes) == ([code], ())


@hypothesis_settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Q: a [b] c",
                "A: d",
                "C: [e",
                "C: [f] g",
                "Q:",
                "A:",
                "---",
                "+++",
                "C: [{{c1::x}}] {{c2::y}}",
                "C: [![](u)]",
                "x::y",
            ]
        )
        | LINES,
        max_size=12,
    ).map("\n".join)
)
def test_any_text_gives_notes_that_a_deck_can_have(text):
    deck = questions.read(text.encode(), "x.md")

    for note in deck.notes:
        read = parse_deck(note.text, "x.md")
        assert (read.has_errors, len(read.notes)) == (False, 1)
    assert formats.read(text.encode(), "x.md") is not None


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.text("QAC: \n[]()!\\`~#=?{}<->:+\r\x0c\u2028x", max_size=80).map(str.encode))
def test_any_bytes_are_read_or_give_problems(data):
    for module in (questions, formats.FORMATS["obsidian"]):
        module.recognises(data, "x.md")
        deck = module.read(data, "x.md")
        assert deck.notes or deck.problems
        assert all(0 <= problem.line <= data.count(b"\n") + data.count(b"\r") + 1 for problem in deck.problems)
        assert len({note.slug for note in deck.notes}) == len(deck.notes)


@pytest.mark.parametrize(
    "text",
    ["C: " + "`[x]` " * 20_000, "C: [x] " + "![" * 50_000, "C: " + "](" * 50_000, "C: " + "{{c1::" * 20_000 + "[x]"],
    ids=["code", "pictures", "targets", "braces"],
)
def test_a_text_made_to_be_slow_is_read_at_once(text):
    deck = questions.read(text.encode(), "x.md")  # half a minute, where time grows as the square

    assert len(deck.notes) + len(deck.problems) == 1
