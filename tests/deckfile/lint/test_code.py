from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.deckfile.lint.conftest import Found

LESSON = "---\nlesson: 1\n---\n"


def coded(code: str, info: str = "text") -> str:
    return f"## What does it print? {{#q}}\n\n```{info}\n{code}\n```\n"


def said(answer: str) -> str:
    return f"## What does it print? {{#q}}\n\n{answer}\n"


@pytest.mark.parametrize(
    ("code", "text", "findings"),
    [
        pytest.param(
            "C1",
            coded("a", ""),
            ["3: error q: a code fence without a language | name it: ```sql, or ```text for plain output"],
            id="C1-none",
        ),
        pytest.param(
            "C1",
            coded("a", "klingon"),
            ["3: error q: unknown language 'klingon' | use ```text for what is no code"],
            id="C1-unknown",
        ),
        pytest.param("C1", coded("a", "SQL"), [], id="C1-known-in-any-case"),
        pytest.param("C2", coded("\n".join("a" * 12)), [], id="C2-12-lines"),
        pytest.param(
            "C2",
            coded("\n".join("a" * 13)),
            ["1: warning q: 13 lines of code | 12 at most; a fixture goes under '### Check'"],
            id="C2-13-lines",
        ),
        pytest.param("C2", coded("a" * 80), [], id="C2-80-columns"),
        pytest.param(
            "C2",
            coded("a" * 81),
            ["1: warning q: a code line of 81 columns | 80 fit on a terminal"],
            id="C2-81-columns",
        ),
        pytest.param("C2", said("a\n\n### Check\n\n```text\n" + "a\n" * 20 + "```"), [], id="C2-hidden"),
        pytest.param(
            "C3",
            LESSON + coded("SELECT 1;", "sql"),
            ["4: warning q: sql code that no check runs | mark it 'check', or verify it under '### Check'"],
            id="C3-unchecked",
        ),
        pytest.param("C3", LESSON + coded(">>> 1\n1", "python check"), [], id="C3-checked"),
        pytest.param("C3", coded("SELECT 1;", "sql"), [], id="C3-custom-deck"),
        pytest.param("C3", LESSON + coded("GET / HTTP/1.1", "http"), [], id="C3-not-run"),
        pytest.param(
            "C4",
            coded("print(“a”)", "python"),
            ["3: error q: the code contains U+201C | plain quotes and spaces only"],
            id="C4-quotes",
        ),
        pytest.param("C4", coded("\ta", "makefile"), [], id="C4-tabs-in-make"),
        pytest.param("C4", coded("“a”", "text"), [], id="C4-text"),
        pytest.param(
            "C4",
            coded("$ ls", "sh"),
            ["3: error q: a prompt inside code | leave it out, or call the fence 'console'"],
            id="C4-prompt",
        ),
        pytest.param("C4", coded("$ ls", "console"), [], id="C4-console"),
        pytest.param("C4", coded("# a comment", "sh"), [], id="C4-comment"),
        pytest.param(
            "T3",
            said("a<br/>b"),
            ["1: warning q: raw HTML: <br/> | Markdown only; put tags that are meant into backticks"],
            id="T3-html",
        ),
        pytest.param(
            "T3",
            said('a <a href="x">b'),
            ['1: warning q: raw HTML: <a href="x"> | Markdown only; put tags that are meant into backticks'],
            id="T3-html-with-attributes",
        ),
        pytest.param("T3", said("`<br>` breaks, see <https://example.com>, a < b"), [], id="T3-code-and-links"),
        pytest.param(
            "T3",
            said("![a](https://example.com/a.png)"),
            ["1: warning q: a remote image | bedrill never goes to the network: ship the file"],
            id="T3-image",
        ),
        pytest.param("T3", said("![a](a.png)"), [], id="T3-image-beside-the-deck"),
        pytest.param(
            "T3",
            said("see [[other]]"),
            ["1: warning q: an unresolved [[wiki link]] | write a Markdown link"],
            id="T3-wiki-link",
        ),
        pytest.param(
            "T4",
            said("A. one\nB. two\nC. three"),
            ["1: warning q: a multiple choice in disguise | use '- [ ]' and '- [x]', which are shuffled"],
            id="T4-letters",
        ),
        pytest.param("T4", said("A. one\nB. two"), [], id="T4-two-letters"),
    ],
)
def test_code_and_foreign_markup(found: Found, code: str, text: str, findings: list[str]) -> None:
    assert found(code, text) == findings


@pytest.mark.parametrize("text", ["<a " * 20_000, "![" * 30_000, "[[a" * 20_000, "`" * 60_000, "[](" * 20_000])
def test_long_text_is_searched_in_one_pass(found: Found, text: str) -> None:
    assert found("T3", said(f"a {text}")) == []
