"""Is everything as it should be: the file, the log's guards, the caches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedrill import history, schema
from bedrill.clock import epoch_ms
from bedrill.collection import answering, log_order
from bedrill.store import cards, health, log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedrill.collection import Collection


class Finding(NamedTuple):
    """One check: whether it passed, what it saw, and whether `fix` can mend it."""

    name: str
    ok: bool
    detail: str
    fixable: bool = False


def examine(collection: Collection) -> list[Finding]:
    """All checks, in the order in which they build on each other."""
    return list(_findings(collection))


def _findings(collection: Collection) -> Iterator[Finding]:
    db = collection.db
    faults = health.integrity_faults(db)
    yield Finding("file", not faults, "; ".join(faults[:3]) or "SQLite finds no damage")
    if faults:
        return
    orphans = health.foreign_key_faults(db)
    yield Finding(
        "references", not orphans, f"{orphans} rows point at nothing" if orphans else "every row has its parents"
    )
    missing = health.missing_triggers(db)
    detail = f"missing: {', '.join(missing)}" if missing else "answers cannot be changed or deleted"
    yield Finding("append-only", not missing, detail, fixable=True)
    early = health.reviews_after(db, epoch_ms(collection.now()) + log_order.CLOCK_SLACK_MS)
    yield Finding("clock", not early, f"{early} answers lie in the future" if early else "no answer lies in the future")
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
    yield Finding(
        "search", is_whole, "the index fits the notes" if is_whole else "the index is out of date", fixable=True
    )


def fix(collection: Collection) -> list[Finding]:
    """Mend what can be mended from the log, and examine again. Answers are never touched."""
    broken = {finding.name for finding in examine(collection) if not finding.ok and finding.fixable}
    with collection.transaction() as db:
        if "append-only" in broken:
            health.restore_triggers(db, schema.append_only_triggers())
        if broken & {"states", "day sums"}:
            answering.rebuild(collection)
        if "search" in broken:
            health.rebuild_full_text(db)
    return examine(collection)
