from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.deckfile.lint.conftest import Found

COURSE = "---\nlesson: 1\nlevel: beginner\ntopics: 1\n---\n"


def sourced(source: str, answer: str = "An answer.") -> str:
    return f"{COURSE}## Why is the sky blue? {{#q topic=1}}\n\n{answer}\n\n{source}\n"


@pytest.mark.parametrize(
    ("code", "text", "findings"),
    [
        pytest.param("S1", sourced("Source: RFC 9110 §9.2.2"), [], id="S1-precise"),
        pytest.param(
            "S1",
            sourced(""),
            ["6: error q: no source | add a last paragraph 'Source: …' with the place in it"],
            id="S1-none",
        ),
        pytest.param(
            "S1",
            sourced("Source: RFC 9110; the manual"),
            [
                "6: warning q: the source 'RFC 9110' names no place | add section, heading, page or chapter",
                "6: warning q: the source 'the manual' names no place | add section, heading, page or chapter",
            ],
            id="S1-no-place",
        ),
        pytest.param("S1", "## Why? {#q}\n\na\n", [], id="S1-custom-deck"),
        pytest.param(
            "S2",
            sourced("Source: the manual, page three", "The default is 100 connections."),
            ["6: warning q: 'default is 100 connections' has no date or version | limits move: say as of when"],
            id="S2-undated",
        ),
        pytest.param("S2", sourced("Source: the manual, 2024", "The default is 100 connections."), [], id="S2-dated"),
        pytest.param("S2", "## Why? {#q}\n\nThe default is 100 connections.\n", [], id="S2-custom-deck"),
        pytest.param(
            "S3",
            "## Why? {#q}\n\na\n\nSource: RFC 2616 §9\n",
            ["1: warning q: 'RFC 2616' is obsolete | RFC 9110, 9111 and 9112 replaced it"],
            id="S3-http",
        ),
        pytest.param(
            "S3",
            "## Why? {#q}\n\nA Master/slave pair, OWASP Top 10 2021.\n",
            [
                "1: warning q: 'OWASP Top 10 2021' is obsolete | the 2025 edition is current",
                "1: warning q: 'Master/slave' is obsolete | say primary and replica",
            ],
            id="S3-two",
        ),
        pytest.param("S3", "## Why? {#q}\n\nRFC 9110, RFC 72301.\n", [], id="S3-current"),
        pytest.param("T1", sourced(""), [], id="T1-whole"),
        pytest.param("T1", "## Why?\n\na\n", [], id="T1-custom-deck"),
        pytest.param(
            "T1",
            "---\nlesson: 1\ntopics: 3\n---\n## Why?\n\na\n\n## How? {#b_c topic=4}\n\nd\n",
            [
                "1: error no note covers topic 1, 2, 3 | every subtopic has at least one card",
                "1: error a course deck has a level | add level: beginner, intermediate or advanced",
                "5: error why: a course note needs a plain slug of its own | write {#short-name}",
                "5: error why: which subtopic of the syllabus is this? | write topic=N",
                "9: error b_c: a course note needs a plain slug of its own | write {#short-name}",
                "9: error b_c: topic 4 of 3 | see the front matter's topics:",
            ],
            id="T1-everything-missing",
        ),
        pytest.param(
            "T1",
            "---\nlesson: 1\nlevel: beginner\n---\n## Why? {#a topic=1}\n\na\n",
            ["1: error the front matter gives no topics: | every subtopic has at least one card"],
            id="T1-no-topics",
        ),
    ],
)
def test_course_decks(found: Found, code: str, text: str, findings: list[str]) -> None:
    assert found(code, text) == findings
