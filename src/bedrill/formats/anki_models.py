"""
bedrill's note types in Anki: fields, templates and style.

Anki tells a type by its id, and its fields and templates by theirs. They must never change, or an update would leave
the notes of everybody behind; two fields are kept free for what is to come. `MODIFIED_AT` goes up when the style or a
template changes, or else nobody gets it.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

MODIFIED_AT: Final = 1_764_028_800
"""Unix time of the last change of a template or the style below."""
PRESET_ID: Final = 1_764_028_800_100
_SHARED: Final = ("Hint", "Source", "Card", "Spare 1", "Spare 2")

CSS: Final = """\
.card { font-family: system-ui, sans-serif; font-size: 19px; line-height: 1.45; max-width: 44em; margin: 0 auto;
  padding: .5em .8em; text-align: left; color: #1b1f24; background: #fff; overflow-wrap: break-word; }
.nightMode.card, .night_mode .card { color: #e4e7eb; background: #1f2227; }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .9em; }
pre { max-width: 100%; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid #888; padding: .2em .5em; text-align: left; }
.hint, .source, .name, .box { color: #6b7280; font-size: .8em; margin-top: 1em; }
.nightMode .hint, .nightMode .source, .nightMode .name, .nightMode .box { color: #9aa3af; }
summary { font-weight: 600; cursor: pointer; margin: .6em 0; padding: .4em 0; }
.cloze { font-weight: bold; color: #1d4ed8; }
.nightMode .cloze { color: #93b4ff; }
"""

_HINT: Final = '{{#Hint}}<div class="hint">{{hint:Hint}}</div>{{/Hint}}'
_END: Final = '{{#Source}}<div class="source">{{Source}}</div>{{/Source}}<div class="name">{{Card}}</div>'


class Template(NamedTuple):
    """One card of a note type; `template_id` never changes."""

    template_id: int
    name: str
    front: str
    back: str


class Model(NamedTuple):
    """
    A note type.

    Attributes:
        model_id: Never changes.
        fields: Their names, in the order of the note; the id of each is made from the model's and its place.
    """

    model_id: int
    name: str
    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    is_cloze: bool = False


def _folded(title: str, field: str) -> str:
    return f"{{{{#{field}}}}}<details><summary>{title}</summary>{{{{{field}}}}}</details>{{{{/{field}}}}}"


BASIC: Final = Model(
    1_764_028_800_001,
    "bedrill basic",
    ("Question", "Answer", *_SHARED),
    (Template(1_764_028_801_001, "Card 1", "{{Question}}" + _HINT, "{{FrontSide}}<hr id=answer>{{Answer}}" + _END),),
)
REVERSED: Final = Model(
    1_764_028_800_002,
    "bedrill reversed",
    ("Question", "Answer", *_SHARED),
    (
        Template(1_764_028_801_002, "Card 1", "{{Question}}" + _HINT, "{{FrontSide}}<hr id=answer>{{Answer}}" + _END),
        Template(1_764_028_801_003, "Card 2", "{{Answer}}", "{{FrontSide}}<hr id=answer>{{Question}}" + _END),
    ),
)
CLOZE: Final = Model(
    1_764_028_800_003,
    "bedrill cloze",
    ("Question", "Answer", *_SHARED),
    (
        Template(
            1_764_028_801_004,
            "Cloze",
            "{{cloze:Question}}" + _HINT,
            "{{cloze:Question}}{{#Answer}}<hr id=answer>{{Answer}}{{/Answer}}" + _END,
        ),
    ),
    is_cloze=True,
)
TYPED: Final = Model(
    1_764_028_800_004,
    "bedrill typed",
    ("Question", "Answer", *_SHARED, "Typed"),
    (
        Template(
            1_764_028_801_005,
            "Card 1",
            "{{Question}}" + _HINT + "{{type:Typed}}",
            "{{Question}}<hr id=answer>{{type:Typed}}{{Answer}}" + _END,
        ),
    ),
)
INTERVIEW: Final = Model(
    1_764_028_800_005,
    "bedrill interview",
    ("Question", "Answer", *_SHARED, "Time box", "Context", "Key points", "Follow-ups", "Mistakes", "Red flags"),
    (
        Template(
            1_764_028_801_006,
            "Card 1",
            '{{Question}}<div class="box">{{Time box}}</div>'
            + _HINT
            + _folded("If you ask: what the interviewer tells you", "Context"),
            '{{Question}}<div class="box">{{Time box}}</div><hr id=answer>'
            + _folded("Key points: which did you say?", "Key points")
            + _folded("Follow-ups", "Follow-ups")
            + _folded("Red flags", "Red flags")
            + _folded("Mistakes", "Mistakes")
            + _folded("A model answer", "Answer")
            + _END,
        ),
    ),
)
MODELS: Final = (BASIC, REVERSED, CLOZE, TYPED, INTERVIEW)


def as_json(model: Model) -> dict[str, Any]:
    """The note type as a collection of schema 11 has it."""
    return {
        "id": model.model_id,
        "name": model.name,
        "type": int(model.is_cloze),
        "mod": MODIFIED_AT,
        "usn": -1,
        "sortf": 0,
        "did": 1,
        "css": CSS,
        "latexPre": "",
        "latexPost": "",
        "latexsvg": False,
        "req": [[place, "any", [0]] for place in range(len(model.templates))],
        "flds": [
            {
                "id": model.model_id * 100 + place,
                "name": name,
                "ord": place,
                "sticky": False,
                "rtl": False,
                "font": "Arial",
                "size": 20,
                "media": [],
            }
            for place, name in enumerate(model.fields)
        ],
        "tmpls": [
            {
                "id": template.template_id,
                "name": template.name,
                "ord": place,
                "qfmt": template.front,
                "afmt": template.back,
                "bqfmt": "",
                "bafmt": "",
                "did": None,
            }
            for place, template in enumerate(model.templates)
        ],
        "tags": [],
        "vers": [],
    }
