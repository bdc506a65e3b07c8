"""Fields and templates of Anki's notes: HTML of any kind becomes text, in a time that grows with it and no faster."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from tests.hostile.packages import database, models, package
from tests.hostile.payloads import commands_in
from tests.hostile.process import run_lines

SUBPROCESS_S = 60
SIZE = 250_000
NEVER_CLOSED = {
    "LaTeX": "[latex]",
    "math of Anki": "[$]",
    "display math of Anki": "[$$]",
    "inline math": "\\(",
    "display math": "\\[",
    "MathJax": "<anki-mathjax>",
    "MathJax with an attribute": "<anki-mathjax block=true>",
    "deletions": "{{c1::",
    "sounds": "[sound:",
    "comments": "<!--",
    "declarations": "<!",
    "marked sections": "<![",
    "CDATA": "<![CDATA[",
    "instructions": "<?",
    "tags": "<",
    "bold": "<b>",
    "code": "<code>",
    "scripts": "<script>",
    "blocks": "<div><p>",
    "lists": "<ul><li>",
    "quotes": "<blockquote>",
    "tables": "<table><tr><td>",
    "preformatted": "<pre>\n",
    "attributes": '<a x="',
    "pictures": '<img src="',
    "pictures without quotes": "<img src=a ",
    "entities": "&#",
    "spaces": "<i> \n\t",
    "backticks": "<code>`</code>",
    "brackets": "[[",
    "stars": "<b>*</b>",
}


def imported(path) -> subprocess.CompletedProcess[str]:
    """What an import says, in a process that is killed when it does not end."""
    return subprocess.run(
        [sys.executable, "-m", "bedrill", "import", str(path)],
        env={**os.environ, "BEDRILL_DB": str(path.parent / "bedrill.db")},
        capture_output=True,
        text=True,
        timeout=SUBPROCESS_S,
    )


def test_what_is_never_closed_takes_a_time_that_grows_with_it(tmp_path):
    notes = [(mark * SIZE)[: SIZE // 8] + "\x1fa" for mark in NEVER_CLOSED.values()]
    notes += [
        (mark * SIZE)[:SIZE] + "\x1fa"
        for mark in NEVER_CLOSED.values()
        if mark[0] in "[\\{" or mark[:2] in ("<!", "<?")
    ]
    data = database(tmp_path / "c.db", *inserts(notes))

    done = imported(package(tmp_path / "x.apkg", {"collection.anki2": data}))

    assert "bug" not in done.stderr
    assert done.returncode in (0, 1)
    assert done.stdout.split(" ", 1)[0] != "0"


def inserts(notes: list[str]) -> list[str]:
    """Statements that add notes, each with a card."""
    rows = [
        f"INSERT INTO notes VALUES ({number}, 'g{number}', 1, 1, -1, '', '{text.replace(chr(39), chr(39) * 2)}', 0, 0, 0, '')"
        for number, text in enumerate(notes, 100)
    ]
    return [
        *rows,
        "INSERT INTO cards SELECT id, id, 1, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, '' FROM notes WHERE id >= 100",
    ]


@pytest.mark.parametrize("mark", [pytest.param(mark, id=name) for name, mark in NEVER_CLOSED.items()])
def test_html_that_is_never_closed_becomes_text(on_screen, tmp_path, mark):
    data = database(tmp_path / "c.db", note=f"Is {mark * 3} it? {mark}\x1fYes {mark}")

    result = on_screen("import", str(package(tmp_path / "x.apkg", {"collection.anki2": data})))

    assert (result.code, result.out[:7]) == (0, "1 added")
    name = on_screen("search", "card:*", "--json").json[0]["card"]
    shown = on_screen("show", name)
    assert commands_in(shown.out) == set()
    assert "Is" in shown.out


TEMPLATES = {
    "a field very often": ("{{F}}" * 40_000, "{{B}}"),
    "two fields very often": ("{{F}}", "{{B}}{{F}}" * 40_000),
    "a tag of spaces": ("{{" + " " * 200_000, "{{B}}"),
    "conditions that are never closed": ("{{#" * 60_000 + "{{F}}", "{{B}}"),
    "nested conditions": ("{{#F}}" * 30_000 + "x" + "{{/F}}" * 30_000, "{{B}}"),
    "many cloze filters": ("{{cloze:" * 30_000 + "F}}", "{{B}}"),
    "filters without an end": ("{{" + "cloze:" * 30_000 + " " * 30_000, "{{B}}"),
    "a typed field of many filters": ("{{type:" + "nc:" * 60_000 + "F}}", "{{B}}"),
    "lines of an answer": ("<hr id=answer" * 20_000 + "{{F}}", "{{B}}" + "<hr id='answer' " * 20_000),
    "front sides": ("{{FrontSide}}" * 20_000 + "{{F}}", "{{FrontSide}}" * 20_000),
}


def test_a_template_cannot_make_a_field_endless(tmp_path):
    note = "q" * 30_000 + "\x1f" + "a" * 30_000
    paths = []
    for number, (front, back) in enumerate(TEMPLATES.values()):
        kinds = models(front, back).replace("'", "''")
        data = database(tmp_path / f"{number}.db", f"UPDATE col SET models = '{kinds}'", note=note)
        paths.append(package(tmp_path / f"{number}.apkg", {"collection.anki2": data}))

    results = dict(zip(TEMPLATES, run_lines(tmp_path, [("import", str(path)) for path in paths]), strict=True))

    assert [name for name, result in results.items() if result.code not in (0, 1) or "bug" in result.err] == []
    assert [name for name, result in results.items() if len(result.out + result.err) > 2_000] == []
    assert results["a field very often"].code == 1
    assert results["nested conditions"].code == 0


def test_a_field_that_is_too_long_is_refused_by_its_length_and_named(on_screen, tmp_path):
    data = database(tmp_path / "c.db", *inserts(["<b>x</b>" * 200_000 + "\x1fa"]))

    result = on_screen("import", str(package(tmp_path / "x.apkg", {"collection.anki2": data})))

    assert (result.code, result.out[:7]) == (1, "1 added")
    assert "a note of more than 65536 characters" in result.err


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("a<script>alert(1)</script>b", "ab", id="a script"),
        pytest.param("a<style>b {}</style>c", "ac", id="a style"),
        pytest.param("a<!-- b -->c<i>d</i>", "ac*d*", id="a comment"),
        pytest.param("a<!--[if mso]><i>b</i><![endif]-->c<b>d</b>", "ac**d**", id="a comment of Word"),
        pytest.param("a <![if !x]>b<![endif]> <b>c</b>", "a b **c**", id="a section of Word"),
        pytest.param("if a <! b <b>c</b>", "if a <! b **c**", id="no declaration"),
        pytest.param("<?php x ?>a<b>c</b>", "a**c**", id="an instruction"),
        pytest.param("\\(a \\(b\\) c <b>d</b>", "\\(a $b$ c **d**", id="math that is opened twice"),
        pytest.param("<iframe src=//evil></iframe><object data=x></object><b>c</b>", "**c**", id="a frame"),
    ],
)
def test_html_that_could_do_something_is_gone_and_the_text_stays(html, text):
    from bedrill.formats.html_to_markdown import markdown_of

    assert markdown_of(html).replace("\\\\", "\\") == text
