"""
One note: its lines to a `Note`, and to problems.

`read_note` serves text that is already in a collection, where problems have been dealt with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bedrill.deckfile import cloze
from bedrill.deckfile.grammar import Attributes, Line, fences, scan, split_attributes
from bedrill.deckfile.interview_parser import parse_interview
from bedrill.deckfile.sections import (
    BODY,
    bare,
    list_items,
    split_choices,
    split_sections,
    take_sources,
    text_of,
)
from bedrill.limits import MAX_CLOZE_NUMBER
from bedrill.model import Kind
from bedrill.note import Check, Choice, Note, Severity, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.deckfile.grammar import Fence
    from bedrill.deckfile.problems import Report

CLASSES: Final = ("core", "reversed", "typed", "interview")
KEYS: Final = ("form", "level", "think", "speak", "topic", "tags")
CHECKED_LANGUAGES: Final = ("python", "sql", "sh")
_PROMPT: Final = re.compile(r"^[ ]*>>>", re.MULTILINE)
_NEEDED: Final = re.compile(r"\w[\w+-]*")
"""A program or a top-level module; no path, and no dot, since looking for `a.b` would import `a`."""


_PLAIN_NOTE: Final = re.compile(r"## ([^\s#{}](?:[^{}\n]*[^\s{}])?)\n\n((?!Sources?:)[^\W_](?:[^\n]*\S)?)")
"""A question of one line and an answer of one line that begins with a letter or digit: nothing else can be in it."""


def _ignore(*_: object, **__: object) -> None:
    """A `Report` for text whose problems are known."""


def read_note(text: str, slug: str = "") -> Note:
    """The note that stored `text` is; `slug` names it if the text does not."""
    plain = _PLAIN_NOTE.fullmatch(text)
    if plain is not None:  # most notes from other programs are: ten times faster
        heading, answer = plain.groups()
        kind, style = Kind.CONCEPT, Style.BASIC
        return Note(slug, True, 1, text, kind, style, False, (), heading, "", answer, "", ())
    return parse_note(list(scan(text.split("\n"))), slug, _ignore)


def parse_note(lines: Sequence[Line], derived_slug: str, report: Report) -> Note:
    """
    The note of `lines`, the first of which is its `##` line.

    Args:
        derived_slug: Its name if the heading gives none.
    """
    first = lines[0]
    heading, attributes = split_attributes(first.title)
    _check_attributes(attributes, first, report)
    sections, repeated = split_sections(lines[1:])
    for line in repeated:
        report(line.number, "N9", f"the section '### {line.title}' stands here a second time", "join the two")
    sources = take_sources(sections)
    style = _style(heading, attributes, sections)
    prompt, choices, answer = _faces(sections, style)
    note = Note(
        slug=attributes.slug or derived_slug,
        slug_is_derived=attributes.slug is None,
        line=first.number,
        text=text_of(lines),
        kind=Kind.INTERVIEW if style is Style.INTERVIEW else Kind.CONCEPT,
        style=style,
        is_core="core" in attributes.classes,
        topics=_topics(attributes, first, report),
        heading=heading,
        prompt=prompt,
        answer=answer,
        hint=text_of(sections.get("hint", [])),
        sources=sources,
        choices=choices,
        accepted=_accepted(answer, sections) if style is Style.TYPED else (),
        checks=_checks(fences(lines), report),
        interview=parse_interview(attributes, sections, first, report) if style is Style.INTERVIEW else None,
        tags=tuple(tag for tag in attributes.value("tags").split(",") if tag),
    )
    _check_note(note, attributes, report)
    return note


def _check_attributes(attributes: Attributes, line: Line, report: Report) -> None:
    column = line.text.rfind("{") + 1
    for word in attributes.faults:
        report(
            line.number,
            "N2",
            f"cannot read {word!r} in the attributes",
            "write {#slug .class key=value}",
            column=column,
        )
    for name in attributes.classes:
        if name not in CLASSES:
            hint = "known are " + ", ".join(f".{known}" for known in CLASSES)
            report(line.number, "N3", f"unknown class .{name}", hint, Severity.WARNING, column)
    for key, _ in attributes.values:
        if key not in KEYS:
            report(
                line.number, "N3", f"unknown attribute {key}=", f"known are {', '.join(KEYS)}", Severity.WARNING, column
            )


def _style(heading: str, attributes: Attributes, sections: dict[str, list[Line]]) -> Style:
    if "interview" in attributes.classes:
        return Style.INTERVIEW
    if cloze.deletions(heading) or ("answer" in sections and cloze.deletions(text_of(sections[BODY]))):
        return Style.CLOZE
    if "reversed" in attributes.classes:
        return Style.REVERSED
    if "typed" in attributes.classes:
        return Style.TYPED
    return Style.CHOICE if len(split_choices(sections[BODY])[1]) > 1 else Style.BASIC


def _faces(sections: dict[str, list[Line]], style: Style) -> tuple[str, tuple[Choice, ...], str]:
    """Prompt, choices and answer. Without `### Answer` the body is the answer; behind a task list what follows it."""
    body = sections[BODY]
    if style is Style.CHOICE:
        before, choices, after = split_choices(body)
        if "answer" in sections:
            return text_of([*before, *after]), choices, text_of(sections["answer"])
        return text_of(before), choices, text_of(after)
    if "answer" in sections or style is Style.INTERVIEW:
        return text_of(body), (), text_of(sections.get("answer", []))
    return "", (), text_of(body)


def _topics(attributes: Attributes, line: Line, report: Report) -> tuple[int, ...]:
    words = [word for word in attributes.value("topic").split(",") if word]
    if all(word.isdecimal() and len(word) < 4 for word in words):  # noqa: PLR2004 - three digits
        return tuple(int(word) for word in words)
    report(line.number, "N2", f"topic={attributes.value('topic')} is no list of numbers", "write topic=2 or topic=2,5")
    return ()


def _accepted(answer: str, sections: dict[str, list[Line]]) -> tuple[str, ...]:
    first = bare(answer.split("\n", 1)[0])
    return tuple(text for text in (first, *(bare(item) for _, item in list_items(sections.get("accept", [])))) if text)


def _checks(found: Sequence[Fence], report: Report) -> tuple[Check, ...]:
    setups = {
        language: "\n".join(f.code for f in found if f.language == language and "setup" in f.words[1:])
        for language in CHECKED_LANGUAGES
    }
    checks: list[Check] = []
    for index, fence in enumerate(found):
        if not fence.is_closed:
            report(fence.line, "N5", "this code fence is never closed", "close it with a line of the same marks")
        if "check" not in fence.words[1:]:
            continue
        if fence.language not in CHECKED_LANGUAGES:
            hint = f"checked are {', '.join(CHECKED_LANGUAGES)}"
            report(fence.line, "N12", f"a {fence.language} fence cannot be checked", hint)
            continue
        is_doctest = fence.language == "python" and _PROMPT.search(fence.code) is not None
        expected = None if is_doctest else _output_after(found[index + 1 :])
        if expected is None and not is_doctest:
            report(fence.line, "N12", "this check has no output to compare with", "add a fence 'output' behind it")
            continue
        needs = _needs(fence, report)
        checks.append(Check(fence.language, fence.code, setups[fence.language], expected, fence.line, needs))
    return tuple(checks)


def _needs(fence: Fence, report: Report) -> str:
    """What the words of a check's fence say it cannot run without, or ""."""
    named = [word.removeprefix("needs=") for word in fence.words[1:] if word.startswith("needs=")]
    if not named:
        return ""
    if len(named) > 1 or fence.language == "sql" or not _NEEDED.fullmatch(named[0]):
        hint = "write needs=node for a program, or for a module in a python check; one of them, and none for sql"
        report(fence.line, "N12", f"cannot read needs={' needs='.join(named)}", hint)
        return ""
    return named[0]


def _output_after(following: Sequence[Fence]) -> str | None:
    """The `output` fence that belongs to a check: the next one, unless another check comes first."""
    for fence in following:
        if fence.language == "output":
            return fence.code
        if "check" in fence.words[1:]:
            return None
    return None


def _check_note(note: Note, attributes: Attributes, report: Report) -> None:
    """Faults of the note as a whole."""
    if not note.heading:
        report(note.line, "N6", "a note without a question", "write the question behind '##'")
    styles = [str(style) for style in (Style.REVERSED, Style.TYPED, Style.INTERVIEW) if style in attributes.classes]
    if note.style is not Style.INTERVIEW and cloze.deletions(note.question):
        styles.append(Style.CLOZE)
    if len(styles) > 1:
        report(note.line, "N7", f"a note cannot be {' and '.join(styles)} at once", "make two notes of it")
    if note.style is Style.INTERVIEW:
        if note.interview and not any(point.weight == "must" for point in note.interview.key_points):
            report(note.line, "N11", "an interview note needs key points", "add '### Key points' with '- must: …'")
        return
    _check_cloze(note, report)
    if not note.answer and note.style not in (Style.CLOZE, Style.CHOICE):
        report(note.line, "N4", "this note has no answer", "write the answer under the question")
    if note.style is Style.TYPED and note.answer.startswith(("```", "~~~")):
        hint = "write what is accepted on the first line, in backticks"
        report(note.line, "N4", "a typed answer cannot be a code fence", hint)
    if note.style is Style.CHOICE and not any(choice.right for choice in note.choices):
        report(note.line, "N10", "none of the choices is right", "mark the right one with '- [x]'")


def _check_cloze(note: Note, report: Report) -> None:
    """Faults of the deletions in the question."""
    parts = cloze.deletions(note.question)
    if cloze.has_stray_mark(note.heading):
        report(note.line, "N8", "this cloze is not whole", "write {{c1::hidden}} or {{c1::hidden::hint}}")
    if not all(part.hidden.strip() for part in parts):
        report(note.line, "N8", "this cloze hides nothing", "write {{c1::hidden}} or {{c1::hidden::hint}}")
    if not all(1 <= part.number <= MAX_CLOZE_NUMBER for part in parts):
        report(note.line, "N8", f"cloze numbers go from 1 to {MAX_CLOZE_NUMBER}", "count from c1")
