"""The YAML block at the head of a deck file. YAML is imported only when a file has one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from bedrill.deckfile.grammar import is_name
from bedrill.deckfile.slugs import slugify
from bedrill.limits import MAX_FRONT_MATTER_BYTES, MAX_NAME_CHARS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.deckfile.problems import Report

KEYS: Final = ("id", "title", "lesson", "level", "requires", "tags", "topics", "allow")
LEVELS: Final = ("beginner", "intermediate", "advanced")
_NUMBER: Final = re.compile(r"[0-9]{1,3}")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SHOWN_CHARS: Final = 60


@dataclass(slots=True)
class FrontMatter:
    """What a deck says of itself; the fields are those of `bedrill.model.DeckFile`."""

    deck_id: str
    title: str
    lesson: int | None = None
    level: str = ""
    requires: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    topic_count: int = 0
    waivers: dict[str, str] = field(default_factory=dict)


def split(lines: Sequence[str]) -> tuple[list[str] | None, int]:
    """
    The lines between the two `---`, and the index of the first line behind them.

    None and 0 without front matter; None and -1 where it is opened and never closed.
    """
    if not lines or lines[0].rstrip() != "---":
        return None, 0
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() in ("---", "..."):
            return list(lines[1:index]), index + 1
    return None, -1


def read(lines: Sequence[str] | None, path: str, report: Report) -> FrontMatter:
    """
    Front matter from the lines between the `---`; a field that is missing or wrong keeps its default.

    Args:
        lines: None if the file has no front matter.
        path: Its stem is the default of `id`, which is the default of `title`.
    """
    stem = PurePath(path).stem
    name = stem if is_name(stem) else slugify(stem)[:MAX_NAME_CHARS]
    result = FrontMatter(deck_id=name, title="")
    where = {line.split(":", 1)[0].strip(): number for number, line in enumerate(lines or (), 2)}
    for key, value in mapping(lines or (), report).items():
        line = where.get(key, 1)
        if key not in KEYS:
            report(line, "D9", f"unknown key {key!r} in the front matter", f"known are {', '.join(KEYS)}")
        elif not _take(result, key, value):
            report(line, "D10", f"front matter: {key} cannot be {_shown(value)}", f"write {_WANTED[key]}")
    result.title = result.title or result.deck_id
    return result


def mapping(lines: Sequence[str], report: Report) -> dict[str, Any]:
    """
    The lines as YAML: keys of any name to text, lists and mappings; {} without lines, and after a report.

    Every scalar is text: `No` is no boolean here.
    """
    if not lines:
        return {}
    text = "\n".join(lines)
    if len(text.encode("utf-8", "surrogatepass")) > MAX_FRONT_MATTER_BYTES:
        report(1, "D8", f"the front matter is larger than {MAX_FRONT_MATTER_BYTES} bytes", "move text into notes")
        return {}
    import yaml  # noqa: PLC0415 - costs 20 ms, and only an import needs it

    refused = (yaml.AnchorToken, yaml.AliasToken, yaml.TagToken)
    try:
        token = next((token for token in yaml.scan(text, Loader=yaml.BaseLoader) if isinstance(token, refused)), None)
        if token is not None:
            line = token.start_mark.line + 2
            report(line, "D8", "anchors, aliases and tags are not allowed in front matter", "write the value out")
            return {}
        data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader builds only str, list and dict
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        detail = getattr(error, "problem", None) or str(error).splitlines()[0]
        line = mark.line + 2 if mark else 1
        report(line, "D7", f"the front matter is not YAML: {detail}", "quote values that contain ':' or '#'")
        return {}
    except (ValueError, RecursionError, OverflowError) as error:
        report(1, "D7", f"the front matter cannot be read: {type(error).__name__}", "keep it to plain keys and values")
        return {}
    if data is not None and not isinstance(data, dict):
        report(2, "D6", "the front matter is not a mapping", "write lines like 'title: My deck' between the ---")
        return {}
    return {str(key): value for key, value in (data or {}).items()}


_WANTED: Final = {
    "id": "a short name of letters, digits and '-'",
    "title": "one line of text",
    "lesson": "a number from 1 to 999",
    "level": "one of " + ", ".join(LEVELS),
    "requires": "a list of lesson numbers or deck ids, like [8, 42]",
    "tags": "a list of words, like [http, web]",
    "topics": "the number of subtopics",
    "allow": "a mapping of CODE or CODE#slug to a reason",
}


def _take(result: FrontMatter, key: str, value: object) -> bool:
    """Put one value into `result`; False if it is not of the wanted form."""
    match key, value:
        case "id", str() if is_name(value):
            result.deck_id = value
        case "title", str() if _is_line(value):
            result.title = value.strip()
        case "lesson", str() if _NUMBER.fullmatch(value) and int(value):
            result.lesson = int(value)
        case "level", str() if value in LEVELS:
            result.level = value
        case "topics", str() if _NUMBER.fullmatch(value):
            result.topic_count = int(value)
        case "requires", list() if all(_is_line(item) for item in value):
            result.requires = tuple(value)
        case "tags", list() if all(_is_line(item) for item in value):
            result.tags = tuple(value)
        case "allow", dict() if all(_is_line(code) and _is_text(reason) for code, reason in value.items()):
            result.waivers = {code: reason.strip() for code, reason in value.items()}
        case _:
            return False
    return True


def _is_text(value: object) -> bool:
    """Whether it is text that says something, and that can be stored and printed."""
    return isinstance(value, str) and bool(value.strip()) and not _SURROGATE.search(value)


def _is_line(value: object) -> bool:
    """Whether it is text on one line."""
    return isinstance(value, str) and _is_text(value) and "\n" not in value.strip()


def _shown(value: object) -> str:
    """A value for a message, cut."""
    text = repr(value)
    return text if len(text) <= _SHOWN_CHARS else text[:_SHOWN_CHARS] + "…"
