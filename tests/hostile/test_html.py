"""What is exported as HTML, for a browser or for Anki, is inert: our tags only, no script, no request to anybody."""

from __future__ import annotations

import re
import sqlite3
import zipfile
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from tests.hostile.payloads import EVERYTHING, deck

from bedrill.formats.zstd import chunks

if TYPE_CHECKING:
    from pathlib import Path

TAGS = set(
    "html head meta title style body header h1 h2 h3 h4 h5 h6 p div article span b i strong em s code pre ul ol li "
    "table thead tbody tr th td a img br hr blockquote".split()
)
ATTRIBUTES = {"style", "class", "src", "alt", "href", "title", "start", "lang", "charset", "name", "content"}
ATTACKS = {
    "script": "<script>alert(1)</script>",
    "image": "<img src=x onerror=alert(1)>",
    "svg": "<svg/onload=alert(1)>",
    "end of everything": "\"'></style></title></textarea></script><script>alert(1)</script>",
    "comment and CDATA": "<!-- --!><script>x</script> <![CDATA[<script>x</script>]]> <?php x ?>",
    "entities": "&lt;script&gt;x&lt;/script&gt; &#60;script&#62; &amp;lt;img&amp;gt;",
    "a script as a link": "[x](javascript:alert(1)) [x](JaVaScRiPt&colon;alert(1)) [x](vbscript:x) [x](data:text/html,x)",
    "an attribute in a link": '[x](http://e/"onclick=alert(1)) [x](http://e "t\\" onclick=alert(1)") <http://e/"onclick=x>',
    "a picture elsewhere": "![x](http://evil.example/x.png) ![x](//evil.example/x.png)",
    "a picture elsewhere, without slashes": "![x](http:evil.example) ![x](HTTPS:evil.example?x)",
    "a picture elsewhere, encoded": "![x](%2F%2Fevil.example%2Fx.png) ![x](%5C%5Cevil.example%5Cx.png) ![x](http%3Aevil)",
    "a picture of Windows": "![x](<\\\\\\\\evil.example\\\\x.png>) ![x](c:x.png)",
    "a picture above": "![x](..%2F..%2Fsecret.png) ![x](..) ![x](.%2Fx) ![x](file:x.png)",
    "an attribute of a picture": '![" onerror="alert(1)](x.png) ![x](x"onerror=alert(1).png)',
    "commands of Anki": "[sound:evil.mp3] [latex]\\input{/etc/passwd}[/latex] [$]x[/$] [$$]x[/$$]",
    "templates of Anki": "{{FrontSide}} {{^x}} {{cloze:x}} {{type:x}}",
    "field separators": "a\x1fb\x1fc\x1f\x1f\x1f\x1fd",
    "everything for a terminal": EVERYTHING,
}
each_attack = pytest.mark.parametrize("attack", [pytest.param(text, id=name) for name, text in ATTACKS.items()])
CLOZES = {
    "in an address": '[x](http://e/{{c1::a" onclick=alert(1) b}})',
    "in a title": '[x](http://e "{{c1::a" onclick=alert(1) b}}")',
    "in the name of a picture": '![{{c1::a" onerror=alert(1) b}}](x.png)',
    "in the file of a picture": '![x]({{c1::a" onerror=alert(1) b}})',
    "by a guessed mark": '[x](http://e/Bedrill0deletion) {{c1::a" onclick=alert(1) b}}',
    "a script": "{{c1::<script>alert(1)</script>::<img src=x onerror=alert(1)>}}",
    "in a tag": '<b {{c1::a" onclick=alert(1) b}}>',
    "commands of Anki": "`{{c1::[latex]x[/latex]}}` {{c2::y::[sound:x.mp3]}}",
    "in two parts": "{{c1::<scr}}{{c2::ipt>alert(1)</scr}}{{c3::ipt>}}",
}


class Page(HTMLParser):
    """Collects what is wrong with some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.faults += [f"<{tag}>"] if tag not in TAGS else []
        for name, value in attrs:
            address = unquote(value or "").strip()
            if name not in ATTRIBUTES:
                self.faults.append(f"{name}={value}")
            elif name == "src" and not (
                address.startswith("data:image/") or re.fullmatch(r"[^/\\:.][^/\\:]*", address)
            ):
                self.faults.append(f"src={value}")
            elif name == "href" and urlsplit(address).scheme not in ("http", "https", ""):
                self.faults.append(f"href={value}")

    def handle_decl(self, decl):
        self.faults += [f"<!{decl}>"] if decl != "doctype html" else []

    def handle_comment(self, data):
        self.faults.append(f"<!--{data}-->")

    def handle_pi(self, data):
        self.faults.append(f"<?{data}>")

    def unknown_decl(self, data):
        self.faults.append(f"<![{data}]>")


def fields_in(package: Path, folder: Path) -> list[list[str]]:
    """The fields of the notes in a package."""
    with zipfile.ZipFile(package) as file, file.open("collection.anki21b") as entry:
        (folder / "c.db").write_bytes(b"".join(chunks(entry)))
    db = sqlite3.connect(folder / "c.db")
    found = [str(row[0]).split("\x1f") for row in db.execute("SELECT flds FROM notes ORDER BY id")]
    db.close()
    return found


@pytest.fixture
def exported(on_screen, put, tmp_path):
    """The sheet of a deck, and the fields of its package."""

    def export(text: str) -> tuple[str, list[list[str]]]:
        assert on_screen("import", str(put("evil.md", text))).code == 0
        sheet, package = tmp_path / "o.html", tmp_path / "o.apkg"
        assert [on_screen("export", str(path)).code for path in (sheet, package)] == [0, 0]
        return sheet.read_text(encoding="utf-8"), fields_in(package, tmp_path)

    return export


def faults(sheet: str, notes: list[list[str]]) -> list[str]:
    """What of a sheet and of the fields of notes is not inert."""
    fields = [field for fields in notes for field in fields]
    commands = [found for field in fields for found in re.findall(r"\[(?:sound:|/?latex\]|/?\$)", field)]
    return Page(sheet).faults + [fault for field in fields for fault in Page(field).faults] + commands


@each_attack
def test_text_of_a_deck_is_inert_in_html(exported, attack):
    sheet, notes = exported(deck(attack, attack[:100]))

    assert faults(sheet, notes) == []
    assert sorted(map(len, notes)) == [7, 7, 7, 8, 13]
    assert sheet.count("<article>") == 5


@pytest.mark.parametrize("question", [pytest.param(text, id=name) for name, text in CLOZES.items()])
def test_a_deletion_is_inert_wherever_it_stands(exported, question):
    sheet, notes = exported(f"## Which {question} is it? {{#c}}\n\nA\n")

    assert faults(sheet, notes) == []
    assert "{{c1::" in notes[0][0]


def test_a_plain_note_has_the_fields_that_its_type_has(exported):
    _, notes = exported("## Is it\x1fplain text?\n\nYes it\x1f is\n")

    assert [len(fields) for fields in notes] == [7]
    assert notes[0][:2] == ["Is itplain text?", "Yes it is"]


def test_a_title_is_inert_on_the_sheet(exported):
    title = "</title></h1><script>alert(1)</script>"

    sheet, notes = exported(f"---\nid: evil\ntitle: {title!r}\n---\n\n## Is this a good question?\n\nNo.\n")

    assert faults(sheet, notes) == []
    assert "&lt;script&gt;" in sheet


@pytest.mark.parametrize("mark", ["```", "~~~", "    "], ids=["backticks", "tildes", "indented"])
def test_code_is_inert(exported, mark):
    code = '</code></pre><script>alert(1)</script> " onclick=x [latex]x[/latex]'
    block = (
        f"    {code}"
        if mark.isspace()
        else f'{mark}"><script>alert(1)</script>\n{code}\n{mark}\n\n{mark}html\n{code}\n{mark}'
    )

    sheet, notes = exported(f"## Is this code inert? {{#f}}\n\n{block}\n")

    assert faults(sheet, notes) == []
    assert "script&gt;" in notes[0][1] or "script</span>" in notes[0][1]
