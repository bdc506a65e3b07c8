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
    """
    The options of some decks.

    Attributes:
        parameters: The 21 of FSRS-6; () where the preset has none.
        learning_steps, relearning_steps: Minutes.
    """

    name: str
    parameters: tuple[float, ...] = ()
    desired_retention: float = 0.9
    learning_steps: tuple[float, ...] = ()
    relearning_steps: tuple[float, ...] = ()
    new_per_day: int = 20
    reviews_per_day: int = 200


class Catalog(NamedTuple):
    """
    What the notes and cards of a collection refer to.

    Attributes:
        decks: Names by id, "A::B".
        presets: Of the decks that have one, by the id of the deck.
        day_zero: The study day from which due days count.
        day_start_hour: When a day begins; None where the file does not say.
        is_first_scheduler: Ratings of learning cards are those of Anki's first scheduler, which had three.
    """

    types: dict[int, NoteType]
    decks: dict[int, str]
    presets: dict[int, Preset]
    day_zero: StudyDay
    is_first_scheduler: bool
    day_start_hour: int | None = None


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
            day_start_hour=_hour(config.get("rollover")),
        )
    told = _object(conf)
    return Catalog(
        types={int(key): _type_11(value) for key, value in _object(models).items()},
        decks={int(key): str(value.get("name", "")) for key, value in _object(decks).items()},
        presets=_presets_11(_object(decks), _object(dconf)),
        day_zero=_day_zero(created, told.get("creationOffset")),
        is_first_scheduler=told.get("schedVer", 1) == 1,
        day_start_hour=_hour(told.get("rollover")),
    )


def _json(value: bytes | str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return None


def _object(value: bytes | str) -> dict[str, Any]:
    found = _json(value)
    return found if isinstance(found, dict) else {}


def _hour(told: Any) -> int | None:
    return told if isinstance(told, int) and 0 <= told < 24 else None  # noqa: PLR2004 - hours of a day


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
        retention = floats_of(values.get(37, [b""])[0])
        presets[preset_id] = Preset(
            str(name),
            _parameters(floats_of(values.get(6, [b""])[0])),
            round(retention[0], 2) if retention else 0.9,
            tuple(floats_of(values.get(1, [b""])[0])),
            tuple(floats_of(values.get(2, [b""])[0])),
            _whole(values.get(9, [20])[0], 20),
            _whole(values.get(10, [200])[0], 200),
        )
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
            found[int(deck_id)] = Preset(
                str(told.get("name", "")),
                _parameters(told.get("fsrsParams6")),
                round(float(told.get("desiredRetention") or 0.9), 2),
                _numbers(_object_in(told, "new").get("delays")),
                _numbers(_object_in(told, "lapse").get("delays")),
                _whole(_object_in(told, "new").get("perDay"), 20),
                _whole(_object_in(told, "rev").get("perDay"), 200),
            )
    return found


def _object_in(told: dict[str, Any], key: str) -> dict[str, Any]:
    found = told.get(key)
    return found if isinstance(found, dict) else {}


def _numbers(told: Any) -> tuple[float, ...]:
    return tuple(float(number) for number in told if isinstance(number, (int, float))) if isinstance(told, list) else ()


def _whole(told: Any, default: int) -> int:
    return told if isinstance(told, int) else default


def _parameters(told: Any) -> tuple[float, ...]:
    """The parameters of FSRS-6, as many digits as Anki shows; () if these are others."""
    numbers = _numbers(told)
    return tuple(round(number, 4) for number in numbers) if len(numbers) == _PARAMETERS else ()
