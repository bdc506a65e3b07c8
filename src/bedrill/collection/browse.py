"""What users do to decks and cards outside of a session: look, search, edit, suspend, bury, flag; and the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedrill import readiness
from bedrill.clock import epoch_ms
from bedrill.collection import naming, today
from bedrill.config import KEYS, SCHEDULING_KEYS, close_matches, text_of, with_setting
from bedrill.errors import EditError, NotFoundError
from bedrill.memory import curve_of
from bedrill.note import Problem
from bedrill.store import cards, catalog, gather

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedrill.collection import Collection
    from bedrill.store.cards import StoredCard
    from bedrill.store.catalog import DeckRow


def card_named(collection: Collection, name: str) -> StoredCard:
    """
    The card that `deck/slug` or `deck/slug#N` names; the first of its siblings where N is not given.

    Raises:
        NotFoundError: There is none.
    """
    found = cards.by_name(collection.db, name)
    if found:
        return found[0]
    path = name.partition("#")[0]
    deck_id, _, slug = path.rpartition("/")
    close = close_matches(path, [known.partition("#")[0] for known in cards.names(collection.db)])
    if not close and not deck_id:
        close = [known for known in cards.names(collection.db) if known.partition("/")[2].partition("#")[0] == slug][:1]
    raise NotFoundError(
        f"no card '{name}'", f"did you mean '{close[0]}'?" if close else "'bedrill search WORD' finds cards"
    )


def cards_named(collection: Collection, name: str) -> list[StoredCard]:
    """
    The live cards that a CARD, a DECK or `tag:NAME` means: all siblings of `deck/slug`.

    Raises:
        NotFoundError: There are none.
    """
    if "/" in name:
        card = card_named(collection, name)
        return [card] if "#" in name else [c for c in cards.by_name(collection.db, name) if not c.retired] or [card]
    decks = (
        naming.decks_tagged(collection, name[4:]) if name.startswith("tag:") else naming.decks_named(collection, [name])
    )
    rows = {deck.row_id for deck in decks}
    return [card for card in find(collection, "") if card.deck_row in rows]


def find(collection: Collection, query: str) -> list[StoredCard]:
    """
    The cards that a search in Anki's notation finds, in the order of the course.

    Raises:
        UsageError: The search cannot be read.
    """
    from bedrill.store import search  # noqa: PLC0415 - only for those who search

    rows = search.find(collection.db, query, collection.clock.today(), collection.settings)
    return cards.by_rows(collection.db, rows)


def set_suspended(collection: Collection, chosen: Sequence[StoredCard], *, suspended: bool) -> int:
    """Suspend or unsuspend cards; returns how many changed."""
    with collection.transaction() as db:
        return cards.set_suspended(db, [card.row_id for card in chosen], suspended=suspended)


def set_buried(collection: Collection, chosen: Sequence[StoredCard], *, buried: bool) -> int:
    """Bury cards until tomorrow, or dig them out; returns how many changed."""
    with collection.transaction() as db:
        until = collection.clock.today() + 1 if buried else None
        return cards.set_buried(db, [card.row_id for card in chosen], until)


def set_flag(collection: Collection, card: StoredCard, flag: int) -> None:
    """Flag a card, 1 to 7; 0 takes the flag away."""
    with collection.transaction() as db:
        cards.set_flag(db, card.row_id, flag)


def faults_of(text: str) -> tuple[Problem, ...]:
    """What keeps `text` from being one note; lines count from its first."""
    from bedrill.deckfile.parser import parse_deck  # noqa: PLC0415 - only an edit needs the parser

    deck = parse_deck(text, "note")
    if len(deck.notes) > 1:
        line = deck.notes[1].line
        return (Problem("note", line, 1, "N13", "an edit is of one note", "put the second note into a file"),)
    return tuple(problem for problem in deck.problems if problem.severity == "error")


def edit(collection: Collection, card: StoredCard, text: str) -> bool:
    """
    Give the note of a card the user's own text; its schedule and history stay. False if that changes nothing.

    Raises:
        EditError: The text is not one note.
    """
    from bedrill.deckfile.faces import ordinals  # noqa: PLC0415 - only an edit needs the parser
    from bedrill.deckfile.parser import parse_deck  # noqa: PLC0415
    from bedrill.store import notes  # noqa: PLC0415

    faults = faults_of(text)
    if faults:
        raise EditError(f"line {faults[0].line}: {faults[0].message}", faults[0].hint)
    note = parse_deck(text, "note").notes[0]
    if note.text == card.text:
        return False
    with collection.transaction() as db:
        row = notes.by_row(db, card.note_row)
        kept = note._replace(slug=row.slug, slug_is_derived=row.slug_is_derived)
        at_ms = epoch_ms(collection.now())
        place, asked = row.position, ordinals(note)
        notes.update(db, row, card.deck_id, row.file_row, kept, asked, place, row.content_hash, at_ms)
        is_own = notes.content_hash(note.text) != row.content_hash
        notes.mark_edited(db, row.row_id, at_ms if is_own else None)
        if row.retired_at is not None:
            notes.retire(db, [row.row_id], row.retired_at)
    return True


def set_setting(collection: Collection, key: str, value: str | None) -> None:
    """
    Set a setting, or put it back to its default with None; card states are rebuilt where they depend on it.

    Raises:
        NotFoundError: No such setting.
        ConfigError: Not a value that it can have.
    """
    if key not in KEYS or value is not None:
        value = text_of(with_setting(collection.settings, key, value or ""), key)
    with collection.transaction() as db:
        catalog.put_setting(db, key, value)
        collection.load_settings()
        if key in SCHEDULING_KEYS:
            from bedrill.collection import answering  # noqa: PLC0415 - only where states depend on the setting

            answering.rebuild(collection)


class DeckOverview(NamedTuple):
    """
    How far the user is with a deck.

    Attributes:
        seen: Live cards with an answer.
        readiness: Expected share of its cards that would be recalled today, 0 to 1.
        waits_for: Ids of the decks that must be known first, if its new cards have to wait.
    """

    deck: DeckRow
    cards: int
    seen: int
    suspended: int
    readiness: float
    waits_for: tuple[str, ...]


def overview(collection: Collection, names: Sequence[str]) -> list[DeckOverview]:
    """Every deck, or the named ones, in the order of the course."""
    everything = catalog.decks(collection.db)
    chosen = naming.decks_named(collection, names) if names else everything
    on = collection.clock.today()
    names_of = {deck.row_id: deck.deck_id for deck in everything}
    is_gated = collection.settings.prerequisites
    blocked = today.blocked_decks(collection, everything, on) if is_gated else {}
    curve = curve_of(collection.settings.fsrs_parameters)
    result = []
    for deck in chosen:
        memories = gather.memories(collection.db, deck.row_id)
        result.append(
            DeckOverview(
                deck,
                cards=len(memories),
                seen=sum(last_on is not None for last_on, _ in memories),
                suspended=gather.suspended(collection.db, deck.row_id),
                readiness=readiness.readiness(memories, on, curve),
                waits_for=tuple(names_of[row] for row in blocked.get(deck.row_id, ())),
            )
        )
    return result


def readiness_today(collection: Collection) -> float:
    """The expected share of all live cards that would be recalled today, 0 to 1."""
    curve = curve_of(collection.settings.fsrs_parameters)
    return readiness.readiness(gather.memories(collection.db, None), collection.clock.today(), curve)
