"""The printable sheet."""

from __future__ import annotations

import io
import re

from bedrill.collection import answering, browse, exporting, importing
from bedrill.model import Rating


def sheet(collection, *, schedule: bool = True) -> str:
    file = io.BytesIO()
    exporting.write("html", exporting.records(collection), file, exporting.context(collection, with_schedule=schedule))
    return file.getvalue().decode()


def names(page: str) -> list[str]:
    return re.findall(r"<span>([^<]*)</span></div><div class", page)


def test_the_weakest_cards_come_first_and_new_ones_last(collection, deck_file, now):
    importing.import_paths(collection, [deck_file()])
    for name, rating in [("cap/log", Rating.EASY), ("cap/quorum#2", Rating.AGAIN)]:
        answering.answer(collection, browse.card_named(collection, name), rating, duration_ms=1000)
    now.move(days=3)

    page = sheet(collection)

    assert names(page) == ["cap/quorum#2", "cap/log", "cap/choice", "cap/quorum#1"]
    assert re.findall(r"<b>(\d+%|new)</b>", page)[1:] == ["95%", "new", "new"]


def test_a_suspended_card_is_not_on_the_sheet(collection, deck_file):
    importing.import_paths(collection, [deck_file()])
    browse.set_suspended(collection, [browse.card_named(collection, "cap/log")], suspended=True)

    assert "cap/log" not in names(sheet(collection))


def test_a_cloze_shows_what_is_hidden_on_the_answers_side(collection, deck_file):
    importing.import_paths(collection, [deck_file()])

    page = sheet(collection)

    assert '<div class="question">A quorum is […] of the replicas.</div><div><p><strong>a majority</strong></p>' in page


def test_the_page_is_whole_by_itself_and_harmless(collection, deck_file, db_path):
    deck = "## <script>alert(1)</script> ![x](a.png) ![y](http://z/b.png)? {#s}\n\n[l](javascript:1) <b>x</b>\n"
    importing.import_paths(collection, [deck_file(deck, "evil.md")])
    db_path.with_suffix(".media").mkdir()
    (db_path.with_suffix(".media") / "a.png").write_bytes(b"png")

    page = sheet(collection)

    assert "<script" not in page
    assert 'src="data:image/png;base64,cG5n"' in page
    assert "http" not in re.sub(r"\[y\]|<span class=\"missing\">.*?</span>", "", page).replace("http-equiv", "")
    assert 'href="javascript' not in page
