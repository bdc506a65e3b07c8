"""Where a collection is, and what opening it reads."""

from __future__ import annotations

from datetime import time

import pytest

from bedrill.collection import browse, default_path, open_collection
from bedrill.errors import ConfigError
from bedrill.store import catalog


@pytest.mark.parametrize(
    ("environment", "path"),
    [
        pytest.param({"BEDRILL_DB": "/data/my.db", "XDG_DATA_HOME": "/xdg"}, "/data/my.db", id="BEDRILL_DB"),
        pytest.param({"BEDRILL_DB": "~/my.db", "HOME": "/home/ada"}, "/home/ada/my.db", id="with a tilde"),
        pytest.param({"BEDRILL_DB": "", "XDG_DATA_HOME": "/xdg"}, "/xdg/bedrill/bedrill.db", id="XDG_DATA_HOME"),
        pytest.param(
            {"XDG_DATA_HOME": "relative", "HOME": "/home/ada"},
            "/home/ada/.local/share/bedrill/bedrill.db",
            id="a relative XDG_DATA_HOME does not count",
        ),
        pytest.param({"HOME": "/home/ada"}, "/home/ada/.local/share/bedrill/bedrill.db", id="home"),
    ],
)
def test_where_the_collection_is(monkeypatch, environment, path):
    monkeypatch.setattr("sys.platform", "linux")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert default_path() == path


def test_on_macos_it_is_where_applications_keep_data(monkeypatch):
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setenv("HOME", "/Users/ada")

    assert default_path() == "/Users/ada/Library/Application Support/bedrill/bedrill.db"


def test_settings_are_read_and_the_clock_follows_them(collection, db_path, now):
    browse.set_setting(collection, "day_start", "05:30")
    browse.set_setting(collection, "time_zone", "Asia/Kolkata")
    collection.close()

    again = open_collection(db_path, now)

    assert (again.settings.day_start, again.clock.day_start, str(again.clock.zone)) == (
        time(5, 30),
        time(5, 30),
        "Asia/Kolkata",
    )
    assert again.clock.now is now
    again.close()


def test_a_setting_of_a_later_version_is_left_alone(collection, db_path, now):
    catalog.put_setting(collection.db, "telepathy", "on")
    collection.close()

    again = open_collection(db_path, now)

    assert catalog.settings(again.db) == {"telepathy": "on"}
    again.close()


def test_a_setting_that_makes_no_sense_is_named(collection, db_path, now):
    catalog.put_setting(collection.db, "new_per_day", "many")
    collection.close()

    with pytest.raises(ConfigError, match=r"^new_per_day cannot be 'many': a whole number from 0 to 9999 is wanted$"):
        open_collection(db_path, now)


def test_a_collection_has_a_name_for_itself(collection, db_path, now):
    name = collection.device
    collection.close()

    again = open_collection(db_path, now)

    assert again.device == name
    assert len(name) == 4
    again.close()
