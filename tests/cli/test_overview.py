"""Bare `bedrill`: today at a glance."""

from __future__ import annotations

HTTP = "---\nid: http\nlesson: 5\n---\n\n## Which method? {#method .core}\n\n`PUT`\n"
SQL = "---\nid: sql\nlesson: 9\nrequires: [5]\n---\n\n## What does JOIN do? {#join}\n\nIt pairs rows.\n"


def test_what_is_due_what_was_done_and_what_to_type_next(invoke, deck_file, now):
    invoke("import", str(deck_file()))
    invoke("grade", "cap/choice", "easy")
    now.move(days=1)
    invoke("grade", "cap/log", "again")

    result = invoke()

    assert (result.code, result.err) == (0, "")
    assert result.out == (
        "today      0 review, 1 learning, 1 new\n"
        "done       1 answer\n"
        "streak     2 days\n"
        "readiness  50% of all cards known today\n"
        "\n"
        "next: bedrill review\n"
    )


def test_as_data(invoke, deck_file):
    invoke("import", str(deck_file()))
    invoke("grade", "cap/choice", "easy")

    assert invoke("--json").json == {
        "on": "2026-01-05",
        "new": 2,
        "learning": 0,
        "review": 0,
        "total": 2,
        "answered": 1,
        "streak_days": 1,
        "readiness": 0.25,
        "goal": None,
    }


def test_when_nothing_is_due(invoke, deck_file):
    invoke("import", str(deck_file()))
    invoke("suspend", "cap")

    assert invoke().out.splitlines()[-1] == "next: nothing is due; come back tomorrow, or bedrill review --cram"


def test_when_lessons_wait_for_others(invoke, deck_file):
    invoke("import", str(deck_file(HTTP, "http.md")), str(deck_file(SQL, "sql.md")))
    invoke("bury", "http")

    assert invoke().out.splitlines()[-1] == (
        "next: nothing is due; bedrill review DECK opens a lesson that waits for others"
    )


def test_a_new_collection(invoke):
    assert invoke().out.startswith("today      0 review, 0 learning, 0 new\ndone       0 answers\nstreak     0 days\n")
