"""Cards by the names that people type; marks, edits, settings, and how far a person is."""

from __future__ import annotations

import pytest

from bedrill.collection import browse, open_collection
from bedrill.errors import ConfigError, EditError, NotFoundError
from bedrill.model import Phase, Rating
from bedrill.store import catalog

HTTP = "---\nid: http\nlesson: 5\ntags: [web]\n---\n\n## Which method? {#method .core}\n\n`PUT`\n"


@pytest.fixture(autouse=True)
def _decks(take, deck_file):
    take(HTTP, "http.md")
    take(deck_file().read_text("utf-8"))


def names(found):
    return [card.name for card in found]


def test_a_name_without_a_number_means_the_first_sibling(collection):
    assert browse.card_named(collection, "cap/quorum").name == "cap/quorum#1"
    assert browse.card_named(collection, "cap/quorum#2").name == "cap/quorum#2"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        pytest.param("cap/choise", "did you mean 'cap/choice'?", id="a slip in the slug"),
        pytest.param("capp/choice", "did you mean 'cap/choice'?", id="a slip in the deck"),
        pytest.param("cap/quorum#3", "did you mean 'cap/quorum'?", id="no such sibling"),
        pytest.param("choice", "did you mean 'cap/choice'?", id="the deck is missing"),
        pytest.param("quorum", "did you mean 'cap/quorum'?", id="the deck of a cloze is missing"),
        pytest.param("something else", "'bedrill search WORD' finds cards", id="nothing like it"),
        pytest.param("", "'bedrill search WORD' finds cards", id="nothing"),
        pytest.param("/" * 10_000, "'bedrill search WORD' finds cards", id="10,000 slashes"),
        pytest.param("\udcff", "'bedrill search WORD' finds cards", id="not UTF-8"),
    ],
)
def test_an_unknown_card_is_an_error_with_a_hint(collection, name, hint):
    with pytest.raises(NotFoundError) as caught:
        browse.card_named(collection, name)

    assert (caught.value.message, caught.value.hint, caught.value.exit_code) == (f"no card '{name}'", hint, 4)


@pytest.mark.parametrize(
    ("name", "cards"),
    [
        pytest.param("cap/choice", ["cap/choice"], id="a card"),
        pytest.param("cap/quorum", ["cap/quorum#1", "cap/quorum#2"], id="all siblings"),
        pytest.param("cap/quorum#2", ["cap/quorum#2"], id="one sibling"),
        pytest.param("5", ["http/method"], id="a lesson"),
        pytest.param("c*", ["cap/choice", "cap/quorum#1", "cap/quorum#2", "cap/log"], id="a glob"),
        pytest.param("tag:web", ["http/method"], id="a tag"),
    ],
)
def test_a_target_means_cards(collection, name, cards):
    assert names(browse.cards_named(collection, name)) == cards


def test_the_siblings_that_a_target_means_are_those_in_study(collection, take, deck_file):
    take(deck_file().read_text("utf-8").replace("{{c1::a majority}}", "a majority"))

    assert names(browse.cards_named(collection, "cap/quorum")) == ["cap/quorum#2"]
    assert names(browse.cards_named(collection, "cap/quorum#1")) == ["cap/quorum#1"]


@pytest.mark.parametrize("name", ["cap/nothing", "nothing", "tag:nothing"])
def test_a_target_that_means_nothing_is_an_error(collection, name):
    with pytest.raises(NotFoundError):
        browse.cards_named(collection, name)


def test_cards_are_suspended_buried_flagged_and_put_back(collection):
    chosen = browse.cards_named(collection, "cap/quorum")

    assert browse.set_suspended(collection, chosen, suspended=True) == 2
    assert browse.set_suspended(collection, chosen, suspended=True) == 0
    assert browse.set_buried(collection, chosen[:1], buried=True) == 1
    browse.set_flag(collection, chosen[0], 4)
    marked = browse.card_named(collection, "cap/quorum#1")
    assert (marked.suspended, marked.buried_until, marked.flag) == (True, collection.clock.today() + 1, 4)

    assert browse.set_suspended(collection, chosen, suspended=False) == 2
    assert browse.set_buried(collection, chosen, buried=False) == 1
    browse.set_flag(collection, chosen[0], 0)
    assert browse.card_named(collection, "cap/quorum#1") == chosen[0]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        pytest.param("", "line 0: no notes in this file", "a note starts with a line '## question'", id="empty"),
        pytest.param(
            "What is it?\n", "line 0: no notes in this file", "a note starts with a line '## question'", id="no heading"
        ),
        pytest.param("## What?\n", "line 1: this note has no answer", "write the answer under the question", id="half"),
        pytest.param(
            "## A?\n\n1\n\n## B?\n\n2\n",
            "line 5: an edit is of one note",
            "put the second note into a file",
            id="two notes",
        ),
    ],
)
def test_an_edit_that_is_not_one_note_is_refused(collection, dump, text, message, hint):
    before = dump()

    with pytest.raises(EditError) as caught:
        browse.edit(collection, browse.card_named(collection, "cap/choice"), text)

    assert (caught.value.message, caught.value.hint, caught.value.exit_code) == (message, hint, 1)
    assert dump() == before


def test_a_setting_is_kept_in_the_collection(collection, db_path, now):
    browse.set_setting(collection, "new_per_day", "7")
    browse.set_setting(collection, "learning_steps", " 30s   2h ")
    collection.close()

    again = open_collection(db_path, now)
    again_settings, stored = again.settings, catalog.settings(again.db)
    again.close()

    assert (again_settings.new_per_day, again_settings.learning_steps) == (7, (30, 7_200))
    assert stored == {"learning_steps": "30s 2h", "new_per_day": "7"}


def test_a_setting_can_be_put_back(collection):
    browse.set_setting(collection, "new_per_day", "7")

    browse.set_setting(collection, "new_per_day", None)

    assert (collection.settings.new_per_day, catalog.settings(collection.db)) == (20, {})


@pytest.mark.parametrize(
    ("key", "value", "error"),
    [
        pytest.param("new_per_day", "many", ConfigError, id="a wrong value"),
        pytest.param("news_per_day", "7", NotFoundError, id="a wrong key"),
        pytest.param("news_per_day", None, NotFoundError, id="a wrong key put back"),
    ],
)
def test_a_setting_that_cannot_be_changes_nothing(collection, dump, key, value, error):
    before = dump()

    with pytest.raises(error):
        browse.set_setting(collection, key, value)

    assert dump() == before


def test_a_change_of_the_steps_rebuilds_the_states(collection, give, progress):
    """With one step, a card that is Good has finished learning."""
    give("cap/choice", Rating.GOOD)
    before = progress("cap/choice").state

    browse.set_setting(collection, "learning_steps", "1m")
    changed = progress("cap/choice").state
    browse.set_setting(collection, "learning_steps", None)

    assert (before.phase, changed.phase) == (Phase.LEARNING, Phase.REVIEW)
    assert changed.memory == before.memory
    assert progress("cap/choice").state == before


def test_a_change_of_the_parameters_rebuilds_the_states(collection, give, progress):
    give("cap/choice", Rating.EASY)
    before = progress("cap/choice").state
    parameters = (*collection.settings.fsrs_parameters[:3], 20.0, *collection.settings.fsrs_parameters[4:])

    browse.set_setting(collection, "fsrs_parameters", " ".join(map(str, parameters)))

    assert before.memory is not None
    assert progress("cap/choice").state.memory == before.memory.__class__(20.0, before.memory.difficulty)


def test_other_settings_leave_the_states_alone(collection, give, progress):
    give("cap/choice", Rating.EASY)
    before = progress("cap/choice")

    for key, value in (("desired_retention", "0.8"), ("maximum_interval_days", "3"), ("fuzz", "off")):
        browse.set_setting(collection, key, value)

    assert progress("cap/choice") == before


def test_an_overview_says_how_far_one_is(collection, give, now):
    give("cap/choice", Rating.EASY)
    browse.set_suspended(collection, browse.cards_named(collection, "cap/log"), suspended=True)

    overview = browse.overview(collection, [])

    assert [(row.deck.deck_id, row.cards, row.seen, row.suspended, row.readiness) for row in overview] == [
        ("http", 1, 0, 0, 0.0),
        ("cap", 3, 1, 1, pytest.approx(1 / 3)),
    ]
    assert browse.readiness_today(collection) == 0.25
    assert [row.deck.deck_id for row in browse.overview(collection, ["5"])] == ["http"]


def test_readiness_of_a_collection_without_cards_is_nothing(tmp_path, now):
    empty = open_collection(tmp_path / "empty.db", now)

    assert (browse.readiness_today(empty), browse.overview(empty, [])) == (0.0, [])
    empty.close()
