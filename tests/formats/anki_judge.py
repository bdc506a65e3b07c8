"""The real Anki as the judge of packages: a collection of its own, FSRS on, everything ticked."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from anki.collection import Collection as AnkiCollection
from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class AnkiCard(NamedTuple):
    """A card as Anki has it after an import; `memory` is (stability, difficulty) or None."""

    guid: str
    template: int
    type: int
    queue: int
    due: int
    interval: int
    reps: int
    lapses: int
    flag: int
    memory: tuple[float, float] | None
    last_review_s: int | None


class Judge:
    """An Anki collection."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self.reopen()
        self.col.set_config("fsrs", True)

    def reopen(self) -> None:
        """Open the collection; an export of the whole closes it."""
        self.col = AnkiCollection(self.path)

    @property
    def db(self) -> Any:
        """The database of the collection."""
        return self.col.db

    def take(self, package: Path, *, schedule: bool = True) -> Any:
        """Import a package; the log of Anki."""
        options = ImportAnkiPackageOptions(with_scheduling=schedule, with_deck_configs=schedule)
        request = ImportAnkiPackageRequest(package_path=str(package), options=options)
        return self.col.import_anki_package(request).log

    def cards(self) -> list[AnkiCard]:
        """All cards, by guid and template."""
        found = []
        for guid, ord_, type_, queue, due, ivl, reps, lapses, flags, data in self.db.execute(
            "select n.guid, c.ord, c.type, c.queue, c.due, c.ivl, c.reps, c.lapses, c.flags, c.data "
            "from cards c join notes n on n.id = c.nid order by n.guid, c.ord"
        ):
            told = json.loads(data) if data else {}
            memory = (told["s"], told["d"]) if "s" in told else None
            found.append(AnkiCard(guid, ord_, type_, queue, due, ivl, reps, lapses, flags, memory, told.get("lrt")))
        return found

    def reviews(self) -> list[tuple[Any, ...]]:
        """The whole log: guid, template, then the columns of revlog but usn and cid."""
        return [
            tuple(row)
            for row in self.db.execute(
                "select n.guid, c.ord, r.id, r.ease, r.ivl, r.lastIvl, r.factor, r.time, r.type from revlog r "
                "join cards c on c.id = r.cid join notes n on n.id = c.nid order by r.id"
            )
        ]

    def preset_of(self, deck_name: str) -> dict[str, Any]:
        """The options of a deck."""
        deck_id = self.col.decks.id_for_name(deck_name)
        assert deck_id is not None
        return self.col.decks.config_dict_for_deck_id(deck_id)

    def faults(self) -> list[str]:
        """What is wrong with the cards: errors in rendering, empty fronts; and what Check Database says."""
        found = []
        for card_id in self.col.find_cards(""):
            card = self.col.get_card(card_id)
            output = card.render_output()
            name = f"{card.note().guid}:{card.ord}"
            if not output.question_text.strip() or "has a problem" in output.question_text + output.answer_text:
                found.append(f"{name}: {output.question_text[:80]!r}")
            if "No cloze" in output.question_text:
                found.append(f"{name}: {output.question_text[:80]!r}")
        empty = self.col.get_empty_cards()
        found += [f"empty: {note}" for note in empty.notes]
        message, ok = self.col.fix_integrity()
        if not ok or message != "Database rebuilt and optimized.":
            found.append(message)
        return found


@contextmanager
def judge(path: Path) -> Iterator[Judge]:
    """A new Anki collection."""
    made = Judge(path)
    try:
        yield made
    finally:
        made.col.close()
