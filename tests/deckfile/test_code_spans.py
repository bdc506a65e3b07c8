from __future__ import annotations

import pytest

from bedrill.deckfile.code_spans import code_spans, replace_code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("no code", [], id="none"),
        pytest.param("`a` and `b`", ["a", "b"], id="two"),
        pytest.param("``a ` b``", ["a ` b"], id="a-longer-run-may-hold-a-shorter-one"),
        pytest.param("`a`` b", [], id="runs-of-different-length-do-not-close"),
        pytest.param("`` `a`", ["a"], id="a-run-that-nothing-closes-is-text"),
        pytest.param("", [], id="empty"),
    ],
)
def test_a_run_of_backticks_is_closed_by_the_next_of_its_length(text: str, codes: list[str]) -> None:
    spans = code_spans(text)

    assert [span.code for span in spans] == codes


def test_a_span_starts_and_ends_with_its_backticks() -> None:
    (span,) = code_spans("a ``b`` c")

    assert "a ``b`` c"[span.start : span.end] == "``b``"


def test_code_is_replaced_and_the_rest_stays() -> None:
    assert replace_code("a `b` c `d", str.upper) == "a B c `d"


def test_a_long_run_of_backticks_is_one_run() -> None:
    text = "`" * 1_000_000

    assert replace_code(text, str.upper) == text
