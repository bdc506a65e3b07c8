"""Mock interviews of a collection: drawing one, and the sheets of those that were held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedrill import mocking, readiness
from bedrill.collection import today
from bedrill.deckfile.grammar import Line, split_attributes
from bedrill.deckfile.interview_parser import parse_interview
from bedrill.deckfile.note_parser import read_note
from bedrill.errors import BedrillError, NotFoundError
from bedrill.memory import curve_of
from bedrill.mocking import Asked, Plan, Question, Sheet
from bedrill.model import Candidate, Rating
from bedrill.store import cards, catalog, course, mocks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bedrill.collection import Collection
    from bedrill.model import Tick
    from bedrill.note import Interview
    from bedrill.store.mocks import MockAnswer


class NoQuestionsError(BedrillError):
    """There is no interview card to ask."""


def drawn(collection: Collection, plan: Plan, decks: Sequence[int] | None) -> list[Candidate]:
    """
    The interview cards that a mock interview asks, in order.

    Args:
        decks: Rows of decks; None for all.

    Raises:
        NoQuestionsError: No interview card is of these decks and this level.
    """
    chosen = mocking.draw(_questions(collection, decks), plan, collection.clock.today())
    if not chosen:
        level = f" for level {plan.level}" if plan.level else ""
        raise NoQuestionsError(f"there are no interview cards{level} to ask", "name other decks, or another --level")
    notes = {card.row_id: card.note_row for card in cards.by_rows(collection.db, [each.card for each in chosen])}
    return [Candidate(each.card, notes[each.card], each.deck) for each in chosen]


def _questions(collection: Collection, decks: Sequence[int] | None) -> list[Question]:
    on, curve = collection.clock.today(), curve_of(collection.settings.fsrs_parameters)
    everything = catalog.decks(collection.db)
    blocked = today.blocked_decks(collection, everything, on)
    hit = course.points_hit(collection.db)
    rows = mocks.interview_rows(collection.db, decks)
    recalls = readiness.recall(((row.last_on, row.stability_days) for row in rows), on, curve)
    found = []
    for row, recall in zip(rows, recalls, strict=True):
        interview = _interview(row.heading)
        found.append(
            Question(
                row.card,
                row.deck,
                interview.form,
                interview.level,
                interview.box_s,
                recall,
                hit.get(row.card),
                row.last_on,
                row.deck not in blocked,
            )
        )
    return found


def _interview(heading: str) -> Interview:
    """What the first line of an interview note says: form, level and time box."""
    _, attributes = split_attributes(heading)
    return parse_interview(attributes, {}, Line(1, heading, 2), lambda *_: None)


def sheets(collection: Collection) -> list[Sheet]:
    """The mock interviews that were held, oldest first; those whose answers were all undone are gone."""
    by_mock: dict[int, tuple[Plan, list[Asked]]] = {}
    files = today.decks_by_file(collection)
    for answer in mocks.answers(collection.db):
        read = mocking.read_tag(answer.tag)
        if read is None:
            continue
        plan, seconds = read
        asked = _asked(collection, answer, seconds, files)
        by_mock.setdefault(plan.mock, (plan, []))[1].append(asked)
    return [Sheet(plan, tuple(asked)) for _, (plan, asked) in sorted(by_mock.items())]


def _asked(collection: Collection, answer: MockAnswer, seconds: int, files: Mapping[str, str]) -> Asked:
    card = cards.by_row(collection.db, answer.card)
    note = read_note(card.text, card.slug)
    ticks = tuple(tick for tick in mocks.ticks(collection.db, answer.review_id) if tick.section != mocking.SECTION)
    box_s = note.interview.box_s if note.interview else 0
    reread = _reread(ticks, card.deck_id, files)
    return Asked(card.name, note.heading, seconds, box_s, Rating(answer.rating), ticks, reread)


def place_of(held: Sequence[Sheet], number: int | None) -> int:
    """
    Where the mock interview with a number stands among those that were held, 1 is the oldest; the latest without one.

    Raises:
        NotFoundError: There is none.
    """
    if not held:
        raise NotFoundError("no mock interview was held yet", "bedrill mock")
    if number is not None and not 1 <= number <= len(held):
        raise NotFoundError(f"no mock interview {number}", "bedrill mock --list")
    return (len(held) if number is None else number) - 1


def _reread(ticks: Sequence[Tick], deck_id: str, files: Mapping[str, str]) -> tuple[str, ...]:
    """The notes that missed points of a deck's card rest on, as DECK/SLUG: the essential first, and once each."""
    sections = ("must", "should", "senior")
    missed = [tick for section in sections for tick in ticks if tick.section == section and not tick.hit]
    found = (today.note_behind(link, deck_id, files) for tick in missed for link in tick.links)
    return tuple(dict.fromkeys(f"{deck}/{slug}" for deck, slug in found if deck))
