"""No text of a stranger commands the terminal, wherever it stands and whichever command prints it."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys

import pytest
from tests.cli.terminal import Terminal
from tests.hostile.payloads import COMMANDS, EVERYTHING, commands_in, deck

from bedrill.cli.editor import edit_card
from bedrill.cli.text import visible
from bedrill.collection import browse

each_command = pytest.mark.parametrize("attack", [pytest.param(text, id=name) for name, text in COMMANDS.items()])
CARDS = ("plain", "cloze#1", "choice", "typed", "talk")


@each_command
def test_text_of_a_deck_is_shown_and_not_obeyed(on_screen, put, attack):
    path = put("evil.md", deck(attack))
    printed = [on_screen("import", str(path), "--dry-run"), on_screen("import", str(path))]
    assert printed[-1].code == 0

    printed += [on_screen(*words.split()) for words in ("", "decks", "due", "search deck:evil", "search Which", "next")]
    printed += [on_screen("show", f"evil/{card}") for card in CARDS]
    printed += [on_screen("check", str(path), "--info", "--format", name) for name in ("text", "github")]

    assert [result.code for result in printed if result.code not in (0, 1)] == []
    assert commands_in("".join(result.out + result.err for result in printed)) == set()
    assert "Which" in printed[8].out  # the card that `show` draws


@each_command
def test_data_for_programs_is_the_same_data_and_cannot_command_a_terminal_either(on_screen, put, attack):
    path = put("evil.md", deck(attack))
    on_screen("import", str(path))

    shown = on_screen("show", "evil/plain", "--json")
    printed = [on_screen(*words.split(), "--json") for words in ("decks", "due", "search deck:evil", "next")]
    printed.append(on_screen("check", str(path), "--info", "--format", "json"))

    assert attack in shown.json["answer"]
    assert commands_in("".join(result.out + result.err for result in (shown, *printed)), piles=False) == set()


@each_command
def test_what_is_wrong_with_a_deck_is_said_without_its_commands(on_screen, put, attack):
    bad = (
        f"---\nid: {json.dumps(attack)}\n{json.dumps(attack)}: x\n---\n\n## Q {{#a {attack} k=v{attack} .c{attack}}}\n"
    )
    bad += f"\n```x{attack} check\n```\n\n## {{{{c1::{attack}\n\n{attack}\n"
    path = put("evil.md", bad)

    printed = [on_screen("check", str(path), "--format", name) for name in ("text", "github")]
    printed.append(on_screen("import", str(path)))
    data = [on_screen("check", str(path), "--format", "json"), on_screen("import", str(path), "--json")]

    assert all(result.code == 1 for result in (*printed, *data))
    assert commands_in("".join(result.out + result.err for result in printed)) == set()
    assert commands_in("".join(result.out + result.err for result in data), piles=False) == set()


@pytest.mark.parametrize("text", ["## Is this a good question?\n\nYes.\n", "## No answer\n"], ids=["good", "bad"])
def test_the_name_of_a_file_is_shown_and_not_obeyed(on_screen, put, tmp_path, text):
    name = re.sub("[/\0]", "", "".join(part for part in COMMANDS.values() if len(part) < 20))[:60]
    path = str(put(f"{name}.md", text))

    printed = [on_screen("check", path, "--format", kind) for kind in ("text", "github", "json")]
    printed += [on_screen("import", path), on_screen("import", path, "--json"), on_screen("import", f"{path}.gone")]
    printed += [on_screen("check", path, "--fix"), on_screen("export", str(tmp_path / f"{name}.csv"))]
    printed += [on_screen("export", str(tmp_path / name / "x.csv")), on_screen("export", f"{path}.{name}")]

    assert commands_in("".join(result.out + result.err for result in printed)) == set()
    assert (tmp_path / f"{name}.csv").exists()


@each_command
def test_a_table_or_an_export_of_a_stranger_does_not_command(on_screen, put, attack):
    table = put(
        "evil.csv", f'front,back,"{attack} more",deck,tags,guid\n"q {attack}","a {attack}",m,"d {attack}",t{attack},g\n'
    )
    directives = put("told.txt", f"#separator:{attack}\n#deck:{attack}\n#tags:{attack}\nq {attack}\ta {attack}\n")
    records = [
        {"bedrill": 1},
        {"setting": "time_zone", "value": attack},
        {"setting": attack, "value": attack},
        {"deck": "j", "title": attack, "level": attack, "requires": [attack], "tags": [attack]},
        {"deck": "j", "note": attack, "slug": "j", "text": f"## Q {attack} {{#j}}\n\nA {attack} x"},
    ]
    good = put("good.jsonl", "\n".join(map(json.dumps, records)))
    wrong = [
        {"deck": attack},
        {"deck": "j", "note": "g", "text": attack},
        {"media": attack, "data": "!"},
        {"deck": [attack]},
    ]
    bad = put("bad.jsonl", "\n".join(map(json.dumps, [records[0], *wrong])))

    printed = [
        on_screen("import", str(path), *more) for path in (table, directives, good, bad) for more in ((), ("-n",))
    ]
    printed += [on_screen(*words.split()) for words in ("decks", "due", "search Q", "search q", "show j/j", "config")]

    assert [result.code for result in printed if result.code not in (0, 1)] == []
    assert commands_in("".join(result.out + result.err for result in printed)) == set()


@pytest.mark.parametrize(
    ("entity", "shown"),
    [
        pytest.param("&#x202E;", "<U+202E>", id="bidi override"),
        pytest.param("&rlm;&#8294;", "<U+200F><U+2066>", id="marks of direction"),
        pytest.param("&ZeroWidthSpace;&#x2060;", "<U+200B><U+2060>", id="zero width"),
        pytest.param("good&#13;evil", "good␍evil", id="carriage return"),
        pytest.param("&#12;", "␌", id="form feed"),
        pytest.param("&#xE0041;", "<U+E0041>", id="tag character"),
        pytest.param("&#27;[2J&#x9b;2J&#7;", "�[2J�2J�", id="escape, which is none in Markdown"),
    ],
)
def test_an_entity_is_no_way_around(on_screen, put, entity, shown):
    text = f"## Which {entity} is it? {{#e}}\n\n{entity} *{entity}* [l](http://e/{entity}) ![p{entity}](x.png)\n"
    on_screen("import", str(put("evil.md", text)))

    result = on_screen("show", "evil/e")

    assert commands_in(result.out) == set()
    assert re.sub(r"\s", "", shown) in re.sub(r"\x1b\[[0-9;]*m|\s", "", result.out)


def test_a_title_of_several_lines_makes_no_line_of_its_own(on_screen, put):
    records = [{"bedrill": 1}, {"deck": "j", "title": "T\nbedrill: now type\trm -r ~"}]
    records.append({"deck": "j", "note": "g", "text": "## Q\n\nA"})
    on_screen("import", str(put("x.jsonl", "\n".join(map(json.dumps, records)))))

    for command in ("decks", "due"):
        assert "\nbedrill: now" not in on_screen(command).out
        assert "T␊bedrill: now" in on_screen(command).out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_title_does_not_command_the_shell_that_completes_it(on_screen, put, db_path, shell):
    on_screen("import", str(put("evil.md", deck(EVERYTHING))))
    told = {"_BEDRILL_COMPLETE": f"{shell}_complete", "COMP_WORDS": "bedrill due ev", "BEDRILL_DB": str(db_path)}
    told["COMP_CWORD"] = "ev" if shell == "fish" else "2"

    done = subprocess.run(
        [sys.executable, "-m", "bedrill"], env={**os.environ, **told}, capture_output=True, text=True, timeout=60
    )

    assert "evil" in done.stdout
    assert commands_in(done.stdout + done.stderr) == set()


def test_a_message_that_quotes_a_file_stays_one_short_line(on_screen, put):
    long = "x" * 30_000
    path = put("long.md", f"## Q {{#a topic={long} {long} .{long}}}\n\nA\n")
    records = put("long.jsonl", '{"bedrill":1}\n' + json.dumps({"deck": [long]}))

    printed = [on_screen("check", str(path)), on_screen("check", str(path), "--format", "github")]
    printed.append(on_screen("import", str(path), str(records)))

    assert all(result.code == 1 for result in printed)
    assert max(len(line) for result in printed for line in (result.out + result.err).split("\n")) < 1000


def test_an_edit_that_is_no_note_is_said_without_its_commands(collection, on_screen, put, monkeypatch, capsys):
    on_screen("import", str(put("good.md", "## Is this good? {#g}\n\nYes.\n")))
    made = "## Q {#g topic=\x9b2J\x1b[2J\u202e\x07}\n\nA\n"
    script = put("editor.py", f"import sys; open(sys.argv[1], 'w').write({made!r})")
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    card = browse.card_named(collection, "good/g")

    with pytest.raises(Exception, match="no note"):
        edit_card(collection, card)

    said = capsys.readouterr().err
    assert "is no list of numbers" in said
    assert commands_in(said) == set()


def test_a_session_obeys_nothing_in_a_card_of_any_style(study):
    terminal = Terminal(study(deck(EVERYTHING)), columns=100).start("review", "evil")

    for _ in range(30):
        seen = terminal.wait_for(r"\? help|\? h…|4 easy|y / n|> $|tomorrow:")
        if "tomorrow:" in seen:
            break
        key = "c" if "c context" in seen and "Context" not in terminal.seen else "y" if "y / n" in seen else " "
        terminal.child.send("h" if "space show" in seen and "hint:" not in terminal.seen else key)
    terminal.child.send("q")
    terminal.end()

    for part in ("point", "flag", "Model", "mistake", "hint:", "Source:", "right:", "because"):
        assert part in terminal.seen
    assert commands_in(terminal.seen) == set()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param(
            "e\u0301 a\u0308\u0304 \u05d1\u05bc\u05b8",
            "e\u0301 a\u0308\u0304 \u05d1\u05bc\u05b8",
            id="letters of languages",
        ),
        pytest.param("❤\ufe0f 葛\U000e0100", "❤\ufe0f 葛\U000e0100", id="one selector"),
        pytest.param("a" + "\u0301" * 11, "a" + "\u0301" * 8 + "<3 more marks>", id="a pile"),
        pytest.param("a\ufe0f\ufe0f\ufe01b", "a\ufe0f<2 more marks>b", id="hidden data"),
    ],
)
def test_marks_stay_as_far_as_a_script_has_them(text, shown):
    assert visible(text) == shown
