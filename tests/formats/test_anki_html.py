"""Markdown as Anki's fields show it."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bedrill.deckfile.compose import cloze_note
from bedrill.deckfile.note_parser import read_note
from bedrill.formats.anki_html import cloze_html_of, html_of, images_of


@pytest.mark.parametrize(
    ("markdown", "field"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("A reply.", "A reply.", id="plain"),
        pytest.param("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d", id="signs"),
        pytest.param("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;", id="HTML is text"),
        pytest.param("**b** `c`", "<strong>b</strong> <code>c</code>", id="inline"),
        pytest.param("a\n\nb", "<p>a</p>\n<p>b</p>", id="paragraphs"),
        pytest.param("1. a", "<ol>\n<li>a</li>\n</ol>", id="a numbered list"),
        pytest.param("| a |\n|---|\n| b |", "<table>", id="a table"),
        pytest.param(
            "[sound:x.mp3] [latex]y[/latex] [$]z[/$]",
            "&#91;sound:x.mp3] &#91;latex]y&#91;/latex] &#91;$]z&#91;/$]",
            id="Anki's own marks",
        ),
        pytest.param("![ring](ring.png)", '<img src="ring.png" alt="ring">', id="a picture"),
        pytest.param("![x](http://x/y.png)", '<span class="missing">[x]</span>', id="a picture elsewhere"),
        pytest.param("![x](../y.png)", '<span class="missing">[x]</span>', id="a path"),
        pytest.param("[x](javascript:alert(1))", "[x](javascript:alert(1))", id="a script in a link"),
    ],
)
def test_markdown_becomes_a_field(markdown, field):
    assert html_of(markdown).startswith(field)


def test_code_is_highlighted_inline_on_its_own_ground():
    field = html_of("```sql\nSELECT 1 < 2;\n```")

    assert field.startswith('<pre style="background:#22262e;color:#d7dce5;')
    assert "SELECT</span>" in field
    assert "class=" not in field
    assert html.unescape(re.sub("<[^>]*>", "", field)).strip() == "SELECT 1 < 2;"


@pytest.mark.parametrize("language", ["", "text", "no-such-language", "output"])
def test_code_of_no_known_language_is_shown_as_it_is(language):
    assert html_of(f"```{language}\n<a>\n```").endswith("<code>&lt;a&gt;</code></pre>")


@pytest.mark.parametrize(
    ("question", "field"),
    [
        pytest.param("A {{c1::b}}.", "A {{c1::b}}.", id="plain"),
        pytest.param("A {{c2::**b**::what?}}", "A {{c2::<strong>b</strong>::what?}}", id="markup and a hint"),
        pytest.param("Use `{{c1::std::vector}}`", "Use <code>{{c1::std}}</code>", id="what follows :: is a hint"),
        pytest.param("A {{c1::<b>}} & c", "A {{c1::&lt;b&gt;}} &amp; c", id="signs"),
        pytest.param("`{{x}}` {{c1::b}}", "<code>&#123;&#123;x}}</code> {{c1::b}}", id="other braces"),
        pytest.param("- {{c1::a}}\n- {{c2::b}}", "<ul>\n<li>{{c1::a}}</li>\n<li>{{c2::b}}</li>\n</ul>", id="a list"),
        pytest.param("```python\nx = {{c1::1}}\n```", "{{c1::1}}", id="in code"),
    ],
)
def test_deletions_are_ankis(question, field):
    assert field.replace("::vector", "") in cloze_html_of(question).replace("::vector", "")


def test_the_pictures_of_a_field_are_known():
    assert images_of('<img src="a &amp; b.png"> <img src="c.png" alt="x">') == ["a & b.png", "c.png"]


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.text("ab<>&`*_[]()!{}:c1#\n|-\\\"' ", max_size=60))
def test_no_text_gets_markup_of_its_own_through(text):
    """Only our tags are in a field, and what is read from it is not more than what was written."""
    tags = {tag.lower() for tag in re.findall(r"<\s*/?([a-zA-Z]+\d?)", html_of(text))}
    note = read_note(cloze_note(f"{{{{c1::x}}}} {text}", ""))

    assert tags <= set(
        "p strong em code pre ul ol li table thead tbody tr th td a img br hr blockquote s span h1 h2 h3 h4 h5 h6".split()
    )
    assert "{{c1::" in cloze_html_of(note.question)
