"""What holds for every queue of a day, whatever is due and whatever was answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bedrill.model import Candidate, Waiting
from bedrill.review_queue import Done, ReviewQueue, todays_queue


@dataclass(frozen=True)
class Day:
    """What a queue is made of."""

    learning: tuple[Waiting, ...]
    reviews: tuple[Candidate, ...]
    new: tuple[Candidate, ...]
    called: tuple[Candidate, ...]
    done: Done
    new_left: int
    reviews_left: int

    def queue(self) -> ReviewQueue:
        """The queue of the day."""
        return todays_queue(
            self.learning,
            self.reviews,
            self.new,
            self.done,
            new_left=self.new_left,
            reviews_left=self.reviews_left,
            called=self.called,
        )


@st.composite
def days(draw: st.DrawFn) -> Day:
    """A few decks of notes with one to three cards, each of which is due, new, in steps, answered or called, or none."""
    learning: list[Waiting] = []
    reviews: list[Candidate] = []
    new: list[Candidate] = []
    called: list[Candidate] = []
    answered: dict[int, set[int]] = {}
    for note in range(draw(st.integers(0, 12))):
        deck = draw(st.integers(1, 4))
        for ordinal in range(draw(st.sampled_from([1, 1, 2, 3]))):
            card = Candidate(10 * note + ordinal, note, deck)
            role = draw(st.sampled_from(["review", "review", "new", "new", "in steps", "answered", "back", "none"]))
            if role in ("answered", "back"):
                answered.setdefault(note, set()).add(card.card)
            if role in ("in steps", "back"):
                learning.append(Waiting(card, draw(st.integers(0, 9))))
            if role in ("review", "new"):
                (reviews if role == "review" else new).append(card)
            if draw(st.integers(0, 9)) == 0:
                called.append(card)
    decks = st.none() | st.integers(1, 4)
    return Day(
        tuple(sorted(learning, key=lambda step: (step.due_ms, step.candidate.card))),
        tuple(draw(st.permutations(reviews))),
        tuple(draw(st.permutations(new))),
        tuple(called),
        Done(answered, draw(st.integers(0, 5)), draw(st.integers(0, 9)), draw(decks)),
        draw(st.integers(-1, 12)),
        draw(st.integers(-1, 12)),
    )


@st.composite
def days_of_single_cards(draw: st.DrawFn, most_decks: int = 4) -> Day:
    """Notes of one card each, reviews and new ones, with nothing in steps, early in a day."""
    decks = draw(st.lists(st.integers(1, most_decks), max_size=14))
    cards = [Candidate(number, number, deck) for number, deck in enumerate(decks)]
    split = draw(st.integers(0, len(cards)))
    done = Done({}, draw(st.integers(0, 5)), draw(st.integers(0, 9)), draw(st.none() | st.integers(1, most_decks)))
    return Day(
        (), tuple(cards[:split]), tuple(cards[split:]), (), done, draw(st.integers(0, 15)), draw(st.integers(0, 15))
    )


def last_deck_before(day: Day, queue: ReviewQueue) -> int | None:
    """The deck of the card asked before the main part."""
    return queue.called[-1].deck if queue.called else day.done.last_deck


def same_neighbours(last: int | None, decks: list[int]) -> int:
    """How often a card follows one of its own deck."""
    return sum(left == right for left, right in pairwise([last, *decks]))


@cache
def fewest_same_neighbours(left: tuple[tuple[int, int], ...], last: int | None) -> int:
    """The least that any order of the decks can have, by trying every order. `left`: decks, and how many cards each."""
    if not left:
        return 0
    return min(
        (deck == last) + fewest_same_neighbours(tuple((d, n - (d == deck)) for d, n in left if n > (d == deck)), deck)
        for deck, _ in left
    )


@hypothesis_settings(max_examples=300, deadline=None)
@given(days())
def test_no_note_is_asked_twice_and_no_sibling_of_a_card_that_was_answered(day):
    queue = day.queue()

    everything = [*(step.candidate for step in queue.learning), *queue.called, *queue.main]
    assert len({card.note for card in everything}) == len(everything) == queue.size
    assert all(day.done.cards.get(card.note, {card.card}) == {card.card} for card in everything)
    assert not any(card.note in day.done.cards for card in queue.main)


@hypothesis_settings(max_examples=300, deadline=None)
@given(days())
def test_limits_are_used_up_by_the_first_cards_whose_notes_are_free(day):
    """Steps and calls claim notes first, then reviews, then new cards."""
    queue = day.queue()

    claimed = {
        *day.done.cards,
        *(step.candidate.note for step in queue.learning),
        *(card.note for card in queue.called),
    }
    expected: list[Candidate] = []
    for candidates, limit in ((day.reviews, day.reviews_left), (day.new, day.new_left)):
        free = {card.note: card for card in reversed(candidates) if card.note not in claimed}
        taken = [card for card in candidates if free.get(card.note) == card][: max(limit, 0)]
        claimed |= {card.note for card in taken}
        expected += taken

    assert sorted(queue.main) == sorted(expected)
    assert queue.new_cards == {card.card for card in queue.main if card in day.new}


@hypothesis_settings(max_examples=300, deadline=None)
@given(days() | days_of_single_cards())
def test_neighbours_of_one_deck_are_as_few_as_any_order_can_have(day):
    queue = day.queue()
    decks = [card.deck for card in queue.main]
    last = last_deck_before(day, queue)

    left = tuple(sorted((deck, decks.count(deck)) for deck in set(decks)))
    assert same_neighbours(last, decks) == fewest_same_neighbours(left, last)


@hypothesis_settings(max_examples=300, deadline=None)
@given(days())
def test_each_deck_keeps_its_own_order(day):
    queue = day.queue()

    for deck in range(1, 5):
        asked = [card for card in queue.main if card.deck == deck]
        for candidates in (day.reviews, day.new):
            assert [card for card in asked if card in candidates] == [card for card in candidates if card in asked]


@hypothesis_settings(max_examples=200, deadline=None)
@given(days(), st.permutations([1, 2, 3, 4]))
def test_the_order_depends_on_the_cards_only_and_not_on_the_numbers_of_decks_nor_on_how_sets_are_built(day, numbers):
    def renumbered(card: Candidate) -> Candidate:
        return card._replace(deck=numbers[card.deck - 1])

    last = day.done.last_deck and numbers[day.done.last_deck - 1]
    reversed_cards = {note: tuple(sorted(cards, reverse=True)) for note, cards in reversed(day.done.cards.items())}
    other = todays_queue(
        [Waiting(renumbered(step.candidate), step.due_ms) for step in day.learning],
        map(renumbered, day.reviews),
        map(renumbered, day.new),
        Done(reversed_cards, day.done.new, day.done.reviews, last),
        new_left=day.new_left,
        reviews_left=day.reviews_left,
        called=map(renumbered, day.called),
    )

    queue = day.queue()
    assert other.main == tuple(map(renumbered, queue.main))
    assert other.called == tuple(map(renumbered, queue.called))
    assert [step.candidate.card for step in other.learning] == [step.candidate.card for step in queue.learning]
    assert queue == day.queue()


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.integers(0, 30), st.integers(0, 30))
def test_new_cards_are_spread_evenly(reviews, new):
    """At every point, the share of new cards so far is that of the day, to half a card."""
    apart = [Candidate(number, number, number) for number in range(reviews + new)]

    queue = todays_queue([], apart[:reviews], apart[reviews:], Done({}), new_left=99, reviews_left=99)

    asked_new = list(accumulate(card.card in queue.new_cards for card in queue.main))
    assert all(abs(count - place * new / len(apart)) <= 0.5 for place, count in enumerate(asked_new, 1))
    assert len(queue.new_cards) == new


@hypothesis_settings(max_examples=300, deadline=None)
@given(days() | days_of_single_cards(), st.integers(0, 14), st.data())
def test_quitting_and_coming_back_changes_nothing_of_the_rest(day, count, data):
    """Some of the answered cards come back in steps; the limits count what was answered before."""
    day = replace(day, called=())
    first = day.queue()
    answered, rest = first.main[:count], first.main[count:]
    new = sum(card.card in first.new_cards for card in answered)
    steps = [Waiting(card, 99) for card in answered if data.draw(st.booleans())]

    later = Day(
        learning=(*day.learning, *steps),
        reviews=tuple(card for card in day.reviews if card not in answered),
        new=tuple(card for card in day.new if card not in answered),
        called=(),
        done=Done(
            {**day.done.cards, **{card.note: {card.card} for card in answered}},
            day.done.new + new,
            day.done.reviews + len(answered) - new,
            answered[-1].deck if answered else day.done.last_deck,
        ),
        new_left=day.new_left - new,
        reviews_left=day.reviews_left - len(answered) + new,
    )

    again = later.queue()
    assert again.main == rest
    assert again.new_cards == first.new_cards - {card.card for card in answered}
    assert again.learning == (*first.learning, *steps)
