from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.deckfile.lint.conftest import Found

LONG = "Which header of an answer tells a cache how long it may be reused"


@pytest.mark.parametrize(
    ("code", "texts", "findings"),
    [
        pytest.param(
            "X3",
            ["## Why? {#a}\n\nb\n", "## why {#c}\n\nb\n"],
            ["1: error c: the same question as 1/a | drop one"],
            id="X3-same-answer",
        ),
        pytest.param("X3", ["## What is `=`? {#a}\n\nb\n\n## What is `!`? {#c}\n\nb\n"], [], id="X3-code-counts"),
        pytest.param(
            "X5",
            ["## Why? {#a}\n\nb\n\n## Why? {#c}\n\nd\n"],
            ["5: error c: the question of 1/a, with another answer | say what differs: the version?"],
            id="X5-other-answer",
        ),
        pytest.param(
            "X5",
            ["## Why? {#a}\n\n1\n\n### Answer\n\nb\n\n## Why? {#c}\n\n2\n\n### Answer\n\nd\n"],
            [],
            id="X5-prompts-differ",
        ),
        pytest.param(
            "X4",
            [f"## {LONG}? {{#a}}\n\nb\n\n## {LONG} again? {{#c}}\n\nd\n"],
            ["5: warning c: 81% of the question stands in 1/a | drop one, or make the difference the question"],
            id="X4-near",
        ),
        pytest.param(
            "X4",
            [f"## {LONG}? {{#a}}\n\nb\n\n## {LONG} by everybody at home? {{#c}}\n\nd\n"],
            ["5: info c: 68% of the question stands in 1/a | drop one, or make the difference the question"],
            id="X4-similar",
        ),
        pytest.param("X4", ["## Why is TCP slow? {#a}\n\nb\n\n## Why is UDP fast? {#c}\n\nd\n"], [], id="X4-different"),
        pytest.param(
            "X6",
            [
                "## First? {#a}\n\nClients retry failed requests after waiting random seconds.\n",
                "## Second? {#c}\n\nServers: clients retry failed requests after waiting.\n",
            ],
            ["1: info c: 86% of the answer stands in 1/a | add a contrast card, and link to it"],
            id="X6-interference",
        ),
        pytest.param(
            "X6",
            [
                "## First? {#a}\n\nClients retry failed requests after waiting random seconds.\n",
                "## Second? {#c}\n\nServers: clients retry failed requests after waiting ([not](#a)).\n",
            ],
            [],
            id="X6-linked",
        ),
        pytest.param(
            "R1",
            [
                "---\nid: a\nlesson: 1\nrequires: [b]\n---\n## A? {#a}\n\n1\n",
                "---\nid: b\nrequires: [c]\n---\n## B? {#b}\n\n2\n",
                "---\nid: c\nrequires: [1]\n---\n## C? {#c}\n\n3\n",
            ],
            ["1: error requires goes in a circle: a -> b -> c -> a | break it"],
            id="R1-circle",
        ),
        pytest.param(
            "R1",
            ["---\nid: a\nrequires: [a]\n---\n## A? {#a}\n\n1\n"],
            ["1: error requires goes in a circle: a -> a | break it"],
            id="R1-itself",
        ),
        pytest.param(
            "R1",
            [
                "---\nid: a\nrequires: [b, c]\n---\n## A? {#a}\n\n1\n",
                "---\nid: b\nrequires: [d]\n---\n## B? {#b}\n\n2\n",
                "---\nid: c\nrequires: [d, b]\n---\n## C? {#c}\n\n3\n",
                "---\nid: d\n---\n## D? {#d}\n\n4\n",
            ],
            [],
            id="R1-two-ways-are-no-circle",
        ),
        pytest.param(
            "R2",
            ["---\nrequires: [tcp, 99]\n---\n## A? {#a}\n\n1\n", "## B? {#b}\n\n2\n"],
            ["1: warning requires 'tcp', which is none of these decks | a lesson number or a deck id"],
            id="R2-deck",
        ),
        pytest.param("R2", ["---\nrequires: [tcp]\n---\n## A? {#a}\n\n1\n"], [], id="R2-a-deck-alone-cannot-tell"),
        pytest.param(
            "R2",
            [
                "## A? {#a .interview}\n### Key points\n- must: b ([c](2.md#b), [d](2.md#no), [e](9.md#f))\n",
                "## B? {#b}\n\n2\n",
            ],
            ["3: error a: no note 'no' in 2.md | mend the link"],
            id="R2-note",
        ),
    ],
)
def test_decks_read_together(found: Found, code: str, texts: list[str], findings: list[str]) -> None:
    assert found(code, *texts) == findings


def test_what_stands_in_many_notes_says_nothing_about_two_of_them(found):
    """So a deck made from a template is checked in a time that grows with its notes, not with their pairs."""
    few, many = (
        "".join(f"## Which port does the service number {i} use by default? {{#s{i}}}\n\n{i}\n\n" for i in range(count))
        for count in (3, 61)
    )

    assert len(found("X4", few)) == 3
    assert found("X4", many) == []
