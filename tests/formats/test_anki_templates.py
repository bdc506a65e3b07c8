"""Anki's templates, rendered."""

from __future__ import annotations

import pytest

from bedrill.formats.anki_templates import cloze_fields, render, typed_field, without_answer_line

FIELDS = {"Front": "<b>q</b>", "Back": "a", "Empty": " <br>&nbsp;", "Picture": '<img src="x.png">', "Tags": "t"}


@pytest.mark.parametrize(
    ("template", "html"),
    [
        pytest.param("{{Front}}?", "<b>q</b>?", id="a field"),
        pytest.param("{{ Front }}", "<b>q</b>", id="with spaces"),
        pytest.param("{{text:Front}}", "q", id="without tags"),
        pytest.param("{{hint:Back}}{{furigana:Back}}", "aa", id="other filters"),
        pytest.param("{{type:Back}}{{tts en_US:Back}}", "", id="what only Anki can do"),
        pytest.param("{{#Back}}yes{{/Back}}{{^Back}}no{{/Back}}", "yes", id="a filled field"),
        pytest.param("{{#Empty}}yes{{/Empty}}{{^Empty}}no{{/Empty}}", "no", id="an empty field"),
        pytest.param("{{#Picture}}yes{{/Picture}}", "yes", id="a picture fills a field"),
        pytest.param("{{#Back}}1{{#Empty}}2{{/Empty}}3{{/Back}}", "13", id="one in another"),
        pytest.param("{{#Empty}}1{{#Back}}2{{/Back}}3{{/Empty}}4", "4", id="all that is inside is hidden"),
        pytest.param("{{FrontSide}}<hr id=answer>{{Back}}", "<hr id=answer>a", id="the front is not repeated"),
        pytest.param("{{Nothing}}{{/Back}}{{Tags}}", "t", id="what is not there"),
    ],
)
def test_a_side_is_rendered(template, html):
    assert render(template, FIELDS) == html


def test_the_back_begins_behind_the_line_of_the_answer():
    assert without_answer_line('q<hr id="answer">a') == "a"
    assert without_answer_line("q<hr>a") == "q<hr>a"


def test_special_fields_are_found():
    assert cloze_fields("{{cloze:Text}} {{edit:cloze:More}} {{Extra}}") == ["Text", "More"]
    assert (typed_field("{{type:Back}}"), typed_field("{{type:nc:Back}}"), typed_field("{{Back}}")) == (
        "Back",
        "Back",
        "",
    )
