from __future__ import annotations

import pytest

from bedrill.deckfile.front_matter import FrontMatter, read, split
from bedrill.deckfile.problems import Problems


def read_text(text: str, path: str = "cards.md") -> tuple[FrontMatter, list[tuple[int, str, str, str]]]:
    problems = Problems(path)
    result = read(text.split("\n"), path, problems)
    return result, [(problem.line, problem.code, problem.message, problem.hint) for problem in problems.found]


@pytest.mark.parametrize(
    ("text", "header", "start"),
    [
        pytest.param("---\na: b\n---\nc", ["a: b"], 3, id="closed-by-dashes"),
        pytest.param("---  \na: b\n...\nc", ["a: b"], 3, id="closed-by-dots"),
        pytest.param("---\n---", [], 2, id="empty"),
        pytest.param("a\n---\nb\n---", None, 0, id="not-at-the-top"),
        pytest.param("", None, 0, id="empty-file"),
        pytest.param("---\na: b", None, -1, id="never-closed"),
        pytest.param("----\na: b\n----", None, 0, id="other-dashes"),
    ],
)
def test_front_matter_stands_between_two_lines_of_dashes(text: str, header: list[str] | None, start: int) -> None:
    assert split(text.split("\n")) == (header, start)


def test_a_file_without_front_matter_is_named_by_its_stem() -> None:
    result = read(None, "decks/http-basics.md", Problems(""))

    assert result == FrontMatter(deck_id="http-basics", title="http-basics")


@pytest.mark.parametrize(
    ("path", "deck_id"),
    [
        ("My cards.md", "my-cards"),
        ("Übung.md", "Übung"),
        ("a.b.md", "a.b"),
        ("!.md", "note-bb7208bc"),
        ("é" * 90, "e" * 48),
    ],
)
def test_a_stem_that_is_no_name_becomes_one(path: str, deck_id: str) -> None:
    result = read(None, path, Problems(""))

    assert (result.deck_id, result.title) == (deck_id, deck_id)


def test_every_key_is_taken() -> None:
    result, problems = read_text(
        "id: http\ntitle: 'HTTP: basics'\nlesson: 5\nlevel: beginner\nrequires: [1, tcp]\ntags: [web]\ntopics: 13\nallow: {F4: why}"
    )

    assert problems == []
    assert result == FrontMatter("http", "HTTP: basics", 5, "beginner", ("1", "tcp"), ("web",), 13, {"F4": "why"})


@pytest.mark.parametrize(
    ("text", "title"),
    [("No", "No"), ("2026-01-01", "2026-01-01"), ("1.50", "1.50"), ("~", "~"), ("0x10", "0x10"), ("'a\\b'", "a\\b")],
)
def test_values_are_text_as_written(text: str, title: str) -> None:
    result, problems = read_text(f"title: {text}")

    assert (result.title, problems) == (title, [])


def test_an_id_may_be_a_number() -> None:
    assert read_text("id: 010")[0].deck_id == "010"


@pytest.mark.parametrize("text", ["", "# only a comment", "  "])
def test_nothing_between_the_dashes_is_no_fault(text: str) -> None:
    assert read_text(text) == (FrontMatter("cards", "cards"), [])


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        pytest.param("id: a b", "id cannot be 'a b'", "a short name of letters, digits and '-'", id="id"),
        pytest.param("id:", "id cannot be ''", "a short name of letters, digits and '-'", id="no-value"),
        pytest.param("title: [a]", "title cannot be ['a']", "one line of text", id="title"),
        pytest.param('title: "a\\nb"', "title cannot be 'a\\nb'", "one line of text", id="title-of-two-lines"),
        pytest.param('title: "\\ud800"', "title cannot be '\\ud800'", "one line of text", id="lone-surrogate"),
        pytest.param("lesson: 1000", "lesson cannot be '1000'", "a number from 1 to 999", id="lesson"),
        pytest.param("lesson: -1", "lesson cannot be '-1'", "a number from 1 to 999", id="negative"),
        pytest.param(
            "level: Beginner", "level cannot be 'Beginner'", "one of beginner, intermediate, advanced", id="level"
        ),
        pytest.param(
            "requires: 1", "requires cannot be '1'", "a list of lesson numbers or deck ids, like [8, 42]", id="requires"
        ),
        pytest.param("tags: {a: b}", "tags cannot be {'a': 'b'}", "a list of words, like [http, web]", id="tags"),
        pytest.param("topics: all", "topics cannot be 'all'", "the number of subtopics", id="topics"),
        pytest.param(
            "allow: {F1: ''}", "allow cannot be {'F1': ''}", "a mapping of CODE or CODE#slug to a reason", id="allow"
        ),
        pytest.param(
            "lesson: 0x" + "f" * 4_000,
            "lesson cannot be '0x" + "f" * 57 + "…",
            "a number from 1 to 999",
            id="a-number-of-thousands-of-digits",
        ),
    ],
)
def test_a_value_that_cannot_be_is_named(line: str, message: str, hint: str) -> None:
    _, problems = read_text(f"# comment\n{line}")

    assert problems == [(3, "D10", f"front matter: {message}", f"write {hint}")]


def test_a_wrong_value_leaves_the_default() -> None:
    result, _ = read_text("id: a b\ntitle: ''\nlesson: x\nrequires: 8")

    assert result == FrontMatter("cards", "cards")


@pytest.mark.parametrize("text", ["title: &a b", "title: *a", "title: !!str b", "title: !x b", "? !!int ''\n: a"])
def test_what_yaml_could_do_more_is_refused(text: str) -> None:
    _, problems = read_text(text)

    assert problems == [(2, "D8", "anchors, aliases and tags are not allowed in front matter", "write the value out")]


def test_yaml_that_nests_too_deep_is_a_problem() -> None:
    _, problems = read_text("title: " + "[" * 1_000)

    assert problems == [
        (1, "D7", "the front matter cannot be read: RecursionError", "keep it to plain keys and values")
    ]


def test_the_size_is_counted_in_bytes() -> None:
    fits, too_large = "#" + "é" * 2_047 + "x", "#" + "é" * 2_048

    assert read_text(fits)[1] == []
    assert read_text(too_large)[1] == [(1, "D8", "the front matter is larger than 4096 bytes", "move text into notes")]


def test_a_control_character_is_no_yaml() -> None:
    _, problems = read_text("title: a\x07b")

    message = "the front matter is not YAML: unacceptable character #x0007: special characters are not allowed"
    assert problems == [(1, "D7", message, "quote values that contain ':' or '#'")]
