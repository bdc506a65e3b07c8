"""Out of one collection and into another, and again: nothing is lost, and nothing comes twice."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.conftest import DECK, Now

from bedrill.collection import answering, browse, doctor, exporting, importing, intake, open_collection
from bedrill.errors import BedrillError
from bedrill.model import Rating, Tick

if TYPE_CHECKING:
    from pathlib import Path

CARDS = ("cap/choice", "cap/quorum#1", "cap/quorum#2", "cap/log")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["answer"] * 5 + ["undo", "edit", "suspend", "flag", "bury", "setting", "retire", "cram"]),
        st.sampled_from(CARDS),
        st.integers(1, 4),
        st.integers(1, 90_000),
    ),
    max_size=14,
)


def export(collection) -> str:
    file = io.BytesIO()
    exporting.write(
        "jsonl",
        exporting.records(collection, name="jsonl"),
        file,
        exporting.context(collection, with_schedule=True),
    )
    return file.getvalue().decode()


def live(collection, now, deck: Path, steps) -> None:
    """Do what people do with a collection."""
    for what, name, number, seconds in steps:
        now.move(seconds=seconds)
        card = browse.card_named(collection, name)
        if what in ("answer", "cram"):
            ticks = [Tick("must", "a point", ("#x",), hit=True)] if number == 2 else []
            answering.answer(
                collection,
                card,
                Rating(number),
                duration_ms=seconds,
                is_cram=what == "cram",
                ticks=ticks,
                transcript="so" * (number - 1),
            )
        elif what == "edit":
            browse.edit(collection, card, card.text + f"\n\nMore {number}.")
        elif what == "suspend":
            browse.set_suspended(collection, [card], suspended=number > 1)
        elif what == "flag":
            browse.set_flag(collection, card, number)
        elif what == "bury":
            browse.set_buried(collection, [card], buried=True)
        elif what == "setting":
            browse.set_setting(collection, "new_per_day", str(number))
        elif what == "retire":
            deck.write_text(DECK.partition("## Which")[0] if number > 2 else DECK)
            importing.import_paths(collection, [deck])
        else:
            with contextlib.suppress(BedrillError):
                answering.undo(collection)


@hypothesis_settings(max_examples=60, deadline=None)
@given(STEPS)
def test_an_export_into_an_empty_collection_gives_the_same_export(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("life")
    deck, out, now = folder / "cap.md", folder / "out.jsonl", Now()
    deck.write_text(DECK)
    first = open_collection(folder / "a.db", now)
    importing.import_paths(first, [deck])
    live(first, now, deck, steps)
    written = export(first)
    out.write_text(written)

    second = open_collection(folder / "b.db", now)
    report = intake.import_paths(second, [out])

    assert report.problems == []
    assert export(second) == written
    assert all(finding.ok for finding in doctor.examine(second))
    again = intake.import_paths(second, [out])
    assert (again.changes, again.reviews_added) == (0, 0)
    assert export(second) == written
    first.close()
    second.close()


@hypothesis_settings(max_examples=40, deadline=None)
@given(STEPS, STEPS)
def test_two_copies_that_went_apart_come_together(tmp_path_factory, here, there):
    """Each gets the other's answers, once; both then stand where a replay of all answers says."""
    folder = tmp_path_factory.mktemp("apart")
    deck, now = folder / "cap.md", Now()
    deck.write_text(DECK)
    copies = [open_collection(folder / name, now) for name in ("a.db", "b.db")]
    for copy in copies:
        importing.import_paths(copy, [deck])
    answers_only = ("answer", "undo", "cram")
    live(copies[0], now, deck, [step for step in here if step[0] in answers_only])
    live(copies[1], now, deck, [step for step in there if step[0] in answers_only])
    for name, copy in zip(("a.jsonl", "b.jsonl"), copies, strict=True):
        (folder / name).write_text(export(copy))

    intake.import_paths(copies[0], [folder / "b.jsonl"])
    intake.import_paths(copies[1], [folder / "a.jsonl"])

    assert export(copies[0]) == export(copies[1])
    for copy in copies:
        assert all(finding.ok for finding in doctor.examine(copy))
        copy.close()
