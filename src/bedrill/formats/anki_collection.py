"""What an Anki collection says of itself, whatever its layout: note types, decks, presets, calendar."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bedrill.clock import day_number
from bedrill.formats.protobuf import fields_of, floats_of, text_of

if TYPE_CHECKING:
    import sqlite3

    from bedrill.model import StudyDay

_SCHEMA_18: Final = 15
"""From this version of the schema on, what was JSON in one row stands in tables of its own."""
_PARAMETERS: Final = 21


class NoteType(NamedTuple):
    """A note type: its fields by name, and the two sides of each template."""

    name: str
    is_cloze: bool
    fields: tuple[str, ...]
    templates: tuple[tuple[str, str], ...]


class Preset(NamedTuple):
    """What FSRS uses in some decks; no parameters where the preset has none of FSRS-6."""

    name: str
    parameters: tuple[float, ...]
    desired_retention: float


class Catalog(NamedTuple):
    """
    What the notes and cards of a collection refer to.

    Attributes:
        decks: Names by id, "A::B".
        presets: Of the decks that have one, by the id of the deck.
        day_zero: The study day from which due days count.
        is_first_scheduler: Ratings of learning cards are those of Anki's first scheduler, which had three.
    """

    types: dict[int, NoteType]
    decks: dict[int, str]
    presets: dict[int, Preset]
    day_zero: StudyDay
    is_first_scheduler: bool


def catalog_of(db: sqlite3.Connection) -> Catalog:
    """Everything that notes and cards refer to."""
    created, version, conf, models, decks, dconf = db.execute(
        "SELECT crt, ver, conf, models, decks, dconf FROM col"
    ).fetchone()
    if version >= _SCHEMA_18:
        config = {key: _json(value) for key, value in db.execute("SELECT KEY, val FROM config")}
        return Catalog(
            types=_types_18(db),
            decks={row[0]: str(row[1]).replace("\x1f", "::") for row in db.execute("SELECT id, name FROM decks")},
            presets=_presets_18(db),
            day_zero=_day_zero(created, config.get("creationOffset")),
            is_first_scheduler=config.get("schedVer") == 1,
        )
    told = _object(conf)
    return Catalog(
        types={int(key): _type_11(value) for key, value in _object(models).items()},
        decks={int(key): str(value.get("name", "")) for key, value in _object(decks).items()},
        presets=_presets_11(_object(decks), _object(dconf)),
        day_zero=_day_zero(created, told.get("creationOffset")),
        is_first_scheduler=told.get("schedVer", 1) == 1,
    )


def _json(value: bytes | str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return None


def _object(value: bytes | str) -> dict[str, Any]:
    found = _json(value)
    return found if isinstance(found, dict) else {}


def _day_zero(created_s: int, minutes_west: Any) -> StudyDay:
    """The date of a collection's first day, in the zone where it was made; in the local one where that is not said."""
    at = datetime.fromtimestamp(created_s, UTC)
    if isinstance(minutes_west, int) and abs(minutes_west) < 24 * 60:
        return day_number(at.astimezone(timezone(timedelta(minutes=-minutes_west))).date())
    return day_number(at.astimezone().date())


def _type_11(told: dict[str, Any]) -> NoteType:
    return NoteType(
        name=str(told.get("name", "")),
        is_cloze=told.get("type") == 1,
        fields=tuple(str(field.get("name", "")) for field in told.get("flds", ())),
        templates=tuple((str(card.get("qfmt", "")), str(card.get("afmt", ""))) for card in told.get("tmpls", ())),
    )


def _types_18(db: sqlite3.Connection) -> dict[int, NoteType]:
    fields: dict[int, list[str]] = {}
    for type_id, name in db.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields.setdefault(type_id, []).append(str(name))
    templates: dict[int, list[tuple[str, str]]] = {}
    for type_id, config in db.execute("SELECT ntid, config FROM templates ORDER BY ntid, ord"):
        sides = fields_of(config)
        templates.setdefault(type_id, []).append((text_of(sides.get(1, [b""])[0]), text_of(sides.get(2, [b""])[0])))
    return {
        type_id: NoteType(
            name=str(name),
            is_cloze=fields_of(config).get(1, [0])[0] == 1,
            fields=tuple(fields.get(type_id, ())),
            templates=tuple(templates.get(type_id, ())),
        )
        for type_id, name, config in db.execute("SELECT id, name, config FROM notetypes")
    }


def _presets_18(db: sqlite3.Connection) -> dict[int, Preset]:
    presets: dict[int, Preset] = {}
    for preset_id, name, config in db.execute("SELECT id, name, config FROM deck_config"):
        values = fields_of(config)
        parameters = floats_of(values.get(6, [b""])[0])
        retention = floats_of(values.get(37, [b""])[0])
        presets[preset_id] = _preset(str(name), parameters, retention[0] if retention else 0.9)
    found: dict[int, Preset] = {}
    for deck_id, kind in db.execute("SELECT id, kind FROM decks"):
        normal = fields_of(kind).get(1, [b""])[0]
        preset_id = fields_of(normal).get(1, [1])[0] if isinstance(normal, bytes) else 1
        if preset_id in presets:
            found[deck_id] = presets[preset_id]
    return found


def _presets_11(decks: dict[str, Any], presets: dict[str, Any]) -> dict[int, Preset]:
    found: dict[int, Preset] = {}
    for deck_id, deck in decks.items():
        told = presets.get(str(deck.get("conf", "")), {})
        if told:
            parameters = [float(number) for number in told.get("fsrsParams6") or () if isinstance(number, (int, float))]
            retention = told.get("desiredRetention", 0.9)
            found[int(deck_id)] = _preset(str(told.get("name", "")), parameters, float(retention or 0.9))
    return found


def _preset(name: str, parameters: list[float], retention: float) -> Preset:
    rounded = tuple(round(number, 4) for number in parameters) if len(parameters) == _PARAMETERS else ()
    return Preset(name, rounded, round(retention, 2))
