"""X3 to X6, R: what only shows when decks are read together."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, TypeVar

from bedrill.deckfile.lint.rule import Finding
from bedrill.deckfile.lint.text import front, stems
from bedrill.note import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedrill.note import DeckFile, Note

NEAR: Final = 0.8
SIMILAR: Final = 0.6
INTERFERING: Final = 0.7
COMMON: Final = 60
"""What stands in more notes than that tells nothing about any two of them."""
TELLING_WORDS: Final = 6
"""Answers with fewer words of content than that share them by chance."""
_LINK: Final = re.compile(r"\]\([^)\s]*#")
SUMMARIES: Final = {
    "X3": "the same question twice",
    "X4": "nearly the same question twice (60 to 80 % of it: info)",
    "X5": "the same question with two answers",
    "X6": "70 % of an answer stands in another, and neither links to a contrast card",
    "R1": "a lesson that requires itself, in a circle",
    "R2": "requires names a deck that is not there (a link to a missing note: error)",
}
SEVERITIES: Final = {
    "X3": Severity.ERROR,
    "X4": Severity.WARNING,
    "X5": Severity.ERROR,
    "X6": Severity.INFO,
    "R1": Severity.ERROR,
    "R2": Severity.WARNING,
}
"""Of their findings, unless a finding says otherwise."""
Found = tuple["DeckFile", str, Finding]
T = TypeVar("T")


def find(decks: Sequence[DeckFile]) -> Iterator[Found]:
    """Deck, code and finding, for all decks together."""
    yield from _duplicates(decks)
    yield from _near_duplicates(decks)
    yield from _interference(decks)
    yield from _cycles(decks)
    yield from _dangling(decks)


def _asked(note: Note) -> str:
    return re.sub(r"\s+", " ", f"{front(note)}\n{note.prompt}".strip().lower().rstrip("?."))


def _duplicates(decks: Sequence[DeckFile]) -> Iterator[Found]:
    seen: dict[str, tuple[DeckFile, Note]] = {}
    for deck in decks:
        for note in deck.notes:
            other = seen.setdefault(_asked(note), (deck, note))
            if other[1] is note:
                continue
            where = f"{other[0].deck_id}/{other[1].slug}"
            if note.answer == other[1].answer:
                yield deck, "X3", Finding(note, f"the same question as {where}", "drop one")
            else:
                hint = "say what differs: the version?"
                yield deck, "X5", Finding(note, f"the question of {where}, with another answer", hint)


def _shingles(note: Note) -> frozenset[tuple[str, str]]:
    """Pairs of neighbouring words of the question and what stands under it, code included."""
    found = re.findall(r"[^\W_]+|[^\w\s]", f"{front(note)} {note.prompt}".lower())
    return frozenset(pairwise(found))


def _near_duplicates(decks: Sequence[DeckFile]) -> Iterator[Found]:
    notes = [(deck, note, _shingles(note)) for deck in decks for note in deck.notes]
    for number, earlier, count in _sharing([shingles for _, _, shingles in notes]):
        deck, note, shingles = notes[number]
        other_deck, other, other_shingles = notes[earlier]
        likeness = count / len(shingles | other_shingles)
        if likeness >= SIMILAR and _asked(note) != _asked(other):
            severity = Severity.WARNING if likeness >= NEAR else Severity.INFO
            message = f"{likeness:.0%} of the question stands in {other_deck.deck_id}/{other.slug}"
            yield deck, "X4", Finding(note, message, "drop one, or make the difference the question", severity)


def _interference(decks: Sequence[DeckFile]) -> Iterator[Found]:
    """Answers that are easily taken for each other, unless one of the notes links to the other or to a contrast."""
    notes = [
        (deck, note, frozenset(stems(note.answer)))
        for deck in decks
        for note in deck.notes
        if note.interview is None and not _LINK.search(note.answer)
    ]
    for number, earlier, count in _sharing([words for _, _, words in notes]):
        deck, note, words = notes[number]
        other_deck, other, other_words = notes[earlier]
        fewer = min(len(words), len(other_words))
        if fewer >= TELLING_WORDS and count >= INTERFERING * fewer and note.answer != other.answer:
            message = f"{count / fewer:.0%} of the answer stands in {other_deck.deck_id}/{other.slug}"
            yield deck, "X6", Finding(note, message, "add a contrast card, and link to it")


def _sharing(sets: Sequence[frozenset[T]]) -> Iterator[tuple[int, int, int]]:
    """
    Which sets share members, and how many: later, earlier, count.

    Only sets that share a member which is rare enough to tell something are compared, so that thousands of notes made
    from one template cost no more than others.
    """
    holders: defaultdict[T, list[int]] = defaultdict(list)
    for number, members in enumerate(sets):
        for member in members:
            holders[member].append(number)
    for number, members in enumerate(sets):
        rare = [holders[member] for member in members if len(holders[member]) <= COMMON]
        for earlier in sorted({other for held in rare for other in held if other < number}):
            yield number, earlier, len(members & sets[earlier])


def _names(deck: DeckFile) -> set[str]:
    return {deck.deck_id} | ({str(deck.lesson)} if deck.lesson is not None else set())


def _cycles(decks: Sequence[DeckFile]) -> Iterator[Found]:
    by_name = {name: deck for deck in decks for name in _names(deck)}
    done: set[str] = set()
    for start in decks:
        path: list[DeckFile] = []
        stack = [(start, False)]
        while stack:
            deck, leaving = stack.pop()
            if leaving:
                path.pop()
                done.add(deck.deck_id)
                continue
            if deck.deck_id in done:
                continue
            if any(deck.deck_id == other.deck_id for other in path):
                names = [other.deck_id for other in path]
                circle = [*names[names.index(deck.deck_id) :], deck.deck_id]
                message = f"requires goes in a circle: {' -> '.join(circle)}"
                yield start, "R1", Finding(None, message, "break it")
                continue
            path.append(deck)
            stack.append((deck, True))
            stack.extend((by_name[name], False) for name in deck.requires if name in by_name)


def _dangling(decks: Sequence[DeckFile]) -> Iterator[Found]:
    by_name = {name for deck in decks for name in _names(deck)}
    slugs_by_file = {PurePath(deck.path).name: {note.slug for note in deck.notes} for deck in decks}
    for deck in decks:
        for name in deck.requires:
            if not name.isdecimal() and name not in by_name and len(decks) > 1:
                hint = "a lesson number or a deck id"
                yield deck, "R2", Finding(None, f"requires '{name}', which is none of these decks", hint)
        points = [(note, point) for note in deck.notes if note.interview for point in note.interview.key_points]
        for note, point in points:
            for link in point.links:
                file, _, slug = link.partition("#")
                slugs = slugs_by_file.get(PurePath(file).name) if file else None
                if slugs is not None and slug not in slugs:
                    message = f"no note '{slug}' in {file}"
                    yield deck, "R2", Finding(note, message, "mend the link", Severity.ERROR, point.line)
