"""`bedrill review` on a real pseudo-terminal."""

from __future__ import annotations

import re
import signal
import sys
import termios
import time

import pytest
from tests.cli.terminal import Terminal, log, rows, run_bedrill, without_escapes


def test_an_answer_is_on_disk_before_the_next_card_shows(study):
    db = study()
    terminal = Terminal(db).start("review")
    terminal.wait_for(r"Which port.*\? help")
    terminal.press(" ", r"4 easy")

    terminal.press("3", r"Which layer.*\? help")
    terminal.send_signal(signal.SIGKILL)
    terminal.end()

    assert log(db) == [("port", 3, 600)]


def test_the_interval_shown_is_the_interval_written(study):
    db = study()
    terminal = Terminal(db).start("review")
    terminal.wait_for(r"\? help")

    ratings = terminal.press(" ", r"4 easy \w+")
    terminal.press("4", r"easy → \w+")

    shown = re.search(r"4 easy (\d+)d", ratings)
    assert shown is not None
    assert log(db) == [("port", 4, int(shown.group(1)) * 86_400)]


def test_the_answer_stays_hidden_until_it_is_revealed(study):
    terminal = Terminal(study()).start("review")

    question = terminal.wait_for(r"\? help")
    answer = terminal.press(" ", r"4 easy")

    assert "443" not in question
    assert "443" in answer
    assert "Source: RFC 9110 §4.2.2" in answer


def test_space_takes_good(study):
    db = study()
    terminal = Terminal(db).start("review")
    terminal.wait_for(r"\? help")
    terminal.press(" ", r"\[good\]")

    terminal.press(" ", r"good → 10m")

    assert log(db) == [("port", 3, 600)]


@pytest.mark.parametrize(("key", "said", "hit"), [("y", "sure", 1), ("n", "unsure", 0)])
def test_with_confidence_on_one_key_says_how_sure_one_is_and_reveals(study, key, said, hit):
    db = study()
    assert run_bedrill(db, "config", "confidence", "on").returncode == 0
    terminal = Terminal(db).start("review")
    terminal.wait_for(r"y sure · n unsure · space show")

    answer = terminal.press(key, r"4 easy")
    terminal.press("1", r"again → ")
    terminal.wait_for(r"space show")
    terminal.press(" ", r"4 easy")
    terminal.press("3", r"good → ")

    assert f"\r{said}\n" in answer
    assert "443" in answer
    assert rows(db, "SELECT section, hit FROM ticks") == [("sure", hit)]


def test_without_confidence_y_and_n_reveal_nothing(study):
    terminal = Terminal(study()).start("review")
    terminal.wait_for(r"Which port.*\? help")

    terminal.child.send("yn")
    answer = terminal.press(" ", r"4 easy")

    assert "unsure" not in terminal.seen
    assert "443" in answer


def test_the_session_ends_with_a_summary(study):
    terminal = Terminal(study()).start("review", "--limit", "2")
    terminal.wait_for(r"Which port.*\? help")
    terminal.press(" ", r"4 easy")
    terminal.press("4", r"Which layer.*\? help")
    terminal.press(" ", r"4 easy")

    summary = terminal.press("1", r"tomorrow: .* new")

    assert "2 answers in" in summary
    assert "1 again, 0 hard, 0 good, 1 easy" in summary
    assert "2 new cards" in summary
    assert terminal.end() == 0


def test_undo_goes_back_over_several_cards(study):
    db = study()
    terminal = Terminal(db).start("review")
    for expected in ("Which port", "Which layer"):
        terminal.wait_for(rf"{expected}.*\? help")
        terminal.press(" ", r"4 easy")
        terminal.child.send("4")
    terminal.wait_for(r"What turns.*\? help")

    terminal.press("u", r"net/layer: 'easy' is taken back(.|\n)*Which layer.*\? help")
    terminal.press("u", r"net/port: 'easy' is taken back(.|\n)*Which port.*\? help")
    terminal.press("u", r"there is no answer to take back")

    assert log(db) == []
    assert rows(db, "SELECT count(*) FROM reviews") == [(2,)]
    assert rows(db, "SELECT count(*) FROM cards WHERE phase != 0") == [(0,)]


def test_undo_in_a_later_process(study):
    db = study()
    terminal = Terminal(db).start("review", "--limit", "1")
    terminal.wait_for(r"\? help")
    terminal.press(" ", r"4 easy")
    terminal.press("4", r"tomorrow")
    terminal.end()

    result = run_bedrill(db, "undo")

    assert result.stdout == "net/port: 'easy' is taken back\n"
    assert log(db) == []


def test_an_edit_keeps_the_history_and_shows_the_new_text(study, tmp_path):
    db = study()
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's/Which port does/Which TCP port does/' \"$1\"\n")
    editor.chmod(0o700)
    terminal = Terminal(db, environment={"EDITOR": str(editor)}).start("review")
    terminal.wait_for(r"Which port.*\? help")

    terminal.press("e", r"your text is kept(.|\n)*Which TCP port.*\? help")
    terminal.press(" ", r"4 easy")
    terminal.press("3", r"good → 10m")

    assert log(db) == [("port", 3, 600)]
    assert rows(db, "SELECT edited_at IS NOT NULL FROM notes WHERE slug = 'port'") == [(1,)]


def test_an_editor_that_fails_changes_nothing(study):
    db = study()
    terminal = Terminal(db, environment={"EDITOR": "false"}).start("review")
    terminal.wait_for(r"\? help")

    terminal.press("e", r"the editor 'false' ended with exit code 1; nothing was changed")

    assert rows(db, "SELECT count(*) FROM notes WHERE edited_at IS NOT NULL") == [(0,)]


@pytest.mark.parametrize(
    ("key", "said", "column"),
    [
        pytest.param("s", "suspended; bedrill unsuspend net/port puts it back", "suspended = 1", id="suspend"),
        pytest.param("b", "buried until tomorrow", "buried_until IS NOT NULL", id="bury"),
    ],
)
def test_a_card_that_is_put_away_makes_room_for_the_next(study, key, said, column):
    db = study()
    terminal = Terminal(db).start("review")
    terminal.wait_for(r"Which port.*\? help")

    terminal.press(key, rf"{said}(.|\n)*Which layer.*\? help")

    assert rows(db, f"SELECT count(*) FROM cards WHERE {column}") == [(1,)]


def test_flag_hint_info_and_help_leave_the_card_on_screen(study):
    db = study()
    terminal = Terminal(db).start("review")
    terminal.wait_for(r"\? help")

    terminal.press("!", r"flagged")
    terminal.press("h", r"hint: Between 400 and 500\.")
    terminal.press("i", r"state .*new")
    terminal.press("?", r"quit; every answer is kept")
    terminal.press(" ", r"443(.|\n)*4 easy")

    assert rows(db, "SELECT flag FROM cards c JOIN notes n ON n.id = c.note_id WHERE slug = 'port'") == [(1,)]


def test_info_draws_the_forgetting_curve_of_a_known_card(study):
    db = study()
    run_bedrill(db, "grade", "net/port", "easy")
    terminal = Terminal(db).start("review", "--cram")
    terminal.wait_for(r"Which port.*\? help")

    info = terminal.press("i", r"forgetting (.|\n)*easy → \dd")

    assert "█" in info
    assert "stability    8.3 days" in info


def test_a_card_in_steps_comes_back_when_nothing_else_is_left(study):
    db = study()
    terminal = Terminal(db).start("review")
    for _ in range(3):
        terminal.wait_for(r"\? help")
        terminal.press(" ", r"4 easy")
        terminal.press("1", r"again → 1m")

    terminal.wait_for(r"Which port.*\? help")

    assert [rating for _, rating, _ in log(db)] == [1, 1, 1]


def test_cramming_leaves_the_schedule_alone(study):
    db = study()
    run_bedrill(db, "grade", "net/port", "easy")
    before = rows(db, "SELECT phase, stability_days, due_on, reps FROM cards ORDER BY id")
    terminal = Terminal(db).start("review", "--cram")
    terminal.wait_for(r"Which port.*\? help")
    terminal.press(" ", r"4 easy")

    terminal.press("1", r"the schedule stays(.|\n)*Which port.*\? help")
    terminal.press(" ", r"4 easy")
    terminal.press("3", r"the schedule stays")
    terminal.end()

    assert rows(db, "SELECT phase, stability_days, due_on, reps FROM cards ORDER BY id") == before
    assert rows(db, "SELECT kind FROM reviews ORDER BY id") == [(0,), (3,), (3,)]


def test_a_card_answered_elsewhere_is_not_answered_twice(study):
    db = study()
    terminal = Terminal(db).start("review")
    terminal.wait_for(r"Which port.*\? help")
    run_bedrill(db, "grade", "net/port", "easy")
    terminal.press(" ", r"4 easy")

    terminal.press("1", r"answered elsewhere in the meantime; that answer stands(.|\n)*Which layer.*\? help")

    assert [rating for _, rating, _ in log(db)] == [4]


def test_a_miss_offers_the_lesson_that_the_card_rests_on(study, tmp_path):
    db = study()
    (tmp_path / "dns.md").write_text("---\nid: dns\nrequires: [net]\n---\n\n## What is a zone? {#zone}\n\nA part.\n")
    run_bedrill(db, "import", str(tmp_path / "dns.md"))
    terminal = Terminal(db).start("review", "dns")
    terminal.wait_for(r"What is a zone.*\? help")
    terminal.press(" ", r"4 easy")

    terminal.press("1", r"it rests on net, 0% known: bedrill review net")


def test_the_second_session_skips_what_the_first_has_answered(study):
    db = study()
    terminal = Terminal(db).start("review")
    terminal.wait_for(r"Which port.*\? help")
    run_bedrill(db, "grade", "net/layer", "easy")
    terminal.press(" ", r"4 easy")

    terminal.press("4", r"What turns a name.*\? help")

    assert [slug for slug, _, _ in log(db)] == ["layer", "port"]


def test_no_line_is_wider_than_forty_columns(study):
    terminal = Terminal(study(), columns=40).start("review", "--limit", "1")
    terminal.wait_for(r"0\+0")
    terminal.press(" ", r"4 easy \w+")
    terminal.press("3", r"tomorrow")
    terminal.end()

    widths = [len(line) for line in without_escapes(terminal.seen).replace("\r", "\n").split("\n")]
    assert max(widths) <= 40


def test_a_resized_terminal_is_used_as_wide_as_it_is_now(study):
    terminal = Terminal(study(), columns=80).start("review")
    terminal.wait_for(r"0 review")

    terminal.child.setwinsize(50, 40)
    terminal.press(" ", r"4 easy")
    text = terminal.press("4", r"0\+0\+0|\d\+\d\+\d")

    assert max(len(line) for line in text.replace("\r", "\n").split("\n")) <= 40


@pytest.mark.parametrize(
    "environment",
    [pytest.param({"NO_COLOR": "1"}, id="NO_COLOR"), pytest.param({"TERM": "dumb"}, id="dumb terminal")],
)
def test_colour_is_not_sent_where_it_is_not_wanted(study, environment):
    terminal = Terminal(study(), environment=environment).start("review", "--limit", "1")
    terminal.wait_for(r"\? help")
    terminal.press(" ", r"4 easy")
    terminal.press("3", r"tomorrow")
    terminal.end()

    assert not re.search(r"\x1b\[[0-9;]*\b(3[0-7]|4[0-7]|38|48|9[0-7])\b[0-9;]*m", terminal.seen)
    if "TERM" in environment:
        assert "\x1b" not in terminal.seen


def test_the_terminal_is_left_as_it_was_found(study):
    terminal = Terminal(study()).start("review")
    before = terminal.local_modes()
    terminal.wait_for(r"\? help")
    time.sleep(0.2)
    assert not terminal.local_modes() & termios.ICANON

    terminal.send_signal(signal.SIGTERM)

    assert terminal.end() == 128 + signal.SIGTERM
    assert before & termios.ICANON


@pytest.mark.parametrize(
    ("key", "code"),
    [pytest.param("q", 0, id="q"), pytest.param("\x03", 130, id="^C"), pytest.param("\x04", 0, id="^D")],
)
def test_leaving_keeps_every_answer(study, key, code):
    db = study()
    terminal = Terminal(db).start("review")
    terminal.wait_for(r"\? help")
    terminal.press(" ", r"4 easy")
    terminal.press("4", r"Which layer.*\? help")

    terminal.press(key, r"1 answer")

    assert terminal.end() == code
    assert [slug for slug, _, _ in log(db)] == ["port"]


def test_a_stopped_session_gives_the_terminal_back_and_goes_on(study):
    """^Z and fg, under a shell that does job control; `stty` tells what the terminal is like in between."""
    terminal = Terminal(study()).start_shell()
    terminal.child.sendline(f"{sys.executable} -m bedrill review")
    terminal.wait_for(r"\? help")
    time.sleep(0.2)

    terminal.press("\x1a", r"Stopped")
    terminal.child.sendline("stty -a; echo done''")
    modes = terminal.wait_for(r"done\r")
    terminal.child.sendline("fg")
    time.sleep(0.5)
    answer = terminal.press(" ", r"4 easy")

    assert " icanon" in modes
    assert " echo " in modes
    assert "443" in answer


def test_a_closed_terminal_loses_nothing_and_leaves_no_bug_report(study, tmp_path):
    db = study()
    terminal = Terminal(db, environment={"TMPDIR": str(tmp_path)}).start("review")
    terminal.wait_for(r"\? help")
    terminal.press(" ", r"4 easy")
    terminal.press("4", r"Which layer.*\? help")

    terminal.child.close()

    assert [slug for slug, _, _ in log(db)] == ["port"]
    assert list(tmp_path.glob("bedrill-bug-*")) == []


def test_control_characters_in_a_deck_are_shown_and_not_obeyed(study):
    attack = (
        "## Copy \x1b]52;c;cHduZWQ=\x07 and \x1b[2J \u202eabc [red]x[/red] <b>y</b>? {#attack}\n\n\x1b[31mred \x9b1m\n"
    )
    terminal = Terminal(study(attack)).start("review")

    question = terminal.wait_for(r"\? help")
    answer = terminal.press(" ", r"4 easy")

    assert "␛]52;c;cHduZWQ=␇ and ␛[2J <U+202E>abc [red]x[/red] <b>y</b>?" in question.replace("\n", "")
    assert "␛[31mred <U+009B>1m" in answer
    for raw in ("\x1b]52", "\x1b[2J", "\u202e", "\x9b"):
        assert raw not in terminal.seen


def test_a_narrow_terminal_gets_a_clear_line(study):
    terminal = Terminal(study(), columns=20).start("review")

    terminal.wait_for(r"the terminal is 20\s+columns wide, a card\s+needs 30")

    assert terminal.end() == 1


def test_without_a_terminal_review_points_to_next_and_grade(study):
    result = run_bedrill(study(), "review")

    assert result.returncode == 2
    assert result.stderr == (
        "bedrill: review needs a terminal\ntry: 'bedrill next --json' and 'bedrill grade CARD RATING' are made for scripts\n"
    )


def test_nothing_due_is_said(study):
    db = study()
    for card in ("net/port", "net/layer", "net/dns"):
        run_bedrill(db, "grade", card, "easy")
    terminal = Terminal(db).start("review")

    terminal.wait_for(r"nothing is due\. 'bedrill review --cram' goes through cards that you know\.")

    assert terminal.end() == 0
