"""B: what the answer says, and X1, X2: what the question gives away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bedrill.deckfile import cloze
from bedrill.deckfile.code_spans import code_spans, replace_code
from bedrill.deckfile.lint.rule import Finding, Rule, each_note
from bedrill.deckfile.lint.text import (
    STOP_WORDS,
    content_words,
    first_paragraph,
    front,
    sentences,
    without_code,
    without_fences,
    words,
)
from bedrill.note import Severity, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedrill.note import Note

MAX_FIRST_PARAGRAPH_WORDS: Final = 40
MAX_WORDS: Final = 80
MAX_SENTENCES: Final = 3
MAX_AVERAGE_WORDS: Final = 30
MAX_LIST_ITEMS: Final = 4
MAX_NUMBERED_ITEMS: Final = 6
FAR_TOO_MANY_ITEMS: Final = 7
MAX_DELETIONS: Final = 3
MAX_DELETION_WORDS: Final = 6
MAX_FACTS: Final = 5
_BULLET: Final = re.compile(r"^[-*+] ", re.MULTILINE)
_NUMBERED: Final = re.compile(r"^\d+[.)] ", re.MULTILINE)
_YES_NO: Final = re.compile(r"\W*(yes|no|true|false)(?=[\s.,:;!)*]|$)", re.IGNORECASE)
_ABSOLUTE: Final = re.compile(r"\b(always|never|impossible|guarantees)\b", re.IGNORECASE)
_HEDGE: Final = re.compile(r"\b(?:it depends(?! on \w)|etc\.?(?=\W|$)|and so on|various)", re.IGNORECASE)
_STUBS: Final = frozenset(("todo", "tbd", "fixme", "pass", "?", "...", "…", "xxx"))


def _length(note: Note) -> Iterator[Finding]:
    whole = len(words(note.answer))
    first = len(words(first_paragraph(note.answer)))
    if whole > MAX_WORDS:
        yield Finding(note, f"the answer has {whole} words", f"{MAX_WORDS} at most: split the note", Severity.ERROR)
    elif first > MAX_FIRST_PARAGRAPH_WORDS:
        yield Finding(note, f"the answer's first paragraph has {first} words", "first the fact alone, then the why")


def _sentences(note: Note) -> Iterator[Finding]:
    count = sentences(first_paragraph(note.answer))
    if count > MAX_SENTENCES:
        yield Finding(
            note, f"the answer's first paragraph has {count} sentences", "one fact first; the rest behind a blank line"
        )


def _lists(note: Note) -> Iterator[Finding]:
    text = without_fences(note.answer)
    bullets, numbered = len(_BULLET.findall(text)), len(_NUMBERED.findall(text))
    if bullets > MAX_LIST_ITEMS or numbered > MAX_NUMBERED_ITEMS:
        severity = Severity.ERROR if max(bullets, numbered) > FAR_TOO_MANY_ITEMS else Severity.WARNING
        yield Finding(
            note, f"a list of {max(bullets, numbered)} items", "split by reason, or ask for the missing one", severity
        )


def _facts(note: Note) -> Iterator[Finding]:
    text = without_fences(note.answer)
    count = len(code_spans(text)) + len(re.findall(r"\b\d[\d.,]*\b", without_code(text))) + len(_BULLET.findall(text))
    if count > MAX_FACTS:
        yield Finding(note, f"about {count} facts in one answer", "one thing to recall per card")


def _bare_yes_no(note: Note) -> Iterator[Finding]:
    match = _YES_NO.match(note.answer)
    if not match:
        return
    is_bare = len(words(note.answer)) <= 1
    yield Finding(
        note,
        "the answer is only yes or no" if is_bare else "the answer begins with yes or no",
        "ask for the rule or the consequence",
        Severity.ERROR if is_bare else Severity.WARNING,
    )


def _long_sentences(note: Note) -> Iterator[Finding]:
    text = without_fences(note.answer)
    average = len(words(text)) / max(sentences(text), 1)
    if average > MAX_AVERAGE_WORDS:
        yield Finding(note, f"sentences of {average:.0f} words on average", "shorter ones are read in one go")


def _absolutes(note: Note) -> Iterator[Finding]:
    match = _ABSOLUTE.search(without_code(note.answer))
    if match:
        yield Finding(note, f"'{match.group(1)}' is an absolute", "see that the source says so")


def _hedges(note: Note) -> Iterator[Finding]:
    match = _HEDGE.search(without_code(note.answer))
    if match:
        yield Finding(note, f"'{match.group(0)}' is no answer", "say on what it depends, or which ones")


def _stub(note: Note) -> Iterator[Finding]:
    if note.style is not Style.CLOZE and note.answer.strip().lower() in _STUBS:
        yield Finding(note, "the answer is a stub", "write it, or drop the note")


def _given_away(note: Note) -> Iterator[Finding]:
    if note.style not in (Style.BASIC, Style.TYPED) or " or " in front(note):
        return
    answer = note.answer.split("\n", 1)[0] if note.style is Style.TYPED else first_paragraph(note.answer)
    if not replace_code(answer, lambda _: "").strip().strip("*") or len(answer.strip()) < 2:  # noqa: PLR2004 - one character
        return
    inside = content_words(answer)
    if inside and len(words(answer)) <= MAX_DELETION_WORDS and set(inside) <= set(content_words(front(note))):
        yield Finding(note, "the question gives the answer away", "take the answer's words out of the question")


def _cloze(note: Note) -> Iterator[Finding]:
    parts = cloze.deletions(note.question)
    if not parts:
        return
    numbers = sorted({part.number for part in parts})
    if len(numbers) > MAX_DELETIONS:
        yield Finding(note, f"{len(numbers)} deletions in one note", "three at most: siblings help each other")
    if numbers != list(range(1, len(numbers) + 1)):
        yield Finding(note, "the cloze numbers have a gap", "count c1, c2, c3")
    for part in parts:
        hidden = words(part.hidden)
        rest = set(words(cloze.hide(note.question, part.number))) - STOP_WORDS
        if not rest:
            yield Finding(note, "a whole sentence is hidden", "leave a cue", Severity.ERROR)
        elif len(hidden) > MAX_DELETION_WORDS:
            yield Finding(note, f"a deletion of {len(hidden)} words", "six at most")
        elif hidden and set(hidden) <= STOP_WORDS:
            yield Finding(note, f"the deletion hides only '{part.hidden}'", "hide a word that carries meaning")


RULES: Final = (
    Rule("B1", Severity.WARNING, "a first paragraph of more than 40 words (answer over 80: error)", each_note(_length)),
    Rule("B2", Severity.WARNING, "more than three sentences in the first paragraph", each_note(_sentences)),
    Rule("B3", Severity.WARNING, "a list of more than four items, or six numbered (over 7: error)", each_note(_lists)),
    Rule("B4", Severity.INFO, "more than five facts in one answer", each_note(_facts)),
    Rule("B5", Severity.WARNING, "an answer that begins with yes or no (only that: error)", each_note(_bare_yes_no)),
    Rule("B6", Severity.INFO, "always, never, impossible, guarantees", each_note(_absolutes)),
    Rule("B7", Severity.WARNING, "it depends, etc., and so on, various", each_note(_hedges)),
    Rule("T2", Severity.INFO, "sentences of more than 30 words on average", each_note(_long_sentences)),
    Rule("B8", Severity.ERROR, "a stub", each_note(_stub)),
    Rule("X1", Severity.WARNING, "the question gives the answer away", each_note(_given_away)),
    Rule(
        "X2",
        Severity.WARNING,
        "cloze: too many, too long, a gap, only stop words (a whole sentence: error)",
        each_note(_cloze),
    ),
)
