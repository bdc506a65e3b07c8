"""HTML of other programs as Markdown that a terminal shows well."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bedrill.formats.html_to_markdown import cloze_markdown_of, markdown_of


@pytest.mark.parametrize(
    ("field", "markdown"),
    [
        pytest.param("plain", "plain", id="plain"),
        pytest.param("a<br>b<div>c</div>", "a\\\nb\\\nc", id="lines"),
        pytest.param("<p>a</p>\n<p>b</p>", "a\n\nb", id="paragraphs"),
        pytest.param("<b>a</b> <strong>b</strong> <i>c</i>", "**a** **b** *c*", id="marks"),
        pytest.param("a &lt; b &amp;&amp; c&nbsp;d", "a < b && c d", id="signs"),
        pytest.param("2 * 3 [x] _y_ #", "2 \\* 3 \\[x\\] \\_y\\_ \\#", id="what Markdown would take for its own"),
        pytest.param("<code>a*b</code>", "`a*b`", id="code"),
        pytest.param(
            '<pre><code class="language-sql">SELECT 1\nFROM t</code></pre>',
            "```sql\nSELECT 1\nFROM t\n```",
            id="a block of code",
        ),
        pytest.param("<ul><li>a</li><li>b</li></ul>", "- a\n- b", id="a list"),
        pytest.param("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b", id="a numbered list"),
        pytest.param("<table><tr><th>a</th></tr><tr><td>b</td></tr></table>", "| a |\n| --- |\n| b |", id="a table"),
        pytest.param('<img src="a b.png">', "![a b.png](<a b.png>)", id="a picture with a space"),
        pytest.param("[sound:x.mp3]", "🔊 x.mp3", id="a sound"),
        pytest.param("[latex]x^2[/latex] [$]y[/$] \\(z\\) \\[w\\]", "$x^2$ $y$ $z$ $$w$$", id="mathematics"),
        pytest.param("a<script>alert(1)</script><style>b{}</style>", "a", id="scripts and styles"),
        pytest.param('<span style="color:red">a</span>', "a", id="a span"),
        pytest.param("H<sub>2</sub>O", "H2O", id="subscript"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_html_becomes_markdown(field, markdown):
    assert markdown_of(field) == markdown


@pytest.mark.parametrize(
    ("field", "markdown"),
    [
        pytest.param("A {{c1::b}}", "A {{c1::b}}", id="plain"),
        pytest.param("A {{c1::<b>b</b>::what<br>?}}", "A {{c1::**b**::what?}}", id="markup and a hint"),
        pytest.param("<ul><li>{{c1::a}}</li></ul>", "- {{c1::a}}", id="in a list"),
        pytest.param("{{c1::a {{c2::b}} c}}", "{{c1::a b c}}", id="a deletion in another is shown"),
        pytest.param("{{c0::a}} {{c500::b}}", "{{c1::a}} {{c99::b}}", id="numbers out of range"),
        pytest.param("{{c1,2::a}}", "{{c1::a}}", id="two numbers"),
        pytest.param("{{c1::}}", "{{c1::…}}", id="hides nothing"),
    ],
)
def test_deletions_stay(field, markdown):
    assert cloze_markdown_of(field) == markdown


@hypothesis_settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<b>",
                "</b>",
                "<div>",
                "<pre>",
                "<",
                ">",
                "{{c1::",
                "}}",
                "::",
                "a",
                "&lt;",
                "[$]",
                "<img src=x>",
                "`",
                "\n",
                "<table>",
                "<td>",
            ]
        ),
        max_size=14,
    ).map("".join)
)
def test_no_field_is_too_odd(field):
    assert isinstance(markdown_of(field), str)
    assert isinstance(cloze_markdown_of(field), str)


def test_a_field_that_is_nested_very_deeply_is_read():
    assert "x" in markdown_of("<div>" * 3000 + "<u>x</u>" + "</div>" * 3000)
