"""The queue under a goal, on a real collection."""

from __future__ import annotations

import pytest

from bedrill.collection import browse, plan, today
from bedrill.goals import Goal, goals_text
from bedrill.model import Kind, Rating

INTERVIEW = """\
## Explain {n} to me. {{#i{n} .interview form=explain level={level} think=20s speak=2m}}

### Key points

- must: The number [n{n}](#n{n})

### Answer

It is {n}.
"""


def concepts(first: int, last: int, attributes: str = "") -> str:
    return "\n\n".join(f"## What is {n}? {{#n{n} {attributes}}}\n\nThe number {n}." for n in range(first, last))


@pytest.fixture
def goal(collection):
    """Sets a goal so many days ahead."""

    def call(days: int = 30, minutes: float = 20, **details) -> Goal:
        made = Goal(collection.clock.today() + days, minutes, **details)
        browse.set_setting(collection, "goals", goals_text([made]))
        return made

    return call


def names(collection, scope=today.EVERYTHING) -> list[str]:
    """The queue by the names of its cards."""
    rows = {card.row_id: card.name for card in browse.find(collection, "")}
    return [rows[card.card] for card in today.queue(collection, scope).main]


def test_a_day_holds_what_its_minutes_hold(collection, take, goal):
    take(concepts(0, 200), "n.md")
    goal(minutes=10)
    few = len(names(collection))
    goal(minutes=20)

    assert 15 < few < 25
    assert len(names(collection)) == pytest.approx(2 * few, abs=1)


def test_time_that_was_spent_today_is_gone(collection, take, give, goal, now):
    take(concepts(0, 200), "n.md")
    goal(minutes=10)
    before = len(names(collection))
    for n in range(5):
        give(f"n/n{n}", Rating.EASY, duration_ms=60_000)
        now.move(minutes=1)
    half = len(names(collection))
    for n in range(5, 10):
        give(f"n/n{n}", Rating.EASY, duration_ms=60_000)
        now.move(minutes=1)

    assert 0 < half < before
    assert names(collection) == []


def test_a_session_of_its_own_minutes_goes_on_when_the_day_is_full(collection, take, give, goal, now):
    take(concepts(0, 50), "n.md")
    goal(minutes=1)
    give("n/n0", Rating.EASY, duration_ms=60_000)
    now.move(minutes=1)
    since_ms = round(now().timestamp() * 1000)

    assert names(collection) == []
    assert len(names(collection, today.Scope(since_ms=since_ms, budget_s=300))) > 3


def test_the_limits_of_ordinary_days_do_not_hold(collection, take, goal):
    take(concepts(0, 200), "n.md")
    browse.set_setting(collection, "new_per_day", "3")
    goal(minutes=20)

    assert len(names(collection)) > 20


def test_new_cards_can_still_be_limited_for_a_session(collection, take, goal):
    take(concepts(0, 50), "n.md")
    goal()

    assert len(names(collection, today.Scope(new_limit=2))) == 2


def test_core_cards_come_first(collection, take, goal):
    take(concepts(0, 3) + "\n\n" + concepts(3, 5, ".core"), "n.md")
    goal()

    assert names(collection) == ["n/n3", "n/n4", "n/n0", "n/n1", "n/n2"]


def test_what_the_goal_is_about_comes_before_the_rest(collection, take, goal):
    take(concepts(0, 3), "a.md")
    take(concepts(3, 6), "b.md")
    goal(decks=("b",))

    assert names(collection) == ["b/n3", "b/n4", "b/n5", "a/n0", "a/n1", "a/n2"]


def test_a_deck_of_the_goal_waits_only_for_decks_of_the_goal(collection, take, goal):
    take("---\nid: base\n---\n\n" + concepts(0, 2), "base.md")
    take("---\nid: top\nrequires: [base]\n---\n\n" + concepts(2, 4), "top.md")
    goal()
    everything = names(collection)
    goal(decks=("top",))
    one = names(collection)
    goal(decks=("top", "base"))

    assert everything == ["base/n0", "base/n1"]
    assert one == ["top/n2", "top/n3", "base/n0", "base/n1"]
    assert names(collection) == ["base/n0", "base/n1"]


def test_interviews_above_the_level_come_last(collection, take, goal):
    text = concepts(0, 2) + "\n\n" + INTERVIEW.format(n=0, level="staff") + "\n" + INTERVIEW.format(n=1, level="junior")
    take(text, "n.md")
    goal(level="mid", minutes=60)

    order = names(collection)

    assert order.index("n/i1") < order.index("n/i0")
    assert order[-1] == "n/i0"


def test_what_fades_comes_before_what_is_fresh_and_todays_answers_are_left_out(collection, take, give, goal, now):
    take(concepts(0, 4), "n.md")
    give("n/n0", Rating.EASY)
    now.move(days=30)
    give("n/n1", Rating.EASY)
    now.move(days=2)
    give("n/n2", Rating.EASY)
    now.move(minutes=1)
    goal(minutes=60)

    assert names(collection) == ["n/n0", "n/n3", "n/n1"] or names(collection) == ["n/n3", "n/n0", "n/n1"]


def test_it_can_be_told_to_keep_up_what_is_known_first(collection, take, give, goal, now):
    take(concepts(0, 40), "n.md")
    give("n/n37", Rating.EASY)
    now.move(minutes=1)
    give("n/n38", Rating.EASY)
    now.move(days=10)
    goal()
    by_gain = names(collection)
    goal(keeps_known=True)

    assert set(names(collection)[:2]) == {"n/n37", "n/n38"}
    assert set(by_gain[:2]) == {"n/n0", "n/n1"}


def test_when_the_day_is_over_all_is_as_before(collection, take, goal, now):
    take(concepts(0, 60), "n.md")
    before = names(collection)
    goal(days=3, minutes=60)
    under = names(collection)
    now.move(days=3)
    on_the_day = names(collection)
    now.move(days=1)

    assert len(under) == len(on_the_day) == 60
    assert names(collection) == before


def test_of_two_goals_the_nearest_rules(collection, take, goal):
    take(concepts(0, 60), "n.md")
    far = goal(days=60, minutes=60)
    near = goal(days=10, minutes=1)
    browse.set_setting(collection, "goals", goals_text([near, far]))

    assert today.goal_of(collection) == near
    assert len(names(collection)) == 2


def test_decks_that_are_named_are_studied_without_the_goal(collection, take, goal):
    take(concepts(0, 60), "n.md")
    goal(minutes=1)
    rows = (browse.card_named(collection, "n/n0").deck_row,)

    assert today.goal_of(collection, today.Scope(rows)) is None
    assert len(names(collection, today.Scope(rows, frozenset(rows)))) == 20


def test_due_counts_what_review_asks(collection, take, goal):
    take(concepts(0, 60), "n.md")
    goal(minutes=10)

    assert sum(row.new for row in today.due(collection)) == len(names(collection))


def test_what_an_answer_is_worth_is_told_for_one_card_as_it_is_ranked(collection, take, give, goal, now):
    take(concepts(0, 3, ".core"), "n.md")
    give("n/n0", Rating.EASY)
    now.move(days=20)
    made = goal()
    ranked = {
        prospect.candidate.card: worth for prospect, worth in plan.worth_asking(collection, made, today.EVERYTHING)
    }

    for name in ("n/n0", "n/n1"):
        card = browse.card_named(collection, name)
        assert plan.worth_of(collection, made, card) == ranked[card.row_id]


def test_how_long_answers_take_is_learned(collection, take, give, goal, now):
    take(concepts(0, 200), "n.md")
    goal(minutes=30)
    before = len(names(collection))
    for n in range(60):
        give(f"n/n{n}", Rating.EASY, duration_ms=2_000)
        now.move(minutes=1)
    now.move(days=1)

    assert plan.habits(collection)[Kind.CONCEPT].learning_s[3] < 5
    assert len(names(collection)) > before
