"""
Flashcards inside of Obsidian's notes, as its spaced-repetition plugin marks them.

`front::back`, `one:::other` (both ways), paragraphs with a line `?` or `??` (both ways) between front and back, and
paragraphs with ==hidden== parts. Source: the plugin's documentation, "Question & Answer Cards", "Cloze Cards",
"Organizing into Decks"; separators as they are by default.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill.deckfile import front_matter
from bedrill.deckfile.compose import cloze_note, question_and_answer
from bedrill.deckfile.parser import decoded
from bedrill.deckfile.problems import Problems
from bedrill.formats.composed import Card, deck_of, deletion, inert, is_ours, lines_of, one_line_note, without_code
from bedrill.note import DeckFile, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bedrill.deckfile.grammar import Line

_SCHEDULE: Final = re.compile(r"<!--SR:[^<>]*-->")
_SCHEDULE_BOX: Final = "> [!sr|card-metadata]"
_HEADING: Final = re.compile(r"#{1,6}[ \t]+(.*)")
_TAGS: Final = re.compile(r"(?:#[^\s#]+[ \t]*)+")
_DECK: Final = re.compile(r"#flashcards(?:/([^\s#]*))?(?=[\s#]|$)")
_DIVIDERS: Final = ("?", "??")
_HIDDEN: Final = re.compile(
    r"==(?P<marked>[^=\n](?:[^=]|=(?!=))*)==(?:\^\[(?P<hint>[^\[\]\n]*)\])?(?:\[\^(?P<order>\d{1,3}|[ahs]+)\])?"
    r"|\{\{(?P<curly>(?:(?!\{\{|\}\}).)+)\}\}",
    re.DOTALL,
)
_ORDER: Final = re.compile(r"c?(\d{1,3})|[ahs]+")
_OVERLAPPING: Final = re.compile(
    r"==(?:\^\[[^\[\]\n]*\])?\[\^[ahs]+\]|==[ahs]{1,99};;|\{\{[ahs]{1,99}(?:::|;;)",
)


class _Block(NamedTuple):
    """A paragraph, without schedules, and the sub-decks that it stands in."""

    lines: tuple[Line, ...]
    decks: tuple[str, ...]


def recognises(data: bytes, path: str) -> bool:
    """Whether there are more cards of this kind than `##` notes, and nothing that only bedrill's decks have."""
    del path
    text = data.decode("utf-8", "replace")
    if "::" not in text and "==" not in text and "\n?" not in text:
        return False
    unsaid = Problems("")
    header, lines = lines_of(text, unsaid)
    if is_ours(header, lines):
        return False
    titles = {line.number for line in lines if line.level}
    cards = sum(card.line not in titles for block in _blocks(lines, ()) for card in _cards_of(block, unsaid))
    return cards > sum(line.level == 2 for line in lines)  # noqa: PLR2004 - `##`


def read(data: bytes, path: str) -> DeckFile:
    """The deck in a file's bytes. Never raises on content."""
    text = decoded(data, path)
    if not isinstance(text, str):
        return DeckFile(path, "", "", problems=(text,))
    problems = Problems(path)
    header, lines = lines_of(text, problems)
    if any(_SCHEDULE.search(line.text) for line in lines):
        message, hint = "the schedule in <!--SR:…--> is not taken over", "cards begin as new ones"
        problems(0, "O1", message, hint, Severity.INFO)
    overlapping = next((line for line in lines if not line.in_fence and _OVERLAPPING.search(line.text)), None)
    if overlapping:
        message = "clozes that say when to ask, hide and show: each part is asked while the others show"
        problems(overlapping.number, "O3", message, "number the parts instead: ==part==[^1]", Severity.WARNING)
    blocks = _blocks(lines, _decks_of_front_matter(header))
    return deck_of(path, "", (card for block in blocks for card in _cards_of(block, problems)), problems)


def _blocks(lines: Iterable[Line], decks: tuple[str, ...]) -> Iterator[_Block]:
    """
    Paragraphs; a fence belongs to the one that it touches, and a heading begins one.

    Tags that have a line to themselves, or stand in a heading, are for all that follows.
    """
    block: list[Line] = []
    for line in _visible(lines):
        heading = None if line.in_fence else _HEADING.match(line.text)
        is_tags = not line.in_fence and _TAGS.fullmatch(line.text.strip()) is not None
        if line.in_fence or not (not line.text.strip() or heading or is_tags):
            block.append(line)
            continue
        if block:
            yield _Block(tuple(block), decks)
        named = _decks(line.text) if heading or is_tags else None
        decks = decks if named is None else named
        block = [line._replace(text=_DECK.sub("", heading[1]).strip(), level=1)] if heading else []
    if block:
        yield _Block(tuple(block), decks)


def _visible(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines without schedules and without comments: a card in `<!-- -->` is put away."""
    in_comment = False
    for line in lines:
        shown = line if line.in_fence else line._replace(text=_without_schedule(line.text))
        if in_comment or (not line.in_fence and shown.text.startswith("<!--")):
            in_comment = "-->" not in shown.text
        else:
            yield shown


def _without_schedule(text: str) -> str:
    """A line without its schedules; "" if it is there for one only."""
    if text.startswith(_SCHEDULE_BOX):
        return ""
    shown = _SCHEDULE.sub("", text)
    return text if shown == text else shown.rstrip() if shown.strip("> \t") else ""


def _decks_of_front_matter(header: Sequence[str]) -> tuple[str, ...]:
    """The sub-decks that the tags of the front matter name."""
    tags = front_matter.mapping(header, Problems("")).get("tags", "")
    words = (
        [word for word in tags if isinstance(word, str)] if isinstance(tags, list) else re.split(r"[,\s]+", str(tags))
    )
    return _decks(" ".join("#" + word.strip().lstrip("#") for word in words)) or ()


def _decks(text: str) -> tuple[str, ...] | None:
    """The sub-decks of the `#flashcards/sub/deck` tags in a text; None without such a tag."""
    found = [match[1] or "" for match in _DECK.finditer(text)]
    names = (re.sub(r"[{}\"'=,]", "_", name.strip("/").replace("/", "::")) for name in found)
    return tuple(name for name in names if name) if found else None


def _cards_of(block: _Block, problems: Problems) -> Iterator[Card]:
    """
    The cards of a paragraph: one for each line with a separator, and one of the lines behind them.

    A heading is a question where nothing stands between it and the `?`; else it is context, and no part of a card.
    """
    lines: list[Line] = []
    for place, line in enumerate(block.lines):
        is_divider = not line.in_fence and line.text.strip() in _DIVIDERS
        text, attributes = _own_tags(line.text, block.decks)
        note = "" if line.in_fence else one_line_note(text, attributes)
        if note:
            yield Card(note, line.number)
            lines = []
        elif is_divider and lines:
            yield from _paragraphs(lines, line, block.lines[place + 1 :], block.decks, problems)
            return
        elif not is_divider:
            if lines and lines[0].level:
                lines = []
            lines.append(line)
    if lines:
        text, attributes = _own_tags("\n".join(line.text for line in lines), block.decks)
        cloze = _with_deletions(text)
        if cloze is not None:
            yield Card(cloze_note(cloze, "", attributes=attributes), lines[0].number)


def _paragraphs(
    front: Sequence[Line], divider: Line, back: Sequence[Line], decks: tuple[str, ...], problems: Problems
) -> Iterator[Card]:
    """The card of the lines before and behind a `?`."""
    if not back:
        hint = "a blank line ends a card: write the answer in the line below the mark"
        problems(divider.number, "O2", f"nothing stands below this '{divider.text.strip()}'", hint, Severity.WARNING)
        return
    question, attributes = _own_tags("\n".join(line.text for line in front), decks)
    answer = "\n".join(line.text for line in back)
    words = ".reversed " if divider.text.strip() == "??" else ""
    note = question_and_answer(question, answer, attributes=(words + attributes).strip())
    yield Card(note, front[0].number)


def _own_tags(text: str, decks: tuple[str, ...]) -> tuple[str, str]:
    """A card's text without the tags before it, and its attributes: those tags' sub-decks, else `decks`."""
    leading = _TAGS.match(text)
    own = _decks(leading.group()) if leading else None
    if leading and own is not None and text[leading.end() :].strip():
        text, decks = text[leading.end() :], own
    return text, f"tags={','.join(decks)}" if decks else ""


def _with_deletions(text: str) -> str | None:
    """`text` with each ==part== and {{part}} as a deletion; None if there is none. Equal numbers are asked together."""
    shown: list[str] = []
    end = number = 0
    for match in _HIDDEN.finditer(without_code(text)):
        group = "curly" if match["curly"] else "marked"
        parts = re.split("::|;;" if match["curly"] else ";;", text[match.start(group) : match.end(group)])
        said = _ORDER.fullmatch(parts[0]) if len(parts) > 1 else None
        order = parts.pop(0) if said else match["order"] or ""
        if not parts[0].strip():
            continue
        shown.append(inert(text[end : match.start()]))
        end = match.end()
        if order and "a" not in order and order.isalpha():
            shown.append(inert(parts[0]))  # context that is never asked
            continue
        number += 1
        hint = text[match.start("hint") : match.end("hint")] if match["hint"] else " ".join(parts[1:])
        digits = order.removeprefix("c")
        shown.append(deletion(int(digits) if digits.isdecimal() else number, parts[0], hint))
    return "".join([*shown, inert(text[end:])]) if number else None
