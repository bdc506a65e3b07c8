"""Words, sentences and fences of a card's Markdown, as the lint rules count them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bedrill.deckfile import cloze
from bedrill.deckfile.code_spans import replace_code
from bedrill.deckfile.grammar import fences, scan

if TYPE_CHECKING:
    from bedrill.deckfile.grammar import Fence
    from bedrill.note import Note

_LINK: Final = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_WORD: Final = re.compile(r"[^\W_]+(?:['’\-./][^\W_]+)*")
_SENTENCE_END: Final = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bcf)(?<!\betc)[.!?](?=\s+[A-Z*`\"(]|\s*$)")
STOP_WORDS: Final = frozenset(
    "a an and are as at be been but by can could did do does each for from had has have he her his how i if in into is "
    "it its may might must no not of on or our she should so some such than that the their them then there these they "
    "this those to was we were what when where which who whom whose why will with would you your".split()
)


def without_fences(markdown: str) -> str:
    """`markdown` without its code fences."""
    return "\n".join(line.text for line in scan(markdown.split("\n")) if not line.in_fence)


def without_code(markdown: str) -> str:
    """`markdown` without fences and code spans; links are their words."""
    return replace_code(_LINK.sub(r"\1", without_fences(markdown)), lambda _: " ")


def words(markdown: str) -> list[str]:
    """The words outside of code, lower-cased."""
    return [word.lower() for word in _WORD.findall(without_code(markdown))]


def content_words(markdown: str) -> list[str]:
    """The words that carry meaning, code spans among them, lower-cased."""
    text = replace_code(_LINK.sub(r"\1", without_fences(markdown)), lambda code: f" {code} ")
    return [word for word in (w.lower() for w in _WORD.findall(text)) if word not in STOP_WORDS]


def sentences(markdown: str) -> int:
    """How many sentences stand outside of code; one may begin with a code span."""
    text = replace_code(_LINK.sub(r"\1", without_fences(markdown)), lambda _: "`")
    return len(_SENTENCE_END.findall(text.strip()))


def first_paragraph(markdown: str) -> str:
    """The first paragraph that is no fence."""
    for block in re.split(r"\n\s*\n", without_fences(markdown).strip()):
        if block.strip():
            return block
    return ""


def front(note: Note) -> str:
    """The question line, with deletions shown."""
    return cloze.reveal(note.heading)


def fences_of(markdown: str) -> list[Fence]:
    """The code fences of some Markdown."""
    return fences(list(scan(markdown.split("\n"))))


def stems(markdown: str) -> set[str]:
    """The content words, each cut to five letters, so that "requests" meets "requested"."""
    return {word[:5] for word in content_words(markdown)}
