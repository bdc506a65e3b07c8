"""
Makes docs/decks.md, the list of the shipped decks with what is in them.

    python docs/decks.py
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bedrill.deckfile.parser import parse_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedrill.note import DeckFile

FOLDER = Path(__file__).parents[1] / "decks"
PAGE = Path(__file__).with_suffix(".md")
HEAD = """# The decks

One for each lesson of the course. *Notes* are concept + interview notes, *core* is how many of them any interviewer
expects, *topics* how many subtopics of the lesson have a note, *checks* how many answers `bedrill check --run` runs.
`python docs/decks.py` makes this page.

| lesson | deck | title | after | notes | core | topics | checks |
|---:|---|---|---|---:|---:|---:|---:|
"""


def shipped_decks() -> list[DeckFile]:
    """The decks of this clone, by lesson."""
    decks = [parse_bytes(path.read_bytes(), path.name) for path in sorted(FOLDER.glob("*.md"))]
    return sorted(decks, key=lambda deck: deck.lesson or 0)


def page(decks: Sequence[DeckFile]) -> str:
    """The whole of docs/decks.md."""
    return HEAD + "".join(f"{row}\n" for row in _rows(decks))


def _rows(decks: Sequence[DeckFile]) -> Iterator[str]:
    totals = [0] * 6
    for deck in decks:
        interviews = sum(note.interview is not None for note in deck.notes)
        core = sum(note.is_core for note in deck.notes)
        covered = len({topic for note in deck.notes for topic in note.topics})
        checks = sum(len(note.checks) for note in deck.notes)
        counts = [len(deck.notes) - interviews, interviews, core, covered, deck.topic_count, checks]
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        name = f"[`{deck.deck_id}`](../decks/{deck.path})"
        yield f"| {deck.lesson} | {name} | {deck.title} | {', '.join(deck.requires)} | {_cells(counts)} |"
    yield f"| | | {len(decks)} decks | | {_cells(totals)} |"


def _cells(counts: Sequence[int]) -> str:
    concept, interview, core, covered, topics, checks = counts
    return f"{concept} + {interview} | {core} | {covered} of {topics} | {checks}"


if __name__ == "__main__":
    PAGE.write_text(page(shipped_decks()), "utf-8")
