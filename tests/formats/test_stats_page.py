"""The page and the picture of the statistics: whole by themselves, inert, and with the numbers of the figures."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedrill.formats.stats_page import html_page, svg_picture
from bedrill.stats.figure import Chart, Column, Fact, Figure, Series, Table

if TYPE_CHECKING:
    from pathlib import Path

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_browser = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")


def sample(text: str = "Text") -> list[Figure]:
    """One figure with everything, one with nothing."""
    days = tuple(f"2026-0{month}-{day:02}" for month in (1, 2, 3) for day in range(1, 29))
    bars = (Series("young", tuple(range(84))), Series("mature", (None, *range(83))))
    shares = tuple(None if place % 7 == 0 else place / 83 for place in range(84))
    return [
        Figure(
            "all",
            text,
            (Fact("share", text, 0.1234, "share"), Fact("none", "none", None, "days"), Fact("n", "n", 1234, "cards")),
            (
                Chart("bars", "bars", text, "cards", days, bars),
                Chart("lines", "lines", text, "share", days, (Series(text[:20] or "x", shares),)),
                Chart("calendar", "calendar", text, "answers", days, (Series("answers", tuple(range(84))),)),
                Chart("nothing", "bars", text, "cards", ("a",), (Series("b", (0,)),)),
            ),
            (Table("table", text, (Column("word", text), Column("x", "x", "share")), ((text, 0.5), ("b", None))),),
            (text,),
        ),
        Figure("nothing", "Nothing"),
    ]


class Elements(HTMLParser):
    """Every element of a page, with its attributes, and the text of each kind."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_facts_cells_and_bars_carry_the_values_that_they_show():
    page = html_page(sample(), "Heading", "2026-01-05")
    found = Elements(page).found

    assert 'data-key="share" data-value="0.1234">12.3 %</dd>' in page
    assert 'data-key="none" data-value="null">–</dd>' in page
    assert 'data-key="n" data-value="1234">1,234</dd>' in page
    assert 'data-key="x" data-value="0.5">50.0 %</td>' in page
    values = [attributes["data-value"] for _, attributes in found if attributes.get("data-series") == "young"]
    assert values == [str(value) for value in range(84)]
    assert "2026-01-02\nyoung: 1</title>" in page


def test_the_same_numbers_stand_in_the_page_as_json():
    page = html_page(sample(), "Heading", "2026-01-05")

    (data,) = re.findall(r'<script type="application/json" id="figures">(.*?)</script>', page, re.DOTALL)
    assert json.loads(data) == json.loads(json.dumps({figure.name: figure.as_data() for figure in sample()}))


def test_the_page_has_no_script_and_asks_nobody():
    page = html_page(sample(), "Heading", "2026-01-05")

    scripts = [attributes for tag, attributes in Elements(page).found if tag == "script"]
    assert scripts == [{"type": "application/json", "id": "figures"}]
    assert "default-src 'none'" in page
    assert not re.search(r"\b(src|href)=\"(?!#)", page)
    assert set(re.findall(r"https?://[^\"' <]+", page)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


HOSTILE = st.text(min_size=1, max_size=40) | st.sampled_from(
    [
        "</script><script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "]]>",
        "&lt;b&gt;",
        "\x00\x0b\ufffe\ud800",
        "<!--",
    ]
)


@settings(max_examples=25, deadline=None)  # pygal takes its time on a loaded machine
@given(HOSTILE)
def test_no_text_makes_an_element_or_breaks_the_picture(text):
    plain = [tag for tag, _ in Elements(html_page(sample("Text"), "Text", "now")).found]
    text = text.encode("utf-8", "replace").decode()

    page = html_page(sample(text), text, text)

    assert [tag for tag, _ in Elements(page).found] == plain
    assert not any(name.startswith("on") for _, attributes in Elements(page).found for name in attributes)
    assert ET.fromstring(svg_picture(sample(text), text)).tag.endswith("svg")


def test_the_picture_has_the_charts_that_have_values_below_each_other():
    root = ET.fromstring(svg_picture(sample(), "Heading"))

    charts = [each for each in root if each.get("data-chart")]
    tops = [int(each.get("y", "")) for each in charts]
    assert [each.get("data-chart") for each in charts] == ["bars", "lines", "calendar"]
    assert tops == sorted(tops)
    assert int(root.get("height", "")) > tops[-1] + 190
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))


def test_a_picture_without_charts_is_its_heading():
    root = ET.fromstring(svg_picture([Figure("a", "A")], "Heading"))

    assert [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")] == ["Heading"]


def browsed(path: Path, home: Path) -> tuple[str, list[str]]:
    """A page as Chromium has it once it is loaded, and what its console said."""
    assert BROWSER is not None
    options = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync --enable-logging=stderr --log-level=0 --dump-dom"
    ).split()
    command = [BROWSER, *options, f"--user-data-dir={home}", path.as_uri()]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return result.stdout, [line for line in result.stderr.splitlines() if "CONSOLE" in line]


@needs_browser
def test_a_browser_loads_the_page_without_a_complaint_and_shows_the_numbers_of_the_json(
    invoke, deck_file, now, tmp_path
):
    notes = "\n\n".join(f"## What is {n}? {{#n{n}}}\n\nThe {n}." for n in range(9))
    invoke("import", str(deck_file(notes, "alpha.md")))
    for day in range(30):
        for n in range(4):
            invoke("grade", f"alpha/n{(day + n) % 9}", "again" if (day + n) % 6 == 0 else "good", "--seconds", "8")
            now.move(minutes=3)
        now.move(days=1)
    page = tmp_path / "stats.html"
    assert invoke("stats", "--html", str(page), "-q").code == 0
    figures = invoke("stats", "all", "--json").json["figures"]

    dom, console = browsed(page, tmp_path / "browser")

    assert console == []
    for name, figure in figures.items():
        section = re.search(rf'<section id="{name}">(.*?)</section>', dom, re.DOTALL)
        assert section is not None
        assert_same(section.group(1), figure)


def assert_same(section: str, figure: dict[str, Any]) -> None:
    """The facts, cells and bars in a part of a page are those of a figure."""
    elements = Elements(section).found
    told = {a["data-key"]: json.loads(a["data-value"] or "") for tag, a in elements if tag == "dd"}
    assert told == figure["facts"]
    cells = [json.loads(a["data-value"] or "") for tag, a in elements if tag == "td"]
    assert cells == [value for rows in figure["tables"].values() for row in rows for value in row.values()]
    for key, chart in figure["charts"].items():
        drawn = re.search(rf'<svg[^>]*data-chart="{key}".*?</svg>', section, re.DOTALL)
        if drawn is None:
            assert not any(value for values in chart["series"].values() for value in values)
            continue
        shown = [a for tag, a in Elements(drawn.group(0)).found if "data-series" in a]
        for series, values in chart["series"].items():
            bars = [float(a["data-value"]) for a in shown if a["data-series"] == series and a["data-value"]]
            wanted = [value for value in values if value is not None]
            assert (sorted(bars) if chart["shape"] == "calendar" else bars) == (
                sorted(wanted) if chart["shape"] == "calendar" else wanted
            )


@needs_browser
def test_a_page_that_does_complain_is_noticed(tmp_path):
    page = tmp_path / "bad.html"
    page.write_text("<script>console.error('no good')</script><p>text</p>")

    dom, console = browsed(page, tmp_path / "browser")

    assert "<p>text</p>" in dom
    assert len(console) == 1


def one(chart: Chart) -> list[Figure]:
    """A figure with one chart."""
    return [Figure("one", "One", (), (chart,))]


def test_the_picture_names_its_colours_since_few_viewers_know_variables_of_css():
    picture = svg_picture(sample(), "Heading")

    assert "var(" not in picture
    assert ".pygal-chart .color-0 { fill: #0072b2; }" in picture


def test_no_two_series_of_a_chart_have_one_colour_while_there_are_colours_left():
    keys = ("young", "mature", "desired", "learn", "other")
    chart = Chart("c", "lines", "c", "", ("a", "b"), tuple(Series(key, (1, 2)) for key in keys))

    root = ET.fromstring(svg_picture(one(chart), "Heading"))

    series = [each.get("class", "") for each in root.iter() if each.get("class", "").startswith("series ")]
    assert len(set(series)) == len(keys)


def test_a_line_of_noughts_is_a_line_and_a_line_without_values_is_none():
    noughts = Chart("c", "lines", "c", "share", ("a", "b"), (Series("s", (0.0, 0.0)),))
    nothing = noughts._replace(series=(Series("s", (None, None)),))

    assert 'data-chart="c"' in html_page(one(noughts), "Heading", "now")
    assert 'data-chart="c"' not in html_page(one(nothing), "Heading", "now")


def test_a_line_has_a_gap_where_there_is_no_value():
    chart = Chart("c", "lines", "c", "share", tuple("abcde"), (Series("s", (0.1, 0.2, None, 0.4, 0.5)),))

    root = ET.fromstring(svg_picture(one(chart), "Heading"))

    paths = [each for each in root.iter("{http://www.w3.org/2000/svg}path") if "line" in each.get("class", "").split()]
    shapes = " ".join(each.get("d", "") for each in paths if each.get("class", "").startswith("line reactive"))
    assert shapes.count("M") == 2
    values = [each.get("data-value") for each in root.iter() if each.get("data-series")]
    assert values == ["0.1", "0.2", "0.4", "0.5"]


@pytest.mark.parametrize(
    ("label", "is_past"), [("2026-01-04", True), ("2026-01-05", False), ("00", False), ("again", False)]
)
def test_a_chart_that_leads_up_to_today_opens_at_its_end_on_a_small_screen(label, is_past):
    chart = Chart("c", "bars", "c", "", (label, "2026-01-06"), (Series("s", (1, 2)),))

    page = html_page(one(chart), "Heading", "2026-01-05")

    assert ('<figure class="past">' in page) == is_past


def test_numbers_stand_to_the_right_and_long_words_get_room():
    columns = (Column("a", "a"), Column("b", "b"), Column("c", "c"))
    figure = Figure("f", "F", (), (), (Table("t", "", columns, (("x", "word " * 9, 1), ("y", "z", None))),))

    cells = [
        attributes.get("class") for tag, attributes in Elements(html_page([figure], "H", "now")).found if tag == "td"
    ]

    assert cells == [None, "t", "n"] * 2
