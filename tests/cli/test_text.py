"""Plain text for the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedrill.cli.text import clock, counted, interval, minutes, percent, shortened, table, visible, width_of

ROWS = [("deck", "new", "title"), ("http", "12", "Basics of HTTP: requests and responses")]


def test_a_table_aligns_its_columns():
    assert table(ROWS, right=(1,)) == "deck  new  title\nhttp   12  Basics of HTTP: requests and responses"


def test_the_wide_column_is_cut_to_fit():
    assert table(ROWS, right=(1,), wide=2, fit=32) == "deck  new  title\nhttp   12  Basics of HTTP: requ…"


def test_a_wide_column_without_room_gets_a_line_of_its_own():
    assert table(ROWS, right=(1,), wide=2, fit=22) == "deck  new\n  title\nhttp   12\n  Basics of HTTP: req…"


def test_without_rows_there_is_no_table():
    assert table([]) == ""


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(*[st.text("abc é漢 ", max_size=60)] * 3), min_size=1, max_size=5),
    st.integers(20, 100),
)
def test_no_line_of_a_table_is_wider_than_the_terminal(rows, fit):
    text = table(rows, wide=2, fit=fit)
    narrow = [(a[:7], b[:7], c) for a, b, c in rows]

    assert all(width_of(line) <= fit for line in table(narrow, wide=2, fit=fit).split("\n"))
    assert text.count("\n") >= len(rows) - 1


@pytest.mark.parametrize(
    ("seconds", "word"),
    [
        pytest.param(45, "45s", id="seconds"),
        pytest.param(60, "1m", id="a minute"),
        pytest.param(330, "5.5m", id="half a minute"),
        pytest.param(7200, "2h", id="hours"),
        pytest.param(86_400, "1d", id="a day"),
        pytest.param(99 * 86_400, "99d", id="days"),
        pytest.param(120 * 86_400, "3.9mo", id="months"),
        pytest.param(498 * 86_400, "1.4y", id="years"),
    ],
)
def test_an_interval_is_one_short_word(seconds, word):
    assert interval(seconds) == word


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\x1b[2Jb", "a␛[2Jb", id="escape"),
        pytest.param("a\x9b1mb", "a<U+009B>1mb", id="C1"),
        pytest.param("a\x7fb\x00", "a␡b␀", id="delete and NUL"),
        pytest.param("a\u202eb\u200bc\ufeff", "a<U+202E>b<U+200B>c<U+FEFF>", id="bidi, zero width, BOM"),
        pytest.param("\U000e0041", "<U+E0041>", id="tag character"),
        pytest.param("a\tb\nc\u00a0d\u3000é漢😀", "a\tb\nc\u00a0d\u3000é漢😀", id="what is text stays"),
        pytest.param("\ud800", "<U+D800>", id="surrogate"),
    ],
)
def test_what_could_command_the_terminal_is_shown(text, shown):
    assert visible(text) == shown


@given(st.text())
def test_nothing_that_is_shown_commands_the_terminal(text):
    assert all(char.isprintable() or char in "\n\t" or char.isspace() for char in visible(text))
    assert not set(visible(text)) & {chr(code) for code in (*range(9), *range(11, 32), 127, *range(128, 160))}


@given(st.text(max_size=80), st.integers(0, 40))
def test_a_shortened_text_fits(text, columns):
    assert width_of(shortened(text, columns)) <= columns


def test_words_for_numbers():
    assert [counted(1, "card"), counted(2, "card")] == ["1 card", "2 cards"]
    assert [minutes(40_000), minutes(360_000), minutes(4_800_000)] == ["40 s", "6 min", "1 h 20 min"]
    assert [clock(65), percent(0.847)] == ["1:05", "85%"]
