"""The statistics as one page that is whole by itself, and as one picture: no script, no network, light and dark."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from bedrill.formats.stats_charts import HEIGHT, STYLE, WIDTH, clean, drawn
from bedrill.stats.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedrill.stats.figure import Chart, Fact, Figure, Table, Value

_LIGHT: Final = (
    "--ink: #1b1b1b; --soft: #5d5d5d; --line: #d5d5d5; --paper: #ffffff; --tile: #f4f4f2; "
    "--c0: #0072b2; --c1: #e69f00; --c2: #009e73; --c3: #d55e00; --c4: #cc79a7;"
)
_DARK: Final = (
    "--ink: #ececec; --soft: #a8a8a8; --line: #444444; --paper: #161616; --tile: #232323; "
    "--c0: #56b4e9; --c1: #e69f00; --c2: #2ec4a0; --c3: #ff8a5b; --c4: #e59cc8;"
)
"""The colours of charts are those of Okabe and Ito, which the colour-blind can tell apart; lighter on dark."""
_COLOUR: Final = dict(pair.split(": ") for pair in _LIGHT.rstrip(";").split("; "))
_PAGE_STYLE: Final = f"""
:root {{ color-scheme: light dark; {_LIGHT} }}
@media (prefers-color-scheme: dark) {{ :root {{ {_DARK} }} }}
* {{ box-sizing: border-box; }}
body {{ margin: 0 auto; max-width: 62rem; padding: 1rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }}
h1 {{ font-size: 1.5rem; margin: 0.5rem 0; }}
h2 {{ font-size: 1.15rem; margin: 2rem 0 0.5rem; border-bottom: 1px solid var(--line); }}
h3 {{ font-size: 0.95rem; margin: 1rem 0 0.25rem; font-weight: 600; color: var(--soft); }}
nav a {{ display: inline-block; margin: 0 0.75rem 0.25rem 0; color: var(--c0); }}
dl {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); gap: 0.5rem; margin: 0.5rem 0; }}
dl div {{ background: var(--tile); border-radius: 0.4rem; padding: 0.4rem 0.6rem; display: flex;
  flex-direction: column-reverse; }}
dt {{ color: var(--soft); font-size: 0.85rem; line-height: 1.2; }}
dd {{ margin: 0; font-size: 1.15rem; font-weight: 600; }}
figure, section div.wide {{ margin: 0; overflow-x: auto; break-inside: avoid; }}
figure svg {{ width: 100%; min-width: 36rem; height: auto; display: block; }}
table {{ border-collapse: collapse; font-size: 0.9rem; }}
th, td {{ padding: 0.2rem 0.75rem 0.2rem 0; text-align: left; border-bottom: 1px solid var(--line); }}
th {{ color: var(--soft); font-weight: 600; }}
.n {{ text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }}
.t {{ min-width: 10rem; }}
.past {{ direction: rtl; }}
.past > * {{ direction: ltr; }}
.note {{ color: var(--soft); font-size: 0.9rem; }}
{STYLE}
@media (max-width: 40rem) {{ .pygal-chart text {{ font-size: 14px; }} }}
@media print {{
  :root {{ color-scheme: light; {_LIGHT} }}
  nav {{ display: none; }}
  body {{ max-width: none; padding: 0; }}
  figure, section div.wide {{ overflow: visible; }}
  figure svg {{ min-width: 0; }}
  h2, h3, dl {{ break-after: avoid; }}
  dl div, tr {{ break-inside: avoid; }}
  table {{ font-size: 0.7rem; }}
  th, td {{ padding-right: 0.4rem; }}
  .t {{ min-width: 0; }}
}}
"""
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
_LONG_WORDS: Final = 20
_HEAD: Final = 34
"""Height of a line of text above a chart of the picture."""


def html_page(figures: Sequence[Figure], heading: str, made_on: str) -> str:
    """A page with every figure: facts, charts, tables, and the same numbers once more as JSON."""
    data = json.dumps({figure.name: figure.as_data() for figure in figures}).replace("<", "\\u003c")
    title, links = _text(heading), " ".join(f'<a href="#{_text(f.name)}">{_text(f.title)}</a>' for f in figures)
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>{title}</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<style>{_PAGE_STYLE}</style></head><body>",
        f'<h1>{title}</h1><p class="note">{_text(made_on)}</p><nav>{links}</nav>',
        *(part for figure in figures for part in _section(figure, made_on)),
        f'<script type="application/json" id="figures">{data}</script></body></html>',
    ]
    return "\n".join(parts) + "\n"


def _text(text: str) -> str:
    return html.escape(clean(text))


def _section(figure: Figure, made_on: str) -> Iterator[str]:
    yield f'<section id="{_text(figure.name)}"><h2>{_text(figure.title)}</h2>'
    if figure.facts:
        yield f"<dl>{''.join(map(_fact, figure.facts))}</dl>"
    for chart in figure.charts:
        if _has_values(chart):
            svg = ET.tostring(drawn(chart), encoding="unicode")
            mark = ' class="past"' if _is_past(chart, made_on) else ""
            yield f"<figure{mark}><h3>{_text(chart.says)}</h3>{svg}</figure>"
    for table in figure.tables:
        if table.rows:
            yield from _table(table)
    for note in figure.notes:
        yield f'<p class="note">{_text(note)}</p>'
    yield "</section>"


def _has_values(chart: Chart) -> bool:
    """Whether there is something to draw: bars of nought are nothing, a line of noughts is one."""
    values = [value for series in chart.series for value in series.values if value is not None]
    return bool(values) if chart.shape == "lines" else any(values)


def _is_past(chart: Chart, made_on: str) -> bool:
    """Whether it leads up to the day of the page: where it is wider than the screen, its end is what one sees first."""
    try:
        return date.fromisoformat(chart.labels[0]) < date.fromisoformat(made_on)
    except ValueError:
        return False


def _fact(fact: Fact) -> str:
    value = _text(json.dumps(fact.value))
    words = _text(shown(fact.value, fact.unit))
    return f'<div><dt>{_text(fact.says)}</dt><dd data-key="{_text(fact.key)}" data-value="{value}">{words}</dd></div>'


def _table(table: Table) -> Iterator[str]:
    marks = [_mark([row[place] for row in table.rows]) for place in range(len(table.columns))]
    heads = (f"<th{mark}>{_text(column.says)}</th>" for column, mark in zip(table.columns, marks, strict=True))
    if table.says:
        yield f"<h3>{_text(table.says)}</h3>"
    yield f'<div class="wide"><table data-table="{_text(table.key)}"><thead><tr>{"".join(heads)}</tr></thead><tbody>'
    for row in table.rows:
        cells = (
            f'<td{mark} data-key="{_text(column.key)}" data-value="{_text(json.dumps(value))}">'
            f"{_text(shown(value, column.unit))}</td>"
            for value, column, mark in zip(row, table.columns, marks, strict=True)
        )
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"


def _mark(cells: Sequence[Value]) -> str:
    """The class of a column: numbers stand to the right, long words get room."""
    words = [cell for cell in cells if isinstance(cell, str)]
    if not words:
        return ' class="n"'
    return ' class="t"' if max(map(len, words)) > _LONG_WORDS else ""


def svg_picture(figures: Sequence[Figure], heading: str) -> str:
    """The charts of the figures below each other, as one SVG file on white; its heading alone where there are none."""
    charts = [(figure, chart) for figure in figures for chart in figure.charts if _has_values(chart)]
    height = _HEAD + len(charts) * (HEIGHT + 2 * _HEAD) + _HEAD
    size = {"width": str(WIDTH), "height": str(height), "viewBox": f"0 0 {WIDTH} {height}"}
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": "page", **size})
    ET.SubElement(root, "style").text = _in_light(".page text { font: 14px sans-serif; fill: var(--ink); }\n" + STYLE)
    ET.SubElement(root, "rect", {"width": str(WIDTH), "height": str(height), "fill": "#ffffff"})
    _words(root, heading, _HEAD - 10)
    for place, (figure, chart) in enumerate(charts):
        top = _HEAD + place * (HEIGHT + 2 * _HEAD)
        _words(root, f"{figure.title}: {chart.says}", top + _HEAD - 10)
        svg = drawn(chart)
        for name in ("xmlns", "{http://www.w3.org/2000/xmlns/}xlink", "xmlns:xlink"):
            svg.attrib.pop(name, None)
        chart_height = svg.get("viewBox", "").split()[-1]
        svg.attrib.update({"x": "0", "y": str(top + _HEAD), "width": str(WIDTH), "height": chart_height})
        root.append(svg)
    return ET.tostring(root, encoding="unicode") + "\n"


def _in_light(style: str) -> str:
    """A style with the light colours in place of its variables, which no viewer but a browser knows."""
    return re.sub(r"var\((--\w+)\)", lambda found: _COLOUR[found[1]], style)


def _words(root: ET.Element, text: str, y: int) -> None:
    ET.SubElement(root, "text", {"x": "12", "y": str(y)}).text = clean(text)
