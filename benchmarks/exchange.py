"""Packages for Anki, against Anki itself and genanki: how long, how large, how much memory."""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

import genanki
from benchmarks.generate import SEED, collection_at
from benchmarks.measure import Figure, interleaved, peak_mb, process, ratio, timed
from benchmarks.processes import bedrill

from bedrill.clock import Clock
from bedrill.config import Settings
from bedrill.exchange import CardRecord, Context, DeckRecord, NoteRecord
from bedrill.formats import apkg_writer
from bedrill.store.notes import guid_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PLAIN: Final = 10_000
TIME_BOUND: Final = 0.5
SIZE_BOUND: Final = 0.25
_ANKI_IMPORT: Final = """
import sys
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
collection = Collection(sys.argv[1])
options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
collection.import_anki_package(ImportAnkiPackageRequest(package_path=sys.argv[2], options=options))
collection.close()
"""
_ANKI_EXPORT: Final = """
import sys
from anki.collection import Collection, ExportAnkiPackageOptions
collection = Collection(sys.argv[1])
options = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True, with_media=True, legacy=False)
collection.export_anki_package(out_path=sys.argv[2], options=options, limit=None)
collection.close()
"""


def figures(folder: Path, largest: int) -> Iterator[Figure]:
    """Plain notes, then 10,000 and 100,000 cards with their history, as far as `largest` allows."""
    yield from plain_notes(folder)
    for size in (10_000, 100_000):
        if size <= largest:
            yield from with_history(folder, size)


def plain_notes(folder: Path) -> Iterator[Figure]:
    """Notes of one line each, new, from pairs in memory to a file: bedrill's writer and genanki."""
    folder.mkdir(parents=True, exist_ok=True)
    rand = random.Random(SEED)
    pairs = [
        (f"What does the {rand.choice('abc')} {number} do?", " ".join(f"word{rand.randrange(3000)}" for _ in range(10)))
        for number in range(PLAIN)
    ]
    guids = [guid_of(question) for question, _ in pairs]  # a collection has them
    ours, theirs = folder / "ours.apkg", folder / "genanki.apkg"
    actions = {"ours": timed(lambda: _write(pairs, guids, ours)), "genanki": timed(lambda: _genanki(pairs, theirs))}
    taken = interleaved(actions, 5)
    yield Figure(
        f"package of {PLAIN:,} plain notes",
        f"{median(taken['ours']) * 1000:.0f} ms",
        f"genanki {median(taken['genanki']) * 1000:.0f} ms",
        ratio(taken["ours"], taken["genanki"]),
        bound=TIME_BOUND,
    )
    sizes = ours.stat().st_size, theirs.stat().st_size
    yield Figure(
        "  its size",
        f"{sizes[0] / 1e6:.2f} MB",
        f"genanki {sizes[1] / 1e6:.2f} MB",
        sizes[0] / sizes[1],
        bound=SIZE_BOUND,
    )


def _write(pairs: list[tuple[str, str]], guids: list[str], path: Path) -> None:
    new = (CardRecord(0),)
    notes = (
        NoteRecord("d", f"## {question}\n\n{answer}", guid, f"s{number}", False, new)
        for number, ((question, answer), guid) in enumerate(zip(pairs, guids, strict=True))
    )
    with path.open("wb") as file:
        apkg_writer.write([DeckRecord("d"), *notes], file, Context(Settings(), Clock(), Path("none")))


def _genanki(pairs: list[tuple[str, str]], path: Path) -> None:
    template = {"name": "Card 1", "qfmt": "{{Q}}", "afmt": "{{FrontSide}}<hr id=answer>{{A}}"}
    model = genanki.Model(1_607_392_319, "plain", fields=[{"name": "Q"}, {"name": "A"}], templates=[template])
    deck = genanki.Deck(2_059_400_110, "d")
    for question, answer in pairs:
        deck.add_note(genanki.Note(model=model, fields=[question, answer]))
    genanki.Package(deck).write_to_file(path)


def with_history(folder: Path, cards: int) -> Iterator[Figure]:
    """Cards with about ten answers each, whole processes: bedrill's export and import, and Anki's of the same."""
    source = collection_at(folder, cards)
    work = folder / "exchange"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    package, back = work / "out.apkg", work / "back.apkg"
    theirs, ours = work / "anki.anki2", work / "ours.db"
    export = bedrill("export", "-q", "--db", str(source), str(package))
    exported_s = process(export)
    anki_in = [sys.executable, "-c", _ANKI_IMPORT, str(theirs), str(package)]
    anki_in_s = process(anki_in)
    anki_out = [sys.executable, "-c", _ANKI_EXPORT, str(theirs), str(back)]
    anki_out_s = process(anki_out)
    taking = bedrill("import", "-q", "--db", str(ours), str(back))
    taken_s = process(taking)
    again_s = process(taking)
    what = f"{cards:,} cards with history"
    size = f", {package.stat().st_size / 1e6:.1f} MB against {back.stat().st_size / 1e6:.1f}"
    yield Figure(f"export of {what}", f"{exported_s:.2f} s", f"Anki {anki_out_s:.2f} s{size}", exported_s / anki_out_s)
    yield Figure(f"import of {what}", f"{taken_s:.2f} s", f"Anki {anki_in_s:.2f} s", taken_s / anki_in_s)
    yield Figure("  the same again", f"{again_s:.2f} s", "", again_s / taken_s)
    yield Figure("  peak memory of the export", f"{peak_mb(export):.0f} MB", f"Anki {peak_mb(anki_out):.0f} MB")
    ours.unlink()
    theirs.unlink()
    yield Figure("  peak memory of the import", f"{peak_mb(taking):.0f} MB", f"Anki {peak_mb(anki_in):.0f} MB")
    shutil.rmtree(work)
