from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.deckfile.lint.conftest import Found

TEN = "one two three four five six seven eight nine ten"
FORTY = f"{TEN} {TEN} {TEN} {TEN}"


def answered(answer: str, question: str = "Why is the sky blue today?", attributes: str = "") -> str:
    return f"## {question} {{#q{attributes}}}\n\n{answer}\n"


@pytest.mark.parametrize(
    ("code", "text", "findings"),
    [
        pytest.param("B1", answered(FORTY), [], id="B1-40-words"),
        pytest.param(
            "B1",
            answered(f"{FORTY} more"),
            ["1: warning q: the answer's first paragraph has 41 words | first the fact alone, then the why"],
            id="B1-41-words",
        ),
        pytest.param("B1", answered(f"{FORTY}\n\n{FORTY}"), [], id="B1-two-paragraphs"),
        pytest.param(
            "B1",
            answered(f"{FORTY}\n\n{FORTY} more"),
            ["1: error q: the answer has 81 words | 80 at most: split the note"],
            id="B1-81-words",
        ),
        pytest.param("B1", answered(f"a\n\n```text\n{FORTY} {FORTY}\n```"), [], id="B1-code-does-not-count"),
        pytest.param("B2", answered("One. Two, e.g. This. Three, v1.2."), [], id="B2-three-sentences"),
        pytest.param(
            "B2",
            answered("One. Two! Three? Four."),
            [
                "1: warning q: the answer's first paragraph has 4 sentences | one fact first; the rest behind a blank line"
            ],
            id="B2-four-sentences",
        ),
        pytest.param("B2", answered("One. Two.\n\nThree. Four."), [], id="B2-two-paragraphs"),
        pytest.param("B3", answered("- a\n- b\n- c\n- d"), [], id="B3-four-items"),
        pytest.param(
            "B3",
            answered("- a\n- b\n- c\n- d\n- e"),
            ["1: warning q: a list of 5 items | split by reason, or ask for the missing one"],
            id="B3-five-items",
        ),
        pytest.param("B3", answered("1. a\n2. b\n3. c\n4. d\n5. e\n6. f"), [], id="B3-six-steps"),
        pytest.param(
            "B3",
            answered("1. a\n2. b\n3. c\n4. d\n5. e\n6. f\n7. g\n8. h"),
            ["1: error q: a list of 8 items | split by reason, or ask for the missing one"],
            id="B3-eight-steps",
        ),
        pytest.param("B4", answered("`a`, `b`, `c`, 1 and 2."), [], id="B4-five-facts"),
        pytest.param(
            "B4",
            answered("`a`, `b`, `c`, 1, 2 and 3."),
            ["1: info q: about 6 facts in one answer | one thing to recall per card"],
            id="B4-six-facts",
        ),
        pytest.param(
            "B5",
            answered("**No.**"),
            ["1: error q: the answer is only yes or no | ask for the rule or the consequence"],
            id="B5-bare",
        ),
        pytest.param(
            "B5",
            answered("No, because it is stale."),
            ["1: warning q: the answer begins with yes or no | ask for the rule or the consequence"],
            id="B5-with-a-reason",
        ),
        pytest.param("B5", answered("no-cache and not no-store"), [], id="B5-no-cache"),
        pytest.param("B5", answered("`--no-ff` keeps a merge."), [], id="B5-option"),
        pytest.param(
            "B6",
            answered("It Never blocks."),
            ["1: info q: 'Never' is an absolute | see that the source says so"],
            id="B6-never",
        ),
        pytest.param("B6", answered("`always` is a keyword."), [], id="B6-code"),
        pytest.param(
            "B7",
            answered("It depends."),
            ["1: warning q: 'It depends' is no answer | say on what it depends, or which ones"],
            id="B7-it-depends",
        ),
        pytest.param(
            "B7",
            answered("Rows, pages, etc."),
            ["1: warning q: 'etc.' is no answer | say on what it depends, or which ones"],
            id="B7-etc",
        ),
        pytest.param("B7", answered("It depends on the isolation level."), [], id="B7-named"),
        pytest.param(
            "B8", answered("TODO"), ["1: error q: the answer is a stub | write it, or drop the note"], id="B8-todo"
        ),
        pytest.param(
            "B8", answered("…"), ["1: error q: the answer is a stub | write it, or drop the note"], id="B8-dots"
        ),
        pytest.param("B8", answered("A"), [], id="B8-a-letter-is-an-answer"),
        pytest.param(
            "X1",
            answered("The blue sky.", "Why is the sky blue today?"),
            ["1: warning q: the question gives the answer away | take the answer's words out of the question"],
            id="X1-words-of-the-question",
        ),
        pytest.param(
            "X1",
            answered("sky\n\nNot the sea.", "Which is blue, sky? ", " .typed"),
            ["1: warning q: the question gives the answer away | take the answer's words out of the question"],
            id="X1-typed",
        ),
        pytest.param("X1", answered("The sky.", "Which is blue, the sky or the sea?"), [], id="X1-or"),
        pytest.param("X1", answered("`sky`"), [], id="X1-code"),
        pytest.param("X1", answered("B", "Which is it, A, B?"), [], id="X1-one-character"),
        pytest.param("X1", answered("The sky scatters.", "Why is the sky blue?"), [], id="X1-a-word-more"),
        pytest.param("X2", answered("", "TCP has {{c1::x}}, {{c2::b}} and {{c3::c}}."), [], id="X2-three"),
        pytest.param(
            "X2",
            answered("", "TCP has {{c1::x}}, {{c2::b}}, {{c3::c}} and {{c4::d}}."),
            ["1: warning q: 4 deletions in one note | three at most: siblings help each other"],
            id="X2-four",
        ),
        pytest.param(
            "X2",
            answered("", "TCP has {{c2::streams}}."),
            ["1: warning q: the cloze numbers have a gap | count c1, c2, c3"],
            id="X2-gap",
        ),
        pytest.param(
            "X2",
            answered("", "TCP has {{c1::one two three four five six seven}}."),
            ["1: warning q: a deletion of 7 words | six at most"],
            id="X2-long",
        ),
        pytest.param(
            "X2",
            answered("", "{{c1::TCP has streams}}."),
            ["1: error q: a whole sentence is hidden | leave a cue"],
            id="X2-whole",
        ),
        pytest.param(
            "X2",
            answered("", "TCP has streams, {{c1::and}} UDP."),
            ["1: warning q: the deletion hides only 'and' | hide a word that carries meaning"],
            id="X2-stop-word",
        ),
    ],
)
def test_answers(found: Found, code: str, text: str, findings: list[str]) -> None:
    assert found(code, text) == findings


def test_long_sentences_are_a_remark(found):
    long = " ".join(["word"] * 31)

    assert found("T2", f"## Why so? {{#a}}\n\n{long}.\n") == [
        "1: info a: sentences of 31 words on average | shorter ones are read in one go"
    ]
    assert found("T2", f"## Why so? {{#a}}\n\n{long[:-5]}.\n") == []
