"""The day's queue under a goal: what is worth most first, as far as the time goes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bedrill.model import Candidate, Waiting
from bedrill.review_queue import Asked, Done, goals_queue

asked = st.lists(
    st.builds(
        Asked,
        st.builds(Candidate, st.integers(1, 10**6), st.integers(1, 30), st.integers(1, 3)),
        st.booleans(),
        st.floats(1, 300),
    ),
    unique_by=lambda each: each.candidate.card,
    max_size=40,
)
done = st.dictionaries(st.integers(1, 30), st.sets(st.integers(1, 40), min_size=1, max_size=2), max_size=10).map(Done)


@given(asked, done, st.floats(-100, 3_000), st.none() | st.integers(0, 10))
def test_it_is_the_best_that_may_come_one_of_a_note_as_far_as_the_time_goes(some, before, seconds, new_left):
    queue = goals_queue([], some, before, seconds_left=seconds, new_left=new_left)

    by_card = {each.candidate.card: each for each in some}
    chosen = [by_card[card.card] for card in queue.main]
    assert [each for each in some if each in chosen] == chosen
    assert len({each.candidate.note for each in chosen}) == len(chosen)
    assert not {each.candidate.note for each in chosen} & set(before.cards)
    assert queue.new_cards == {each.candidate.card for each in chosen if each.is_new}
    assert new_left is None or len(queue.new_cards) <= new_left
    assert not chosen or sum(each.seconds for each in chosen[:-1]) < seconds
    if seconds > 0 and sum(each.seconds for each in chosen) < seconds:
        taken = {each.candidate.note for each in chosen} | set(before.cards)
        left = [each for each in some if each.candidate.note not in taken]
        assert not [each for each in left if not each.is_new] or new_left is not None
        assert new_left is not None or not left


def test_a_queue_is_read_only_as_far_as_the_time_goes():
    def endless():
        for card in range(10**9):
            yield Asked(Candidate(card, card, 1), False, 10.0)

    assert len(goals_queue([], endless(), Done({}), seconds_left=95).main) == 10


def test_cards_in_steps_and_those_called_for_come_whatever_the_time():
    step = Waiting(Candidate(1, 1, 1), 5)

    queue = goals_queue(
        [step],
        [Asked(Candidate(2, 1, 1), True, 1.0), Asked(Candidate(4, 3, 1), True, 1.0)],
        Done({1: {1}}),
        seconds_left=0,
        called=[Candidate(3, 3, 1)],
    )

    assert (queue.learning, queue.called, queue.main) == ((step,), (Candidate(3, 3, 1),), ())


def test_a_note_that_is_in_steps_or_called_for_is_not_asked_through_a_sibling():
    queue = goals_queue(
        [Waiting(Candidate(1, 1, 1), 5)],
        [
            Asked(Candidate(2, 1, 1), True, 1.0),
            Asked(Candidate(4, 3, 1), False, 1.0),
            Asked(Candidate(5, 5, 1), False, 1.0),
        ],
        Done({1: {1}}),
        seconds_left=100,
        called=[Candidate(3, 3, 1)],
    )

    assert queue.main == (Candidate(5, 5, 1),)
