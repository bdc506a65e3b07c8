"""Records to a printable sheet: one HTML page without a network, the weakest cards first."""

from __future__ import annotations

import base64
import html
import mimetypes
import re
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from bedrill.clock import date_of
from bedrill.deckfile import cloze
from bedrill.deckfile.faces import faces, ordinals
from bedrill.deckfile.note_parser import read_note
from bedrill.exchange import DeckRecord, NoteRecord
from bedrill.formats.anki_html import html_of, images_of, list_html, media_file
from bedrill.memory import curve_of, retrievability
from bedrill.model import Phase
from bedrill.note import Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bedrill.exchange import Context, Record
    from bedrill.note import Note

_STYLE: Final = """\
:root { color-scheme: light dark; --ink: #1b1f24; --quiet: #5b6470; --line: #d5d9de; --page: #fff; --bar: #2f6f4f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e7eb; --quiet: #9aa3af; --line: #3a4048; --page: #1b1e22; --bar: #6fbf94; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem; max-width: 60rem; color: var(--ink); background: var(--page);
  font: 15px/1.45 system-ui, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.4rem; margin: 0; }
header p { margin: .2rem 0 1rem; color: var(--quiet); }
article { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5rem; padding: .7rem 0;
  border-top: 1px solid var(--line); break-inside: avoid; }
article > div { min-width: 0; }
article p { margin: 0 0 .5em; }
article ul, article ol { margin: 0 0 .5em; padding-left: 1.3em; }
.about { grid-column: 1 / -1; display: flex; gap: .6rem; align-items: center; margin-bottom: .25rem;
  font-size: .78rem; color: var(--quiet); }
.about b { flex: none; width: 3.2rem; font-weight: 600; }
.about i { flex: none; width: 4rem; height: .35rem; border: 1px solid var(--line); }
.about i > span { display: block; height: 100%; background: var(--bar); }
.question pre, .question p { font-weight: 400; }
.question, .question > p:first-child { font-weight: 600; }
code { font: .88em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { max-width: 100%; margin: 0 0 .5em; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: .1em .4em; }
img { max-width: 100%; }
@media (max-width: 40rem) { article { grid-template-columns: 1fr; } }
@media print {
  @page { margin: 14mm; }
  body { font-size: 10.5pt; padding: 0; max-width: none; color: #000; background: #fff; }
  pre { background: #f3f3f3 !important; }
  pre, pre * { color: #000 !important; white-space: pre-wrap !important; }
}
"""


class _Card(NamedTuple):
    """A card on the sheet: recall 0 to 1, None while it is new; its place in the course."""

    recall: float | None
    place: int
    name: str
    question: str
    answer: str


def write(records: Iterable[Record], file: IO[str], context: Context) -> None:
    """The page: every card that is asked, those most likely forgotten first, new ones in the order of the course."""
    titles: list[str] = []
    cards: list[_Card] = []
    for record in records:
        if isinstance(record, DeckRecord):
            titles.append(record.title or record.deck_id)
        elif isinstance(record, NoteRecord) and record.retired_at is None:
            cards += _cards(record, context, len(cards))
    cards.sort(key=lambda card: (card.recall is None, card.recall or 0.0, card.place))
    on = date_of(context.clock.today()).isoformat()
    title = titles[0] if len(titles) == 1 else f"{len(titles)} decks"
    file.write(
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>\n{_STYLE}</style></head><body>\n<header><h1>{html.escape(title)}</h1>"
        f"<p>{len(cards)} cards on {on}, the weakest first. The bar is your chance to recall it today.</p></header>\n"
    )
    for card in cards:
        file.write(_article(card, context.media_folder))
    file.write("</body></html>\n")


def _cards(record: NoteRecord, context: Context, place: int) -> Iterator[_Card]:
    """The cards of a note that are asked and not suspended."""
    note = read_note(record.text, record.slug)
    curve = curve_of(context.settings.fsrs_parameters)
    today = context.clock.today()
    asked = ordinals(note)
    for number, card in enumerate(record.cards):
        if card.suspended or card.ordinal not in asked:
            continue
        state = card.state
        recall = None
        if state.phase is not Phase.NEW and state.memory is not None and state.last_on is not None:
            recall = retrievability(today - state.last_on, state.memory.stability_days, curve)
        name = f"{record.deck_id}/{record.slug}" + (f"#{card.ordinal}" if card.ordinal else "")
        question, answer = _sides(note, card.ordinal)
        yield _Card(recall, place + number, name, question, answer)


def _sides(note: Note, ordinal: int) -> tuple[str, str]:
    """Question and answer as HTML."""
    shown = faces(note, ordinal)
    if note.interview is not None:
        points = [f"{point.weight}: {point.text}" for point in note.interview.key_points]
        return html_of(shown.question), list_html(points)
    choices = list_html([choice.text for choice in note.choices])
    if note.style is Style.CLOZE:
        hidden = " · ".join(dict.fromkeys(p.hidden for p in cloze.deletions(note.question) if p.number == ordinal))
        return html_of(shown.question), f"<p><strong>{html_of(hidden)}</strong></p>{html_of(shown.extra)}"
    return html_of(shown.question) + choices, html_of(shown.answer) + (
        f"<p>{html_of(shown.extra)}</p>" if shown.extra else ""
    )


def _article(card: _Card, media_folder: Path) -> str:
    """A card as a row of the sheet."""
    if card.recall is None:
        about = "<b>new</b>"
    else:
        about = f'<b>{card.recall:.0%}</b><i><span style="width:{card.recall:.0%}"></span></i>'
    body = (
        f'<article><div class="about">{about}<span>{html.escape(card.name)}</span></div>'
        f'<div class="question">{card.question}</div><div>{card.answer}</div></article>\n'
    )
    return _with_pictures(body, media_folder) if "<img" in body else body


def _with_pictures(body: str, media_folder: Path) -> str:
    """The row with its pictures in it: the page is whole by itself."""
    for name in images_of(body):
        path = media_file(media_folder, name)
        if path is not None:
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            data = base64.b64encode(path.read_bytes()).decode("ascii")
            body = re.sub(rf'src="{re.escape(html.escape(name))}"', f'src="data:{kind};base64,{data}"', body)
    return body
