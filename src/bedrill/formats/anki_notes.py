"""A note of bedrill as a note of Anki: its type, its fields, and which card is which."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from bedrill.deckfile.sections import bare
from bedrill.formats import anki_models
from bedrill.formats.anki_html import cloze_html_of, escaped, html_of, list_html
from bedrill.note import Style

if TYPE_CHECKING:
    from bedrill.formats.anki_models import Model
    from bedrill.note import Interview, Note

PARTS: Final = ("1 Foundations", "2 Intermediate", "3 Advanced", "4 Expert")
"""The parts of the course: thirty lessons each, ten in the last. Anki sorts decks by name."""
_PART_LESSONS: Final = 30
_MODELS: Final = {
    Style.BASIC: anki_models.BASIC,
    Style.CHOICE: anki_models.BASIC,
    Style.REVERSED: anki_models.REVERSED,
    Style.CLOZE: anki_models.CLOZE,
    Style.TYPED: anki_models.TYPED,
    Style.INTERVIEW: anki_models.INTERVIEW,
}


def model_of(note: Note) -> Model:
    """The note type of a note."""
    return _MODELS[note.style]


def fields_of(note: Note, name: str) -> tuple[str, ...]:
    """The HTML of each field of the note's type; `name` is "deck/slug"."""
    source = f"Source: {html_of('; '.join(note.sources))}" if note.sources else ""
    shared = (html_of(note.hint), source, name, "", "")
    match note.style:
        case Style.CLOZE:
            return (cloze_html_of(note.question), html_of(note.answer), *shared)
        case Style.CHOICE:
            choices = list_html([choice.text for choice in note.choices])
            right = list_html([choice.text for choice in note.choices if choice.right])
            return (html_of(note.question) + choices, right + html_of(note.answer), *shared)
        case Style.TYPED:
            first = bare(note.answer.partition("\n")[0])
            return (html_of(note.question), html_of(note.answer), *shared, escaped(first))
        case Style.INTERVIEW:
            assert note.interview is not None
            return (html_of(note.question), html_of(note.answer), *shared, *_interview(note.interview))
        case _:
            return (html_of(note.question), html_of(note.answer), *shared)


_LINE: Final = r"(?!\d{1,9}[.)]\s)[^\W_](?:[^\x00-\x1f\x7f\\`*_\[\]<>~|$!{}&#]*[^\s\x7f\\`*_\[\]<>~|$!{}&#])?"
_PLAIN_NOTE: Final = re.compile(rf"## ({_LINE})\n\n((?!Sources?:){_LINE})")


def plain_fields(text: str, name: str) -> str | None:
    """
    The fields of a basic note of two plain lines, joined as Anki joins them; None for any other.

    What `fields_of` gives, five times faster: most notes that come from other programs are of that kind.
    """
    plain = _PLAIN_NOTE.fullmatch(text)
    return f"{plain[1]}\x1f{plain[2]}\x1f\x1f\x1f{name}\x1f\x1f" if plain else None


def _interview(interview: Interview) -> tuple[str, ...]:
    """The fields that only an interview note has, in the order of its type."""
    box = f"{interview.level} · {interview.form} · think {interview.think_s} s, speak {interview.speak_s} s"
    points = [f"**{point.weight}** {point.text}" for point in interview.key_points]
    follow_ups = [f"{follow_up.question} → {follow_up.key}" for follow_up in interview.follow_ups]
    return (
        html.escape(box),
        html_of(interview.context),
        list_html(points),
        list_html(follow_ups),
        list_html(interview.mistakes),
        list_html(interview.red_flags),
    )


def template_of(note: Note, ordinal: int) -> int:
    """Anki's number of a card: from 0."""
    return ordinal - 1 if note.style in (Style.CLOZE, Style.REVERSED) else 0


def deck_name(title: str, lesson: int | None) -> str:
    """Where a deck stands in Anki's tree: the course by its parts, the user's decks by their titles."""
    if lesson is None:
        return title
    part = PARTS[min((lesson - 1) // _PART_LESSONS, len(PARTS) - 1)]
    return f"bedrill::{part}::{lesson:03} {title.replace('::', ': ')}"
