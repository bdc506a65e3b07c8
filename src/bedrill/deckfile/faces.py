"""The cards of a note, and the two faces of each, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedrill.deckfile import cloze
from bedrill.note import Style

if TYPE_CHECKING:
    from bedrill.note import Note


class Faces(NamedTuple):
    """What a card shows before and after it is revealed; Markdown. `extra` explains an answer that stands alone."""

    question: str
    answer: str
    extra: str = ""


def ordinals(note: Note) -> tuple[int, ...]:
    """The numbers of a note's cards, ascending: (0,) for a note with one card and no siblings by nature."""
    match note.style:
        case Style.REVERSED:
            return (1, 2)
        case Style.CLOZE:
            return tuple(sorted({deletion.number for deletion in cloze.deletions(note.question)}))
        case _:
            return (0,)


def faces(note: Note, ordinal: int) -> Faces:
    """The faces of card `ordinal` of `note`. Choices are not part of the question: they are shuffled when shown."""
    match note.style:
        case Style.CLOZE:
            shown = note.question if cloze.deletions(note.prompt) else note.heading
            return Faces(cloze.hide(note.question, ordinal), cloze.mark(shown, ordinal), note.answer)
        case Style.REVERSED if ordinal == 2:  # noqa: PLR2004 - the second sibling asks backwards
            return Faces(note.answer, note.question)
        case Style.TYPED:
            first, _, rest = note.answer.partition("\n")
            return Faces(note.question, first, rest.strip("\n"))
        case Style.CHOICE:
            right = "\n".join(f"- {choice.text}" for choice in note.choices if choice.right)
            return Faces(note.question, right, note.answer)
        case _:
            return Faces(note.question, note.answer)
