"""What the keys do that work on both sides of a card: quit, help, info, hint, undo, edit, suspend, bury, flag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedrill.cli import view_card, view_session
from bedrill.collection import browse, today
from bedrill.model import Rating
from bedrill.store import cards, log

if TYPE_CHECKING:
    from bedrill.cli.review_screen import OnScreen, ReviewScreen


class Quit(Exception):  # noqa: N818 - not an error: the user is done
    """The user leaves the session."""


class CardGone(Exception):  # noqa: N818 - not an error: the next card comes
    """The card is no longer asked: it was suspended, buried, undone from, or edited away."""


def act(screen: ReviewScreen, key: str, shown: OnScreen) -> None:
    """What a key does on either side of a card."""
    match key:
        case "q":
            raise Quit
        case "?":
            view_session.print_help(screen.console)
            _say_why(screen, shown)
        case "i":
            reviews = log.of_card(screen.collection.db, shown.card.row_id)
            view_card.print_state(screen.console, screen.collection, shown.card, reviews)
        case "h":
            screen.say(f"hint: {shown.note.hint}" if shown.note.hint else "this card has no hint")
        case "u":
            _undo(screen)
        case "e":
            _edit(screen, shown)
        case "s" | "b" | "!":
            _mark(screen, key, shown)


def _say_why(screen: ReviewScreen, shown: OnScreen) -> None:
    """Under a goal: what an answer to this card is worth."""
    goal = today.goal_of(screen.collection, screen.scope)
    if goal is None:
        return
    from bedrill.collection import plan  # noqa: PLC0415 - only for those who have a goal

    view_session.print_why(screen.console, goal, plan.worth_of(screen.collection, goal, shown.card), shown.card)


def _undo(screen: ReviewScreen) -> None:
    from bedrill.collection import answering  # noqa: PLC0415 - for those who undo

    try:
        card, review = answering.undo(screen.collection)
    except answering.NothingToUndoError:
        screen.say("there is no answer to take back")
        return
    screen.say(f"{card.name}: '{Rating(review.rating).name.lower()}' is taken back")
    screen.session.take_back(cards.candidate(card), screen.queue())
    raise CardGone


def _edit(screen: ReviewScreen, shown: OnScreen) -> None:
    from bedrill.cli.editor import edit_card  # noqa: PLC0415 - for those who edit
    from bedrill.errors import EditError  # noqa: PLC0415

    try:
        changed = edit_card(screen.collection, shown.card)
    except EditError as error:
        screen.say(f"{error.message}. {error.hint}")
        return
    screen.say("your text is kept; the history too" if changed else "nothing changed")
    if changed:
        screen.gather()
        still_asked = any(card.row_id == shown.card.row_id for card in cards.by_note(screen.collection.db, shown.card))
        screen.session.undone = shown.candidate if still_asked else None
        raise CardGone


def _mark(screen: ReviewScreen, key: str, shown: OnScreen) -> None:
    card = shown.card
    if key == "!":
        flag = 0 if card.flag else 1
        browse.set_flag(screen.collection, card, flag)
        shown.card = cards.by_row(screen.collection.db, card.row_id)
        screen.say("flagged" if flag else "the flag is off")
        return
    if key == "s":
        browse.set_suspended(screen.collection, [card], suspended=True)
        screen.say(f"suspended; bedrill unsuspend {card.name} puts it back")
    else:
        browse.set_buried(screen.collection, [card], buried=True)
        screen.say("buried until tomorrow")
    screen.session.drop(shown.candidate)
    raise CardGone
