"""How ready a goal will find its owner, on a real collection."""

from __future__ import annotations

import pytest

from bedrill.collection import browse, goal_report, today
from bedrill.collection.goal_report import _read_off
from bedrill.goals import Goal
from bedrill.memory import curve_of, retrievability
from bedrill.model import Rating, Tick


def text(first: int, last: int, attributes: str = "") -> str:
    return "\n\n".join(f"## What is {n}? {{#n{n} {attributes}}}\n\nThe number {n}." for n in range(first, last))


@pytest.fixture
def report(collection):
    """The report of a goal so many days ahead."""

    def call(days: int, minutes: float = 20, **details) -> goal_report.Report:
        return goal_report.report(collection, Goal(collection.clock.today() + days, minutes, **details))

    return call


def test_without_an_answer_nothing_is_known_today(take, report):
    take(text(0, 30), "n.md")
    made = report(20)

    assert made.now.whole == 0
    assert made.days_left == 20
    assert 0 < made.low <= made.then.whole <= made.high <= 1


def test_readiness_today_is_that_of_the_overview_where_all_are_concepts(collection, take, give, report, now):
    take(text(0, 10), "n.md")
    give("n/n1", Rating.EASY)
    now.move(days=9)

    assert report(20).now.whole == pytest.approx(browse.readiness_today(collection))
    assert report(20).now.interviews is None


def test_more_time_makes_more_ready(take, report):
    take(text(0, 300), "n.md")
    shares = [report(20, minutes).then.whole for minutes in (3, 10, 30)]

    assert shares == sorted(shares)
    assert shares[0] < 0.5 < shares[2]


def test_the_minutes_for_a_target_give_about_that(take, report):
    take(text(0, 300), "n.md")
    needed = report(20, 10).minutes_for[0.8]

    assert needed is not None
    assert report(20, needed).then.whole == pytest.approx(0.8, abs=0.06)


def test_on_the_day_itself_nothing_can_be_added(take, give, report):
    take(text(0, 10), "n.md")
    give("n/n1", Rating.EASY)
    made = report(0)

    assert made.days_left == 0
    assert made.then == made.now
    assert made.minutes_for[0.95] is None


def test_lessons_that_do_not_fit_are_named(take, report):
    take(text(0, 200), "a.md")
    take(text(200, 400), "b.md")
    made = report(3, 10)

    assert [row.deck.deck_id for row in made.decks if row.is_left_out] == ["b"]
    assert all(row.unseen_now == row.cards == 200 for row in made.decks)


def test_a_lesson_that_fades_is_named_and_kept_up_on_wish(collection, take, give, report, now):
    take(text(0, 40), "a.md")
    take(text(40, 1_000), "b.md")
    for n in range(40):
        give(f"a/n{n}", Rating.GOOD)
        now.move(seconds=1)
    now.move(minutes=11)
    for n in range(40):
        give(f"a/n{n}", Rating.GOOD)
        now.move(seconds=1)
    faded, kept = report(60, 4), report(60, 4, keeps_known=True)

    assert [row.fades for row in faded.decks] == [True, False]
    assert kept.decks[0].then > faded.decks[0].then
    assert kept.decks[1].unseen_then > faded.decks[1].unseen_then


def test_only_the_lessons_of_the_goal_are_counted(take, report):
    take(text(0, 20), "a.md")
    take(text(20, 40), "b.md")
    made = report(20, decks=("b",))

    assert [row.deck.deck_id for row in made.decks] == ["b"]


def test_of_an_interview_card_the_key_points_count(collection, take, give, report):
    take(
        text(0, 1)
        + "\n\n## Explain 0 to me. {#i .interview form=explain level=mid think=20s speak=2m}\n\n### Key points\n\n"
        "- must: The number ([n0](#n0))\n- should: That it is even\n\n### Answer\n\nIt is 0.\n",
        "n.md",
    )
    before = report(10).now
    give("n/i", Rating.EASY, ticks=[Tick("must", "The number", (), True), Tick("should", "That it is even", (), False)])
    now = report(10).now

    assert before.interviews == 0
    assert now.interviews == pytest.approx(0.5)
    assert now.concepts == 0


def test_the_day_after_an_answer_recall_is_that_of_the_curve(collection, take, give, report):
    take(text(0, 1), "n.md")
    give("n/n0", Rating.EASY)
    memory = browse.card_named(collection, "n/n0").state.memory
    assert memory is not None

    curve = curve_of(collection.settings.fsrs_parameters)
    assert report(1).then.whole == pytest.approx(retrievability(1, memory.stability_days, curve))


def test_a_report_changes_nothing(collection, take, report):
    take(text(0, 50), "n.md")
    before = [tuple(row) for row in collection.db.execute("SELECT * FROM cards")]

    report(20)

    assert [tuple(row) for row in collection.db.execute("SELECT * FROM cards")] == before
    assert today.answers_today(collection, collection.clock.today()) == []


@pytest.mark.parametrize(
    ("target", "minutes"),
    [
        pytest.param(0.1, 0.0, id="there already"),
        pytest.param(0.3, 5.0, id="between two points"),
        pytest.param(0.4, 10.0, id="at a point"),
        pytest.param(0.5, None, id="beyond the last"),
    ],
)
def test_minutes_are_read_off_a_line(target, minutes):
    read = _read_off([(0, 0.2), (10, 0.4), (20, 0.4)], target)

    assert read == (minutes if minutes is None else pytest.approx(minutes))
