from __future__ import annotations

import pytest

from bedrill.deckfile.grammar import scan
from bedrill.deckfile.note_parser import parse_note, read_note
from bedrill.deckfile.parser import parse_deck
from bedrill.model import Kind
from bedrill.note import Check, Choice, DeckFile, Note, Style


def test_a_note_is_a_question_and_an_answer(note: Note) -> None:
    """
    ## Why retry a PUT? {#retry .core topic=2,5}

    It is **idempotent**.

    Source: RFC 9110 §9.2.2
    """
    assert note == Note(
        slug="retry",
        slug_is_derived=False,
        line=1,
        text="## Why retry a PUT? {#retry .core topic=2,5}\n\nIt is **idempotent**.\n\nSource: RFC 9110 §9.2.2",
        kind=Kind.CONCEPT,
        style=Style.BASIC,
        is_core=True,
        topics=(2, 5),
        heading="Why retry a PUT?",
        prompt="",
        answer="It is **idempotent**.",
        hint="",
        sources=("RFC 9110 §9.2.2",),
    )


def test_what_stands_before_the_answer_belongs_to_the_question(note: Note) -> None:
    """
    ## What does it print?

    ```python
    print(1)
    ```

    ### Answer

    1

    ### Hint

    Count.
    """
    assert (note.prompt, note.answer, note.hint) == ("```python\nprint(1)\n```", "1", "Count.")


def test_a_cloze_without_an_answer_heading_has_its_body_on_the_back(note: Note) -> None:
    """
    ## TCP has {{c1::streams}}.

    UDP has datagrams.
    """
    assert (note.style, note.prompt, note.answer) == (Style.CLOZE, "", "UDP has datagrams.")


def test_a_cloze_needs_no_answer(note: Note) -> None:
    """
    ## TCP has {{c1::streams}}.
    """
    assert (note.style, note.answer) == (Style.CLOZE, "")


def test_two_tasks_make_a_multiple_choice(note: Note) -> None:
    """
    ## Which one?

    Of these:

    - [ ] a
    - [x] b

    Because.
    """
    assert note.style is Style.CHOICE
    assert (note.prompt, note.answer) == ("Of these:", "Because.")
    assert note.choices == (Choice("a", right=False), Choice("b", right=True))


def test_one_task_is_no_choice(note: Note) -> None:
    """
    ## How is a task written?

    - [x] like this
    """
    assert (note.style, note.choices, note.answer) == (Style.BASIC, (), "- [x] like this")


def test_text_between_choices_and_answer_belongs_to_the_question(note: Note) -> None:
    """
    ## Which one?

    - [ ] a
    - [x] b

    Read on.

    ### Answer

    b
    """
    assert (note.prompt, note.answer) == ("Read on.", "b")


def test_a_typed_note_accepts_its_first_line_and_the_list(note: Note) -> None:
    """
    ## Which method runs on creation? {.typed}

    `__init__`

    Not `__new__`.

    ### Accept

    - `__init__()`
    - /__init__\\(self.*/
    """
    assert note.style is Style.TYPED
    assert note.accepted == ("__init__", "__init__()", "/__init__\\(self.*/")


@pytest.mark.parametrize("fence", ["```sh\nls\n```", "~~~\nls\n~~~"])
def test_a_typed_answer_that_is_a_fence_is_a_problem(fence: str) -> None:
    deck = parse_deck(f"## Which command? {{.typed}}\n\n{fence}", "a.md")

    assert [(problem.line, problem.code, problem.message) for problem in deck.problems] == [
        (1, "N4", "a typed answer cannot be a code fence")
    ]


def test_a_check_has_its_setup_and_its_output(note: Note) -> None:
    """
    ## What is counted?

    ```sql check
    SELECT count(*) FROM t;
    ```

    ```text
    not this
    ```

    ### Answer

    Rows.

    ```output
    0
    ```

    ### Check

    ```sql setup
    CREATE TABLE t(a);
    ```

    ```python setup
    x = 1
    ```
    """
    assert note.checks == (Check("sql", "SELECT count(*) FROM t;", "CREATE TABLE t(a);", "0", 3),)


def test_a_doctest_carries_its_own_output(note: Note) -> None:
    """
    ## What is 2 ** 3?

    8

    ```python check
    >>> 2 ** 3
    8
    ```
    """
    assert note.checks == (Check("python", ">>> 2 ** 3\n8", "", None, 5),)


def test_prompts_inside_a_line_make_no_doctest(note: Note) -> None:
    """
    ## What does it print?

    ```python check
    print(">>> 1")
    ```

    ```output
    >>> 1
    ```
    """
    assert note.checks == (Check("python", 'print(">>> 1")', "", ">>> 1", 3),)


def test_an_output_belongs_to_the_check_before_it(problems: list[str]) -> None:
    """
    ## What is printed?

    ```sh check
    echo a
    ```

    ```sh check
    echo b
    ```

    ```output
    b
    ```
    """
    message = "3:1: error N12 this check has no output to compare with | add a fence 'output' behind it"
    assert problems == [message]


def test_a_check_names_what_it_needs(note: Note) -> None:
    """
    ## What does it print?

    ```sh check needs=node
    node -p 1
    ```

    ```output
    1
    ```
    """
    assert note.checks == (Check("sh", "node -p 1", "", "1", 3, needs="node"),)


@pytest.mark.parametrize(
    "fence",
    [
        "sh check needs=",
        "sh check needs=a needs=b",
        "sh check needs=/bin/sh",
        "python check needs=a.b",
        "sql check needs=a",
    ],
)
def test_a_need_that_cannot_be_read_is_a_problem(fence: str) -> None:
    (problem,) = parse_deck(f"## q?\n\na\n\n```{fence}\n1\n```\n\n```output\n1\n```\n", "a.md").problems

    assert (problem.line, problem.code, problem.message) == (5, "N12", f"cannot read {fence.partition('check ')[2]}")


@pytest.mark.parametrize("attribute", ["topic=2,", "topic=,2", "topic=2"])
def test_empty_topics_are_left_out(attribute: str) -> None:
    (note,) = parse_deck(f"## q? {{{attribute}}}\n\na", "a.md").notes

    assert note.topics == (2,)


@pytest.mark.parametrize("topic", ["x", "1.5", "1000", "²", "-1"])
def test_a_topic_is_a_number_of_three_digits_at_most(topic: str) -> None:
    (problem,) = parse_deck(f"## q? {{topic={topic}}}\n\na", "a.md").problems

    assert problem.code == "N2"
    assert problem.message == f"topic={topic} is no list of numbers"
    assert problem.hint == "write topic=2 or topic=2,5"


def test_stored_text_is_read_without_problems() -> None:
    note = read_note("## q? {.nope think=x}\n\n```", "stored")

    assert (note.slug, note.slug_is_derived, note.heading) == ("stored", True, "q?")


def test_stored_text_that_names_itself_keeps_its_name() -> None:
    note = read_note("## q? {#own}\n\na", "stored")

    assert (note.slug, note.slug_is_derived) == ("own", False)


@pytest.mark.parametrize("text", ["", "no heading", "\n## late\n\na"])
def test_stored_text_without_a_heading_has_no_question(text: str) -> None:
    assert read_note(text, "stored").heading == ""


def test_styles_exclude_each_other(deck: DeckFile) -> None:
    """
    ## a {.reversed .typed}

    b

    ## c {{c1::d}} {.reversed}

    ## e {.interview .typed}

    ### Key points

    - must: f
    """
    assert [(problem.line, problem.code, problem.message) for problem in deck.problems] == [
        (1, "N7", "a note cannot be reversed and typed at once"),
        (5, "N7", "a note cannot be reversed and cloze at once"),
        (7, "N7", "a note cannot be typed and interview at once"),
    ]


def test_a_note_may_have_tags_of_its_own():
    note = read_note("## What is a channel? {#channel tags=go,concurrency::csp}\n\nA pipe.")

    assert note.tags == ("go", "concurrency::csp")


@pytest.mark.parametrize(
    "first", ["a", "## ", "# x", "{", "x {#s}", "x {y", "`", "Source: x", " x", "x ", "é", "_", "{{c1::x}}"]
)
@pytest.mark.parametrize(
    "second", ["a", "Source: x", "Sources: x", "```", "- [ ] x", "x ", " x", "### Hint", "1", "x\n", "x\ny", "{", "# x"]
)
def test_a_plain_note_is_read_as_any_other(first, second):
    text = f"## {first}\n\n{second}".rstrip()

    assert read_note(text, "s") == parse_note(list(scan(text.split("\n"))), "s", lambda *_, **__: None)
