"""The sheet of a mock interview: on a terminal, as Markdown, as data; and the list of all that were held."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any

import click

from bedrill.cli.text import clock, columns, counted, on_one_line, table
from bedrill.clock import instant, iso
from bedrill.mocking import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedrill.cli.app import App
    from bedrill.collection import Collection
    from bedrill.mocking import Asked, Sheet

_MEANT = re.compile(r"([\\`*_\[\]<>~&])")
"""What Markdown could take for more than text behind the beginning of a line."""


def print_sheet(app: App, held: Sequence[Sheet], place: int) -> None:
    """The sheet at a place, and what changed against the one before it."""
    for line in _lines(app.collection, held[place], held[place - 1] if place else None):
        fit = columns()
        click.echo(textwrap.fill(line, fit, subsequent_indent=_indent(line)) if fit and line else line)


def _indent(line: str) -> str:
    return " " * (len(line) - len(line.lstrip()) + 2)


def _lines(collection: Collection, sheet: Sheet, before: Sheet | None) -> Iterator[str]:
    yield ""
    yield f"{_when(collection, sheet)}: {VERDICTS[sheet.verdict]} ({sheet.verdict} of 4)"
    yield _summary(sheet)
    if before is not None:
        yield f"the one before: {VERDICTS[before.verdict]} ({before.verdict} of 4); {_summary(before)}"
    for number, asked in enumerate(sheet.asked, 1):
        yield ""
        yield f"{number}. {on_one_line(asked.question)}"
        yield f"   {asked.card}: {VERDICTS[asked.verdict]} ({asked.verdict} of 4), {_time(asked)}"
        for mark, section, what, hit in _KINDS:
            for tick in asked.points(section, hit=hit):
                yield f"   {mark} {what}: {on_one_line(tick.point)}"
        if asked.reread:
            yield f"   reread {', '.join(asked.reread)}"


_KINDS = (
    ("+", "must", "essential", True),
    ("-", "must", "missed, essential", False),
    ("+", "should", "good", True),
    ("-", "should", "missed, good", False),
    ("+", "senior", "senior", True),
    ("-", "senior", "missed, senior", False),
    ("+", "follow-up", "follow-up", True),
    ("-", "follow-up", "missed, follow-up", False),
    ("!", "red flag", "red flag", True),
)


def _when(collection: Collection, sheet: Sheet) -> str:
    at = instant(sheet.plan.mock).astimezone(collection.clock.zone)
    return f"mock interview of {at:%Y-%m-%d %H:%M}{', ' + sheet.plan.level if sheet.plan.level else ''}"


def _time(asked: Asked) -> str:
    over = "" if asked.in_time else f", {clock(asked.seconds - asked.box_s)} over"
    return f"{clock(asked.seconds)} of {clock(asked.box_s)}{over}"


def _summary(sheet: Sheet) -> str:
    hit, musts = sheet.musts
    flags = f", {counted(sheet.red_flags, 'red flag')}" if sheet.red_flags else ""
    asked = f"{len(sheet.asked)} of {counted(sheet.plan.questions, 'question')}"
    return f"{asked}, {hit} of {counted(musts, 'essential point')}{flags}, {clock(sheet.seconds)} of answers"


def print_list(app: App, held: Sequence[Sheet]) -> None:
    """All mock interviews, oldest first."""
    rows = [("", "held", "level", "questions", "points", "answers", "verdict")]
    for number, sheet in enumerate(held, 1):
        at = instant(sheet.plan.mock).astimezone(app.collection.clock.zone)
        hit, musts = sheet.musts
        verdict = f"{sheet.verdict} {VERDICTS[sheet.verdict]}"
        what = (sheet.plan.level or "any", str(len(sheet.asked)), f"{hit}/{musts}", clock(sheet.seconds))
        rows.append((str(number), f"{at:%Y-%m-%d %H:%M}", *what, verdict))
    click.echo(table(rows, right=(0, 3, 4, 5), wide=6, fit=columns()))


def as_data(sheet: Sheet) -> dict[str, Any]:
    """A sheet as JSON has it; times in seconds, verdicts 1 to 4."""
    hit, musts = sheet.musts
    return {
        "held_at": iso(instant(sheet.plan.mock)),
        "level": sheet.plan.level or None,
        "minutes": sheet.plan.minutes,
        "questions_planned": sheet.plan.questions,
        "verdict": sheet.verdict,
        "essential_hit": hit,
        "essential": musts,
        "red_flags": sheet.red_flags,
        "seconds": sheet.seconds,
        "questions": [
            {
                "card": asked.card,
                "question": asked.question,
                "seconds": asked.seconds,
                "box_seconds": asked.box_s,
                "rating": int(asked.rating),
                "verdict": asked.verdict,
                "points": [{"section": tick.section, "point": tick.point, "hit": tick.hit} for tick in asked.ticks],
                "reread": list(asked.reread),
            }
            for asked in sheet.asked
        ],
    }


def markdown_of(collection: Collection, sheet: Sheet) -> str:
    """A sheet as Markdown. Text of decks is text in it: no heading, link or markup of theirs."""
    lines = [
        f"# {_when(collection, sheet).capitalize()}",
        "",
        f"**{VERDICTS[sheet.verdict].capitalize()}** ({sheet.verdict} of 4): {_summary(sheet)}.",
    ]
    for number, asked in enumerate(sheet.asked, 1):
        lines += ["", f"## {number}. {_plain(asked.question)}", ""]
        lines += [f"`{_code(asked.card)}`: **{VERDICTS[asked.verdict]}** ({asked.verdict} of 4), {_time(asked)}", ""]
        for mark, section, what, hit in _KINDS:
            box = "[x]" if mark == "+" else "[ ]" if mark == "-" else "**!**"
            kind = what.removeprefix("missed, ")
            lines += [f"- {box} {kind}: {_plain(tick.point)}" for tick in asked.points(section, hit=hit)]
        if asked.reread:
            lines += ["", "Reread " + ", ".join(f"`{_code(name)}`" for name in asked.reread) + "."]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    return _MEANT.sub(r"\\\1", on_one_line(text))


def _code(text: str) -> str:
    return on_one_line(text).replace("`", "'")
