"""Sizes and depths that no author needs: each is a card that shows, or one clear line, before a process is killed."""

from __future__ import annotations

import re

import pytest
from tests.hostile.process import run_lines

from bedrill.limits import MAX_HIGHLIGHTED_CHARS, MAX_NOTE_CHARS

N = 5_000
NESTED = {
    "quotes": "> " * (N // 2) + "x",
    "lists": "- " * (N // 2) + "x",
    "numbered lists": "1. " * (N // 3) + "x",
    "lists on lines": "\n".join(f"{' ' * depth}- a" for depth in range(200)),
    "brackets": "[" * N,
    "closed brackets": "[" * (N // 2) + "]" * (N // 2),
    "links": "[" * (N // 4) + "a" + "](b)" * (N // 4),
    "links that never end": "[a](" * (N // 4),
    "pictures": "![" * (N // 2),
    "addresses": "[](<" * (N // 4),
    "stars": "*" * N,
    "stars and words": "*a **b " * (N // 7),
    "emphasis": "*a **a " * (N // 14) + "b" + " a** a*" * (N // 14),
    "underscores": "_a" * (N // 2),
    "strikethrough": "~~a" * (N // 3),
    "backticks": " ".join("`" * count for count in range(1, 200)),
    "entities": "&a" * (N // 2),
    "tags": "<" * N,
    "automatic links": "<http:" * (N // 6),
    "backslashes": "\\" * N,
    "references": "\n".join(f"[{number}]: x" for number in range(N // 8)),
    "columns": "\n".join("|".join([cell] * 10_000) for cell in ("a", "-", "b")),
    "rows": "|a|b|\n|-|-|\n" + "|1|2|\n" * (N // 20),
    "fences": "```\n```\n" * (N // 40),
    "rules": "---\n" * (N // 20),
    "deletions": "{{c1::a}} " * (N // 10),
    "deletions that never end": "{{c1::" * (N // 6),
    "tasks": "- [x] a\n- [ ] b\n" * (N // 40),
}
CODE = {
    "java": "a ",
    "csharp": "a\n",
    "make": "(",
    "terraform": "<<A\n",
    "hcl": "-",
    "python": "(",
    "sql": "'",
    "html": "<",
    "bash": "$((",
    "perl": "$",
    "markdown": "*",
    "json": '{"a":',
}


def shown_or_said(tmp_path, text: str, card: str = "evil/n") -> str:
    """What is printed of a deck that is imported, shown and exported; it must be a card, or one clear line."""
    path = tmp_path / "evil.md"
    path.write_text(text, encoding="utf-8")
    (tmp_path / "out").mkdir()
    exports = [("export", str(tmp_path / "out" / f"o.{suffix}")) for suffix in ("html", "apkg")]

    results = run_lines(tmp_path, [("import", str(path)), ("show", card), *exports])

    assert [result.err for result in results if "bug" in result.err] == []
    if results[0].code == 1:
        assert max(len(line) for line in results[0].err.split("\n")) < 1_000
        return results[0].err
    assert [result.code for result in results] == [0, 0, 0, 0]
    return results[1].out


def shown_in_one_process(tmp_path, texts: dict[str, str]) -> dict[str, str]:
    """What is printed of each text as a card of a deck of its own, all in one process; they are exported as well."""
    for number, text in enumerate(texts.values()):
        (tmp_path / f"d{number}.md").write_text(f"## Is this deep? {{#n}}\n\n{text}\n", encoding="utf-8")
    (tmp_path / "out").mkdir()
    exports = [("export", str(tmp_path / "out" / f"o.{suffix}")) for suffix in ("html", "apkg")]

    results = run_lines(
        tmp_path, [("import", str(tmp_path)), *exports, *(("show", f"d{number}/n") for number in range(len(texts)))]
    )

    assert [result.code for result in results] == [0] * len(results)
    return dict(zip(texts, (result.out for result in results[3:]), strict=True))


@pytest.mark.parametrize("part", [0, 1])
def test_markdown_that_nests_or_repeats_without_end_is_shown(tmp_path, part):
    texts = dict(list(NESTED.items())[part::2])

    shown = shown_in_one_process(tmp_path, texts)

    assert [name for name, printed in shown.items() if "Is this deep?" not in printed or "state" not in printed] == []


def test_code_that_a_lexer_reads_slowly_is_shown_without_colours(tmp_path):
    sizes = {language: 60_000 if language in ("java", "csharp") else N for language in CODE}
    texts = {name: f"```{name}\n{(mark * sizes[name])[: sizes[name]]}\n```" for name, mark in CODE.items()}

    shown = shown_in_one_process(tmp_path, texts)

    assert [name for name, printed in shown.items() if len(printed) < sizes[name]] == []


def test_code_of_a_usual_size_has_its_colours(on_screen, put):
    for name, length, has_colours in (
        ("short", MAX_HIGHLIGHTED_CHARS - 20, True),
        ("long", MAX_HIGHLIGHTED_CHARS, False),
    ):
        code = "import os\n" + "#" * length
        on_screen("import", str(put(f"{name}.md", f"## Is this code? {{#n}}\n\n```python\n{code}\n```\n")))

        shown = on_screen("show", f"{name}/n").out
        assert (re.search(r"\x1b\[(?!49m)[0-9;]+mimport", shown) is not None) is has_colours


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("x" * 10_000_000, "more than the 8 MiB", id="ten megabytes on one line"),
        pytest.param("## " + "x" * 7_000_000, "a note of more than", id="a question of seven megabytes"),
        pytest.param("a\n" * 1_000_000, "more than 500000 lines", id="a million lines"),
        pytest.param("## a\n" * 1_000_000, "more than 500000 lines", id="a million notes"),
        pytest.param("## a\n\nb\n" * 60_000, "more than 50000 notes", id="more notes than a deck may have"),
        pytest.param("## Q {#a}\n\nb\n" * 10_000, "problems not listed here", id="one slug forty thousand times"),
        pytest.param("---\n" + "a: b\n" * 400_000 + "---\n## Q\n\nA\n", "larger than 4096 bytes", id="front matter of two megabytes"),
        pytest.param("---\n" + "a: b\n" * 100_000, "never closed", id="front matter that never ends"),
        pytest.param("\r" * 100_000 + "\x0b\x0c\x1c\x85\u2028" * 20_000, "no notes in this file", id="line ends of every kind"),
        pytest.param("```\n" + "## a\n" * 100_000, "never closed", id="a fence that never ends"),
        pytest.param("## Q {" + "#a " * 20_000 + "}\n\nA\n", "cannot read", id="an attribute twenty thousand times"),
        pytest.param("Q: a\n" * 20_000, "problems not listed here", id="questions without answers"),
        pytest.param("==a== " * 40_000 + "::", "a note of more than", id="a paragraph of Obsidian"),
        pytest.param("a::b\n" * 60_000, "more than 50000 notes", id="lines of Obsidian"),
    ],
)  # fmt: skip
def test_a_deck_that_is_too_large_is_one_clear_line_for_each_fault(tmp_path, text, said):
    assert said in shown_or_said(tmp_path, text)


@pytest.mark.parametrize(("more", "is_taken"), [(0, True), (1, False)], ids=["at the limit", "above it"])
def test_a_note_may_have_as_many_characters_as_the_limit_says(tmp_path, more, is_taken):
    head = "## Is this long? {#n}\n\n"
    text = head + "é" * (MAX_NOTE_CHARS - len(head) - 1 + more)

    printed = shown_or_said(tmp_path, text)

    assert ("Is this long?" in printed) is is_taken
    assert (f"a note of more than {MAX_NOTE_CHARS} characters" in printed) is not is_taken
