from __future__ import annotations

from typing import TYPE_CHECKING

from bedrill.deckfile.faces import Faces, faces, ordinals

if TYPE_CHECKING:
    from bedrill.note import Note


def test_a_basic_note_has_one_card(note: Note) -> None:
    """
    ## What does it print?

    `print(1)`

    ### Answer

    1
    """
    assert ordinals(note) == (0,)
    assert faces(note, 0) == Faces("What does it print?\n\n`print(1)`", "1")


def test_a_reversed_note_asks_both_ways(note: Note) -> None:
    """
    ## idempotent {.reversed}

    twice is like once
    """
    assert ordinals(note) == (1, 2)
    assert faces(note, 1) == Faces("idempotent", "twice is like once")
    assert faces(note, 2) == Faces("twice is like once", "idempotent")


def test_a_cloze_has_a_card_for_each_number(note: Note) -> None:
    """
    ## {{c3::TCP}} has {{c1::streams::what?}}, {{c3::QUIC}} has many.

    UDP has datagrams.
    """
    assert ordinals(note) == (1, 3)
    assert faces(note, 1) == Faces(
        "TCP has [what?], QUIC has many.", "TCP has **streams**, QUIC has many.", "UDP has datagrams."
    )
    assert faces(note, 3).question == "[…] has streams, […] has many."


def test_a_deletion_may_stand_in_the_prompt(note: Note) -> None:
    """
    ## A list:

    - {{c1::one}}
    - `{{c2::two}}`

    ### Answer

    Numbers.
    """
    assert ordinals(note) == (1, 2)
    assert faces(note, 1) == Faces("A list:\n\n- […]\n- `two`", "A list:\n\n- **one**\n- `two`", "Numbers.")
    assert faces(note, 2).answer == "A list:\n\n- one\n- `two`"


def test_a_deletion_in_an_answer_is_plain_text(note: Note) -> None:
    """
    ## How does Anki write a deletion?

    `{{c1::so}}`
    """
    assert ordinals(note) == (0,)


def test_a_cloze_with_a_prompt_shows_it(note: Note) -> None:
    """
    ## It prints {{c1::1}}.

    `print(1)`

    ### Answer

    One.
    """
    assert faces(note, 1) == Faces("It prints […].\n\n`print(1)`", "It prints **1**.", "One.")


def test_a_typed_answer_stands_apart_from_its_explanation(note: Note) -> None:
    """
    ## Which command lists files? {.typed}

    `ls`

    Not `dir`.
    """
    assert faces(note, 0) == Faces("Which command lists files?", "`ls`", "Not `dir`.")


def test_the_right_choices_are_the_answer(note: Note) -> None:
    """
    ## Which are safe?

    - [x] GET
    - [ ] PUT
    - [x] HEAD

    ### Answer

    They ask for no change.
    """
    assert ordinals(note) == (0,)
    assert faces(note, 0) == Faces("Which are safe?", "- GET\n- HEAD", "They ask for no change.")


def test_an_interview_note_shows_its_model_answer(note: Note) -> None:
    """
    ## Why queues? {.interview}

    ### Key points

    - must: load

    ### Answer

    To level load.
    """
    assert ordinals(note) == (0,)
    assert faces(note, 0) == Faces("Why queues?", "To level load.")
