"""What leaves bedrill does no harm elsewhere: formulas in a spreadsheet, scripts in a browser and in Anki."""

from __future__ import annotations

import csv
import re
import sqlite3
import zipfile

import pytest
from backports.zstd import decompress

FORMULAS = [
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "'=1+1",
    "''quoted",
]
SCRIPTS = {
    "a script": "<script>alert(1)</script>",
    "an event": '<img src=x onerror="alert(1)">',
    "a picture that is drawn": "<svg onload=alert(1)>",
    "a frame": '<iframe src="javascript:alert(1)"></iframe>',
    "a link": "[click](javascript:alert(1))",
    "a link in disguise": "[click](&#106;avascript:alert(1))",
    "a link of data": "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "a picture of nowhere": '![x](x" onerror="alert(1))',
    "the end of code": "```html\n</code></pre><script>alert(1)</script>\n```",
    "a comment": "<!-- --><script>alert(1)</script>",
    "the end of a style": "</style><script>alert(1)</script>",
}


@pytest.mark.parametrize("suffix", ["csv", "tsv"])
@pytest.mark.parametrize("formula", FORMULAS, ids=repr)
def test_no_cell_is_a_formula_and_the_text_comes_back(invoke, deck_file, tmp_path, formula, suffix):
    text = f"## {formula.strip()} {{#f}}\n\n{formula}\n"
    assert invoke("import", str(deck_file(text, "evil.md"))).code == 0
    table = tmp_path / f"out.{suffix}"

    assert invoke("export", str(table), "evil").code == 0
    again = invoke("import", str(table), "--db", str(tmp_path / "other.db"))

    with table.open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    cells = [cell for row in csv.reader(lines, delimiter="," if suffix == "csv" else "\t") for cell in row]
    assert [cell for cell in cells if re.match(r"\s*[=+\-@]", cell)] == []
    assert again.code == 0
    assert _text(tmp_path / "other.db") == _text(tmp_path / "bedrill.db")


def _text(path) -> list[str]:
    db = sqlite3.connect(path)
    found = [
        row[0].partition("\n")[0] + row[0].partition("\n")[2].strip() for row in db.execute("SELECT text FROM notes")
    ]
    db.close()
    return [re.sub(r" \{#.*?\}", "", text) for text in found]


@pytest.mark.parametrize("script", [pytest.param(text, id=name) for name, text in SCRIPTS.items()])
def test_no_script_runs_in_the_sheet_or_in_anki(invoke, deck_file, tmp_path, script):
    one_line = script.replace("\n", " ")
    text = f"---\ntitle: 'x {one_line}'\n---\n\n## Q {one_line} {{#q}}\n\nA\n\n{script}\n\n### Hint\n\n{script}\n"
    text = text if "'" not in one_line else text.replace("title:", "tags: []\n#")
    assert invoke("import", str(deck_file(text, "evil.md"))).code == 0

    for name in ("x.html", "x.apkg"):
        assert invoke("export", str(tmp_path / name), "evil").code == 0

    pages = [(tmp_path / "x.html").read_text("utf-8"), *_fields(tmp_path / "x.apkg")]
    for page in pages:
        tags = re.findall(r"<[^>]*>", page)
        assert [tag for tag in tags if re.match(r"<(script|iframe|svg|object|embed)\b", tag, re.IGNORECASE)] == []
        assert [tag for tag in tags if re.search(r"\son\w+\s*=", tag)] == []
        assert [tag for tag in tags if re.search(r"(href|src)\s*=\s*[\"']?\s*(javascript|data:text|&#)", tag)] == []


def _fields(path) -> list[str]:
    """The fields of all notes of a package."""
    with zipfile.ZipFile(path) as package:
        data = decompress(package.read("collection.anki21b"))
    unpacked = path.with_suffix(".db")
    unpacked.write_bytes(data)
    db = sqlite3.connect(unpacked)
    found = [row[0] for row in db.execute("SELECT flds FROM notes")]
    db.close()
    assert found
    return found
