"""Decks, settings, and what else is known by a key."""

from __future__ import annotations

from bedrill.collection import importing
from bedrill.store import catalog

HEAD = "---\nid: {}\nlesson: {}\n---\n\n## Question? {{#q}}\n\nAnswer.\n"


def test_decks_come_in_the_order_of_the_course_those_without_a_lesson_last(filled, deck_file):
    files = [deck_file(HEAD.format(name, lesson), f"{name}.md") for name, lesson in (("b", 12), ("c", 2), ("a", 12))]

    importing.import_paths(filled, files)

    assert [(deck.deck_id, deck.lesson) for deck in catalog.decks(filled.db)] == [
        ("c", 2),
        ("a", 12),
        ("b", 12),
        ("cap", None),
    ]


def test_a_setting_can_be_set_changed_and_put_back(db):
    catalog.put_setting(db, "order", "due")
    catalog.put_setting(db, "new_per_day", "5")
    catalog.put_setting(db, "new_per_day", "6")
    before = catalog.settings(db)

    catalog.put_setting(db, "new_per_day", None)
    catalog.put_setting(db, "fuzz", None)

    assert before == {"new_per_day": "6", "order": "due"}
    assert catalog.settings(db) == {"order": "due"}


def test_what_is_kept_under_a_key_can_be_read_and_replaced(db):
    nothing = catalog.meta(db, "shipped")
    catalog.put_meta(db, "shipped", "1")
    catalog.put_meta(db, "shipped", "2")

    assert (nothing, catalog.meta(db, "shipped")) == ("", "2")
