"""How an answer is judged before the person judges it: typed answers, and key points of interviews. Pure."""

from __future__ import annotations

import re
import warnings
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from bedrill.model import Rating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.model import Tick

_SPACE = re.compile(r"\s+")
MUSTS_FOR_A_MISS = 5
"""From so many musts on, one may be missed."""


class Typed(NamedTuple):
    """
    What a typed answer is worth.

    Attributes:
        is_right: It is one of the accepted answers, white space apart.
        closest: The accepted answer that it comes closest to.
        parts: The typed answer against `closest`: ("=", same), ("-", too much), ("+", missing), in order.
    """

    is_right: bool
    closest: str
    parts: tuple[tuple[str, str], ...]

    @property
    def suggested(self) -> Rating:
        """The rating to suggest."""
        return Rating.GOOD if self.is_right else Rating.AGAIN


def judge_typed(typed: str, accepted: Sequence[str]) -> Typed:
    """
    Compare what was typed with what a note accepts, white space apart.

    `/…/` is a regular expression that must match the whole, in upper or lower case. It may be a path as well: typed as
    it stands, it is right.

    A pattern of a deck can be slow on purpose: the caller bounds the time.
    """
    given = _SPACE.sub(" ", typed).strip()
    texts = [_SPACE.sub(" ", text).strip() for text in accepted]
    if given in texts or any(_matches(text, given) for text in accepted):
        return Typed(True, given, (("=", given),))
    plain = [text for text in texts if not _pattern(text)] or texts
    closest = max(plain, key=lambda text: SequenceMatcher(None, given, text, autojunk=False).ratio(), default="")
    parts: list[tuple[str, str]] = []
    for kind, i, j, k, m in SequenceMatcher(None, given, closest, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(("=", given[i:j]))
            continue
        parts += [("-", given[i:j])] if i < j else []
        parts += [("+", closest[k:m])] if k < m else []
    return Typed(False, closest, tuple(parts))


def _pattern(text: str) -> str:
    """The regular expression inside `/…/`, or ""."""
    return text[1:-1] if len(text) > 2 and text.startswith("/") and text.endswith("/") else ""  # noqa: PLR2004


def _matches(text: str, given: str) -> bool:
    pattern = _pattern(text)
    if not pattern:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a pattern that may mean something else one day
            return re.fullmatch(pattern, given, re.IGNORECASE) is not None
    except (re.error, ValueError, OverflowError, RecursionError):
        return False


def hits(ticks: Sequence[Tick], section: str) -> list[bool]:
    """Whether each tick of a section was hit, in order."""
    return [tick.hit for tick in ticks if tick.section == section]


def suggested_rating(ticks: Sequence[Tick], *, in_time: bool) -> Rating:
    """
    The rating that an interview answer has earned; one rule for every card.

    AGAIN for a red flag or fewer than half the musts; HARD for half or more; GOOD for all of them (one miss allowed of
    five or more) inside the time box; EASY with half the shoulds and the follow-up as well.
    """
    musts = hits(ticks, "must")
    shoulds = hits(ticks, "should")
    if any(hits(ticks, "red flag")) or 2 * sum(musts) < len(musts):
        return Rating.AGAIN
    allowed = 1 if len(musts) >= MUSTS_FOR_A_MISS else 0
    if len(musts) - sum(musts) > allowed or not in_time:
        return Rating.HARD
    follow_ups = hits(ticks, "follow-up")
    is_easy = all(musts) and 2 * sum(shoulds) >= len(shoulds) and all(follow_ups)
    return Rating.EASY if is_easy and (shoulds or follow_ups) else Rating.GOOD


def why_suggested(ticks: Sequence[Tick], *, in_time: bool) -> str:
    """What the suggested rating rests on, in a few words: "3 of 4 essential points; out of time"."""
    musts = hits(ticks, "must")
    shoulds = hits(ticks, "should")
    follow_ups = hits(ticks, "follow-up")
    parts = [f"{sum(musts)} of {len(musts)} essential points"]
    if shoulds and all(musts):
        parts.append(f"{sum(shoulds)} of {len(shoulds)} good ones")
    if follow_ups and all(musts):
        parts.append(
            f"{sum(follow_ups)} of {len(follow_ups)} follow-ups"
            if len(follow_ups) > 1
            else "the follow-up"
            if follow_ups[0]
            else "not the follow-up"
        )
    if any(hits(ticks, "red flag")):
        parts.append("a red flag")
    parts.append("in time" if in_time else "out of time")
    return "; ".join(parts)
