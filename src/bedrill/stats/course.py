"""The parts of the course: what is known of each lesson and kind, what slips, key points that are missed. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.stats.activity import per, share
from bedrill.stats.figure import Column, Fact, Figure, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bedrill.stats.figure import Value

SLIP: Final = 0.05
"""How far below the desired retention the recall of a lesson must be to count as slipping."""
_ENOUGH: Final = 10
"""Answers from which on the recall of a lesson says something."""
_LISTED: Final = 20


class Lesson(NamedTuple):
    """
    One deck and kind in numbers.

    Attributes:
        known: Cards that would be recalled today: the sum of their retrievability.
        answers, recalled: Of cards in review, in the last 30 days.
    """

    deck: str
    title: str
    lesson: int | None
    kind: str
    cards: int
    seen: int
    known: float
    leeches: int
    overdue: int
    answers: int = 0
    recalled: int = 0


_KNOWN: Final = (
    Column("cards", "cards", "cards"),
    Column("seen", "seen", "cards"),
    Column("known", "known", "cards"),
    Column("known_share", "known", "share"),
)
_RECALLED: Final = (Column("recalled", "recalled", "share"), Column("answers", "of", "answers"))


def _known_of(rows: Sequence[Lesson]) -> tuple[Value, ...]:
    """The cells of `_KNOWN` for some lessons together."""
    cards, known = sum(row.cards for row in rows), sum(row.known for row in rows)
    return cards, sum(row.seen for row in rows), round(known, 2), share(known, cards)


def _recalled_of(rows: Sequence[Lesson]) -> tuple[Value, ...]:
    """The cells of `_RECALLED` for some lessons together."""
    answers = sum(row.answers for row in rows)
    return share(sum(row.recalled for row in rows), answers), answers


def lessons(rows: Sequence[Lesson]) -> Figure:
    """What is known of each deck, by kind, and how well it was recalled lately."""
    columns = (
        Column("deck", "deck"),
        Column("lesson", "lesson"),
        Column("kind", "kind"),
        *_KNOWN,
        *_RECALLED,
        Column("leeches", "leeches", "cards"),
        Column("title", "title"),
    )
    table = tuple(
        (row.deck, row.lesson, row.kind, *_known_of([row]), *_recalled_of([row]), row.leeches, row.title)
        for row in rows
    )
    return Figure("lessons", "Lessons", _known(rows), (), (Table("lessons", "", columns, table),))


def kinds(rows: Sequence[Lesson]) -> Figure:
    """Concept cards and interview cards side by side."""
    of_kind = {kind: [row for row in rows if row.kind == kind] for kind in ("concept", "interview")}
    lines = tuple((kind, *_known_of(mine), *_recalled_of(mine)) for kind, mine in of_kind.items())
    columns = (Column("kind", ""), *_KNOWN, *_RECALLED)
    return Figure("kinds", "Concepts and interviews", (), (), (Table("kinds", "", columns, lines),))


def known(rows: Sequence[Lesson], parts: Mapping[str, str]) -> Figure:
    """
    What is known now by part of the course.

    Args:
        parts: The part that each deck belongs to, in order; decks that are not named are left out.
    """
    of_part: dict[str, list[Lesson]] = {part: [] for part in parts.values()}
    for row in rows:
        if row.deck in parts:
            of_part[parts[row.deck]].append(row)
    table = tuple((part, *_known_of(mine)) for part, mine in of_part.items() if mine)
    return Figure("known", "Known today", _known(rows), (), (Table("parts", "", (Column("part", ""), *_KNOWN), table),))


def _known(rows: Sequence[Lesson]) -> tuple[Fact, ...]:
    cards, _, known, known_share = _known_of(rows)
    return (
        Fact("cards", "cards", cards, "cards"),
        Fact("known", "known today", known, "cards"),
        Fact("known_share", "readiness", known_share, "share"),
    )


def attention(
    rows: Sequence[Lesson],
    desired: float,
    leeches: Sequence[str],
    overdue: Sequence[str],
    sure_and_wrong: Sequence[str],
) -> Figure:
    """
    What needs attention: lessons that slip, leeches, cards long overdue, and those one was sure of and wrong about.

    A lesson slips when ten answers or more of the last 30 days were recalled by 5 points less often than desired.
    """
    by_deck: dict[str, tuple[int, int, str]] = {}
    for row in rows:
        answers, recalled, _ = by_deck.get(row.deck, (0, 0, ""))
        by_deck[row.deck] = (answers + row.answers, recalled + row.recalled, row.title)
    slipping = sorted(
        (recalled / answers, deck, answers, title)
        for deck, (answers, recalled, title) in by_deck.items()
        if answers >= _ENOUGH and recalled / answers < desired - SLIP
    )
    slip_columns = (
        Column("deck", "deck"),
        Column("recalled", "recalled", "share"),
        Column("answers", "of", "answers"),
        Column("title", "title"),
    )
    slip_rows = tuple((deck, round(value, 4), answers, title) for value, deck, answers, title in slipping[:_LISTED])
    lists = (
        ("leeches", "leeches", leeches),
        ("overdue", "long overdue", overdue),
        ("sure_and_wrong", "sure and wrong", sure_and_wrong),
    )
    return Figure(
        "attention",
        "Needs attention",
        (
            Fact("slipping", "lessons that slip", len(slipping)),
            Fact("leeches", "leeches", sum(row.leeches for row in rows), "cards"),
            Fact("overdue", "long overdue", sum(row.overdue for row in rows), "cards"),
            Fact("sure_and_wrong", "sure and wrong", len(sure_and_wrong), "cards"),
        ),
        (),
        (
            Table("slipping", "lessons that slip", slip_columns, slip_rows),
            *(
                Table(key, says, (Column("card", "card"),), tuple((name,) for name in names[:_LISTED]))
                for key, says, names in lists
            ),
        ),
    )


def points(rows: Sequence[tuple[str, str, str, int, int]]) -> Figure:
    """
    Key points of interview cards that were missed, most often first.

    Args:
        rows: (card, weight, point, times asked, times hit).
    """
    missed = [(asked - hit, card, weight, point, asked) for card, weight, point, asked, hit in rows if hit < asked]
    order = {"must": 0, "should": 1, "senior": 2}
    missed.sort(key=lambda row: (-row[0], order.get(row[2], 3), row[1], row[3]))
    asked_all, hit_all = sum(row[3] for row in rows), sum(row[4] for row in rows)
    columns = (
        Column("missed", "missed", "points"),
        Column("asked", "of", "points"),
        Column("weight", ""),
        Column("card", "card"),
        Column("point", "point"),
    )
    table = tuple((times, asked, weight, card, point) for times, card, weight, point, asked in missed[:_LISTED])
    return Figure(
        "points",
        "Key points missed",
        (
            Fact("asked", "key points", asked_all, "points"),
            Fact("hit_share", "hit", share(hit_all, asked_all), "share"),
        ),
        (),
        (Table("points", "", columns, table),),
    )


def pace(rows: Sequence[tuple[str, int, int, int]]) -> Figure:
    """
    How long interview answers take against the time box that an interview gives.

    Args:
        rows: (card, answers, ms in all, box in seconds).
    """
    columns = (
        Column("card", "card"),
        Column("answers", "answers", "answers"),
        Column("seconds", "average", "seconds"),
        Column("box", "box", "seconds"),
        Column("of_box", "of the box", "share"),
    )
    lines = [
        (card, answers, per(ms / 1000, answers), box, share(ms / 1000 / answers, box) if answers else None)
        for card, answers, ms, box in rows
    ]
    lines.sort(key=lambda line: (-(line[4] or 0), line[0]))
    used, given = sum(row[2] for row in rows) / 1000, sum(row[1] * row[3] for row in rows)
    return Figure(
        "pace",
        "Time of interview answers",
        (
            Fact("answers", "answers", sum(row[1] for row in rows), "answers"),
            Fact("of_box", "of the box", share(used, given), "share"),
            Fact("over", "cards over the box", sum((line[4] or 0) > 1 for line in lines), "cards"),
        ),
        (),
        (Table("cards", "slowest", columns, tuple(lines[:_LISTED])),),
    )
