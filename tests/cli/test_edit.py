"""`bedrill edit`: the person's editor, and everything it can do wrong."""

from __future__ import annotations

import pytest

APPEND = 'sh -c \'printf "\\nBy Brewer and Gilbert.\\n" >> "$0"\''


@pytest.fixture(autouse=True)
def _deck(invoke, deck_file):
    invoke("import", str(deck_file()))
    invoke("grade", "cap/choice", "easy")


@pytest.fixture
def card(invoke):
    return lambda: invoke("show", "cap/choice", "--json").json


def test_a_new_text_is_kept_with_the_history(invoke, card, monkeypatch):
    monkeypatch.setenv("EDITOR", APPEND)
    before = card()

    result = invoke("edit", "cap/choice")

    assert (result.code, result.out, result.err) == (0, "", "cap/choice: your text is kept\n")
    after = card()
    assert after["answer"] == "Either consistency or availability.\n\nBy Brewer and Gilbert."
    assert after == before | {"answer": after["answer"], "edited": True}


@pytest.mark.parametrize(
    "editor",
    [
        pytest.param("true", id="that does nothing"),
        pytest.param("touch", id="that writes the same"),
    ],
)
def test_an_editor_that_changes_nothing(invoke, card, monkeypatch, editor):
    monkeypatch.setenv("EDITOR", editor)
    before = card()

    result = invoke("edit", "cap/choice")

    assert (result.code, result.out, result.err) == (0, "", "cap/choice: nothing changed\n")
    assert card() == before


@pytest.mark.parametrize(
    ("editor", "message"),
    [
        pytest.param(
            "false",
            "bedrill: the editor 'false' ended with exit code 1; nothing was changed\ntry: try again\n",
            id="it fails",
        ),
        pytest.param(
            "no-such-editor --wait",
            "bedrill: the editor 'no-such-editor --wait' cannot be started: "
            "[Errno 2] No such file or directory: 'no-such-editor'\ntry: set $VISUAL or $EDITOR\n",
            id="it is not there",
        ),
        pytest.param(
            "vi 'unclosed",
            "bedrill: the editor 'vi 'unclosed' cannot be started: No closing quotation\ntry: set $VISUAL or $EDITOR\n",
            id="it cannot be read",
        ),
        pytest.param(
            "truncate -s 0",
            "line 0: no notes in this file; a note starts with a line '## question'\n"
            "bedrill: the edited text is no note; nothing was changed\ntry: a note starts with a line '## question'\n",
            id="it leaves nothing",
        ),
        pytest.param(
            "sed -i s/##/#/",
            "line 0: no notes in this file; a note starts with a line '## question'\n"
            "bedrill: the edited text is no note; nothing was changed\ntry: a note starts with a line '## question'\n",
            id="it leaves no note",
        ),
        pytest.param(
            'sh -c \'printf "\\n## B?\\n\\n2\\n" >> "$0"\'',
            "line 5: an edit is of one note; put the second note into a file\n"
            "bedrill: the edited text is no note; nothing was changed\ntry: put the second note into a file\n",
            id="it leaves two notes",
        ),
        pytest.param(
            'sh -c \'printf "\\377" >> "$0"\'',
            "bedrill: what 'sh -c 'printf \"\\377\" >> \"$0\"'' left cannot be read: "
            "'utf-8' codec can't decode byte 0xff in position 112: invalid start byte; nothing was changed\n",
            id="it leaves no text",
        ),
        pytest.param(
            "rm",
            "bedrill: what 'rm' left cannot be read: [Errno 2] No such file or directory",
            id="it leaves no file",
        ),
    ],
)
def test_an_editor_that_leaves_no_note_changes_nothing(invoke, card, monkeypatch, editor, message):
    monkeypatch.setenv("EDITOR", editor)
    before = card()

    result = invoke("edit", "cap/choice")

    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(message)
    assert card() == before


@pytest.mark.parametrize(
    ("environment", "used"),
    [
        pytest.param({"EDITOR": APPEND, "VISUAL": "true"}, "true", id="VISUAL goes before EDITOR"),
        pytest.param({"EDITOR": "true", "VISUAL": " "}, "true", id="an empty one does not count"),
        pytest.param({"BEDRILL_EDITOR": "true", "VISUAL": APPEND}, "true", id="BEDRILL_EDITOR goes before all"),
    ],
)
def test_which_editor_is_used(invoke, monkeypatch, environment, used):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert invoke("edit", "cap/choice").err == "cap/choice: nothing changed\n"
    assert used == "true"


def test_the_editor_is_given_the_note_as_written(invoke, monkeypatch, tmp_path):
    monkeypatch.setenv("EDITOR", f"sh -c 'cat \"$0\" > {tmp_path}/seen'")

    invoke("edit", "cap/quorum#2")

    assert (tmp_path / "seen").read_text() == (
        "## A quorum is {{c1::a majority}} of {{c2::the replicas}}. {#quorum}\n\nTwo majorities overlap.\n"
    )


def test_an_unknown_card(invoke):
    result = invoke("edit", "cap/choise")

    assert (result.code, result.err) == (4, "bedrill: no card 'cap/choise'\ndid you mean 'cap/choice'?\n")
