"""Settings: what their text means, what is refused, and how they are written."""

from __future__ import annotations

from datetime import time
from typing import Final

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bedrill.config import (
    HELP,
    KEYS,
    ORDERS,
    SCHEDULING_KEYS,
    WEEKDAYS,
    Settings,
    check_key,
    settings_from,
    text_of,
    with_setting,
)
from bedrill.errors import ConfigError, NotFoundError
from bedrill.goals import Goal
from bedrill.memory import DEFAULT_PARAMETERS, LOWER_BOUNDS, UPPER_BOUNDS

DEFAULTS: Final = " ".join(map(str, DEFAULT_PARAMETERS))
STEPS: Final = st.lists(
    st.builds(
        lambda number, unit: number * {"s": 1, "m": 60, "h": 3600, "d": 86_400}[unit],
        st.integers(1, 99_999),
        st.sampled_from("smhd"),
    ),
    max_size=4,
).map(tuple)


GOALS = st.lists(
    st.builds(Goal, st.integers(20_000, 40_000), st.integers(1, 1_440).map(float), st.sampled_from(["", "mid"])),
    unique_by=lambda goal: goal.on,
    max_size=2,
).map(lambda goals: tuple(sorted(goals)))


@st.composite
def any_settings(draw: st.DrawFn) -> Settings:
    """Settings with every value that they can have."""
    bounds = zip(LOWER_BOUNDS, UPPER_BOUNDS, strict=True)
    return Settings(
        day_start=draw(st.times().map(lambda at: at.replace(second=0, microsecond=0))),
        time_zone=draw(st.sampled_from(["", "UTC", "Europe/Berlin", "Australia/Lord_Howe"])),
        new_per_day=draw(st.integers(0, 9_999)),
        reviews_per_day=draw(st.integers(0, 9_999)),
        desired_retention=draw(st.floats(0.7, 0.99)),
        learning_steps=draw(STEPS),
        relearning_steps=draw(STEPS),
        maximum_interval_days=draw(st.integers(1, 36_500)),
        fsrs_parameters=draw(st.tuples(*(st.floats(*pair) for pair in bounds))),
        order=draw(st.sampled_from(ORDERS)),
        fuzz=draw(st.booleans()),
        easy_days=draw(st.lists(st.integers(0, 100), min_size=7, max_size=7).map(tuple).filter(any)),
        prerequisites=draw(st.booleans()),
        learn_ahead_minutes=draw(st.integers(0, 1_440)),
        leech_lapses=draw(st.integers(1, 99)),
        goals=draw(GOALS),
    )


@hypothesis_settings(max_examples=200, deadline=None)
@given(any_settings())
def test_what_is_written_reads_back_as_the_same(settings):
    stored = {key: text_of(settings, key) for key in KEYS}

    assert settings_from(stored) == settings


def test_the_defaults_are_written_as_a_person_would():
    defaults = {key: text_of(Settings(), key) for key in KEYS}

    assert defaults == {
        "day_start": "04:00",
        "time_zone": "",
        "new_per_day": "20",
        "reviews_per_day": "200",
        "desired_retention": "0.9",
        "learning_steps": "1m 10m",
        "relearning_steps": "10m",
        "maximum_interval_days": "36500",
        "fsrs_parameters": DEFAULTS,
        "order": "retrievability",
        "fuzz": "on",
        "easy_days": "",
        "prerequisites": "on",
        "learn_ahead_minutes": "20",
        "leech_lapses": "8",
        "confidence": "off",
        "goals": "",
    }
    assert settings_from(defaults) == Settings()


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        pytest.param("day_start", "4:30", time(4, 30), id="one digit of the hour"),
        pytest.param("day_start", "23:59", time(23, 59), id="a minute to midnight"),
        pytest.param("time_zone", "Europe/Berlin", "Europe/Berlin", id="zone"),
        pytest.param("time_zone", "", "", id="the system's zone"),
        pytest.param("new_per_day", " 0 ", 0, id="white space around it"),
        pytest.param("reviews_per_day", "9999", 9_999, id="the most reviews"),
        pytest.param("desired_retention", "0.7", 0.7, id="least retention"),
        pytest.param("desired_retention", ".99", 0.99, id="most retention"),
        pytest.param("learning_steps", "30s 10m 2h 1d", (30, 600, 7_200, 86_400), id="every unit"),
        pytest.param("learning_steps", "", (), id="no learning steps"),
        pytest.param("relearning_steps", "  5m   1h ", (300, 3_600), id="more white space"),
        pytest.param("maximum_interval_days", "36500", 36_500, id="a hundred years"),
        pytest.param("fsrs_parameters", "", DEFAULT_PARAMETERS, id="no parameters are the defaults"),
        pytest.param(
            "fsrs_parameters", DEFAULTS.replace(" ", ", "), DEFAULT_PARAMETERS, id="commas, as Anki shows them"
        ),
        pytest.param("order", "stability", "stability", id="order"),
        *(pytest.param("fuzz", word, True, id=word) for word in ("on", "Yes", "TRUE", "1")),
        pytest.param("easy_days", "Sat:50, sun:0", (100, 100, 100, 100, 100, 50, 0), id="weekdays"),
        *(pytest.param("fuzz", word, False, id=word) for word in ("off", "No", "false", "0")),
        pytest.param("prerequisites", "off", False, id="no prerequisites"),
        pytest.param("learn_ahead_minutes", "1440", 1_440, id="a day ahead"),
        pytest.param("leech_lapses", "1", 1, id="the first lapse"),
    ],
)
def test_text_means(key, text, value):
    assert getattr(with_setting(Settings(), key, text), key) == value


@pytest.mark.parametrize(
    ("key", "text", "reason"),
    [
        pytest.param("day_start", "24:00", "a time such as 04:00 is wanted", id="no such hour"),
        pytest.param("day_start", "04:60", "a time such as 04:00 is wanted", id="no such minute"),
        pytest.param("day_start", "4", "a time such as 04:00 is wanted", id="no minutes"),
        pytest.param("day_start", "4 am", "a time such as 04:00 is wanted", id="another clock"),
        pytest.param("time_zone", "Berlin", "no such time zone", id="no zone"),
        pytest.param("time_zone", "Europe", "no such time zone", id="a folder of zones"),
        pytest.param("time_zone", "../../etc/passwd", "no such time zone", id="a way out of the folder"),
        pytest.param("time_zone", "/etc/localtime", "no such time zone", id="an absolute path"),
        pytest.param("time_zone", "a\0b", "no such time zone", id="a zero"),
        pytest.param("new_per_day", "-1", "a whole number from 0 to 9999 is wanted", id="negative"),
        pytest.param("new_per_day", "10000", "a whole number from 0 to 9999 is wanted", id="too many new"),
        pytest.param("new_per_day", "", "a whole number from 0 to 9999 is wanted", id="nothing"),
        pytest.param("new_per_day", "²", "a whole number from 0 to 9999 is wanted", id="a digit that is no number"),
        pytest.param("new_per_day", "9" * 5_000, "a whole number from 0 to 9999 is wanted", id="5,000 digits"),
        pytest.param("reviews_per_day", "1.5", "a whole number from 0 to 9999 is wanted", id="a fraction"),
        pytest.param("desired_retention", "0.69", "a number from 0.70 to 0.99 is wanted", id="too low"),
        pytest.param("desired_retention", "1", "a number from 0.70 to 0.99 is wanted", id="too high"),
        pytest.param("desired_retention", "90%", "a number from 0.70 to 0.99 is wanted", id="in percent"),
        pytest.param("desired_retention", "nan", "a number from 0.70 to 0.99 is wanted", id="not a number"),
        pytest.param("learning_steps", "1m 10", "'10' is no step; write 30s, 10m, 2h or 1d", id="no unit"),
        pytest.param("learning_steps", "0m", "'0m' is no step; write 30s, 10m, 2h or 1d", id="no time"),
        pytest.param("learning_steps", "1m,10m", "'1m,10m' is no step; write 30s, 10m, 2h or 1d", id="a comma"),
        pytest.param("relearning_steps", "1w", "'1w' is no step; write 30s, 10m, 2h or 1d", id="weeks"),
        pytest.param("relearning_steps", "100000m", "'100000m' is no step; write 30s, 10m, 2h or 1d", id="too long"),
        pytest.param("maximum_interval_days", "0", "a whole number from 1 to 36500 is wanted", id="no interval"),
        pytest.param("maximum_interval_days", "36501", "a whole number from 1 to 36500 is wanted", id="too far"),
        pytest.param("fsrs_parameters", "a b", "numbers are wanted", id="words"),
        pytest.param("fsrs_parameters", "1 2 3", "3 numbers instead of 21", id="too few"),
        pytest.param("fsrs_parameters", f"{DEFAULTS} 1", "22 numbers instead of 21", id="one too many"),
        pytest.param(
            "fsrs_parameters",
            DEFAULTS.replace("6.4133", "11"),
            "number 5 must lie between 1.0 and 10.0",
            id="too large",
        ),
        pytest.param(
            "fsrs_parameters", DEFAULTS.replace("0.212", "nan"), "number 1 must lie between 0.001 and 100.0", id="nan"
        ),
        pytest.param(
            "order", "due_date", "one of retrievability, due, stability, random is wanted", id="no such order"
        ),
        pytest.param("fuzz", "maybe", "'on' or 'off' is wanted", id="neither on nor off"),
        pytest.param(
            "easy_days", "sat", "'sat' is no weekday with 0 to 100 per cent; write sat:50", id="a weekday alone"
        ),
        pytest.param(
            "easy_days", "sat:101", "'sat:101' is no weekday with 0 to 100 per cent; write sat:50", id="over 100 %"
        ),
        pytest.param(
            "easy_days", " ".join(f"{day}:0" for day in WEEKDAYS), "one day must be left", id="no day is left"
        ),
        pytest.param("prerequisites", "", "'on' or 'off' is wanted", id="no switch"),
        pytest.param("learn_ahead_minutes", "1441", "a whole number from 0 to 1440 is wanted", id="more than a day"),
        pytest.param("leech_lapses", "0", "a whole number from 1 to 99 is wanted", id="every card a leech"),
        pytest.param("leech_lapses", "100", "a whole number from 1 to 99 is wanted", id="hardly a leech"),
    ],
)
def test_a_bad_value_is_refused_with_what_is_wanted(key, text, reason):
    with pytest.raises(ConfigError) as caught:
        with_setting(Settings(), key, text)

    assert (caught.value.message, caught.value.hint) == (f"{key} cannot be '{text}': {reason}", HELP[key])


@pytest.mark.parametrize("look_up", [lambda key: with_setting(Settings(), key, "1"), check_key], ids=["set", "look"])
@pytest.mark.parametrize(
    ("key", "hint"),
    [
        pytest.param("new_per_dya", "did you mean 'new_per_day'?", id="a slip"),
        pytest.param("colour", "bedrill config lists them", id="nothing like it"),
    ],
)
def test_an_unknown_setting_is_not_found(look_up, key, hint):
    with pytest.raises(NotFoundError) as caught:
        look_up(key)

    assert (caught.value.message, caught.value.hint) == (f"no setting '{key}'", hint)


@pytest.mark.parametrize("key", KEYS)
def test_a_setting_is_known_by_its_name_and_explained(key):
    check_key(key)

    assert HELP[key]


def test_every_field_is_a_setting_and_nothing_else_is():
    assert Settings._fields == KEYS == tuple(HELP)
    assert set(SCHEDULING_KEYS) < set(KEYS)


def test_a_key_of_a_later_version_is_left_alone():
    assert settings_from({"new_per_day": "5", "of_a_later_version": "sun"}) == Settings(new_per_day=5)


def test_setting_one_leaves_the_others_and_the_original_as_they_were():
    settings = Settings(new_per_day=5)

    changed = with_setting(settings, "fuzz", "off")

    assert (changed, settings) == (Settings(new_per_day=5, fuzz=False), Settings(new_per_day=5))


@pytest.mark.parametrize(
    ("settings", "key", "text"),
    [
        pytest.param(Settings(learning_steps=(90, 3_600, 172_800)), "learning_steps", "90s 1h 2d", id="largest unit"),
        pytest.param(Settings(learning_steps=()), "learning_steps", "", id="no steps"),
        pytest.param(Settings(fuzz=False), "fuzz", "off", id="off"),
    ],
)
def test_a_setting_is_written_as_a_person_would(settings, key, text):
    assert text_of(settings, key) == text
