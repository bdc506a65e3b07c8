"""
The day's queue: gather -> limits -> bury siblings -> mix -> interleave. Pure and deterministic.

What comes in is in order of preference already; what goes out is the order of asking. Both mixing and interleaving look
only at what has been done today and at what is left, so that quitting and coming back changes nothing.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from collections import Counter, deque
from typing import TYPE_CHECKING, NamedTuple

from bedrill.model import Candidate, Waiting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence


class Done(NamedTuple):
    """
    What was answered today.

    Attributes:
        cards: Note to the cards of it that were answered.
        new: How many of the answers introduced a card.
        reviews: How many were to cards in review.
        last_deck: Deck of the last answer.
    """

    cards: Mapping[int, Collection[int]]
    new: int = 0
    reviews: int = 0
    last_deck: int | None = None


class ReviewQueue(NamedTuple):
    """
    What is left of the day.

    Attributes:
        learning: By instant.
        called: Concept cards behind points that an interview answer missed: they come before the rest.
        main: Reviews and new cards, in the order of asking.
        new_cards: Those of `main` that are new.
    """

    learning: tuple[Waiting, ...] = ()
    called: tuple[Candidate, ...] = ()
    main: tuple[Candidate, ...] = ()
    new_cards: frozenset[int] = frozenset()

    @property
    def size(self) -> int:
        """How many cards that is."""
        return len(self.learning) + len(self.called) + len(self.main)


def todays_queue(
    learning: Sequence[Waiting],
    reviews: Iterable[Candidate],
    new: Iterable[Candidate],
    done: Done,
    *,
    new_left: int,
    reviews_left: int,
    called: Iterable[Candidate] = (),
) -> ReviewQueue:
    """
    The queue for the rest of today. No note is asked twice a day, but for a card that comes back in steps.

    Args:
        reviews: In order of preference; read only as far as needed.
        new: In order of introduction; likewise.
        new_left, reviews_left: What the day's limits still allow.
    """
    owner = _owners(done)
    in_steps = [waiting for waiting in learning if _claims(waiting.candidate, owner)]
    waited_for = {waiting.candidate for waiting in in_steps}
    asked_back = [card for card in called if card not in waited_for and _claims(card, owner)]
    due = _taken(reviews, reviews_left, owner)
    fresh = _taken(new, new_left, owner)
    last_deck = done.last_deck if not asked_back else asked_back[-1].deck
    return ReviewQueue(
        tuple(in_steps),
        tuple(asked_back),
        tuple(_in_order(due, fresh, done, last_deck)),
        frozenset(card.card for card in fresh),
    )


class Asked(NamedTuple):
    """A card that a goal would ask: whether it is new, and the seconds that it takes."""

    candidate: Candidate
    is_new: bool
    seconds: float


def goals_queue(
    learning: Sequence[Waiting],
    worth_asking: Iterable[Asked],
    done: Done,
    *,
    seconds_left: float,
    new_left: int | None = None,
    called: Iterable[Candidate] = (),
) -> ReviewQueue:
    """
    The queue for the rest of today under a goal: what is worth most comes first, as far as the time goes.

    Args:
        worth_asking: In the order of asking; read only as far as needed.
        seconds_left: Of the time for today. The last card may go beyond it.
        new_left: New cards that may still come; None is no limit.
    """
    base = todays_queue(learning, (), (), done, new_left=0, reviews_left=0, called=called)
    owner = _owners(done)
    owner |= {card.note: card.card for card in (*(waiting.candidate for waiting in base.learning), *base.called)}
    chosen: list[Asked] = []
    for asked in worth_asking if seconds_left > 0 else ():
        if asked.candidate.note in owner or (asked.is_new and new_left == 0):
            continue
        owner[asked.candidate.note] = asked.candidate.card
        chosen.append(asked)
        new_left = new_left - asked.is_new if new_left is not None else None
        seconds_left -= asked.seconds
        if seconds_left <= 0:
            break
    new = frozenset(asked.candidate.card for asked in chosen if asked.is_new)
    return base._replace(main=tuple(asked.candidate for asked in chosen), new_cards=new)


def _owners(done: Done) -> dict[int, int]:
    """The card that speaks for a note today, by the answers so far; -1 where several did."""
    return {note: next(iter(cards)) if len(cards) == 1 else -1 for note, cards in done.cards.items()}


def _claims(candidate: Candidate, owner: dict[int, int]) -> bool:
    """Whether the card may speak for its note today: the first of a note to ask does, and again."""
    return owner.setdefault(candidate.note, candidate.card) == candidate.card


def _taken(candidates: Iterable[Candidate], limit: int, owner: dict[int, int]) -> list[Candidate]:
    """The first `limit` candidates whose notes are not asked yet."""
    taken: list[Candidate] = []
    if limit <= 0:
        return taken
    for candidate in candidates:
        if candidate.note not in owner:
            owner[candidate.note] = candidate.card
            taken.append(candidate)
            if len(taken) == limit:
                break
    return taken


def _in_order(
    reviews: Sequence[Candidate], new: Sequence[Candidate], done: Done, last_deck: int | None
) -> list[Candidate]:
    """
    The cards in the order of asking. Each is chosen by what is done and what is left, and by nothing else.

    New cards are spread evenly over the day's reviews, those that are done included. Neighbours come from different
    decks wherever that is possible: a deck with more than half of what is left comes at once. Within a deck, reviews
    keep their order, and so do new cards.
    """
    lines = (_Line(reviews, done.reviews), _Line(new, done.new))
    left = Counter(card.deck for card in (*reviews, *new))
    largest = [(-count, deck) for deck, count in left.items()]
    heapq.heapify(largest)
    result: list[Candidate] = []
    for remaining in range(len(reviews) + len(new), 0, -1):
        while -largest[0][0] != left[largest[0][1]]:
            heapq.heapreplace(largest, (-left[largest[0][1]], largest[0][1]))
        count, deck = -largest[0][0], largest[0][1]
        in_turn = sorted((line for line in lines if line.heads), key=_Line.progress)
        if 2 * count > remaining and deck != last_deck:
            line = next(line for line in in_turn if line.waiting.get(deck))
        else:
            line = next((line for line in in_turn if line.deck_after(last_deck) != last_deck), in_turn[0])
            deck = line.deck_after(last_deck)
        result.append(line.take(deck))
        left[deck] -= 1
        last_deck = deck
    return result


class _Line:
    """
    Cards of one kind, waiting in order.

    Attributes:
        waiting: The place and the card of each, by deck.
        heads: The place of each deck's first card, and the deck; sorted.
    """

    def __init__(self, cards: Sequence[Candidate], done: int) -> None:
        self.waiting: dict[int, deque[tuple[int, Candidate]]] = {}
        for place, card in enumerate(cards):
            self.waiting.setdefault(card.deck, deque()).append((place, card))
        self.heads = [(line[0][0], deck) for deck, line in self.waiting.items()]
        self._done, self._all = done, done + len(cards)

    def progress(self) -> float:
        """Where in the day its next card belongs, 0 to 1: in the middle of an equal part."""
        return (self._done + 0.5) / self._all

    def deck_after(self, deck: int | None) -> int:
        """The deck of the earliest card of another deck than `deck`; `deck` only if there is no other."""
        return self.heads[1 if self.heads[0][1] == deck and len(self.heads) > 1 else 0][1]

    def take(self, deck: int) -> Candidate:
        """Take the first card of a deck out of the line."""
        place, card = self.waiting[deck].popleft()
        del self.heads[bisect_left(self.heads, (place, deck))]
        if self.waiting[deck]:
            insort(self.heads, (self.waiting[deck][0][0], deck))
        self._done += 1
        return card


def next_card(queue: ReviewQueue, now_ms: int, learn_ahead_ms: int) -> Candidate | None:
    """
    The card to ask now; None if there is none before `wait_until`.

    Steps that are over come first, then what interviews called back, then the rest; when nothing else is left, a step
    that ends within `learn_ahead_ms`.
    """
    first = queue.learning[0] if queue.learning else None
    if first and first.due_ms <= now_ms:
        return first.candidate
    if queue.called:
        return queue.called[0]
    if queue.main:
        return queue.main[0]
    if first and first.due_ms <= now_ms + learn_ahead_ms:
        return first.candidate
    return None


def wait_until(queue: ReviewQueue) -> int | None:
    """The instant (epoch ms) when the next step is over; None without cards in steps."""
    return queue.learning[0].due_ms if queue.learning else None


def without(queue: ReviewQueue, candidate: Candidate) -> ReviewQueue:
    """The queue without a note: its card was answered, suspended or buried."""
    return queue._replace(
        learning=tuple(waiting for waiting in queue.learning if waiting.candidate.note != candidate.note),
        called=tuple(card for card in queue.called if card.note != candidate.note),
        main=tuple(card for card in queue.main if card.note != candidate.note),
    )


def without_card(queue: ReviewQueue, candidate: Candidate) -> ReviewQueue:
    """The queue of a cram without one card: its siblings are still asked."""
    return queue._replace(main=tuple(card for card in queue.main if card.card != candidate.card))


def with_step(queue: ReviewQueue, candidate: Candidate, due_ms: int) -> ReviewQueue:
    """The queue with a card that comes back at `due_ms`."""
    learning = sorted(
        (*queue.learning, Waiting(candidate, due_ms)), key=lambda waiting: (waiting.due_ms, waiting.candidate.card)
    )
    return queue._replace(learning=tuple(learning))


def at_the_end(queue: ReviewQueue, candidate: Candidate) -> ReviewQueue:
    """The queue with a card behind all others."""
    return queue._replace(main=(*queue.main, candidate))
