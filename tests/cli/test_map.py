"""`bedrill map`; what stands where is in tests/collection/test_course.py."""

from __future__ import annotations

import pytest
from tests.cli.terminal import run_bedrill

from bedrill.cli.text import width_of

REQUIRES = {1: [], 2: [1], 5: [1, 2], 12: [5]}


@pytest.fixture(autouse=True)
def _decks(invoke, deck_file):
    for lesson, requires in REQUIRES.items():
        text = f"---\nid: deck{lesson}\ntitle: The lesson {lesson}\nlesson: {lesson}\nrequires: {requires}\n---\n\n## Q{lesson}? {{#q}}\n\nA.\n"
        invoke("import", str(deck_file(text, f"{lesson}.md")))


def test_the_course_is_drawn(invoke):
    invoke("grade", "deck1/q", "easy")

    result = invoke("map")

    assert (result.code, result.err) == (0, "")
    assert result.out == (
        "   1■    2□                5·\n"
        "        12·\n"
        "\n"
        "■ known  ◧ begun  □ open  · waits\n"
        "\n"
        "worth knowing next:\n"
        "  2 deck2 0%, opens 2 decks: The lesson 2\n"
        "\n"
        "waiting:\n"
        "  5 deck5 0%, opens 1 deck, waits for deck2: The lesson 5\n"
        "  12 deck12 0%, waits for deck5: The lesson 12\n"
    )


def test_as_data(invoke):
    data = invoke("map", "--json").json

    assert data[2] == {
        "deck": "deck5",
        "title": "The lesson 5",
        "lesson": 5,
        "standing": "waits",
        "readiness": 0.0,
        "waits_for": ["deck1", "deck2"],
        "opens": 1,
    }


@pytest.mark.parametrize("columns", [40, 59, 60, 200])
def test_no_line_is_wider_than_the_terminal(invoke, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))

    assert max(width_of(line) for line in invoke("map").out.splitlines()) <= columns


def test_where_unicode_is_missing_ascii_serves(db_path, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")

    result = run_bedrill(db_path, "map")

    assert "# known  + begun  o open  . waits" in result.stdout, result.stderr


def test_without_lessons_there_is_nothing_to_draw(invoke, tmp_path, deck_file):
    other = str(tmp_path / "other.db")
    invoke("import", str(deck_file()), "--db", other)

    assert invoke("map", "--db", other).out.startswith("■ known")
