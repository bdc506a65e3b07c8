"""Typed answers, and the one rule that rates interview answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bedrill.model import Rating, Tick
from bedrill.scoring import Typed, judge_typed, suggested_rating


@pytest.mark.parametrize(
    ("typed", "accepted", "is_right"),
    [
        pytest.param("git log", ["git log"], True, id="the same"),
        pytest.param("  git \t log\n", ["git log"], True, id="more white space"),
        pytest.param("git log", ["git   log "], True, id="more of it in the deck"),
        pytest.param("gitlog", ["git log"], False, id="none of it"),
        pytest.param("Git log", ["git log"], False, id="another case"),
        pytest.param("git log", ["git show", "git log"], True, id="a further answer"),
        pytest.param("it lo", ["git log"], False, id="the middle of it"),
        pytest.param("tm", ["/tm"], False, id="a path is not its middle either"),
        pytest.param("git log", [], False, id="nothing is accepted"),
        pytest.param("", ["git log"], False, id="nothing was typed"),
        pytest.param("git  log --oneline", ["/git log( --oneline)?/"], True, id="a pattern"),
        pytest.param("GIT LOG", ["/git log( --oneline)?/"], True, id="a pattern in any case"),
        pytest.param("git log --all", ["/git log( --oneline)?/"], False, id="a pattern must match the whole"),
        pytest.param("/", ["/"], True, id="a slash"),
        pytest.param("//", ["//"], True, id="two slashes"),
        pytest.param("/etc", ["/etc"], True, id="a path"),
        pytest.param("/var/log/", ["/var/log/"], True, id="a path that looks like a pattern"),
        pytest.param("a.b", ["a.b"], True, id="signs of a pattern, outside of one"),
        pytest.param("axb", ["a.b"], False, id="which mean nothing there"),
        pytest.param("größe", ["/GRÖSSE|GRÖßE/"], True, id="other scripts"),
    ],
)
def test_a_typed_answer_is_right_if_it_is_accepted_white_space_apart(typed, accepted, is_right):
    result = judge_typed(typed, accepted)

    assert result.is_right is is_right
    assert result.suggested is (Rating.GOOD if is_right else Rating.AGAIN)


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("/(/", id="never closed"),
        pytest.param("/*/", id="nothing to repeat"),
        pytest.param("/a(?i)/", id="flags in the middle"),
        pytest.param("/a{99999999999999999999}/", id="too many times"),
        pytest.param(f"/a{{{'9' * 5000}}}/", id="a number too long to read"),
        pytest.param(f"/{'(' * 3000}{')' * 3000}/", id="too deep"),
        pytest.param("/[[a]/", id="which Python warns of"),
    ],
)
def test_a_broken_pattern_matches_nothing_and_breaks_nothing(pattern):
    assert not judge_typed("git log", [pattern]).is_right
    assert judge_typed("git log", [pattern, "git log"]) == Typed(True, "git log", (("=", "git log"),))


@pytest.mark.parametrize(
    ("typed", "accepted", "closest", "parts"),
    [
        pytest.param("git lag", ["git log"], "git log", (("=", "git l"), ("-", "a"), ("+", "o"), ("=", "g")), id="a letter"),
        pytest.param("git", ["git log"], "git log", (("=", "git"), ("+", " log")), id="too little"),
        pytest.param("git log -p", ["git log"], "git log", (("=", "git log"), ("-", " -p")), id="too much"),
        pytest.param("git lgo", ["svn log", "git log"], "git log", (("=", "git l"), ("+", "o"), ("=", "g"), ("-", "o")), id="closest"),
        pytest.param("ab", ["cd"], "cd", (("-", "ab"), ("+", "cd")), id="nothing alike"),
        pytest.param("ab", ["/c/", "cd"], "cd", (("-", "ab"), ("+", "cd")), id="patterns are not shown"),
        pytest.param("/tm/", ["/tmp/"], "/tmp/", (("=", "/tm"), ("+", "p"), ("=", "/")), id="unless there is nothing else"),
        pytest.param("", ["a b"], "a b", (("+", "a b"),), id="nothing typed"),
        pytest.param("ab", [], "", (("-", "ab"),), id="nothing accepted"),
        pytest.param("", [], "", (), id="nothing at all"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_compared_with_the_closest_accepted_one(typed, accepted, closest, parts):
    assert judge_typed(typed, accepted) == Typed(False, closest, parts)


def test_a_slip_in_a_long_answer_is_shown_as_a_slip():
    before, after = (" ".join(f"word {number}" for number in range(first, first + 30)) for first in (0, 30))

    result = judge_typed(f"{before}, {after}", [f"{before}. {after}"])

    assert result.parts == (("=", before), ("-", ","), ("+", "."), ("=", f" {after}"))


HOSTILE = st.text(
    alphabet=st.sampled_from([*"ab /\\()[]{}*+?|^$.", "\x1b", "\0", "\n", "\u202e", "é", "\u0301", "\ud800"]),
    max_size=12,
)


@hypothesis_settings(max_examples=400, deadline=None)
@given(HOSTILE | st.text(max_size=12), st.lists(HOSTILE | st.text(max_size=12), max_size=3))
def test_whatever_is_typed_or_accepted_the_parts_give_both_back(typed, accepted):
    """A pattern that looks hostile is one like any other; the caller bounds its time."""
    result = judge_typed(typed, accepted)

    assert "".join(text for kind, text in result.parts if kind != "+") == " ".join(typed.split())
    assert "".join(text for kind, text in result.parts if kind != "-") == result.closest
    assert all(text for _, text in result.parts) or result.is_right
    assert not result.is_right or result.closest == " ".join(typed.split())


@hypothesis_settings(max_examples=200, deadline=None)
@given(HOSTILE, st.lists(HOSTILE, max_size=3), st.integers(0, 3))
def test_what_is_accepted_is_right_when_it_is_typed(text, others, place):
    """Even if it looks like a pattern, or a broken one stands beside it."""
    accepted = [*others[:place], text, *others[place:]]

    assert judge_typed(f" {text}\t", accepted).is_right


def ticks(
    *, musts: str = "", shoulds: str = "", follow_ups: str = "", red_flags: str = "", seniors: str = ""
) -> list[Tick]:
    """Key points of each section: "x" was hit, "-" was not."""
    sections = {"must": musts, "should": shoulds, "senior": seniors, "follow-up": follow_ups, "red flag": red_flags}
    return [
        Tick(section, f"{section} {place}", (), mark == "x") for section, marks in sections.items() for place, mark in enumerate(marks)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("points", "in_time", "rating"),
    [
        pytest.param({"musts": "xxx", "red_flags": "x-"}, True, Rating.AGAIN, id="a red flag"),
        pytest.param({"musts": "xxxx", "shoulds": "xx", "follow_ups": "x", "red_flags": "x"}, True, Rating.AGAIN, id="a red flag, all else right"),
        pytest.param({"musts": "---"}, True, Rating.AGAIN, id="no must"),
        pytest.param({"musts": "x--", "shoulds": "xxx"}, True, Rating.AGAIN, id="fewer than half the musts"),
        pytest.param({"musts": "xx---"}, True, Rating.AGAIN, id="two of five"),
        pytest.param({"musts": "xx--"}, True, Rating.HARD, id="half of them"),
        pytest.param({"musts": "xxx-", "shoulds": "xx", "follow_ups": "x"}, True, Rating.HARD, id="a miss of four"),
        pytest.param({"musts": "xxx--"}, True, Rating.HARD, id="two misses of five"),
        pytest.param({"musts": "xxxx"}, False, Rating.HARD, id="all, but out of time"),
        pytest.param({"musts": "xxxx", "shoulds": "xx", "follow_ups": "x"}, False, Rating.HARD, id="everything, but out of time"),
        pytest.param({"musts": "xxxx-"}, False, Rating.HARD, id="a miss of five, out of time"),
        pytest.param({"musts": "xxxx-"}, True, Rating.GOOD, id="a miss of five"),
        pytest.param({"musts": "xxxxxx-"}, True, Rating.GOOD, id="a miss of seven"),
        pytest.param({"musts": "xxxx-", "shoulds": "xx", "follow_ups": "x"}, True, Rating.GOOD, id="a miss of five is never easy"),
        pytest.param({"musts": "xxx", "red_flags": "--"}, True, Rating.GOOD, id="no red flag raised"),
        pytest.param({"musts": "xxx"}, True, Rating.GOOD, id="no shoulds and no follow-up"),
        pytest.param({"musts": "xxx", "shoulds": "x--", "follow_ups": "x"}, True, Rating.GOOD, id="fewer than half the shoulds"),
        pytest.param({"musts": "xxx", "shoulds": "xxx", "follow_ups": "-"}, True, Rating.GOOD, id="the follow-up missed"),
        pytest.param({"musts": "xxx", "shoulds": "xx--", "follow_ups": "x"}, True, Rating.EASY, id="half the shoulds and the follow-up"),
        pytest.param({"musts": "xxx", "shoulds": "xx"}, True, Rating.EASY, id="shoulds, and no follow-up to miss"),
        pytest.param({"musts": "xxx", "follow_ups": "x"}, True, Rating.EASY, id="a follow-up, and no shoulds"),
        pytest.param({"musts": "xxx", "shoulds": "xx", "seniors": "--"}, True, Rating.EASY, id="what a senior would add is extra"),
        pytest.param({"musts": "xxx", "seniors": "xx"}, True, Rating.GOOD, id="and does not make it easy"),
        pytest.param({}, True, Rating.GOOD, id="no key points"),
    ],
)  # fmt: skip
def test_an_interview_answer_earns(points, in_time, rating):
    assert suggested_rating(ticks(**points), in_time=in_time) is rating


MARKS = st.text(alphabet="x-", max_size=6)


@hypothesis_settings(max_examples=300, deadline=None)
@given(MARKS, MARKS, st.text(alphabet="x-", max_size=2), st.integers(0, 5))
def test_one_more_point_never_lowers_the_rating(musts, shoulds, follow_ups, place):
    def with_point(marks: str) -> str:
        return marks[:place] + "x" + marks[place + 1 :] if place < len(marks) else marks

    before = suggested_rating(ticks(musts=musts, shoulds=shoulds, follow_ups=follow_ups), in_time=True)

    for more in (
        ticks(musts=with_point(musts), shoulds=shoulds, follow_ups=follow_ups),
        ticks(musts=musts, shoulds=with_point(shoulds), follow_ups=follow_ups),
        ticks(musts=musts, shoulds=shoulds, follow_ups=with_point(follow_ups)),
    ):
        assert suggested_rating(more, in_time=True) >= before
        assert suggested_rating(more, in_time=False) <= suggested_rating(more, in_time=True)
