"""A card by its name, its state, and what the user does to it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedrill.collection import importing
from bedrill.model import Candidate, CardState, Kind, MemoryState, Phase
from bedrill.store import cards

INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
)
STATES = st.builds(
    CardState,
    phase=st.sampled_from(Phase),
    step=st.integers(0, 9),
    memory=st.none() | st.builds(MemoryState, st.floats(0.001, 36_500), st.floats(1, 10)),
    due_on=st.none() | st.integers(0, 99_999),
    due_at=st.none() | INSTANTS,
    last_on=st.none() | st.integers(0, 99_999),
    last_at=st.none() | INSTANTS,
    reps=st.integers(0, 9_999),
    lapses=st.integers(0, 99),
)


def names(found):
    return [card.name for card in found]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("cap/choice", ["cap/choice"], id="the only card of a note"),
        pytest.param("cap/quorum", ["cap/quorum#1", "cap/quorum#2"], id="all siblings"),
        pytest.param("cap/quorum#2", ["cap/quorum#2"], id="one of them"),
        pytest.param("cap/quorum#3", [], id="no such sibling"),
        pytest.param("cap/choice#x", [], id="no number"),
        pytest.param("choice", [], id="without its deck"),
        pytest.param("", [], id="nothing"),
        pytest.param("cap/gr\udcf6\udcdfe", [], id="not UTF-8"),
    ],
)
def test_a_name_means_cards(filled, name, found):
    assert names(cards.by_name(filled.db, name)) == found


def test_a_card_is_all_that_is_known_of_it(filled):
    (card,) = cards.by_name(filled.db, "cap/choice")

    assert (card.deck_id, card.deck_title, card.lesson, card.slug, card.ordinal) == ("cap", "CAP", None, "choice", 0)
    assert (card.kind, card.is_core, card.state, card.flag) == (Kind.CONCEPT, True, CardState(), 0)
    assert (card.suspended, card.buried_until, card.retired, card.edited_at) == (False, None, False, None)
    assert card.text.endswith("{#choice .core}\n\nEither consistency or availability.")
    assert cards.by_row(filled.db, card.row_id) == card
    assert cards.candidate(card) == Candidate(card.row_id, card.note_row, card.deck_row)


def test_retired_cards_come_last_and_are_not_among_the_live_ones_of_their_note(filled, deck_file):
    text = deck_file().read_text("utf-8").replace("{{c1::a majority}}", "a majority")
    importing.import_paths(filled, [deck_file(text)])

    found = cards.by_name(filled.db, "cap/quorum")

    assert names(found) == ["cap/quorum#2", "cap/quorum#1"]
    assert [card.retired for card in found] == [False, True]
    assert names(cards.by_note(filled.db, found[0])) == ["cap/quorum#2"]


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        pytest.param("", ["cap/choice", "cap/quorum#1", "cap/quorum#2", "cap/log"], id="all"),
        pytest.param("ca", ["cap/choice", "cap/quorum#1", "cap/quorum#2", "cap/log"], id="part of a deck"),
        pytest.param("cap/qu", ["cap/quorum#1", "cap/quorum#2"], id="part of a slug"),
        pytest.param("cap/quorum#", ["cap/quorum#1", "cap/quorum#2"], id="up to the number"),
        pytest.param("http", [], id="none"),
        pytest.param("%", [], id="no wildcards"),
    ],
)
def test_names_can_be_completed(filled, prefix, found):
    assert cards.names(filled.db, prefix) == found


def test_no_more_names_are_read_than_asked_for(filled):
    assert cards.names(filled.db, "", 2) == ["cap/choice", "cap/quorum#1"]


@given(STATES)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_state_comes_back_as_it_was_written(filled, state):
    cards.put_state(filled.db, 1, state)

    assert cards.by_row(filled.db, 1).state == state
    assert cards.states(filled.db) == ({} if state == CardState() else {1: state})


def test_putting_all_states_makes_every_other_card_new(filled):
    learning = CardState(Phase.LEARNING, 1, MemoryState(2.0, 5.0), 3, None, 3, None, 1, 0)
    cards.put_state(filled.db, 1, learning)
    cards.put_state(filled.db, 2, CardState(lapses=3))

    cards.put_states(filled.db, {3: learning})

    assert cards.states(filled.db) == {3: learning}


def test_marks_say_how_many_cards_they_changed(filled):
    db = filled.db

    counts = [
        cards.set_suspended(db, [1, 2], suspended=True),
        cards.set_suspended(db, [2, 3], suspended=True),
        cards.set_suspended(db, [1, 4], suspended=False),
        cards.set_buried(db, [1, 2], 20_000),
        cards.set_buried(db, [2], 20_000),
        cards.set_buried(db, [2, 3], None),
    ]
    cards.set_flag(db, 4, 2)

    assert counts == [2, 1, 1, 2, 0, 1]
    marks = [(card.suspended, card.buried_until, card.flag) for card in cards.by_rows(db, [1, 2, 3, 4])]
    assert marks == [(False, 20_000, 0), (True, None, 0), (True, None, 0), (False, None, 2)]
