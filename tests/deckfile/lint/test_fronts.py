from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.deckfile.lint.conftest import Found

WORDS = "one two three four five six seven eight nine ten"


def asked(question: str, answer: str = "An answer.") -> str:
    return f"## {question} {{#q}}\n\n{answer}\n"


@pytest.mark.parametrize(
    ("code", "text", "findings"),
    [
        pytest.param("F1", asked(f"Why {WORDS} {WORDS} a b c d?"), [], id="F1-25-words"),
        pytest.param(
            "F1",
            asked(f"Why {WORDS} {WORDS} a b c d e?"),
            ["1: warning q: the question has 26 words | 25 are enough: move the scene into the prompt"],
            id="F1-26-words",
        ),
        pytest.param(
            "F1",
            asked(f"Why {WORDS} {WORDS} {WORDS} {WORDS}?"),
            ["1: error q: the question has 41 words | 25 are enough: move the scene into the prompt"],
            id="F1-41-words",
        ),
        pytest.param("F1", asked(f"Why `{WORDS}` `{WORDS}` `{WORDS}` `{WORDS}`?"), [], id="F1-code-does-not-count"),
        pytest.param(
            "F1", f"## Why {WORDS} {WORDS} {WORDS}? {{.interview}}\n### Key points\n- must: a", [], id="F1-interview"
        ),
        pytest.param(
            "F2",
            asked("Load balancer health"),
            ["1: warning q: this is no question, no task and no cloze | ask something, and end it with '?'"],
            id="F2-no-question",
        ),
        pytest.param(
            "F2",
            asked("What is REST?"),
            [
                "1: warning q: the question has fewer than three words of content | say which system, and what kind of answer"
            ],
            id="F2-few-words",
        ),
        pytest.param(
            "F2",
            asked("What does it print?", "```python\n1\n```\n\n### Answer\n\n1"),
            [],
            id="F2-a-prompt-says-the-rest",
        ),
        pytest.param("F2", asked("Name the four golden signals of monitoring."), [], id="F2-task"),
        pytest.param("F2", asked("TCP has {{c1::streams}}."), [], id="F2-cloze"),
        pytest.param(
            "F3",
            asked("What is REST?"),
            ["1: warning q: a bare definition | ask for a consequence, a cause or a contrast"],
            id="F3-definition",
        ),
        pytest.param(
            "F3",
            asked("What is REST?") + "## Why REST, not RPC? {#a}\n\nb\n\n## When does REST hurt? {#b}\n\nc\n",
            [],
            id="F3-short-and-used-by-two-others",
        ),
        pytest.param("F3", asked("What is left in the log after a crash before commit?"), [], id="F3-not-bare"),
        pytest.param(
            "F4",
            asked("What is lost? When is it lost?"),
            ["1: warning q: two questions in one | half right cannot be graded: make two notes"],
            id="F4-two-marks",
        ),
        pytest.param(
            "F4",
            asked("Which code is sent and why is it sent?"),
            ["1: warning q: two questions in one | half right cannot be graded: make two notes"],
            id="F4-and-why",
        ),
        pytest.param("F4", asked("What does `a ? b : c` give in C?"), [], id="F4-mark-in-code"),
        pytest.param(
            "F5",
            asked("Is PUT idempotent?"),
            ["1: warning q: a yes-or-no question | ask when, why, or what happens"],
            id="F5-is",
        ),
        pytest.param("F5", asked("Is PUT or POST idempotent?"), [], id="F5-or"),
        pytest.param("F5", asked("Isolation levels: which is the default?"), [], id="F5-whole-words"),
        pytest.param(
            "F6",
            asked("It fails when?"),
            ["1: error q: the question points at something that is not on the card | name it: cards come shuffled"],
            id="F6-it",
        ),
        pytest.param(
            "F6",
            asked("Which of the following headers is sent?"),
            ["1: error q: the question points at something that is not on the card | name it: cards come shuffled"],
            id="F6-the-following",
        ),
        pytest.param(
            "F6",
            asked("Which of the following is sent?", "- [ ] a\n- [x] b\n\n### Answer\n\nb"),
            ["1: error q: the question points at something that is not on the card | name it: cards come shuffled"],
            id="F6-choices-are-shuffled-too",
        ),
        pytest.param("F6", asked("`this` in a method: what is it?"), [], id="F6-code"),
        pytest.param(
            "F6", asked("What does the following print?", "`1`\n\n### Answer\n\n1"), [], id="F6-with-a-prompt"
        ),
    ],
)
def test_questions(found: Found, code: str, text: str, findings: list[str]) -> None:
    assert found(code, text) == findings
