"""
bedrill JSON Lines: everything, one record to a line, in UTF-8. docs/jsonl.md says what each line holds.

Written and read as a stream: memory does not grow with the file.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import IO, TYPE_CHECKING, Any, Final

from bedrill.clock import instant
from bedrill.deckfile.grammar import is_name
from bedrill.deckfile.parser import parse_deck
from bedrill.exchange import (
    CardRecord,
    DeckRecord,
    MediaRecord,
    NoteRecord,
    ProblemRecord,
    ProgressRecord,
    ReviewRecord,
    SettingRecord,
)
from bedrill.limits import MAX_LINE_BYTES, PROGRESS_EVERY
from bedrill.model import CardState, MemoryState, Phase, Tick
from bedrill.note import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bedrill.clock import Clock
    from bedrill.exchange import Record

VERSION: Final = 1


def recognises(head: bytes, path: str) -> bool:
    """Whether the first line says so."""
    del path
    return head.removeprefix(b"\xef\xbb\xbf").startswith(b'{"bedrill":')


def read(path: Path, shown: str, clock: Clock) -> Iterator[Record]:
    """The records of a file. A line that cannot be meant is a problem, and the others are read on."""
    del clock
    size = max(1, path.stat().st_size)
    with path.open("rb") as file:
        for number, record in enumerate(read_lines(file, shown)):
            if number % PROGRESS_EVERY == 0:
                yield ProgressRecord(file.tell() / size)
            yield record


def read_lines(file: IO[bytes], path: str) -> Iterator[Record]:
    """The records in an open file; `path` names it in problems."""
    number = 0
    while line := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES:
            message = f"a line of more than {MAX_LINE_BYTES // 2**20} MiB"
            yield ProblemRecord(Problem(path, number, 1, "J1", message, "it is no export of bedrill"))
            return
        if not line.strip():
            continue
        try:
            data = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
            record = _record(data, path, number)
        except (ValueError, RecursionError, TypeError, KeyError, OverflowError, AttributeError) as error:
            what = error.msg if isinstance(error, json.JSONDecodeError) else _what(error)
            yield ProblemRecord(
                Problem(path, number, 1, "J1", f"this line cannot be read: {what}", "see docs/jsonl.md")
            )
            continue
        if record is not None:
            yield record


def _what(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _record(data: Any, path: str, number: int) -> Record | None:
    if not isinstance(data, dict):
        raise TypeError("it is no object")
    if "bedrill" in data:
        if data["bedrill"] != VERSION:
            raise ValueError(f"version {data['bedrill']} of the format is not known; upgrade bedrill")
        return None
    if "setting" in data:
        return SettingRecord(_text(data["setting"]), _text(data["value"]))
    if "note" in data:
        return _note(data, path, number)
    if "deck" in data:
        return _deck(data)
    if "media" in data:
        return _media(data)
    return None  # of a later bedrill


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    value.encode("utf-8")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or not -(2**62) < value < 2**62:
        raise ValueError(f"{value!r} is no whole number")
    return int(value)


def _deck(data: dict[str, Any]) -> DeckRecord:
    lesson = data.get("lesson")
    return DeckRecord(
        deck_id=_name(data["deck"]),
        title=_text(data.get("title", "")),
        lesson=None if lesson is None else _number(lesson),
        level=_text(data.get("level", "")),
        requires=tuple(_text(word) for word in data.get("requires", ())),
        tags=tuple(_text(word) for word in data.get("tags", ())),
    )


def _name(value: Any) -> str:
    if not is_name(_text(value)):
        raise ValueError(f"'{value}' is no name of a deck or note")
    return str(value)


def _media(data: dict[str, Any]) -> MediaRecord:
    try:
        content = base64.b64decode(_text(data["data"]), validate=True)
    except binascii.Error as error:
        raise ValueError(f"the data of {data['media']} is not base64") from error
    return MediaRecord(_text(data["media"]), len(content), lambda: content)


def _note(data: dict[str, Any], path: str, number: int) -> Record:
    text = _text(data["text"])
    deck = parse_deck(text, path)
    faults = [problem for problem in deck.problems if problem.severity is Severity.ERROR]
    if faults or len(deck.notes) != 1 or deck.notes[0].text != text:
        message = faults[0].message if faults else "the text is not one note"
        return ProblemRecord(Problem(path, number, 1, "J2", message, "see docs/format.md"))
    edited_at, retired_at = data.get("edited_at"), data.get("retired_at")
    return NoteRecord(
        deck_id=_name(data["deck"]),
        text=text,
        guid=_text(data["note"]),
        slug=_name(data["slug"]) if data.get("slug") else "",
        slug_is_derived=bool(data.get("slug_is_derived")),
        cards=tuple(_card(card) for card in data.get("cards", ())),
        changed_at=_number(data.get("changed_at", 0)),
        file_text_hash=_text(data.get("file_text_hash", "")),
        origin=f"line {number}",
        edited_at=None if edited_at is None else _number(edited_at),
        retired_at=None if retired_at is None else _number(retired_at),
    )


def _card(data: dict[str, Any]) -> CardRecord:
    buried = data.get("buried_until")
    return CardRecord(
        ordinal=_number(data["ordinal"]),
        guid=_text(data.get("guid", "")),
        suspended=bool(data.get("suspended")),
        buried_until=None if buried is None else _number(buried),
        flag=_number(data.get("flag", 0)),
        reviews=tuple(_review(review) for review in data.get("reviews", ())),
    )


def _review(data: dict[str, Any]) -> ReviewRecord:
    undone = data.get("undone_at")
    rating, kind = _number(data["rating"]), _number(data["kind"])
    if not (1 <= rating <= 4 and 0 <= kind <= 3) and (rating, kind) != (0, 4):  # noqa: PLR2004 - as stored
        raise ValueError(f"rating {rating} of kind {kind} is no answer")
    return ReviewRecord(
        review_id=_number(data["id"]),
        rating=rating,
        kind=kind,
        interval_s=_number(data["interval_s"]),
        duration_ms=_number(data.get("duration_ms", 0)),
        studied_on=_number(data["studied_on"]),
        device=_text(data.get("device", "")),
        undone_at=None if undone is None else _number(undone),
        ticks=tuple(
            Tick(_text(section), _text(point), tuple(_text(link) for link in links), bool(hit))
            for section, point, links, hit in data.get("ticks", ())
        ),
        transcript=_text(data.get("transcript", "")),
        given=_state(data["given"]) if data.get("given") else None,
    )


def _state(data: dict[str, Any]) -> CardState:
    from datetime import datetime  # noqa: PLC0415 - `instant` serves the rest

    def at(value: Any) -> datetime | None:
        return None if value is None else instant(round(datetime.fromisoformat(_text(value)).timestamp() * 1000))

    stability, difficulty = data["stability_days"], data["difficulty"]
    memory = None if stability is None else MemoryState(float(stability), float(difficulty))
    if memory is not None and not (0 < memory.stability_days < 1e6 and 1 <= memory.difficulty <= 10):  # noqa: PLR2004
        raise ValueError("a memory state out of range")
    return CardState(
        phase=Phase[_text(data["phase"]).upper()],
        step=_number(data["step"]),
        memory=memory,
        due_on=_number(data["due_on"]),
        due_at=at(data["due_at"]),
        last_on=_number(data["last_on"]),
        last_at=at(data["last_at"]),
        reps=_number(data["reps"]),
        lapses=_number(data["lapses"]),
    )
