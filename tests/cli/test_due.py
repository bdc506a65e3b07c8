"""`bedrill due`."""


def test_a_new_deck_is_due_with_all_its_notes(invoke, deck_file):
    """Siblings count once: the cloze has two cards, one of them comes today."""
    invoke("import", str(deck_file()))

    result = invoke("due", "--json")

    assert result.code == 0
    assert (result.json["new"], result.json["total"]) == (3, 3)
