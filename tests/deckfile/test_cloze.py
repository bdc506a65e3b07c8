from __future__ import annotations

import pytest

from bedrill.deckfile import cloze

TEXT = "A {{c1::safe::how?}} method, say `{{c2::GET}}`, asks for {{c1::no change}}."


def test_deletions_have_number_text_hint_and_place() -> None:
    found = cloze.deletions(TEXT)

    assert [(part.number, part.hidden, part.hint) for part in found] == [
        (1, "safe", "how?"),
        (2, "GET", ""),
        (1, "no change", ""),
    ]
    assert TEXT[found[0].start : found[0].end] == "{{c1::safe::how?}}"


def test_revealing_shows_every_deletion() -> None:
    assert cloze.reveal(TEXT) == "A safe method, say `GET`, asks for no change."


def test_hiding_one_number_shows_the_others() -> None:
    assert cloze.hide(TEXT, 1) == "A [how?] method, say `GET`, asks for […]."


def test_a_marked_deletion_is_bold_outside_of_code() -> None:
    assert cloze.mark(TEXT, 1) == "A **safe** method, say `GET`, asks for **no change**."
    assert cloze.mark(TEXT, 2) == "A safe method, say `GET`, asks for no change."


def test_the_parts_of_one_number_are_one_answer() -> None:
    assert cloze.answer_of(TEXT, 1) == "safe … no change"
    assert cloze.answer_of(TEXT, 3) == ""


@pytest.mark.parametrize("text", ["{{c1::a", "{{c1}}", "{{c::a}}", "{{c1::a {{c2::b}}", "{{c1234::a}}"])
def test_a_cloze_that_is_not_whole_is_stray(text: str) -> None:
    assert cloze.has_stray_mark(text)


@pytest.mark.parametrize(
    "text", ["{{c1::a}}", "`{{c1::a`", "{{ c }}", "{{count}}", "{{color}} and {{c1::a}}", "{c1::a}"]
)
def test_whole_clozes_code_and_templates_are_not_stray(text: str) -> None:
    assert not cloze.has_stray_mark(text)


@pytest.mark.parametrize("text", ["{{c1::" * 100_000, "`" * 200_000, "{{c1::a" + "}" * 100_000])
def test_long_text_is_searched_in_one_pass(text: str) -> None:
    cloze.has_stray_mark(text)

    assert cloze.hide(text, 2) == cloze.reveal(text)
