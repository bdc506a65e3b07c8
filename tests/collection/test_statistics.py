"""Every figure, computed a second way: in plain Python, over the log and the cards of random histories."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from tests.conftest import Now
from tests.formats.anki_judge import judge

from bedrill.cli import run
from bedrill.cli.app import App
from bedrill.clock import date_of
from bedrill.collection import answering, importing, open_collection, statistics, statistics_in_full
from bedrill.memory import curve_of, retrievability
from bedrill.model import Phase, Rating, Tick
from bedrill.store import cards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedrill.collection import Collection

DAYS = 60
NOTES = 24
INTERVIEW = """
## How would you tell story {n}? {{#s{n} .interview form=behavioural level=mid think=5s speak=25s}}

### Key points

- must: first point of {n}
- should: second point of {n}

### Answer

Tell it.
"""


class Answer(NamedTuple):
    """An answer as the second way sees it."""

    id: int
    card: int
    rating: int
    kind: int
    day: int
    interval_s: int
    ms: int


def text_of(number: int) -> str:
    """A deck of concept notes, the first with an interview note behind them."""
    notes = [f"## What is {number} {n}? {{#n{n}}}\n\nThe {n}.\n" for n in range(NOTES)]
    stories = [INTERVIEW.format(n=n) for n in range(4)] if number == 1 else []
    return f"---\nid: deck{number}\ntitle: Deck {number}\nlesson: {number * 9}\n---\n\n" + "\n".join(notes + stories)


@pytest.fixture(params=[1, 2, 3])
def studied(request, take, collection: Collection, now) -> Collection:
    """Two months of random study: ratings, gaps, undone answers, suspended cards, ticks, and said confidence."""
    random = Random(request.param)
    for number in (1, 2):
        take(text_of(number), f"deck{number}.md")
    live = [row[0] for row in collection.db.execute("SELECT id FROM cards ORDER BY id")]
    for _ in range(DAYS):
        now.move(days=1)
        if random.random() < 0.15:
            continue
        now.instant = now.instant.replace(hour=random.randrange(5, 23))
        for row in random.sample(live, random.randrange(1, 12)):
            study_one(collection, row, random)
            now.move(seconds=random.randrange(2, 900))
    with collection.transaction() as db:
        cards.set_suspended(db, random.sample(live, 3), suspended=True)
        cards.set_buried(db, random.sample(live, 2), collection.clock.today() + 1)
    return collection


def study_one(collection: Collection, row: int, random: Random) -> None:
    """One random answer to a card, sometimes taken back."""
    card = cards.by_row(collection.db, row)
    interview = answering.note_of(card).interview
    ticks: tuple[Any, ...] = answering.confidence(random.choice([None, True, False]))
    if interview:
        ticks = tuple(
            Tick(point.weight, point.text, point.links, random.random() < 0.6) for point in interview.key_points
        )
    rating = Rating(random.choices([1, 2, 3, 4], [2, 1, 6, 1])[0])
    answering.answer(
        collection, card, rating, duration_ms=random.randrange(500, 90_000), ticks=ticks,
        is_cram=card.state.reps > 0 and random.random() < 0.1,
    )  # fmt: skip
    if random.random() < 0.1:
        answering.undo(collection)


def log_of(collection: Collection) -> list[Answer]:
    """The answers that stand, oldest first."""
    return [
        Answer(*row)
        for row in collection.db.execute(
            "SELECT id, card_id, rating, kind, studied_on, interval_s, duration_ms FROM reviews "
            "WHERE id NOT IN (SELECT review_id FROM undos) AND kind < 4 ORDER BY id"
        )
    ]


def with_age(log: list[Answer]) -> Iterator[tuple[Answer, str]]:
    """Each answer with what its card was: by the interval that the card's answer before had given."""
    before: dict[int, int] = {}
    for answer in log:
        days = before.get(answer.card, 0) // 86_400
        yield (
            answer,
            {0: "learn", 2: "relearn", 3: "cram"}.get(answer.kind) or ("mature" if days >= 21 else "young"),
        )
        if answer.kind < 3:
            before[answer.card] = answer.interval_s


def figure(collection: Collection, name: str, days: int | None = None, **part: Any) -> dict[str, Any]:
    """A figure as JSON has it."""
    chosen = statistics.part_of(collection, **part)
    return statistics_in_full.made(collection, [name], chosen, days)[0].as_data()


def card_rows(collection: Collection) -> list[dict[str, Any]]:
    """All cards, by column."""
    rows = collection.db.execute("SELECT * FROM cards")
    names = [column[0] for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_every_name_is_a_figure_and_its_method(studied):
    made = statistics_in_full.made(studied, statistics.NAMES)

    assert [each.name for each in made] == list(statistics.NAMES)
    assert [each.name for each in statistics.first_screen(studied)] == list(statistics.FIRST)


def test_the_first_screen_says_what_the_figures_say_in_full(studied):
    first = statistics.first_screen(studied)

    assert [each.as_data() for each in first] == [figure(studied, each.name) for each in first]


def test_a_part_that_holds_everything_has_the_figures_of_everything(studied):
    for name in statistics.NAMES:
        assert figure(studied, name) == figure(studied, name, decks=["deck1", "deck2"])


def test_today_counts_the_answers_that_stand(studied, now):
    now.instant -= timedelta(days=2)
    today = studied.clock.today()
    mine = [(answer, age) for answer, age in with_age(log_of(studied)) if answer.day == today]

    facts = figure(studied, "today")["facts"]

    assert facts["answers"] == len(mine)
    assert facts["minutes"] == round(sum(answer.ms for answer, _ in mine) / 60_000, 2)
    assert facts["again"] == sum(answer.rating == 1 for answer, _ in mine)
    ages = Counter(age for _, age in mine)
    assert {age: facts[age] for age in ("learn", "relearn", "young", "mature", "cram")} == {
        age: ages[age] for age in ("learn", "relearn", "young", "mature", "cram")
    }


def test_the_calendar_has_each_day_and_the_days_in_a_row(studied):
    today = studied.clock.today()
    days = Counter(answer.day for answer in log_of(studied))

    data = figure(studied, "calendar", days=40)

    chart = data["charts"]["answers"]
    assert chart["labels"] == [date_of(day).isoformat() for day in range(today - 39, today + 1)]
    assert chart["series"]["answers"] == [days[day] for day in range(today - 39, today + 1)]
    assert data["facts"]["days_studied"] == sum(days[day] > 0 for day in range(today - 39, today + 1))
    runs = "".join("x" if days[day] else " " for day in range(today - 39, today + 1))
    assert data["facts"]["longest_streak"] == max(map(len, runs.split()), default=0)
    assert data["facts"]["streak"] == len((runs if runs.endswith("x") else runs[:-1]).rpartition(" ")[2])


def test_reviews_buttons_and_new_cards_sum_up_the_log(studied):
    today = studied.clock.today()
    log = list(with_age(log_of(studied)))
    mine = [(answer, age) for answer, age in log if answer.day > today - 50]
    firsts = {answer.card: answer for answer, _ in reversed(log) if answer.kind < 3}

    reviews = figure(studied, "reviews", days=50)
    buttons = figure(studied, "buttons", days=50)
    introduced = figure(studied, "introduced", days=50)

    series = reviews["charts"]["answers"]["series"]
    assert {age: sum(values) for age, values in series.items()} == dict(Counter(age for _, age in mine))
    first_day = today - 49
    for age, values in series.items():
        assert values == [sum(a.day == first_day + i and b == age for a, b in mine) for i in range(50)]
    assert reviews["facts"]["minutes"] == round(sum(answer.ms for answer, _ in mine) / 60_000, 2)
    phases = {"learn": "learning", "relearn": "learning", "young": "young", "mature": "mature"}
    given = Counter((phases[age], answer.rating) for answer, age in mine if age in phases)
    for row in buttons["tables"]["phases"]:
        ratings = [row[name] for name in ("again", "hard", "good", "easy")]
        assert ratings == [given[row["phase"], rating] for rating in (1, 2, 3, 4)]
        assert row["recalled"] == (round(sum(ratings[1:]) / sum(ratings), 4) if sum(ratings) else None)
    assert introduced["facts"]["cards"] == sum(answer.day > today - 50 for answer in firsts.values())


def test_a_long_time_is_summed_up_by_weeks_and_loses_nothing(studied):
    data = figure(studied, "reviews", days=365)

    assert len(data["charts"]["answers"]["labels"]) == 53
    assert (
        sum(map(sum, data["charts"]["answers"]["series"].values())) == data["facts"]["answers"] == len(log_of(studied))
    )
    assert figure(studied, "reviews", days=0)["facts"]["answers"] == len(log_of(studied))


def test_true_retention_is_that_of_cards_in_review_and_hard_is_a_pass(studied):
    today = studied.clock.today()
    log = list(with_age(log_of(studied)))

    table = figure(studied, "retention")["tables"]["periods"]

    spans = {"today": (0, 0), "yesterday": (1, 1), "week": (0, 6), "month": (0, 29), "year": (0, 364), "all": (0, 9999)}
    for row in table:
        near, far = spans[row["period"]]
        for name, ages in (("young", {"young"}), ("mature", {"mature"}), ("total", {"young", "mature"})):
            ratings = [a.rating for a, age in log if age in ages and near <= today - a.day <= far]
            assert row[f"{name}_answers"] == len(ratings)
            assert row[name] == (round(sum(r > 1 for r in ratings) / len(ratings), 4) if ratings else None)


def test_retention_over_time_has_every_answer_in_review(studied):
    ages = Counter(age for _, age in with_age(log_of(studied)))

    series = figure(studied, "trend", days=90)["charts"]["answers"]["series"]

    assert {name: sum(values) for name, values in series.items()} == {age: ages[age] for age in ("young", "mature")}


def test_hours_are_those_of_the_wall_clock(studied):
    given = Counter(datetime.fromtimestamp(a.id / 1000, UTC).hour for a in log_of(studied) if a.kind < 3)

    assert figure(studied, "hours")["charts"]["answers"]["series"]["answers"] == [given[hour] for hour in range(24)]


def test_due_cards_are_those_of_the_days_to_come_with_the_backlog_today(studied):
    today = studied.clock.today()
    live = [row for row in card_rows(studied) if row["phase"] and not row["suspended"]]
    by_day = Counter(max(row["due_on"], today) for row in live)

    data = figure(studied, "due", days=20)

    sums = [sum(values) for values in zip(*data["charts"]["cards"]["series"].values(), strict=True)]
    assert sums == [by_day[today + i] for i in range(20)]
    assert data["charts"]["backlog"]["series"]["backlog"] == [sum(sums[: i + 1]) for i in range(20)]
    assert data["facts"]["overdue"] == sum(row["due_on"] < today for row in live)
    load = sum(1 / max(row["due_on"] - row["last_on"], 1) for row in live if row["phase"] == Phase.REVIEW)
    assert data["facts"]["daily_load"] == pytest.approx(load, abs=0.006)


def test_cards_are_counted_by_what_they_are(studied):
    today = studied.clock.today()

    def what(row: dict[str, Any]) -> str:
        if row["suspended"]:
            return "suspended"
        if row["buried_until"] is not None and row["buried_until"] > today:
            return "buried"
        if row["phase"] == Phase.REVIEW:
            return "mature" if row["due_on"] - row["last_on"] >= 21 else "young"
        return str(Phase(row["phase"]).name.lower())

    found = Counter(map(what, card_rows(studied)))

    assert {row["what"]: row["cards"] for row in figure(studied, "counts")["tables"]["phases"] if row["cards"]} == found


def test_what_is_known_is_the_sum_of_retrievability(studied):
    today, curve = studied.clock.today(), curve_of(studied.settings.fsrs_parameters)
    seen = [row for row in card_rows(studied) if row["last_on"] is not None and not row["suspended"]]
    recall = {row["id"]: retrievability(today - row["last_on"], row["stability_days"], curve) for row in seen}
    known = sum(recall.values())

    facts = figure(studied, "retrievability")["facts"]

    assert facts["known_cards"] == pytest.approx(known, abs=0.006)
    assert facts["average"] == pytest.approx(known / len(seen), abs=1e-4)
    assert figure(studied, "known")["facts"]["known"] == pytest.approx(known, abs=0.006)
    by_part = {row["part"]: row["known"] for row in figure(studied, "known")["tables"]["parts"]}
    first = [
        row
        for row in seen
        if studied.db.execute("SELECT lesson FROM decks WHERE id = ?", (row["deck_id"],)).fetchone()[0] == 9
    ]
    assert by_part["lessons 1-10"] == pytest.approx(sum(recall[row["id"]] for row in first), abs=0.006)
    hours = sum(answer.ms for answer in log_of(studied)) / 3_600_000
    assert figure(studied, "knowledge")["facts"]["known_per_hour"] == pytest.approx(known / hours, abs=0.006)
    lessons = figure(studied, "lessons")["tables"]["lessons"]
    assert sum(row["known"] for row in lessons) == pytest.approx(known, abs=0.02)


def test_intervals_stability_and_difficulty_have_every_card_once(studied):
    live = [row for row in card_rows(studied) if not row["suspended"]]
    intervals = sorted(max(row["due_on"] - row["last_on"], 1) for row in live if row["phase"] == Phase.REVIEW)
    stability = sorted(row["stability_days"] for row in live if row["stability_days"] is not None)

    for name, values in (("intervals", intervals), ("stability", stability)):
        data = figure(studied, name)
        assert sum(data["charts"]["cards"]["series"]["cards"]) == len(values)
        assert data["facts"]["average"] == pytest.approx(sum(values) / len(values), abs=1e-3)
        assert sum(value <= data["facts"]["median"] + 1e-4 for value in values) >= len(values) / 2
    assert sum(figure(studied, "difficulty")["charts"]["cards"]["series"]["cards"]) == len(stability)


def test_every_bar_holds_what_its_label_says(studied):
    today, curve = studied.clock.today(), curve_of(studied.settings.fsrs_parameters)
    live = [row for row in card_rows(studied) if not row["suspended"]]
    seen = [row for row in live if row["stability_days"] is not None]
    values = {
        "intervals": [max(row["due_on"] - row["last_on"], 1) for row in live if row["phase"] == Phase.REVIEW],
        "stability": [row["stability_days"] for row in seen],
        "difficulty": [row["difficulty"] for row in seen],
        "retrievability": [retrievability(today - row["last_on"], row["stability_days"], curve) for row in seen],
    }

    for name, known in values.items():
        data = figure(studied, name)
        chart = data["charts"]["cards"]
        for label, bar in zip(chart["labels"], chart["series"]["cards"], strict=True):
            low, _, high = label.rstrip("%").partition("-")
            if name == "difficulty":
                wanted = sum(int(low) <= value < int(low) + 1 + (low == "10") for value in known)
            elif name == "retrievability":
                wanted = sum(int(low) <= value * 100 < int(high) + (high == "100") for value in known)
            elif label == "more":
                wanted = sum(value > 1825 for value in known)
            else:
                wanted = sum(int(low) - 1 < value <= int(high or low) for value in known)
            assert (name, label, bar) == (name, label, wanted)
        p95 = data["facts"]["p95"]
        assert sum(value <= p95 + 1e-4 for value in known) >= 0.95 * len(known)
        assert sum(value < p95 - 1e-4 for value in known) < 0.95 * len(known)


def test_retention_over_time_is_that_of_each_step(studied):
    today = studied.clock.today()
    log = [(a, age) for a, age in with_age(log_of(studied)) if age in ("young", "mature")]

    chart = figure(studied, "trend", days=63)["charts"]["retention"]

    for place, label in enumerate(chart["labels"]):
        first = today - 62 + 7 * place
        assert label == date_of(first).isoformat()
        for age in ("young", "mature"):
            ratings = [a.rating for a, b in log if b == age and first <= a.day < first + 7]
            right = round(sum(rating > 1 for rating in ratings) / len(ratings), 4) if ratings else None
            assert chart["series"][age][place] == right


def test_key_points_and_the_time_of_interview_answers(studied):
    standing = {answer.id: answer for answer in log_of(studied)}
    asked: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    for review, section, point, is_hit in studied.db.execute("SELECT review_id, section, point, hit FROM ticks"):
        if review in standing and section in ("must", "should"):
            asked[point] += 1
            hit[point] += is_hit

    rows = figure(studied, "points", days=0)["tables"]["points"]
    pace = figure(studied, "pace", days=0)

    assert {row["point"]: (row["missed"], row["asked"]) for row in rows} == {
        point: (asked[point] - hit[point], asked[point]) for point in asked if hit[point] < asked[point]
    }
    assert [row["missed"] for row in rows] == sorted((row["missed"] for row in rows), reverse=True)
    stories = {row["id"] for row in card_rows(studied) if row["kind"] == "interview"}
    mine = [answer for answer in standing.values() if answer.card in stories]
    assert pace["facts"]["answers"] == len(mine)
    assert pace["facts"]["of_box"] == (round(sum(a.ms for a in mine) / 1000 / (30 * len(mine)), 4) if mine else None)


def test_confidence_tells_how_often_one_was_right_and_what_one_was_wrongly_sure_of(studied):
    standing = {answer.id: answer for answer in log_of(studied)}
    said = [
        (standing[review], sure)
        for review, sure in studied.db.execute("SELECT review_id, hit FROM ticks WHERE section = 'sure' ORDER BY 1")
        if review in standing
    ]

    data = figure(studied, "confidence", days=0)

    for row, value in zip(data["tables"]["said"], (1, 0), strict=True):
        ratings = [answer.rating for answer, sure in said if sure == value]
        assert (row["answers"], row["right"]) == (len(ratings), sum(rating > 1 for rating in ratings))
    last: dict[int, list[int]] = {}
    for answer, sure in said:
        if sure:
            last.setdefault(answer.card, []).append(answer.rating)
    wrong = {
        card: len("".join(map(str, given)).translate({50: "x", 51: "x", 52: "x"}).rpartition("x")[2])
        for card, given in last.items()
    }
    assert data["facts"]["cards"] == sum(times > 0 for times in wrong.values())
    assert data["facts"]["sure_and_wrong"] == sum(wrong.values())


def test_a_kind_a_search_and_a_deck_narrow_every_figure(studied):
    stories = {row["id"] for row in card_rows(studied) if row["kind"] == "interview"}
    second = {row["id"] for row in card_rows(studied) if row["deck_id"] == 2}

    assert figure(studied, "reviews", days=0, kind="interview")["facts"]["answers"] == sum(
        answer.card in stories for answer in log_of(studied)
    )
    assert figure(studied, "reviews", days=0, decks=["deck2"])["facts"]["answers"] == sum(
        answer.card in second for answer in log_of(studied)
    )
    assert figure(studied, "counts", search="deck:deck2")["facts"]["cards"] == len(second)
    assert figure(studied, "counts", search="nothing-has-this-word")["facts"]["cards"] == 0


def test_lessons_and_kinds_tell_what_was_recalled_in_the_last_thirty_days(studied):
    today = studied.clock.today()
    kind_of = {row["id"]: (row["deck_id"], row["kind"]) for row in card_rows(studied)}
    mine = [(kind_of[a.card], a.rating > 1) for a in log_of(studied) if a.kind == 1 and a.day > today - 30]

    lessons = figure(studied, "lessons")["tables"]["lessons"]
    kinds = figure(studied, "kinds")["tables"]["kinds"]

    for row in lessons:
        right = [is_right for what, is_right in mine if what == (int(row["deck"][-1]), row["kind"])]
        assert row["answers"] == len(right)
        assert row["recalled"] == (round(sum(right) / len(right), 4) if right else None)
    for row in kinds:
        right = [is_right for what, is_right in mine if what[1] == row["kind"]]
        assert (row["answers"], row["recalled"]) == (len(right), round(sum(right) / len(right), 4) if right else None)


def test_a_lesson_slips_that_is_recalled_too_seldom_lately(studied):
    today, desired = studied.clock.today(), studied.settings.desired_retention
    deck_of = {row["id"]: f"deck{row['deck_id']}" for row in card_rows(studied)}
    mine = [(deck_of[a.card], a.rating > 1) for a in log_of(studied) if a.kind == 1 and a.day > today - 30]
    slipping = set()
    for deck in ("deck1", "deck2"):
        right = [is_right for name, is_right in mine if name == deck]
        if len(right) >= 10 and sum(right) / len(right) < desired - 0.05:
            slipping.add(deck)

    data = figure(studied, "attention")

    assert {row["deck"] for row in data["tables"]["slipping"]} == slipping
    assert slipping


def test_slipping_lessons_and_leeches_are_named(studied, now):
    with studied.transaction() as db:
        db.execute("UPDATE cards SET lapses = 9 WHERE id IN (SELECT id FROM cards WHERE suspended = 0 LIMIT 2)")

    data = figure(studied, "attention")

    assert data["facts"]["leeches"] == len(data["tables"]["leeches"]) == 2
    now.move(days=400)
    assert figure(studied, "attention")["facts"]["overdue"] > 0


@pytest.fixture
def lately(tmp_path, deck_file) -> Iterator[Collection]:
    """Two months of study that end at this very hour, as Anki knows no other."""
    clock = Now(datetime.now(UTC).replace(microsecond=0) - timedelta(days=DAYS))
    opened = open_collection(tmp_path / "lately.db", clock)
    importing.import_paths(opened, [deck_file(text_of(2), "deck2.md")])
    random = Random(5)
    live = [row[0] for row in opened.db.execute("SELECT id FROM cards ORDER BY id")]
    for _ in range(DAYS):
        for row in random.sample(live, 8):
            card = cards.by_row(opened.db, row)
            answering.answer(opened, card, Rating(random.choices([1, 2, 3, 4], [1, 1, 6, 1])[0]), duration_ms=4_000)
            clock.move(seconds=20)
        clock.move(days=1, seconds=-160)
    yield opened
    opened.close()


def test_anki_says_the_same_of_the_same_collection(lately, tmp_path):
    """Retention, buttons, counts, intervals, what is due, and today; of buttons Anki's learning holds relearning too."""
    path = tmp_path / "out.apkg"
    assert run(["-q", "export", str(path)], App(path=lately.path, now=lately.now, shipped=tmp_path / "none")) == 0
    with judge(tmp_path / "judge.anki2") as anki:
        anki.take(path)
        graphs = anki.col._backend.graphs(search="", days=365)

    table = {row["period"]: row for row in figure(lately, "retention")["tables"]["periods"]}
    for name, theirs in (
        ("today", "today"),
        ("yesterday", "yesterday"),
        ("week", "week"),
        ("month", "month"),
        ("all", "all_time"),
    ):
        row, said = table[name], getattr(graphs.true_retention, theirs)
        for age in ("young", "mature"):
            passed, failed = getattr(said, f"{age}_passed"), getattr(said, f"{age}_failed")
            assert (name, age, row[f"{age}_answers"]) == (name, age, passed + failed)
            assert row[age] == (round(passed / (passed + failed), 4) if passed + failed else None)
    buttons = {row["phase"]: row for row in figure(lately, "buttons")["tables"]["phases"]}
    for phase in ("learning", "young", "mature"):
        ours = [buttons[phase][name] for name in ("again", "hard", "good", "easy")]
        assert ours == list(getattr(graphs.buttons.one_year, phase))
    counts = {row["what"]: row["cards"] for row in figure(lately, "counts")["tables"]["phases"]}
    theirs = graphs.card_counts.excluding_inactive
    assert [counts[name] for name in ("new", "learning", "relearning", "young", "mature", "suspended", "buried")] == [
        theirs.newCards, theirs.learn, theirs.relearn, theirs.young, theirs.mature, theirs.suspended, theirs.buried,
    ]  # fmt: skip
    due = figure(lately, "due", days=365)["charts"]["cards"]["series"]
    sums = [young + mature for young, mature in zip(due["young"], due["mature"], strict=True)]
    future = dict(graphs.future_due.future_due)
    assert sums[1:] == [future.get(day, 0) for day in range(1, 365)]
    hours = figure(lately, "hours")["charts"]["answers"]["series"]["answers"]
    assert hours == [hour.total for hour in graphs.hours.one_year]
    assert graphs.today.answer_count == figure(lately, "today")["facts"]["answers"]
    # Anki gives a card that is being relearned an interval as well, of a day.
    assert sum(graphs.intervals.intervals.values()) - counts["relearning"] == sum(
        figure(lately, "intervals")["charts"]["cards"]["series"]["cards"]
    )
