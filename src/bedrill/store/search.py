"""
Cards by Anki's search notation: words, "quotes", -not, or, ( ), and the filters below.

A query becomes SQL whose every value is a parameter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bedrill.errors import UsageError
from bedrill.memory import curve_of, retrievability
from bedrill.store.connection import is_storable

if TYPE_CHECKING:
    import sqlite3

    from bedrill.config import Settings
    from bedrill.model import StudyDay

MAX_QUERY_CHARS: Final = 1_000
MAX_DEPTH: Final = 20
FILTERS: Final = "deck: tag: kind: is: prop: flag: card:"
_TOKEN: Final = re.compile(r'\s*(-?(?:[a-z]+:)?"[^"]*"|[()]|-(?=\()|[^\s()]+)')
_IS: Final = {
    "new": "c.phase = 0",
    "learn": "c.phase IN (1, 3)",
    "learning": "c.phase IN (1, 3)",
    "review": "c.phase = 2",
    "suspended": "c.suspended = 1",
    "buried": "coalesce(c.buried_until > :today, 0)",
    "due": "(c.phase != 0 AND c.due_on <= :today AND c.suspended = 0 AND coalesce(c.buried_until <= :today, 1))",
    "leech": "c.lapses >= :leech",
    "core": "c.is_core = 1",
    "edited": "n.edited_at IS NOT NULL",
    "flagged": "c.flag != 0",
}
_INTERVAL: Final = "(c.due_on - c.last_on)"
_PROPERTIES: Final = {
    "s": "c.stability_days",
    "stability": "c.stability_days",
    "d": "c.difficulty",
    "difficulty": "c.difficulty",
    "r": "recall(c.last_on, c.stability_days)",
    "retrievability": "recall(c.last_on, c.stability_days)",
    "ivl": _INTERVAL,
    "interval": _INTERVAL,
    "due": "(c.due_on - :today)",
    "reps": "c.reps",
    "lapses": "c.lapses",
}
_LESSON: Final = re.compile(r"\d{1,3}")
_COMPARISON: Final = re.compile(r"([a-z]+)(<=|>=|!=|=|<|>)(-?\d+(?:\.\d+)?)")


@dataclass(slots=True)
class _Query:
    """A recursive-descent reading of the tokens; `values` are the SQL parameters."""

    tokens: list[str]
    place: int = 0
    values: dict[str, object] = field(default_factory=dict)

    def parameter(self, value: object) -> str:
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def peek(self) -> str | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def any_of(self, depth: int = 0) -> str:
        """Alternatives joined by "or"."""
        if depth > MAX_DEPTH:
            raise UsageError("too many parentheses in the search")
        parts = [self.all_of(depth)]
        while (word := self.peek()) and word.lower() == "or":
            self.place += 1
            parts.append(self.all_of(depth))
        return f"({' OR '.join(parts)})"

    def all_of(self, depth: int) -> str:
        """Terms that must all hold."""
        parts: list[str] = []
        while (word := self.peek()) is not None and word != ")" and word.lower() != "or":
            if word.lower() == "and":
                self.place += 1
                continue
            parts.append(self.term(depth))
        if not parts:
            raise UsageError("something is missing in the search", "a word on both sides of 'or', and inside ( )")
        return " AND ".join(parts)

    def term(self, depth: int) -> str:
        """One condition, filter or group, or what is not that."""
        is_wanted = True
        while self.peek() == "-":
            self.place += 1
            is_wanted = not is_wanted
        return self.positive(depth) if is_wanted else f"NOT {self.positive(depth)}"

    def positive(self, depth: int) -> str:
        """A condition, filter or group, without the marks of negation before it."""
        word = self.peek()
        if word is None or word == ")" or word.lower() in ("and", "or"):
            raise UsageError("something is missing in the search", "a word behind '-'")
        self.place += 1
        if word == "(":
            inside = self.any_of(depth + 1)
            if self.peek() != ")":
                raise UsageError("a '(' is never closed in the search", "add ')'")
            self.place += 1
            return inside
        if word.startswith("-") and len(word) > 1:
            return f"NOT {self.condition(word[1:])}"
        return self.condition(word)

    def condition(self, word: str) -> str:
        """One word or filter."""
        name, colon, value = word.partition(":")
        if not colon or word.startswith('"') or not re.fullmatch("[a-z]+", name):
            return self.text(word.strip('"'))
        filters = {
            "deck": self.deck,
            "tag": self.tag,
            "kind": self.kind,
            "is": self.state,
            "flag": self.flag,
            "card": lambda value: f"d.deck || '/' || n.slug GLOB {self.parameter(value)}",
            "prop": self.property,
        }
        if name not in filters:
            raise UsageError(f"no filter '{name}:'", f"filters are {FILTERS}; quote a word that contains ':'")
        return filters[name](value.strip('"'))

    def kind(self, value: str) -> str:
        if value not in ("concept", "interview"):
            raise UsageError(f"no kind '{value}'", "kind:concept or kind:interview")
        return f"c.kind = {self.parameter(value)}"

    def state(self, value: str) -> str:
        if value not in _IS:
            raise UsageError(f"no state 'is:{value}'", "is: " + ", ".join(_IS))
        return _IS[value]

    def flag(self, value: str) -> str:
        if not value.isdecimal() or len(value) > 1:
            raise UsageError(f"flag:{value} is no flag", "flag:0 to flag:7")
        return f"c.flag = {self.parameter(int(value))}"

    def deck(self, value: str) -> str:
        if _LESSON.fullmatch(value):
            return f"d.lesson IS {self.parameter(int(value))}"
        return f"d.deck GLOB {self.parameter(value)}"

    def tag(self, value: str) -> str:
        """Of the deck or of the note; a tag holds those below it, `go` also `go::channels`."""
        same, below = self.parameter(f"* {value} *"), self.parameter(f"* {value}::*")
        either = [f"{tags} GLOB {tag}" for tags in ("d.tags", "n.tags") for tag in (same, below)]
        return f"({' OR '.join(either)})"

    def property(self, value: str) -> str:
        match = _COMPARISON.fullmatch(value.replace(" ", ""))
        if not match or match.group(1) not in _PROPERTIES:
            names = ", ".join(name for name in _PROPERTIES if len(name) > 1)
            raise UsageError(f"cannot read prop:{value}", f"write prop:stability<5; properties are {names}")
        number = self.parameter(float(match.group(3)))
        return f"coalesce({_PROPERTIES[match.group(1)]} {match.group(2)} {number}, 0)"

    def text(self, text: str) -> str:
        """Words, the last of which may go on; with a `*` inside, or without any letter, any part of the note."""
        if "*" in text.strip("*"):
            return f"n.text LIKE {self.parameter('%' + _escaped(text).replace('*', '%') + '%')} ESCAPE '\\'"
        words = re.findall(r"\w*[^\W_]\w*", text)
        if not words:
            return f"instr(n.text, {self.parameter(text.strip('*'))})"
        phrase = '"' + " ".join(words) + '"*'
        return f"n.id IN (SELECT rowid FROM notes_fts WHERE notes_fts MATCH {self.parameter(phrase)})"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def find(db: sqlite3.Connection, query: str, today: StudyDay, settings: Settings) -> list[int]:
    """
    The rows of the live cards that a search finds, in the order of the course; every card for an empty search.

    Raises:
        UsageError: The search cannot be read.
    """
    if len(query) > MAX_QUERY_CHARS:
        raise UsageError(f"a search has at most {MAX_QUERY_CHARS} characters")
    if not is_storable(query):
        raise UsageError("the search is not UTF-8")
    reading = _Query(_TOKEN.findall(query))
    condition = reading.any_of() if reading.tokens else "1"
    if reading.peek() is not None:
        raise UsageError("a ')' too many in the search", "take it away, or open it")
    curve = curve_of(settings.fsrs_parameters)

    def recall(last_on: int | None, stability: float | None) -> float | None:
        if last_on is None or stability is None:
            return None
        return retrievability(today - last_on, stability, curve)

    db.create_function("recall", 2, recall, deterministic=True)
    rows = db.execute(
        "SELECT c.id FROM cards c JOIN notes n ON n.id = c.note_id JOIN decks d ON d.id = c.deck_id "
        f"WHERE c.retired = 0 AND {condition} "
        "ORDER BY d.lesson IS NULL, d.lesson, d.deck, n.position, c.ordinal",
        reading.values | {"today": today, "leech": settings.leech_lapses},
    )
    return [row[0] for row in rows]
