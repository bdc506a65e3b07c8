"""docs/decks.md lists the decks that are there."""

from __future__ import annotations

from docs.decks import PAGE, page, shipped_decks


def test_the_page_is_made_from_the_decks_as_they_are():
    assert PAGE.read_text("utf-8") == page(shipped_decks()), "run python docs/decks.py"
