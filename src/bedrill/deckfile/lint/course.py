"""S, T1: what a course deck owes its readers: sources, topics, explicit slugs. Custom decks are not asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bedrill.deckfile.lint.rule import Finding, Rule
from bedrill.deckfile.lint.text import without_code
from bedrill.note import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedrill.note import DeckFile

_PLACE: Final = re.compile(
    r"§|https?://|\d|\b(?:ch(?:apter|\.)|section|page|man |appendix|heading)\b|[\"“„«>:,]", re.IGNORECASE
)
_RFC: Final = re.compile(r"\bRFC \d+\b", re.IGNORECASE)
_RFC_PLACE: Final = re.compile(
    r"§|\b(?:section|appendix|abstract|ch(?:apter|\.)|table|status|registry)\b|^\W*RFC \d+\W*\(", re.IGNORECASE
)
_LIMIT: Final = re.compile(
    r"\b(?:default|limit|quota|maximum|at most|up to)\b[^.]{0,40}?"
    r"\b\d[\d,.]*\s?(?:[KMGT]i?B|ms|seconds|minutes|hours|days|connections|requests)\b",
    re.IGNORECASE,
)
_DATED: Final = re.compile(r"\b(?:19|20)\d\d\b|\bRFC \d+|\b(?:version|v)\s?\d|\b[A-Z]\w+ \d+(?:\.\d+)*\b")
_OBSOLETE: Final = (
    (re.compile(r"\bRFC 2616\b|\bRFC 723[0-5]\b"), "RFC 9110, 9111 and 9112 replaced it"),
    (re.compile(r"\bRFC 7540\b"), "RFC 9113 replaced it"),
    (re.compile(r"\bRFC 7807\b"), "RFC 9457 replaced it"),
    (re.compile(r"\bOWASP (?:Top (?:10|Ten) )?\(?20(?:13|17|21)\b"), "the 2025 edition is current"),
    (re.compile(r"\bmaster/slave\b", re.IGNORECASE), "say primary and replica"),
)
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _sources(deck: DeckFile) -> Iterator[Finding]:
    for note in deck.notes:
        if deck.lesson is None:
            return
        if not note.sources:
            yield Finding(note, "no source", "add a last paragraph 'Source: …' with the place in it")
        for source in note.sources:
            if not _PLACE.search(source) or (_RFC.search(source) and not _RFC_PLACE.search(source)):
                yield Finding(
                    note,
                    f"the source '{source}' names no place",
                    "add section, heading, page or chapter",
                    Severity.WARNING,
                )


def _undated(deck: DeckFile) -> Iterator[Finding]:
    for note in deck.notes:
        match = _LIMIT.search(without_code(note.answer))
        if deck.lesson is not None and match and not _DATED.search(note.text):
            yield Finding(note, f"'{match.group(0)}' has no date or version", "limits move: say as of when")


def _obsolete(deck: DeckFile) -> Iterator[Finding]:
    for note in deck.notes:
        for pattern, hint in _OBSOLETE:
            if match := pattern.search(note.text):
                yield Finding(note, f"'{match.group(0)}' is obsolete", hint)


def _topics(deck: DeckFile) -> Iterator[Finding]:
    if deck.lesson is None:
        return
    covered: set[int] = set()
    for note in deck.notes:
        covered.update(note.topics)
        if note.slug_is_derived or not _SLUG.fullmatch(note.slug):
            yield Finding(note, "a course note needs a plain slug of its own", "write {#short-name}")
        if not note.topics:
            yield Finding(note, "which subtopic of the syllabus is this?", "write topic=N")
        elif deck.topic_count and max(note.topics) > deck.topic_count:
            yield Finding(note, f"topic {max(note.topics)} of {deck.topic_count}", "see the front matter's topics:")
    missing = sorted(set(range(1, deck.topic_count + 1)) - covered)
    if missing or not deck.topic_count:
        what = (
            f"no note covers topic {', '.join(map(str, missing))}" if missing else "the front matter gives no topics:"
        )
        yield Finding(None, what, "every subtopic has at least one card")
    if not deck.level:
        yield Finding(None, "a course deck has a level", "add level: beginner, intermediate or advanced")


RULES: Final = (
    Rule("S1", Severity.ERROR, "course decks: a note without a source (a source without a place: warning)", _sources),
    Rule("S2", Severity.WARNING, "course decks: a limit without date or version", _undated),
    Rule("S3", Severity.WARNING, "an obsolete citation", _obsolete),
    Rule("T1", Severity.ERROR, "course decks: slug, topic and level on everything; every topic covered", _topics),
)
