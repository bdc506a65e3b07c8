"""How a card looks: its faces, its state, its forgetting curve."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from rich.rule import Rule

from bedrill.cli.console import DeckMarkdown, bullets, console_for, styled
from bedrill.cli.text import counted, interval, minutes, percent
from bedrill.clock import DAY_S, date_of, instant
from bedrill.deckfile.faces import faces
from bedrill.memory import curve_of, retrievability
from bedrill.model import Rating, ReviewKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from bedrill.cli.app import App
    from bedrill.collection import Collection
    from bedrill.model import Review
    from bedrill.note import Choice, Interview, Note
    from bedrill.store.cards import StoredCard

_BARS = "▁▂▃▄▅▆▇█"
_NARROW = 60
"""Below so many columns lines are kept short."""


def is_narrow(console: Console) -> bool:
    """Whether the terminal is a narrow pane."""
    return console.width < _NARROW


def print_title(console: Console, card: StoredCard) -> None:
    """A rule with the card's name, and what is special about it."""
    marks = "".join(mark for mark, on in ((" !", card.flag), (" *", card.edited_at)) if on)
    lesson = f" · {card.deck_title}" if not is_narrow(console) else ""
    console.print()
    console.print(Rule(styled((card.name + marks, "bold"), (lesson, "dim")), align="left", style="dim"))
    console.print()


def print_question(console: Console, card: StoredCard, note: Note) -> None:
    """What the card asks; of a multiple choice, the choices with their numbers."""
    console.print(DeckMarkdown(faces(note, card.ordinal).question))
    choices = [f"{number}. {choice.text}" for number, choice in enumerate(shuffled(card, note), 1)]
    if choices:
        console.print(DeckMarkdown("\n".join(choices)))  # rich sets a blank line before a list
    console.print()


def shuffled(card: StoredCard, note: Note) -> list[Choice]:
    """The choices in an order that is new for every answer, and the same if the card is only shown again."""
    choices = list(note.choices)
    random.Random(f"{card.guid}:{card.state.reps}").shuffle(choices)  # noqa: S311 - no secret
    return choices


def print_answer(console: Console, card: StoredCard, note: Note) -> None:
    """The back of the card, with its sources."""
    shown = faces(note, card.ordinal)
    if note.choices:
        right = [f"{number}" for number, choice in enumerate(shuffled(card, note), 1) if choice.right]
        console.print(styled(("right: " + ", ".join(right), "bold")))
    console.print(DeckMarkdown(shown.answer))
    if shown.extra:
        console.print()
        console.print(DeckMarkdown(shown.extra))
    print_sources(console, note)


def print_sources(console: Console, note: Note) -> None:
    """Where the facts come from, in a dim line."""
    console.print()
    if note.sources:
        console.print(styled(("Source: " + "; ".join(note.sources), "dim")))
        console.print()


def print_state(console: Console, collection: Collection, card: StoredCard, reviews: Sequence[Review]) -> None:
    """What is known of the card's memory: state, curve, the last answers."""
    state, today = card.state, collection.clock.today()
    marks = [name for name, on in (("suspended", card.suspended), ("retired", card.retired)) if on]
    if card.buried_until is not None and card.buried_until > today:
        marks.append("buried")
    console.print(styled(("state        ", "dim"), ", ".join([state.phase.name.lower(), *marks])))
    if state.memory is None or state.due_on is None or state.last_on is None:
        return
    curve = curve_of(collection.settings.fsrs_parameters)
    recall = retrievability(today - state.last_on, state.memory.stability_days, curve)
    due = "now" if state.due_on <= today else f"in {interval((state.due_on - today) * DAY_S)}"
    if state.due_at is not None:
        due = f"at {state.due_at.astimezone(collection.clock.zone):%H:%M}"
    elif state.due_on > today:
        due += f", {date_of(state.due_on)}"
    console.print(styled(("due          ", "dim"), due))
    console.print(styled(("stability    ", "dim"), f"{state.memory.stability_days:.1f} days"))
    console.print(styled(("difficulty   ", "dim"), f"{state.memory.difficulty:.1f} of 10"))
    console.print(styled(("recall today ", "dim"), percent(recall)))
    console.print(
        styled(("answers      ", "dim"), f"{state.reps}, {counted(state.lapses, 'lapse')}, {_time(reviews)} in all")
    )
    console.print(styled(("forgetting   ", "dim"), _curve(console, collection, card)))
    for review in reviews[-5:]:
        day = instant(review.review_id).astimezone(collection.clock.zone)
        word = Rating(review.rating).name.lower() if review.rating else "manual"
        what = " (cram)" if review.kind == ReviewKind.CRAM else f" → {interval(review.interval_s)}"
        console.print(styled((f"{day:%Y-%m-%d %H:%M}  ", "dim"), f"{word}{what}"))


def _time(reviews: Sequence[Review]) -> str:
    return minutes(sum(review.duration_ms for review in reviews))


def _curve(console: Console, collection: Collection, card: StoredCard) -> str:
    """Recall from the last answer to twice the stability, as bars, with the ends in words."""
    memory = card.state.memory
    assert memory is not None
    curve = curve_of(collection.settings.fsrs_parameters)
    width = 16 if is_narrow(console) else 40
    span = max(2 * memory.stability_days, 2.0)
    values = [retrievability(span * place / (width - 1), memory.stability_days, curve) for place in range(width)]
    low = values[-1]
    bars = "".join(_BARS[min(7, int((value - low) / (1 - low) * 8))] for value in values)
    return f"{bars} {percent(low)} in {interval(round(span) * DAY_S)}"


def print_interview_head(console: Console, interview: Interview) -> None:
    """Form, level and time box."""
    box = f"think {interval_words(interview.think_s)}, speak {interval_words(interview.speak_s)}"
    console.print(styled((f"{interview.level} · {interview.form} · {box}", "dim")))


def interval_words(seconds: int) -> str:
    """A time box: "20 s", "2 min", "90 s"."""
    return f"{seconds // 60} min" if seconds >= 60 and seconds % 60 == 0 else f"{seconds} s"  # noqa: PLR2004 - a minute


def print_key_points(console: Console, interview: Interview) -> None:
    """The key points, for `show`."""
    for weight in ("must", "should", "senior"):
        points = [point.text for point in interview.key_points if point.weight == weight]
        if points:
            console.print(styled((weight, "bold")))
            bullets(console, points)
    for title, items in (("mistakes", interview.mistakes), ("red flags", interview.red_flags)):
        if items:
            console.print(styled((title, "bold")))
            bullets(console, items)
    for follow in interview.follow_ups:
        console.print(DeckMarkdown(f"- {follow.question} → {follow.key}"))


def print_card(app: App, card: StoredCard, note: Note, reviews: Sequence[Review]) -> None:
    """All of a card, for `bedrill show`."""
    console = console_for(app)
    print_title(console, card)
    if note.interview:
        print_interview_head(console, note.interview)
    print_question(console, card, note)
    if note.interview and note.interview.context:
        console.print(styled(("context", "bold")))
        console.print(DeckMarkdown(note.interview.context))
    if note.hint:
        console.print(styled(("hint: ", "dim"), note.hint))
    console.print(Rule(style="dim"))
    if note.interview:
        print_key_points(console, note.interview)
    print_answer(console, card, note)
    console.print(Rule(style="dim"))
    print_state(console, app.collection, card, reviews)
