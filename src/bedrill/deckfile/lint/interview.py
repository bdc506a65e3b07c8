"""I: what makes an interview note drillable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bedrill.deckfile.lint.rule import Finding, Rule
from bedrill.deckfile.lint.text import stems, words
from bedrill.note import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedrill.note import DeckFile, Interview, Note

SPOKEN_WORDS_PER_MINUTE: Final = 150
LONG_BOX_S: Final = 600
_VAGUE: Final = re.compile(r"\b(?:understands?|good|knows|properly|appropriate(?:ly)?)\b", re.IGNORECASE)
_HEADING_KEYS: Final = ("form=", "level=", "think=", "speak=")


def _interviews(deck: DeckFile) -> Iterator[tuple[Note, Interview]]:
    for note in deck.notes:
        if note.interview is not None:
            yield note, note.interview


def _key_points(deck: DeckFile) -> Iterator[Finding]:
    for note, interview in _interviews(deck):
        weights = [point.weight for point in interview.key_points]
        most = 8 if interview.form == "design" or interview.box_s >= LONG_BOX_S else 6
        if not 3 <= weights.count("must") <= most:  # noqa: PLR2004 - CARDS: 3 to 6
            yield Finding(note, f"{weights.count('must')} musts", f"3 to {most} can be ticked")
        if not 2 <= weights.count("should") <= 5:  # noqa: PLR2004 - CARDS: 2 to 5
            yield Finding(note, f"{weights.count('should')} shoulds", "2 to 5 lift a good answer")
        if weights.count("senior") > 3:  # noqa: PLR2004 - CARDS: 0 to 3
            yield Finding(note, f"{weights.count('senior')} senior points", "3 at most")
        for point in interview.key_points:
            if point.weight == "must" and len(words(point.text)) > 20:  # noqa: PLR2004 - CARDS: 20 words
                yield Finding(note, "a must of more than 20 words", "one point, one tick", line=point.line)
            if point.weight == "must" and (vague := _VAGUE.search(point.text)):
                yield Finding(note, f"'{vague.group(0)}' cannot be graded", "say what must be heard", line=point.line)


def _model_answer(deck: DeckFile) -> Iterator[Finding]:
    for note, interview in _interviews(deck):
        count = len(words(note.answer))
        most = 320 if interview.form in ("behavioural", "negotiate") or interview.box_s >= LONG_BOX_S else 260
        if not 80 <= count <= most:  # noqa: PLR2004 - CARDS: 80 to 260
            yield Finding(note, f"a model answer of {count} words", f"80 to {most}")
        if count / SPOKEN_WORDS_PER_MINUTE * 60 > interview.speak_s:
            yield Finding(
                note, f"{count} words cannot be spoken in {interview.speak_s} s", "shorten it, or widen the box"
            )
        said = stems(note.answer)
        for point in interview.key_points:
            wanted = stems(point.text)
            if point.weight == "must" and wanted and len(wanted & said) / len(wanted) < 0.5:  # noqa: PLR2004 - CARDS: half
                yield Finding(
                    note, f"the model answer does not say: {point.text[:60]}", "a must is in it", line=point.line
                )


def _parts(deck: DeckFile) -> Iterator[Finding]:
    for note, interview in _interviews(deck):
        if len(interview.follow_ups) < 2 or not all(follow.key for follow in interview.follow_ups):  # noqa: PLR2004
            yield Finding(note, "fewer than two follow-ups with keys", "interviewers always ask on")
        if len(interview.mistakes) < 2:  # noqa: PLR2004 - CARDS: at least two
            yield Finding(note, "fewer than two mistakes", "say what people get wrong")
        if not interview.red_flags:
            yield Finding(note, "no red flag", "say what fails the answer at once")
        missing = [key for key in _HEADING_KEYS if key not in note.text.split("\n", 1)[0]]
        if missing:
            yield Finding(
                note, f"no {' '.join(missing)} on the heading", "write form=explain level=mid think=20s speak=2m"
            )


def _links(deck: DeckFile) -> Iterator[Finding]:
    slugs = {note.slug for note in deck.notes if note.interview is None}
    for note, interview in _interviews(deck):
        for point in interview.key_points:
            if point.weight == "must" and not point.links:
                yield Finding(
                    note,
                    f"this must rests on no concept note: {point.text[:50]}",
                    "link it: ([word](#slug))",
                    line=point.line,
                )
            for link in point.links:
                if link.startswith("#") and link[1:] not in slugs:
                    yield Finding(
                        note, f"no concept note '{link}' in this deck", "mend the link", Severity.ERROR, point.line
                    )


def _behavioural(deck: DeckFile) -> Iterator[Finding]:
    for note, interview in _interviews(deck):
        if interview.form != "behavioural":
            continue
        if "sample, replace with yours" not in note.answer.lower():
            yield Finding(note, "a story that is not the reader's", "begin it with '*Sample, replace with yours.*'")
        if not re.search(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|percent)\b", note.answer):
            yield Finding(note, "a story without a number", "the result is measured")


RULES: Final = (
    Rule(
        "I1",
        Severity.WARNING,
        "3 to 6 musts of 20 words that can be graded, 2 to 5 shoulds, 3 seniors at most",
        _key_points,
    ),
    Rule(
        "I2",
        Severity.WARNING,
        "a model answer of 80 to 260 words, spoken in the box, that says every must",
        _model_answer,
    ),
    Rule("I3", Severity.WARNING, "two follow-ups with keys, two mistakes, one red flag, and the whole heading", _parts),
    Rule("I4", Severity.WARNING, "a must without a concept note (a link to nothing: error)", _links),
    Rule("I5", Severity.WARNING, "behavioural answers are samples, and have a number", _behavioural),
)
