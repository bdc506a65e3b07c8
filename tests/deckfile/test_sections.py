from __future__ import annotations

import pytest

from bedrill.deckfile.grammar import Line, scan
from bedrill.deckfile.sections import (
    bare,
    duration_s,
    list_items,
    split_choices,
    split_sections,
    take_sources,
    text_of,
)
from bedrill.note import Choice


def lines(text: str) -> list[Line]:
    return list(scan(text.split("\n")))


def test_sections_begin_at_known_headings() -> None:
    sections, repeated = split_sections(lines("a\n### Answer\nb\n### Other\nc\n### Hint\nd"))

    assert {name: text_of(part) for name, part in sections.items()} == {
        "body": "a",
        "answer": "b\n### Other\nc",
        "hint": "d",
    }
    assert repeated == []


def test_a_repeated_section_goes_on_and_is_named() -> None:
    sections, repeated = split_sections(lines("### Hint\na\n### Answer\nb\n### hint\nc"))

    assert text_of(sections["hint"]) == "a\nc"
    assert [line.number for line in repeated] == [5]


def test_a_heading_inside_a_fence_opens_no_section() -> None:
    sections, _ = split_sections(lines("```text\n### Answer\n```"))

    assert list(sections) == ["body"]


def test_list_items_go_on_over_indented_lines() -> None:
    items = list_items(lines("- a\n  b\n\n* c\ntext\n+ d\n1. no\n```\n- code\n```"))

    assert items == [(1, "a b"), (4, "c"), (6, "d")]


def test_an_item_of_many_lines_is_joined() -> None:
    ((_, text),) = list_items(lines("- a" + "\n b" * 50_000))

    assert text == "a" + " b" * 50_000


@pytest.mark.parametrize(
    ("text", "sources", "rest"),
    [
        pytest.param("a\n\nSource: b", ("b",), "a", id="last-paragraph"),
        pytest.param("a\n\nSources: b; c\nand d\n\n", ("b", "c and d"), "a", id="several"),
        pytest.param("a\nSource: b", ("b",), "a", id="end-of-the-last-paragraph"),
        pytest.param("Source: b\n\na", (), "Source: b\n\na", id="not-the-last-paragraph"),
        pytest.param("a\n\nSource:", (), "a", id="nothing-named"),
        pytest.param("```\nSource: b\n```", (), "```\nSource: b\n```", id="in-code"),
        pytest.param("a\n### Sources\n- b\n- c", ("b", "c"), "a", id="section"),
        pytest.param("a\n### Sources\nb\n\nc", ("b", "c"), "a", id="section-without-a-list"),
        pytest.param("a\n\nSource: b\n### Source\n- c", ("c", "b"), "a", id="both"),
    ],
)
def test_sources_are_taken_out_of_the_text(text: str, sources: tuple[str, ...], rest: str) -> None:
    sections, _ = split_sections(lines(text))

    assert take_sources(sections) == sources
    assert text_of(sections["body"]) == rest


def test_choices_stand_between_two_texts() -> None:
    before, choices, after = split_choices(lines("a\n\n- [ ] b\n  c\n\n- [X] d\n\ne"))

    assert text_of(before) == "a"
    assert choices == (Choice("b c", right=False), Choice("d", right=True))
    assert text_of(after) == "e"


def test_without_a_task_list_all_stands_before() -> None:
    text = "- a\n- [y] b\n```\n- [ ] c\n```"

    before, choices, after = split_choices(lines(text))

    assert (text_of(before), choices, after) == (text, (), [])


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("2m", 120), ("1m30s", 90), ("0s", 0), ("", None), ("2", None), ("1h", None), ("30s1m", None)],
)
def test_durations_are_minutes_and_seconds(text: str, seconds: int | None) -> None:
    assert duration_s(text) == seconds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(" `git log` ", "git log", id="code"),
        pytest.param("`` a`b ``", "a`b", id="two-backticks"),
        pytest.param("**bold**", "bold", id="bold"),
        pytest.param("__bold__", "bold", id="underscores"),
        pytest.param("**`both`**", "both", id="bold-code"),
        pytest.param("`__init__`", "__init__", id="code-is-left-alone"),
        pytest.param("`**kwargs**`", "**kwargs**", id="stars-in-code-are-left-alone"),
        pytest.param("`a` or `b`", "`a` or `b`", id="two-spans"),
        pytest.param("**a** or **b**", "**a** or **b**", id="two-bold-words"),
        pytest.param("****", "****", id="nothing-inside"),
        pytest.param("plain", "plain", id="plain"),
    ],
)
def test_bare_text_has_no_markdown_around_it(text: str, expected: str) -> None:
    assert bare(text) == expected
