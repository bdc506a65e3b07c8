"""FSRS's parameters fitted to the person's own answers, taken over only if they predict better, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedrill import optimizer
from bedrill.collection import browse
from bedrill.config import text_of, with_setting
from bedrill.errors import BedrillError
from bedrill.store import catalog, log

if TYPE_CHECKING:
    from bedrill.collection import Collection
    from bedrill.optimizer import Fit

KEY = "fsrs_parameters"
_BEFORE = "fsrs_parameters_before"


class TooFewAnswersError(BedrillError):
    """There are not enough answers to fit anything to."""


class NothingOptimizedError(BedrillError):
    """There are no parameters to go back to."""


def fit(collection: Collection) -> Fit:
    """
    Parameters fitted to the whole log, and how they compare with those in use. Nothing is changed.

    Raises:
        TooFewAnswersError: There are fewer than `optimizer.LEAST` answers that tell.
    """
    found = optimizer.fit(log.everything(collection.db), collection.settings.fsrs_parameters)
    if found is None:
        message = f"fewer than {optimizer.LEAST} answers on a later day than the one before; that is too few to fit to"
        raise TooFewAnswersError(message, "the defaults of FSRS serve until then; go on with 'bedrill review'")
    return found


def keep(collection: Collection, found: Fit) -> None:
    """
    Use fitted parameters. Every state is replayed, in one transaction; due dates stay until a card's next answer.

    Raises:
        ConfigError: The optimizer gave something that is no set of parameters; nothing was changed.
    """
    before = text_of(collection.settings, KEY)
    text = ", ".join(map(str, found.parameters))
    with_setting(collection.settings, KEY, text)
    with collection.transaction() as db:
        catalog.put_meta(db, _BEFORE, before)
        browse.set_setting(collection, KEY, text)


def undo(collection: Collection) -> None:
    """
    Go back to the parameters before the last ones that were kept, and replay every state.

    Raises:
        NothingOptimizedError: None were kept, or they were taken back already.
    """
    with collection.transaction() as db:
        before = catalog.meta(db, _BEFORE)
        if not before:
            raise NothingOptimizedError("no parameters were optimized", "bedrill optimize")
        browse.set_setting(collection, KEY, before)
        catalog.put_meta(db, _BEFORE, "")
