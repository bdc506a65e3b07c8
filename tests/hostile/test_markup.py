"""Markup of the library that draws is text like any other: shown as it is written, in every field that is printed."""

from __future__ import annotations

import json
import re

import pytest
from tests.cli.terminal import Terminal, without_escapes
from tests.hostile.payloads import commands_in, deck

CARDS = ("plain", "cloze#1", "choice", "typed", "talk")
MARKUP = {
    "a link": "[link=https://evil.example]x[/link]",
    "a link to a command": "[link=file:///bin/sh]run[/link]",
    "an end without a beginning": "[/]",
    "an end of another": "[/bold]",
    "bold": "[bold]loud",
    "a colour": "[red on white]x[/red on white]",
    "an action": "[@click=app.bell]x[/]",
    "an emoji": ":smile:",
    "an escaped bracket": r"\[bold]",
    "a backslash at the end": "x\\",
    "a format": "{0} {x!r} {} %s %n",
}
each_markup = pytest.mark.parametrize("attack", [pytest.param(text, id=name) for name, text in MARKUP.items()])


def squeezed(printed: str) -> str:
    """What was printed without colours, spaces and line ends, which wrapping changes."""
    return re.sub(r"\s", "", without_escapes(printed))


@each_markup
def test_markup_is_shown_as_it_is_written(on_screen, put, attack):
    path = put("evil.md", deck(attack))
    on_screen("import", str(path))

    cards = {card: on_screen("show", f"evil/{card}") for card in CARDS}
    tables = [on_screen(*words.split()) for words in ("search deck:evil", "decks", "due", "next")]
    checked = [on_screen("check", str(path), "--info", "--format", name) for name in ("text", "github")]

    printed = [*cards.values(), *tables, *checked]
    assert [result.code for result in printed if result.code not in (0, 1)] == []
    assert commands_in("".join(result.out + result.err for result in printed)) == set()
    text = squeezed(cards["plain"].out)
    shown = squeezed(attack).replace("\\[", "[")  # Markdown's own escape
    raw = squeezed(attack)
    assert f"Which{shown}isthis" in text
    assert f"code{raw}" in text
    assert f'print("{raw}")' in text
    assert f"hint:Hint{raw}" in text
    assert f"Source:RFC1{raw}" in text
    for part in ("point", "other", "mistake", "flag", "because", "Context", "Model"):
        assert f"{part}{shown}" in squeezed(cards["talk"].out)
    assert "Title" + raw[:3] in squeezed(tables[1].out)


@each_markup
def test_markup_in_names_and_messages_is_shown_as_it_is_written(on_screen, put, attack):
    name = attack.replace("/", "")
    broken = put(
        f"{name}.md", f"---\n{json.dumps(attack)}: x\n---\n\n## Q {{#q topic={'_'.join(attack.split())}}}\n\nA\n"
    )
    table = put(f"{name}.csv", f'front,back,"{attack}"\nq,a,b\n')

    said = [on_screen("import", str(path), "-n") for path in (broken, table)]
    said += [on_screen("show", attack), on_screen("due", attack), on_screen("search", "--", attack)]

    assert [result.code for result in said if result.code not in (0, 1, 2, 4)] == []
    assert commands_in("".join(result.out + result.err for result in said)) == set()
    assert name in said[0].err
    assert f"'{attack}' is more of the answer" in said[1].err
    assert attack in said[2].err


def test_a_session_shows_markup_as_it_is_written(study):
    attack = " ".join(MARKUP.values())
    terminal = Terminal(study(deck(attack)), columns=100).start("review", "evil")

    terminal.wait_for(r"\? help")
    terminal.press("h", r"hint: .*\? help")
    terminal.press(" ", "4 easy")
    terminal.child.send("q")

    assert terminal.end() == 0
    text = squeezed(terminal.seen)
    assert f"hint:Hint{squeezed(attack)}" in text
    assert "[link=https://evil.example]x[/link]" in text
    assert commands_in(terminal.seen) == set()


def test_a_link_is_written_out_and_never_sent(on_screen, put):
    links = '[a](https://evil.example "t") <https://evil.example/b> ![c](https://evil.example/c.png) [d][r]\n\n[r]: http://evil.example/d'
    on_screen("import", str(put("evil.md", f"## Is this [l](https://evil.example/q) a link? {{#l}}\n\n{links}\n")))

    shown = on_screen("show", "evil/l").out

    assert "\x1b]" not in shown
    assert "https://evil.example/q" in squeezed(shown)
    assert commands_in(shown) == set()
