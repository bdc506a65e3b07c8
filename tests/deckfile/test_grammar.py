from __future__ import annotations

import pytest

from bedrill.deckfile.grammar import Attributes, attribute_block, fences, is_name, scan, section_of, split_attributes


def levels(text: str) -> list[int]:
    return [line.level for line in scan(text.split("\n"))]


def test_headings_have_one_to_three_marks_and_a_space() -> None:
    assert levels("# a\n## b\n### c\n#### d\n##e\n##\n ## f\n##\tg") == [1, 2, 3, 0, 0, 0, 0, 2]


def test_nothing_inside_a_fence_is_a_heading() -> None:
    assert levels("```text\n## a\n```\n## b") == [0, 0, 0, 2]


@pytest.mark.parametrize(
    ("opening", "closing", "closes"),
    [
        pytest.param("```", "```", True, id="same"),
        pytest.param("```", "`````", True, id="longer"),
        pytest.param("````", "```", False, id="shorter"),
        pytest.param("```", "~~~", False, id="other-marks"),
        pytest.param("~~~", "~~~", True, id="tildes"),
        pytest.param("```", "``` text", False, id="with-an-info-string"),
        pytest.param("```", "   ```  ", True, id="indented-by-three"),
        pytest.param("```", "    ```", False, id="indented-by-four"),
    ],
)
def test_a_fence_is_closed_by_a_line_of_its_marks(opening: str, closing: str, closes: bool) -> None:
    (fence,) = fences(list(scan([opening, "code", closing])))

    assert fence.is_closed is closes
    assert fence.code == ("code" if closes else f"code\n{closing}")


def test_a_line_of_inline_code_opens_no_fence() -> None:
    assert fences(list(scan(["```a``` b"]))) == []


def test_fences_know_their_words_and_lines() -> None:
    found = fences(list(scan(["a", "```Python check", "x", "```", "~~~", "~~~", "```sql"], first_number=10)))

    assert [(fence.words, fence.language, fence.code, fence.line, fence.is_closed) for fence in found] == [
        (("Python", "check"), "python", "x", 11, True),
        ((), "", "", 14, True),
        (("sql",), "sql", "", 16, False),
    ]


@pytest.mark.parametrize(
    ("heading", "text", "attributes"),
    [
        pytest.param("a?", "a?", Attributes(), id="none"),
        pytest.param("a? {#b}", "a?", Attributes(slug="b"), id="slug"),
        pytest.param("{#b}", "", Attributes(slug="b"), id="nothing-else"),
        pytest.param("a? {.b .c}", "a?", Attributes(classes=("b", "c")), id="classes"),
        pytest.param('a? {#b c=1 d="2"}', "a?", Attributes("b", values=(("c", "1"), ("d", "2"))), id="values"),
        pytest.param("a? {#b #c}", "a?", Attributes("b", faults=("#c",)), id="two-slugs"),
        pytest.param("a? {#-b}", "a?", Attributes(faults=("#-b",)), id="slug-of-punctuation"),
        pytest.param("a? {.}", "a?", Attributes(faults=(".",)), id="empty-class"),
        pytest.param("a? {b=1 b=2}", "a?", Attributes(values=(("b", "1"),), faults=("b=2",)), id="key-twice"),
        pytest.param("a? {#b c= d}", "a?", Attributes("b", faults=("c=", "d")), id="no-value"),
        pytest.param("a? {b}", "a? {b}", Attributes(), id="braces-that-are-no-attributes"),
        pytest.param("a?{#b}", "a?{#b}", Attributes(), id="without-a-space-before"),
        pytest.param("a {#b} c", "a {#b} c", Attributes(), id="not-at-the-end"),
        pytest.param("{{c1::a}}", "{{c1::a}}", Attributes(), id="cloze"),
    ],
)
def test_attributes_are_split_from_the_end_of_a_heading(heading: str, text: str, attributes: Attributes) -> None:
    assert split_attributes(heading) == (text, attributes)


def test_the_block_of_attributes_has_its_place() -> None:
    heading = "## a {b} {.core}  "

    assert attribute_block(heading) == (9, 16)


def test_a_missing_attribute_is_empty() -> None:
    assert Attributes(values=(("a", "1"),)).value("b") == ""


@pytest.mark.parametrize("name", ["a", "A-1.b_c", "9", "é", "x" * 80])
def test_a_name_begins_with_a_letter_or_digit(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("name", ["", "-a", ".a", "a b", "a/b", "a#b", "x" * 81])
def test_other_text_is_no_name(name: str) -> None:
    assert not is_name(name)


def test_sections_are_known_in_any_case() -> None:
    assert [section_of(title) for title in ("Key Points", "source", " ANSWER ", "Checks", "Notes")] == [
        "key points",
        "sources",
        "answer",
        "check",
        None,
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a " + "{#b " * 100_000, id="open-braces"),
        pytest.param("a {" + "b=c " * 100_000 + "}", id="equal-keys"),
        pytest.param("a {" + " ".join(f"b{number}=c" for number in range(100_000)) + "}", id="keys"),
        pytest.param("a {b=c} " + " " * 200_000 + "d", id="spaces"),
        pytest.param("a {" + "b" * 200_000, id="a-long-word"),
    ],
)
def test_a_long_heading_is_split_in_one_pass(text: str) -> None:
    heading, _ = split_attributes(text)

    assert heading.startswith("a")
