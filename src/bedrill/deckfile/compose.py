"""
Questions and answers from elsewhere to the text of a note, which the parser reads as just these.

Other programs know no `##`: a question there may be several paragraphs, begin with code, or hold what means something
in a deck file. `question_and_answer` and `cloze_note` put such Markdown into a note without changing what it shows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bedrill.deckfile.cloze import deletions
from bedrill.deckfile.grammar import attribute_block, scan, section_of
from bedrill.limits import MAX_CLOZE_NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_HEADING: Final = "…"
"""The heading of a question that begins with what no heading can hold: code, a list, a table."""
NO_ANSWER: Final = "(no answer)"
_BLOCK: Final = re.compile(r" {0,3}(?:[-*+>|]|\d{1,9}[.)]|#{1,6})(?:\s|$)|\s*\||(?: {4}|\t)| {0,3}(?:```|~~~|<)")
_TASK: Final = re.compile(r"^(\s*[-*+][ \t]+)(?=\[[ xX]\])")
_SOURCE: Final = re.compile(r"(?=Sources?:)")
_PLAIN: Final = re.compile(r"(?!Sources?:|\d{1,9}[.)])[^\W_](?:[^\x00-\x1f\x7f{}\\]*[^\s\x00-\x1f\x7f{}\\])?")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def question_and_answer(
    question: str,
    answer: str,
    *,
    attributes: str = "",
    hint: str = "",
    sources: Sequence[str] = (),
    accept: Sequence[str] = (),
) -> str:
    """
    The text of a note that asks `question` and answers `answer`, both Markdown.

    Args:
        attributes: What stands in `{…}` behind the question: "#slug .typed".
        accept: Further accepted answers of a typed note.
    """
    if not (attributes or hint or sources or accept) and _PLAIN.fullmatch(question) and _PLAIN.fullmatch(answer):
        return f"## {question}\n\n{answer}"  # what most rows of most tables are
    heading, prompt = _split(_cleaned(question))
    lines = [_heading(_without_cloze(heading), attributes), ""]
    if prompt:
        lines += [_guarded(_without_cloze(prompt), is_body=True), "", "### Answer", ""]
    lines.append(_guarded(_cleaned(answer), is_body=not prompt) or NO_ANSWER)
    lines += _sections(hint, sources, accept)
    return "\n".join(lines).rstrip()


def cloze_note(text: str, extra: str, *, attributes: str = "", hint: str = "", sources: Sequence[str] = ()) -> str:
    """
    The text of a cloze note: `text` has the deletions, `extra` explains them.

    A deletion that hides nothing hides "…", a number out of range is the nearest one in it, half a mark is plain text.
    """
    heading, prompt = _split(_mended(_cleaned(text)))
    lines = [_heading(heading, attributes), ""]
    if prompt:
        lines += [_guarded(prompt, is_body=True), "", "### Answer", ""]
    lines.append(_guarded(_cleaned(extra), is_body=not prompt))
    lines += _sections(hint, sources, ())
    return "\n".join(lines).rstrip()


def _cleaned(text: str) -> str:
    """`text` with line ends of one kind and without characters that no deck may have, nor blank lines around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text).strip("\n").rstrip()


def _split(question: str) -> tuple[str, str]:
    """The part of a question that fits into a heading, and the rest."""
    first, _, rest = question.partition("\n\n")
    lines = first.split("\n")
    is_cut = len(deletions(first)) + len(deletions(rest)) < len(deletions(question))
    if is_cut or any(_BLOCK.match(line) for line in lines) or not first.strip():
        return NO_HEADING, question
    return " ".join(line.strip().removesuffix("\\") for line in lines), rest.strip("\n")


def _heading(text: str, attributes: str) -> str:
    """The `##` line. What would be read as attributes at the end of `text` is not."""
    if attribute_block(text) is not None:
        start = text.rindex("{")
        text = f"{text[:start]}\\{text[start:]}"
    return f"## {text or NO_HEADING} {{{attributes}}}" if attributes else f"## {text or NO_HEADING}"


def _without_cloze(text: str) -> str:
    """`text` in which nothing is a deletion."""
    return re.sub(r"\{\{(?=c(?:\d|::))", r"{\\{", text)


def _mended(text: str) -> str:
    """`text` in which every deletion is one that a deck may have."""
    shown: list[str] = []
    end = 0
    for part in deletions(text):
        hint = f"::{part.hint}" if part.hint else ""
        number = min(max(part.number, 1), MAX_CLOZE_NUMBER)
        mark = f"{{{{c{number}::{part.hidden if part.hidden.strip() else '…'}{hint}}}}}"
        shown += (_without_cloze(text[end : part.start]), mark)
        end = part.end
    return "".join([*shown, _without_cloze(text[end:])])


def _guarded(text: str, *, is_body: bool) -> str:
    """
    `text` in which no line starts a note, a section or a source, and every fence is closed.

    Args:
        is_body: It stands where a task list would be a multiple choice.
    """
    lines = list(scan(text.split("\n")))
    guarded: list[str] = []
    for line in lines:
        shown = line.text
        if not line.in_fence:
            if line.level in (1, 2) or (line.level == 3 and section_of(line.title)):  # noqa: PLR2004 - `###`
                shown = "\\" + shown
            elif is_body:
                shown = _TASK.sub(r"\1\\", shown)
            shown = _SOURCE.sub("\u200b", shown) if _SOURCE.match(shown) else shown
        guarded.append(shown)
    opening = next((line.text for line in reversed(lines) if line.fence is not None), "")
    if lines and lines[-1].in_fence and _is_open(lines[-1].text, opening, is_first=lines[-1].fence is not None):
        guarded.append(re.sub(r"^ {0,3}(`+|~+).*", r"\1", opening))
    return "\n".join(guarded)


def _is_open(last: str, opening: str, *, is_first: bool) -> bool:
    """Whether the fence that begins with the line `opening` still goes on behind the line `last`."""
    mark = re.match(r" {0,3}(`+|~+)", opening)
    return is_first or mark is None or re.fullmatch(rf" {{0,3}}{mark[1]}{mark[1][0]}*\s*", last) is None


def _sections(hint: str, sources: Sequence[str], accept: Sequence[str]) -> list[str]:
    """The sections behind an answer, each after a blank line."""
    lines: list[str] = []
    if accept:
        lines += ["", "### Accept", "", *(f"- {_one_line(item)}" for item in accept)]
    if _cleaned(hint).strip():
        lines += ["", "### Hint", "", _guarded(_cleaned(hint), is_body=False)]
    if sources:
        lines += ["", "### Sources", "", *(f"- {_one_line(source)}" for source in sources)]
    return lines


def _one_line(text: str) -> str:
    return " ".join(_cleaned(text).split())
