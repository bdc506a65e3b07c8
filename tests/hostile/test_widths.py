"""No text is too wide: whatever a stranger writes, no line is wider than a terminal of forty columns."""

from __future__ import annotations

import json

import pytest
from rich.cells import cell_len
from tests.cli.terminal import Terminal, without_escapes
from tests.hostile.conftest import COLUMNS
from tests.hostile.payloads import deck

CARDS = ("plain", "cloze#1", "choice", "typed", "talk")
WIDE = {
    "wide letters": "漢字" * 400,
    "one long word": "a" * 4_000,
    "families": "👩\u200d👩\u200d👧\u200d👦" * 200,
    "flags": "🇩🇪" * 300,
    "emoji with selectors": "❤\ufe0f" * 300,
    "full width": "ＡＢＣ" * 300,
    "tabs": "a\tb\t\t" * 100 + "c",
    "marks": "e\u0301\u0302" * 600,
    "spaces that do not break": "a\u00a0b\u3000" * 300 + "c",
    "letters of several scripts": "שלום עולם ﷽ ไทย हिन्दी " * 40,
    "an address": "https://e.example/" + "x" * 3_000,
}
each_text = pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in WIDE.items()])


def too_wide(printed: str, columns: int = COLUMNS) -> list[str]:
    """The lines that are wider than the terminal."""
    lines = without_escapes(printed).split("\n")
    return [line[:80] for line in lines if cell_len(line.expandtabs(8)) > columns]


@each_text
def test_no_line_of_a_card_is_wider_than_the_terminal(on_screen, put, text):
    assert on_screen("import", str(put("evil.md", deck(text, text[:60])))).code == 0

    shown = [on_screen("show", f"evil/{card}") for card in CARDS]

    assert [line for result in shown for line in too_wide(result.out)] == []
    assert all(len(result.out) > len(text) for result in shown[:1])


@each_text
def test_no_line_of_a_table_is_wider_than_the_terminal(on_screen, put, text):
    records: list[dict[str, object]] = [{"bedrill": 1}]
    for number, name in enumerate(("a", "漢" * 40 + "b" * 40)):
        records.append({"deck": name, "title": text})
        records.append({"deck": name, "note": f"g{number}", "slug": "字" * 80, "text": f"## {text}\n\nA"})
    assert on_screen("import", str(put("x.jsonl", "\n".join(map(json.dumps, records))))).code == 0

    printed = [on_screen(command) for command in ("decks", "due")] + [on_screen("search", "card:*")]

    assert [line for result in printed for line in too_wide(result.out)] == []
    assert all(result.out.count("\n") >= 2 for result in printed)


def test_no_line_of_a_session_is_wider_than_the_terminal(study):
    text = " ".join((*(part[:200] for part in WIDE.values()), "a" * 2_000))
    terminal = Terminal(study(deck(text, "t" * 300)), columns=COLUMNS).start("review", "evil")

    for key in ("h", " ", "3", " ", "q"):
        terminal.wait_for(r"space sho|4 easy|t type|think|y / n")
        terminal.child.send(key)
    terminal.end()

    prompts = [line for line in too_wide(terminal.seen.replace("\r\x1b[2K", "\n")) if "new, " not in line]
    assert prompts == []


def test_a_word_of_ten_thousand_letters_is_shown_to_its_end(on_screen, put):
    on_screen("import", str(put("evil.md", f"## Is this {'a' * 10_000} long? {{#w}}\n\n`{'b' * 10_000}` end\n")))

    shown = without_escapes(on_screen("show", "evil/w").out)

    assert too_wide(shown) == []
    assert (shown.count("a") >= 10_000, shown.count("b") >= 10_000) == (True, True)


def test_a_picture_in_a_text_hides_nothing_of_it(on_screen, put):
    words = [f"word{number}" for number in range(20)]
    text = f"{' '.join(words[:10])} ![the ring](ring.png) {' '.join(words[10:])} ![](x.png)"
    on_screen("import", str(put("good.md", f"## What does this show? {{#p}}\n\n{text}\n")))

    shown = on_screen("show", "good/p").out

    assert [word for word in (*words, "🌆 the ring", "🌆 x.png") if word not in " ".join(shown.split())] == []
    assert too_wide(shown) == []
