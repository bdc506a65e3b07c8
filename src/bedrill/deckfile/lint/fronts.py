"""F: what the question says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bedrill.deckfile.lint.rule import Finding, Rule, each_note
from bedrill.deckfile.lint.text import content_words, front, without_code, words
from bedrill.note import Severity, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedrill.note import DeckFile, Note

MAX_WORDS: Final = 25
FAR_TOO_MANY_WORDS: Final = 40
MIN_CONTENT_WORDS: Final = 3
SHORT_ANSWER_WORDS: Final = 20
_IMPERATIVES: Final = frozenset(
    "name give write complete fill say predict compute estimate explain describe order choose state spell order list "
    "show convert translate sort find fix read call tell put undo create rename compare define design pick walk".split()
)
_BARE_DEFINITION: Final = re.compile(r"(?:what (?:is|are)|define|explain|describe)\b(.*)", re.IGNORECASE)
_SECOND_QUESTION: Final = re.compile(r"\band (?:what|why|how|when|which|where|who)\b", re.IGNORECASE)
_YES_NO: Final = re.compile(
    r"(?:is|are|was|were|do|does|did|can|could|should|shall|will|would|may|might|must|has|have|had)\b", re.IGNORECASE
)
_ORPHAN_START: Final = re.compile(r"(?:it|this|that|these|those|they)\b", re.IGNORECASE)
_ORPHAN_PHRASE: Final = re.compile(
    r"\b(?:this lesson|the lesson|the diagram|the following|the above|see above|see below)\b", re.IGNORECASE
)


def _length(note: Note) -> Iterator[Finding]:
    count = len(words(front(note)))
    if count > MAX_WORDS:
        severity = Severity.ERROR if count > FAR_TOO_MANY_WORDS else Severity.WARNING
        yield Finding(
            note, f"the question has {count} words", f"{MAX_WORDS} are enough: move the scene into the prompt", severity
        )


def _form(note: Note) -> Iterator[Finding]:
    text = without_code(front(note)).strip()
    first = next(iter(words(text)), "")
    if note.style is Style.CLOZE or first in _IMPERATIVES:
        return
    if "?" not in text:
        yield Finding(note, "this is no question, no task and no cloze", "ask something, and end it with '?'")
    elif len(content_words(front(note))) < MIN_CONTENT_WORDS and not note.prompt:
        yield Finding(
            note, "the question has fewer than three words of content", "say which system, and what kind of answer"
        )


def _bare_definition(deck: DeckFile) -> Iterator[Finding]:
    for note in deck.notes:
        match = _BARE_DEFINITION.match(front(note))
        if (
            note.interview
            or note.style is Style.CLOZE
            or not match
            or len(content_words(match.group(1))) > MIN_CONTENT_WORDS
        ):
            continue
        term = " ".join(content_words(match.group(1)))
        others = sum(term in " ".join(content_words(other.text)) for other in deck.notes if other is not note)
        if len(words(note.answer)) > SHORT_ANSWER_WORDS or others < 2:  # noqa: PLR2004 - two other cards
            yield Finding(note, "a bare definition", "ask for a consequence, a cause or a contrast")


def _two_questions(note: Note) -> Iterator[Finding]:
    text = without_code(front(note))
    if text.count("?") > 1 or _SECOND_QUESTION.search(text):
        yield Finding(note, "two questions in one", "half right cannot be graded: make two notes")


def _yes_no(note: Note) -> Iterator[Finding]:
    text = front(note)
    if note.style in (Style.BASIC, Style.REVERSED) and _YES_NO.match(text) and " or " not in text:
        yield Finding(note, "a yes-or-no question", "ask when, why, or what happens")


def _orphan(note: Note) -> Iterator[Finding]:
    text = without_code(front(note)).strip()
    phrase = _ORPHAN_PHRASE.search(text)
    if (_ORPHAN_START.match(text) and not front(note).startswith("`") and note.style is not Style.CLOZE) or (
        phrase and not note.prompt
    ):
        yield Finding(note, "the question points at something that is not on the card", "name it: cards come shuffled")


RULES: Final = (
    Rule("F1", Severity.WARNING, "a question of more than 25 words (over 40: error)", each_note(_length)),
    Rule("F2", Severity.WARNING, "no question, task or cloze; or fewer than three content words", each_note(_form)),
    Rule("F3", Severity.WARNING, "a bare 'What is X?'", _bare_definition),
    Rule("F4", Severity.WARNING, "two questions in one", each_note(_two_questions)),
    Rule("F5", Severity.WARNING, "a yes-or-no question", each_note(_yes_no)),
    Rule("F6", Severity.ERROR, "a question that refers to what is not on the card", each_note(_orphan)),
)
