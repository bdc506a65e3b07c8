"""
Charts of the statistics as SVG elements, drawn by pygal.

What pygal adds for its own script and style is taken out again: a page of ours has neither a script nor anything from
a network, and its colours are variables of its own style. Hovering shows a `<title>`, which browsers know themselves.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from itertools import cycle
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from bedrill.stats.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedrill.stats.figure import Chart

WIDTH: Final = 860
HEIGHT: Final = 240
_CALENDAR_HEIGHT: Final = 190
_ROOM_FOR: Final = 13
"""Size of the letters that labels get room for; what they have is in `STYLE`, and larger on a small screen."""
_LABELS: Final = 8
"""About so many dates fit under a chart, and twice as many shorter labels."""
_LONG_LABEL: Final = 8
_WEEK: Final = 7
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
COLOURS: Final = 5
_COLOUR_OF: Final = {"learn": 0, "learning": 0, "relearn": 1, "young": 2, "mature": 3, "cram": 4}
"""Series that stand in several charts have one colour in all of them; others take the first that are left."""
_LEGEND_HEIGHT: Final = 24
_Told = list[tuple[str, str, float | int | None]]
"""Label, key of the series and value of each bar or point of one series, in order."""
_SCRIPTS_ALONE: Final = frozenset({"plot text-overlay", "plot tooltip-overlay"})

STYLE: Final = """
.pygal-chart text { font: 12px system-ui, sans-serif; fill: var(--ink); }
.pygal-chart .background { fill: none; }
.pygal-chart .axis.x text { text-anchor: middle; }
.pygal-chart .axis.x text[transform] { text-anchor: start; }
.pygal-chart .axis.y text { text-anchor: end; }
.pygal-chart .axis path { fill: none; stroke: var(--line); stroke-width: 1; }
.pygal-chart .series .line { fill: none; stroke-width: 2; }
""" + "".join(
    f".pygal-chart .color-{place} {{ fill: var(--c{place}); }} "
    f".pygal-chart .color-{place} .line {{ stroke: var(--c{place}); }}\n"
    for place in range(COLOURS)
)  # fmt: skip
"""What the charts need of the page's style: the variables `--ink`, `--line` and `--c0` to `--c4`."""


def clean(text: str) -> str:
    """`text` without the characters that no XML can hold."""
    return text if text.isprintable() else "".join(char if _is_xml(char) else "\ufffd" for char in text)


def _is_xml(char: str) -> bool:
    code = ord(char)
    return char in "\t\n\r" or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000  # noqa: PLR2004


def _pygal() -> Any:
    """pygal, without the finder of plug-ins that it leaves in the way of every later import; we use none."""
    before = list(sys.meta_path)
    import pygal  # noqa: PLC0415 - 50 ms, and only for a page or a picture

    sys.meta_path[:] = [finder for finder in sys.meta_path if finder in before]
    return pygal


def drawn(chart: Chart) -> ET.Element:
    """A chart as an `<svg>` element. Each bar or point has its value as `data-value`, and a title to hover."""
    if chart.shape == "calendar":
        return _calendar(chart)
    pygal = _pygal()
    make = pygal.Line if chart.shape == "lines" else pygal.StackedBar
    fit = _LABELS if max(map(len, chart.labels)) > _LONG_LABEL else 2 * _LABELS
    every = max(-(-len(chart.labels) // fit), 1)
    picture = make(
        **_options(chart),
        show_legend=len(chart.series) > 1,
        x_labels_major_every=every,
        show_minor_x_labels=every == 1,
        include_x_axis=chart.shape != "lines",
        allow_interruptions=True,
    )
    picture.x_labels = [clean(label) for label in chart.labels]
    for series in chart.series:
        picture.add(clean(series.key), list(series.values))
    told: list[_Told] = []
    for series in chart.series:
        places = [place for place, value in enumerate(series.values) if value is not None or chart.shape == "bars"]
        told.append([(chart.labels[place], series.key, series.values[place]) for place in places])
    return _finished(picture, chart, told)


def _calendar(chart: Chart) -> ET.Element:
    """A dot for each day, weeks side by side, the larger the more."""
    pygal = _pygal()
    values = zip(chart.labels, chart.series[0].values, strict=True)
    days = {date.fromisoformat(label): value or 0 for label, value in values}
    first = min(days) - timedelta(min(days).weekday())
    weeks = [first + timedelta(_WEEK * week) for week in range((max(days) - first).days // _WEEK + 1)]
    picture = pygal.Dot(**_options(chart) | {"height": _CALENDAR_HEIGHT}, show_legend=False)
    picture.x_labels = [f"{week:%b}" if week.day <= _WEEK else "" for week in weeks]
    told: list[_Told] = []
    for weekday, name in enumerate(_WEEKDAYS):
        line = [week + timedelta(weekday) for week in weeks]
        picture.add(name, [days.get(day) for day in line])
        told.append([(day.isoformat(), chart.series[0].key, days[day]) for day in line if day in days])
    svg = _finished(picture, chart, told)
    for group in svg.iter("g"):
        if "series" in group.get("class", "").split():
            group.set("class", "series color-0")
    return svg


def _options(chart: Chart) -> dict[str, Any]:
    pygal = _pygal()
    return {
        "style": pygal.style.Style(label_font_size=_ROOM_FOR, major_label_font_size=_ROOM_FOR),
        "width": WIDTH,
        "height": HEIGHT,
        "js": [],
        "margin": 8,
        "dots_size": 2,
        "spacing": 6,
        "legend_at_bottom": True,
        "legend_at_bottom_columns": COLOURS,
        "x_label_rotation": 0,
        "truncate_label": -1,
        "truncate_legend": -1,
        "max_scale": 5,
        "formatter": lambda value: shown(value, chart.unit),
        "value_formatter": lambda value: shown(value, chart.unit),
        "disable_xml_declaration": True,
    }


def _finished(picture: Any, chart: Chart, told: list[_Told]) -> ET.Element:
    """The picture without pygal's script and style, and with titles; `told` has each series' bars in their order."""
    svg: ET.Element = picture.render_tree()
    _strip(svg)
    colours = _colours(chart)
    for title in svg.findall("title"):
        svg.remove(title)
    if len(chart.series) > 1:  # pygal puts a legend below its own frame
        svg.set("viewBox", f"0 0 {WIDTH} {HEIGHT + _LEGEND_HEIGHT}")
    for group in svg.iter("g"):
        words = group.get("class", "").split()
        if "series" not in words:
            continue
        number = next(int(word.removeprefix("serie-")) for word in words if word.startswith("serie-"))
        group.set("class", f"series color-{colours[number % len(colours)]}")
        for bar, (label, key, value) in zip(_bars(group), told[number], strict=False):
            title = ET.SubElement(bar, "title")
            title.text = clean(f"{label}\n{key}: {shown(value, chart.unit)}" if value is not None else label)
            bar.set("data-series", clean(key))
            bar.set("data-value", "" if value is None else repr(value))
    for number, legend in enumerate(each for each in svg.iter("g") if "legend" in each.get("class", "").split()):
        for box in legend.iter("rect"):
            box.set("class", f"color-{colours[number]}")
    svg.set("role", "img")
    svg.set("aria-label", clean(chart.says))
    svg.set("data-chart", chart.key)
    return svg


def _colours(chart: Chart) -> list[int]:
    """The colour of each series of a chart, in order; one twice only where there are more series than colours."""
    own = {_COLOUR_OF[series.key] for series in chart.series if series.key in _COLOUR_OF}
    others = cycle([colour for colour in range(COLOURS) if colour not in own] or range(COLOURS))
    return [_COLOUR_OF[series.key] if series.key in _COLOUR_OF else next(others) for series in chart.series]


def _bars(group: ET.Element) -> Iterator[ET.Element]:
    return (each for each in group.iter("g") if each.get("class") in ("bar", "dots"))


def _strip(element: ET.Element) -> None:
    """Take out definitions, descriptions, comments, identifiers, and what only pygal's script would use."""
    element.attrib.pop("id", None)
    for child in list(element):
        is_foreign = callable(child.tag) or child.tag in ("defs", "script", "style", "desc")
        if is_foreign or child.get("class") in _SCRIPTS_ALONE:
            element.remove(child)
        else:
            _strip(child)
