from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from tests.deckfile.lint.conftest import Found

HEADING: Final = "## Why queues? {#q .interview form=explain level=mid think=20s speak=2m}"
MUSTS: Final = (
    "- must: levels load between services ([load](#load))\n"
    "- must: decouples failures between services ([load](#load))\n"
    "- must: names delivery twice as price ([load](#load))\n"
)
SHOULDS: Final = "- should: a\n- should: b\n"
ANSWER: Final = (
    "A queue levels load and decouples failures between services; its price is delivery twice, which names a cost. "
    + ("word " * 70)
)
REST: Final = "### Follow-ups\n- a? → b\n- c? → d\n### Mistakes\n- a\n- b\n### Red flags\n- a\n"


def interview(heading: str = HEADING, points: str = MUSTS + SHOULDS, answer: str = ANSWER, rest: str = REST) -> str:
    return f"{heading}\n### Key points\n{points}### Answer\n\n{answer}\n\n{rest}\n## What is load? {{#load}}\n\na\n"


@pytest.mark.parametrize("code", ["I1", "I2", "I3", "I4", "I5"])
def test_a_good_interview_note_has_no_findings(found: Found, code: str) -> None:
    assert found(code, interview()) == []


@pytest.mark.parametrize(
    ("code", "text", "findings"),
    [
        pytest.param(
            "I1",
            interview(points="- must: a ([load](#load))\n- should: b\n"),
            ["1: warning q: 1 musts | 3 to 6 can be ticked", "1: warning q: 1 shoulds | 2 to 5 lift a good answer"],
            id="I1-too-few",
        ),
        pytest.param(
            "I1",
            interview(points=MUSTS * 3 + SHOULDS * 3 + "- senior: x\n" * 4),
            [
                "1: warning q: 9 musts | 3 to 6 can be ticked",
                "1: warning q: 6 shoulds | 2 to 5 lift a good answer",
                "1: warning q: 4 senior points | 3 at most",
            ],
            id="I1-too-many",
        ),
        pytest.param(
            "I1",
            interview(heading=HEADING.replace("explain", "design"), points=MUSTS * 2 + MUSTS[:50] + "\n" + SHOULDS),
            [],
            id="I1-design-has-room-for-more",
        ),
        pytest.param(
            "I1",
            interview(points=MUSTS + SHOULDS + "- must: knows it\n- must: " + "word " * 21 + "\n"),
            [
                "8: warning q: 'knows' cannot be graded | say what must be heard",
                "9: warning q: a must of more than 20 words | one point, one tick",
            ],
            id="I1-a-must-that-cannot-be-ticked",
        ),
        pytest.param(
            "I2",
            interview(answer="Short."),
            [
                "1: warning q: a model answer of 1 words | 80 to 260",
                "3: warning q: the model answer does not say: levels load between services | a must is in it",
                "4: warning q: the model answer does not say: decouples failures between services | a must is in it",
                "5: warning q: the model answer does not say: names delivery twice as price | a must is in it",
            ],
            id="I2-short",
        ),
        pytest.param(
            "I2",
            interview(heading=HEADING.replace("2m", "30s")),
            ["1: warning q: 88 words cannot be spoken in 30 s | shorten it, or widen the box"],
            id="I2-too-long-for-the-box",
        ),
        pytest.param(
            "I3",
            interview(
                heading="## Why queues? {#q .interview level=mid}", rest="### Follow-ups\n- a? → b\n### Mistakes\n- a\n"
            ),
            [
                "1: warning q: fewer than two follow-ups with keys | interviewers always ask on",
                "1: warning q: fewer than two mistakes | say what people get wrong",
                "1: warning q: no red flag | say what fails the answer at once",
                "1: warning q: no form= think= speak= on the heading | write form=explain level=mid think=20s speak=2m",
            ],
            id="I3-parts-missing",
        ),
        pytest.param(
            "I4",
            interview(points=MUSTS.replace(" ([load](#load))", "", 1).replace("(#load)", "(#q)", 1) + SHOULDS),
            [
                "3: warning q: this must rests on no concept note: levels load between services | link it: ([word](#slug))",
                "4: error q: no concept note '#q' in this deck | mend the link",
            ],
            id="I4-links",
        ),
        pytest.param(
            "I5",
            interview(heading=HEADING.replace("explain", "behavioural")),
            [
                "1: warning q: a story that is not the reader's | begin it with '*Sample, replace with yours.*'",
                "1: warning q: a story without a number | the result is measured",
            ],
            id="I5-no-sample",
        ),
        pytest.param(
            "I5",
            interview(
                heading=HEADING.replace("explain", "behavioural"), answer=f"*Sample, replace with yours.* {ANSWER} 4%"
            ),
            [],
            id="I5-sample",
        ),
    ],
)
def test_interview_notes(found: Found, code: str, text: str, findings: list[str]) -> None:
    assert found(code, text) == findings
