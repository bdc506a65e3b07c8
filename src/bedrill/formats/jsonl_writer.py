"""Records to bedrill JSON Lines. docs/jsonl.md says what each line holds; `formats/jsonl.py` reads it."""

from __future__ import annotations

import base64
import json
from typing import IO, TYPE_CHECKING, Any, Final

from bedrill.clock import iso
from bedrill.exchange import (
    CardRecord,
    DeckRecord,
    MediaRecord,
    NoteRecord,
    NoticeRecord,
    ProblemRecord,
    ProgressRecord,
    ReviewRecord,
    SettingRecord,
)
from bedrill.formats.jsonl import VERSION
from bedrill.model import CardState, Phase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedrill.exchange import Context, Record

_REVIEW: Final = ("id", "rating", "kind", "interval_s", "duration_ms", "studied_on", "device")


def write(records: Iterable[Record], file: IO[str], context: Context) -> None:
    """Each record as a line, behind one that names the format."""
    del context
    file.write(json.dumps({"bedrill": VERSION}) + "\n")
    for record in records:
        line = _line(record)
        if line:
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


def _line(record: Record) -> dict[str, Any]:
    match record:
        case SettingRecord():
            return {"setting": record.key, "value": record.value}
        case DeckRecord():
            return {"deck": record.deck_id} | _told(record._asdict(), "deck_id")
        case NoteRecord():
            return _note_line(record)
        case MediaRecord():
            return {"media": record.name, "data": base64.b64encode(record.data()).decode("ascii")}
        case ProblemRecord() | NoticeRecord() | ProgressRecord():
            return {}


def _told(values: dict[str, Any], *but: str) -> dict[str, Any]:
    """What is not empty: a reader takes what is missing as empty."""
    return {key: value for key, value in values.items() if key not in but and value not in ("", None, (), False, 0)}


def _note_line(note: NoteRecord) -> dict[str, Any]:
    line: dict[str, Any] = {"note": note.guid, "deck": note.deck_id, "slug": note.slug, "text": note.text}
    keys = ("slug_is_derived", "changed_at", "edited_at", "retired_at", "file_text_hash")
    line |= _told({key: getattr(note, key) for key in keys})
    line["cards"] = [_card_line(card) for card in note.cards]
    return line


def _card_line(card: CardRecord) -> dict[str, Any]:
    line: dict[str, Any] = {"ordinal": card.ordinal, "guid": card.guid}
    line |= _told({"suspended": card.suspended, "buried_until": card.buried_until, "flag": card.flag})
    if card.state.phase is not Phase.NEW:
        line["state"] = _state_line(card.state)
    line["reviews"] = [_review_line(review) for review in card.reviews]
    return line


def _review_line(review: ReviewRecord) -> dict[str, Any]:
    values = (review.review_id, review.rating, review.kind, review.interval_s, review.duration_ms, review.studied_on)
    line: dict[str, Any] = dict(zip(_REVIEW, (*values, review.device), strict=True))
    line |= _told({"undone_at": review.undone_at, "transcript": review.transcript})
    if review.ticks:
        line["ticks"] = [[tick.section, tick.point, list(tick.links), tick.hit] for tick in review.ticks]
    if review.given is not None:
        line["given"] = _state_line(review.given)
    return line


def _state_line(state: CardState) -> dict[str, Any]:
    """A card's state; instants are ISO 8601 in UTC."""
    return {
        "phase": state.phase.name.lower(),
        "step": state.step,
        "stability_days": state.memory.stability_days if state.memory else None,
        "difficulty": state.memory.difficulty if state.memory else None,
        "due_on": state.due_on,
        "due_at": None if state.due_at is None else iso(state.due_at),
        "last_on": state.last_on,
        "last_at": None if state.last_at is None else iso(state.last_at),
        "reps": state.reps,
        "lapses": state.lapses,
    }
