"""What today asks: limits that outlive the process, lessons that wait for others, concepts that interviews call back."""

from __future__ import annotations

import pytest

from bedrill.collection import browse, open_collection, today
from bedrill.model import Kind, Rating, Tick
from bedrill.store import cards, catalog, log

HEAD = "---\nid: {}\nlesson: {}\nrequires: [{}]\n---\n\n"
NOTE = "## Question {0}? {{#{0}}}\n\nAnswer {0}.\n\n"


def deck(name, lesson, notes, requires=""):
    return HEAD.format(name, lesson, requires) + "".join(
        NOTE.format(note).replace("}\n", " .core}\n") if note.startswith("core") else NOTE.format(note)
        for note in notes
    )


@pytest.fixture
def asked(collection):
    """The names of the cards that are left of today, in the order of asking."""

    def call(scope=today.EVERYTHING, of=collection):
        queue = today.queue(of, scope)
        waiting = [step.candidate for step in queue.learning]
        rows = [candidate.card for candidate in (*waiting, *queue.called, *queue.main)]
        return [card.name for card in cards.by_rows(of.db, rows)]

    return call


@pytest.fixture
def named(collection):
    """The scope that a DECK on the command line gives."""

    def call(*names):
        rows = [row.row_id for row in catalog.decks(collection.db) if row.deck_id in names]
        return today.Scope(tuple(rows), frozenset(rows))

    return call


def test_new_cards_come_in_lesson_order_core_first(take, asked):
    take(deck("second", 2, ("a", "core-b")), "second.md")
    take(deck("first", 1, ("c", "core-d")), "first.md")

    assert asked() == ["first/core-d", "second/core-b", "first/c", "second/a"]


def test_siblings_are_never_asked_on_one_day(take, give, asked, now):
    take(HEAD.format("one", 1, "") + "## {{c1::One}} and {{c2::two}}. {#both}\n")

    first = asked()
    give("one/both#1", Rating.EASY)
    after = asked()
    now.move(days=1)

    assert (first, after, asked()) == (["one/both#1"], [], ["one/both#2"])


def test_limits_are_counted_from_the_log_and_survive_a_restart(collection, take, give, asked, db_path, now):
    take(deck("one", 1, "abcdef"))
    browse.set_setting(collection, "new_per_day", "3")
    browse.set_setting(collection, "learning_steps", "")
    browse.set_setting(collection, "reviews_per_day", "2")
    for name in asked():
        give(name, Rating.GOOD)
    same_day = asked()
    now.move(days=30)
    give("one/a")

    collection.close()
    again = open_collection(db_path, now)
    after_restart = asked(of=again)
    again.close()

    assert same_day == []
    assert sorted(after_restart) == ["one/b", "one/d", "one/e", "one/f"]


def test_an_undone_answer_gives_its_place_in_the_limit_back(collection, take, give, asked):
    take(deck("one", 1, "abc"))
    browse.set_setting(collection, "new_per_day", "1")
    give("one/a", Rating.EASY)
    full = asked()

    log.append_undo(collection.db, log.last_id(collection.db), 1)
    cards.put_states(collection.db, {})

    assert (full, asked()) == ([], ["one/a"])


def test_a_session_may_have_a_limit_of_its_own(collection, take, give, asked):
    take(deck("one", 1, "abc"))
    browse.set_setting(collection, "new_per_day", "1")
    give("one/a", Rating.EASY)
    now_ms = log.last_id(collection.db) + 1

    assert asked(today.Scope(new_limit=2, since_ms=now_ms)) == ["one/b", "one/c"]
    assert asked(today.Scope(new_limit=0, since_ms=now_ms)) == []


def test_a_kind_narrows_the_day(take, asked):
    talk = "## Say it. {#say .interview form=explain level=mid}\n\n### Key points\n\n- must: it\n\n### Answer\n\nIt.\n"
    take(deck("one", 1, "a") + talk)

    assert asked(today.Scope(kind=Kind.INTERVIEW)) == ["one/say"]
    assert asked(today.Scope(kind=Kind.CONCEPT)) == ["one/a"]


def test_new_cards_wait_for_the_lessons_that_theirs_requires(collection, take, give, asked, named, now):
    """A lesson is known when its core cards have all been answered and are, on average, recalled at 80 % or more."""
    take(deck("basics", 1, ("core-a", "core-b", "c")), "basics.md")
    take(deck("advanced", 2, "d", requires="1, unknown"), "advanced.md")

    closed = asked()
    give("basics/core-a", Rating.EASY)
    half = asked()
    give("basics/core-b", Rating.EASY)
    known = asked()
    now.move(days=200)
    forgotten = asked()

    assert ("advanced/d" in closed, "advanced/d" in half) == (False, False)
    assert "advanced/d" in known
    assert "advanced/d" not in forgotten
    assert [row.waits_for for row in browse.overview(collection, ())] == [(), ("basics",)]


def test_naming_a_deck_opens_it(take, asked, named):
    take(deck("basics", 1, ("core-a",)), "basics.md")
    take(deck("advanced", 2, "d", requires="1"), "advanced.md")

    assert asked(named("advanced")) == ["advanced/d"]
    assert asked(named("advanced", "basics")) == ["basics/core-a", "advanced/d"]


def test_a_setting_turns_the_waiting_off(collection, take, asked):
    take(deck("basics", 1, ("core-a",)), "basics.md")
    take(deck("advanced", 2, "d", requires="basics"), "advanced.md")
    closed = asked()

    browse.set_setting(collection, "prerequisites", "off")

    assert (closed, asked()) == (["basics/core-a"], ["basics/core-a", "advanced/d"])


def test_a_deck_without_core_cards_is_known_by_all_of_them(take, give, asked):
    take(deck("basics", 1, "ab"), "basics.md")
    take(deck("advanced", 2, "d", requires="1"), "advanced.md")
    give("basics/a", Rating.EASY)
    closed = asked()

    give("basics/b", Rating.EASY)

    assert (closed, asked()) == (["basics/b"], ["advanced/d"])


@pytest.fixture
def interview(take, give):
    """Answers an interview card with one must missed that rests on a concept, and one that was hit."""
    talk = (
        "## Say it. {{#say .interview form=explain level=mid}}\n\n### Key points\n\n- must: {}\n\n### Answer\n\nIt.\n"
    )

    def call(link):
        take(deck("one", 1, ("core-a", "b", "c")) + talk.format("it"), "001-one.md")
        take(deck("two", 2, "de"), "002-two.md")
        points = [Tick("must", "missed", (link,), hit=False), Tick("must", "hit", ("#core-a",), hit=True)]
        return give("one/say", Rating.HARD, ticks=[*points, Tick("should", "missed", ("#b",), hit=False)])

    return call


@pytest.mark.parametrize(
    ("link", "name"),
    [
        pytest.param("#c", "one/c", id="of the same deck"),
        pytest.param("002-two.md#e", "two/e", id="of another deck, by its file"),
        pytest.param("../decks/002-two.md#e", "two/e", id="by a path"),
    ],
)
def test_the_concept_behind_a_missed_must_comes_next(collection, interview, asked, give, link, name):
    browse.set_setting(collection, "new_per_day", "0")

    interview(link)
    before = today.queue(collection).called
    give(name, Rating.EASY)
    after = today.queue(collection).called

    assert [card.name for card in cards.by_rows(collection.db, [called.card for called in before])] == [name]
    assert after == ()


@pytest.mark.parametrize("link", ["#nothing", "003-none.md#c", "#"])
def test_a_link_to_nothing_calls_nothing(collection, interview, link):
    interview(link)

    assert today.queue(collection).called == ()


def test_a_concept_is_called_on_the_day_of_the_interview_only(collection, interview, now):
    interview("#c")

    now.move(days=1)

    assert today.queue(collection).called == ()


def test_a_suspended_concept_is_not_called(collection, interview):
    interview("#c")

    browse.set_suspended(collection, browse.cards_named(collection, "one/c"), suspended=True)

    assert today.queue(collection).called == ()
