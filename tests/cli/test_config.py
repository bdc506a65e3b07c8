"""`bedrill config`."""

from __future__ import annotations

import pytest

from bedrill import config


def test_all_settings(invoke):
    invoke("config", "new_per_day", "7")

    result = invoke("config")

    lines = result.out.splitlines()
    assert (result.code, result.err) == (0, "* is not the default\n")
    assert [line.split()[0] for line in lines] == list(config.KEYS)
    assert lines[2] == "new_per_day            7 *                             new cards a day (20)"
    assert not [line for line in lines if "*" in line and "new_per_day" not in line]


def test_all_settings_as_data(invoke):
    values = invoke("config", "--json").json

    assert list(values) == list(config.KEYS)
    assert (values["learning_steps"], values["fuzz"], values["day_start"]) == ("1m 10m", "on", "04:00")
    assert len(values["fsrs_parameters"].split()) == 21


def test_one_setting_is_shown_changed_and_put_back(invoke):
    outputs = [
        invoke("config", *arguments).out
        for arguments in (
            ["new_per_day"],
            ["new_per_day", "7"],
            ["new_per_day"],
            ["new_per_day", "--unset"],
            ["learning_steps", "30s 2h"],
            ["learning_steps", ""],
        )
    ]

    assert outputs == ["20\n", "7\n", "7\n", "20\n", "30s 2h\n", "\n"]
    assert invoke("config", "new_per_day", "--json").json == {"new_per_day": "20"}


def test_a_change_of_the_steps_rebuilds_the_states(invoke, deck_file):
    invoke("import", str(deck_file()))
    invoke("grade", "cap/choice", "good")
    before = invoke("show", "cap/choice", "--json").json["phase"]

    invoke("config", "learning_steps", "1m")

    assert (before, invoke("show", "cap/choice", "--json").json["phase"]) == ("learning", "review")
    assert invoke("doctor").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        pytest.param(
            ["new_per_dy"], 4, "bedrill: no setting 'new_per_dy'\ndid you mean 'new_per_day'?\n", id="unknown"
        ),
        pytest.param(
            ["new_per_dy", "3"], 4, "bedrill: no setting 'new_per_dy'\ndid you mean 'new_per_day'?\n", id="set unknown"
        ),
        pytest.param(
            ["xyzzy", "--unset"], 4, "bedrill: no setting 'xyzzy'\ntry: bedrill config lists them\n", id="unset unknown"
        ),
        pytest.param(
            ["desired_retention", "1.5"],
            1,
            "bedrill: desired_retention cannot be '1.5': a number from 0.70 to 0.99 is wanted\n"
            "try: recall at which a card comes back, 0.70 to 0.99 (0.9)\n",
            id="wrong value",
        ),
        pytest.param(
            ["--unset"],
            2,
            "bedrill: --unset takes a KEY and no VALUE\ntry: bedrill config new_per_day --unset\n",
            id="unset nothing",
        ),
        pytest.param(
            ["fuzz", "on", "--unset"],
            2,
            "bedrill: --unset takes a KEY and no VALUE\ntry: bedrill config new_per_day --unset\n",
            id="set and unset",
        ),
    ],
)
def test_what_cannot_be_set_changes_nothing(invoke, arguments, code, message):
    before = invoke("config", "--json").json

    result = invoke("config", *arguments)

    assert (result.code, result.out, result.err) == (code, "", message)
    assert invoke("config", "--json").json == before
