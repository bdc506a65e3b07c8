"""Is everything as it should be: the file, the log and its guards, the caches, the backups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from bedrill import history, schema
from bedrill.clock import epoch_ms
from bedrill.collection import answering, backups, log_order, rescue
from bedrill.store import cards, catalog, health, log

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bedrill.collection import Collection

BEFORE_FIX: Final = "before-fix"


class Meaning(NamedTuple):
    """What it means that a check failed, and what is done about it: by `fix`, or by hand."""

    says: str
    remedy: str


MEANINGS: Final[Mapping[str, Meaning]] = {
    "file": Meaning(
        "parts of the file are not what SQLite wrote; nothing is written to it any more",
        "'bedrill restore latest' takes the newest backup, 'bedrill doctor --salvage NEW.db' gets out what can be read",
    ),
    "references": Meaning(
        "rows belong to cards or notes that are gone: another program has written to the file",
        "--fix leaves them alone; 'bedrill restore' goes back to a backup that has them",
    ),
    "append-only": Meaning("nothing keeps other programs from changing answers", "--fix puts the guards back"),
    "log": Meaning(
        "answers have no instant of their own, or an interval below zero: another program has written to the file",
        "--fix leaves answers alone; 'bedrill restore' goes back to a backup without them",
    ),
    "clock": Meaning(
        "the clock ran ahead when these were given, or runs behind now",
        "--fix leaves them alone; set the clock right, or take them back with 'bedrill undo'",
    ),
    "cards": Meaning("notes that nothing asks about", "--fix makes the cards that their texts ask"),
    "states": Meaning("what is stored on the cards is not what their answers say", "--fix replays the answers"),
    "day sums": Meaning("today's limits, the streak and statistics may be wrong", "--fix counts the answers again"),
    "search": Meaning("a search may miss notes", "--fix makes the index again"),
    "backups": Meaning("there may be nothing to go back to", "--fix sets the bad ones aside and makes a new one"),
}
"""By the name of a check."""


class Finding(NamedTuple):
    """One check: whether it passed, what it saw, and whether `fix` can mend it."""

    name: str
    ok: bool
    detail: str
    fixable: bool = False


def of_damaged(path: Path, faults: Sequence[str]) -> Finding:
    """The finding on a file that SQLite calls damaged: what is the matter, and how much of it can be read."""
    answers, notes = rescue.readable(path)
    newest = next(iter(backups.listed(path)), None)
    backup = f"the newest backup is of {newest.at:%Y-%m-%d %H:%M} UTC" if newest else "there is no backup"
    detail = f"{'; '.join(faults[:3])}. {answers} answers and {notes} notes can be read; {backup}"
    return Finding("file", ok=False, detail=detail)


def examine(collection: Collection) -> list[Finding]:
    """All checks that can be made, each builds on those before; of a damaged file nothing but that it is."""
    faults = health.integrity_faults(collection.db)
    if faults:
        return [of_damaged(Path(collection.path), faults)]
    findings = [Finding("file", ok=True, detail="SQLite finds no damage"), *_of_log(collection)]
    if all(finding.ok for finding in findings if finding.name == "log"):  # a replay of what cannot be says nothing
        findings += _of_caches(collection)
    return [*findings, _of_backups(collection)]


def _of_log(collection: Collection) -> Iterator[Finding]:
    """What cannot be made again: the answers, and what they belong to."""
    db = collection.db
    orphans = health.foreign_key_faults(db)
    detail = f"{orphans} rows point at nothing" if orphans else "every row has its parents"
    yield Finding("references", not orphans, detail)
    missing = health.missing_triggers(db)
    detail = f"missing: {', '.join(missing)}" if missing else "answers cannot be changed or deleted"
    yield Finding("append-only", not missing, detail, fixable=True)
    odd = health.odd_reviews(db)
    detail = f"{odd} answers are out of order" if odd else "every answer has an instant of its own and a place in time"
    yield Finding("log", not odd, detail)
    early = health.reviews_after(db, epoch_ms(collection.now()) + log_order.CLOCK_SLACK_MS)
    detail = f"{early} answers lie in the future" if early else "no answer lies in the future"
    lagged = health.reviews_in_a_row(db, catalog.meta(db, "device"))
    yield Finding("clock", not early, detail + (f"; {lagged} came while the clock lagged" if lagged else ""))


def _of_caches(collection: Collection) -> Iterator[Finding]:
    """What is made of the answers and the texts, and can be made of them again."""
    db = collection.db
    without = health.notes_without_cards(db)
    detail = f"{len(without)} notes have no card" if without else "every note is asked"
    yield Finding("cards", not without, detail, fixable=True)
    replayed = history.replay(log.everything(db), collection.settings, log.given_states(db))
    stored = cards.states(db)
    differing = [row for row in replayed.keys() | stored.keys() if replayed.get(row) != stored.get(row)]
    detail = (
        f"{len(differing)} cards differ from their history" if differing else f"{len(stored)} states equal the replay"
    )
    yield Finding("states", not differing, detail, fixable=True)
    sums_differ = history.day_sums(log.everything(db)) != log.day_sums(db, -1_000_000, 10_000_000)
    detail = "the per-day sums differ from the log" if sums_differ else "the per-day sums equal the log"
    yield Finding("day sums", not sums_differ, detail, fixable=True)
    is_whole = health.full_text_is_whole(db)
    detail = "the index fits the notes" if is_whole else "the index is out of date"
    yield Finding("search", is_whole, detail, fixable=True)


def _of_backups(collection: Collection) -> Finding:
    """Whether there is something to go back to."""
    listed, bad = backups.listed(collection.path), _bad_backups(collection)
    if bad:
        names = ", ".join(path.name for path in bad)
        return Finding("backups", ok=False, detail=f"cannot be gone back to: {names}", fixable=True)
    if not listed:
        return Finding("backups", ok=True, detail="none yet; the first comes before the first change of a later day")
    return Finding("backups", ok=True, detail=f"{len(listed)}, the newest of {listed[0].at:%Y-%m-%d %H:%M} UTC")


def _bad_backups(collection: Collection) -> list[Path]:
    """Those that are no whole collection. The newest is looked through, the others only at their beginning and end."""
    listed = backups.listed(collection.path)
    return [each.path for number, each in enumerate(listed) if backups.fault(each.path, in_full=number == 0)]


def fix(collection: Collection) -> list[Finding]:
    """
    Mend what can be made from the log again, after a backup, and examine again. Answers are never touched.

    Raises:
        StoreError: The backup cannot be made; nothing was changed then.
    """
    broken = {finding.name for finding in examine(collection) if not finding.ok and finding.fixable}
    if not broken:
        return examine(collection)
    for path in _bad_backups(collection):
        path.rename(path.with_suffix(".damaged"))
    backups.make(collection, BEFORE_FIX)
    with collection.transaction() as db:
        if "append-only" in broken:
            health.restore_triggers(db, schema.append_only_triggers())
        if "cards" in broken:
            rescue.make_missing_cards(collection)
        if broken & {"states", "day sums"}:
            answering.rebuild(collection)
        if "search" in broken:
            health.rebuild_full_text(db)
    return examine(collection)
