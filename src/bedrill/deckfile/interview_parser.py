"""What only an interview note has: its attributes, key points and follow-ups."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bedrill.deckfile.sections import duration_s, list_items, text_of
from bedrill.goals import LEVELS as LEVELS  # noqa: PLC0414 - part of the format, too
from bedrill.note import FollowUp, Interview, KeyPoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.deckfile.grammar import Attributes, Line
    from bedrill.deckfile.problems import Report

FORMS: Final = ("explain", "compare", "design", "debug", "estimate", "code", "behavioural", "negotiate")
THINK_S: Final = 20
SPEAK_S: Final = 120
_KEY_POINT: Final = re.compile(r"(must|should|senior):[ \t]*(.*)", re.IGNORECASE)
# No character class below meets the character behind it, and none spans another link: matching stays linear.
_TO_A_NOTE: Final = r"\[([^\[\]]*)\]\(([^()\[\]\s#]*#[^()\[\]\s]+)\)"
_LINK: Final = re.compile(_TO_A_NOTE)
_LINK_IN_PARENTHESES: Final = re.compile(rf"(?<![ \t])[ \t]*\({_TO_A_NOTE}(?:,[ \t]*{_TO_A_NOTE})*\)")
_ARROW: Final = re.compile(r"(?<![ \t])[ \t]+(?:→|->|=>)[ \t]+")


def parse_interview(attributes: Attributes, sections: dict[str, list[Line]], line: Line, report: Report) -> Interview:
    """
    The interview part of a note.

    Args:
        sections: Its lines, by section.
        line: Its heading, where faults of the attributes are.
    """
    return Interview(
        form=_one_of("form", FORMS, "explain", attributes, line, report),
        level=_one_of("level", LEVELS, "mid", attributes, line, report),
        think_s=_time_box("think", THINK_S, attributes, line, report),
        speak_s=_time_box("speak", SPEAK_S, attributes, line, report),
        context=text_of(sections.get("context", [])),
        key_points=_key_points(sections.get("key points", []), report),
        follow_ups=_follow_ups(sections.get("follow-ups", []), report),
        mistakes=tuple(text for _, text in list_items(sections.get("mistakes", []))),
        red_flags=tuple(text for _, text in list_items(sections.get("red flags", []))),
    )


def _one_of(key: str, known: tuple[str, ...], default: str, attributes: Attributes, line: Line, report: Report) -> str:
    value = attributes.value(key) or default
    if value not in known:
        report(line.number, "N2", f"{key}={value} is not known", f"known are {', '.join(known)}")
        return default
    return value


def _time_box(key: str, default_s: int, attributes: Attributes, line: Line, report: Report) -> int:
    value = attributes.value(key)
    seconds = duration_s(value) if value else default_s
    if seconds is None:
        report(line.number, "N2", f"{key}={value} is no duration", "write 20s, 2m or 1m30s")
        return default_s
    return seconds


def _key_points(lines: Sequence[Line], report: Report) -> tuple[KeyPoint, ...]:
    points: list[KeyPoint] = []
    for number, item in list_items(lines):
        match = _KEY_POINT.match(item)
        if not match:
            hint = "begin it with 'must:', 'should:' or 'senior:'"
            report(number, "N11", "a key point says how much it weighs", hint)
            continue
        links = tuple(link.group(2) for link in _LINK.finditer(match.group(2)))
        text = _LINK.sub(r"\1", _LINK_IN_PARENTHESES.sub("", match.group(2)))
        points.append(KeyPoint(match.group(1).lower(), text.strip(), links, number))
    return tuple(points)


def _follow_ups(lines: Sequence[Line], report: Report) -> tuple[FollowUp, ...]:
    found: list[FollowUp] = []
    for number, item in list_items(lines):
        parts = _ARROW.split(item, maxsplit=1)
        if len(parts) == 1:
            report(number, "N11", "a follow-up has a key", "write '- question → key'")
        found.append(FollowUp(parts[0].strip(), parts[1].strip() if len(parts) > 1 else ""))
    return tuple(found)
