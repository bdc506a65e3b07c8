"""No input crashes a parser or an importer. `make fuzz` looks longer, guided by coverage; what it finds is kept here."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fuzz.targets import FOUND, TARGETS

from bedrill.errors import BedrillError

KEPT = [(path.parent.name, path) for path in sorted(FOUND.glob("*/*"))]


def run(name: str, data: bytes) -> None:
    with suppress(BedrillError):  # an answer in words
        TARGETS[name].run(data)


@pytest.mark.parametrize(("name", "path"), [pytest.param(*kept, id=f"{kept[0]}/{kept[1].name}") for kept in KEPT])
def test_what_once_crashed_does_so_no_more(name, path):
    run(name, path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_are_read(name):
    for seed in TARGETS[name].seeds():
        run(name, seed)


@st.composite
def inputs(draw, name: str) -> bytes:
    """A seed with some bytes changed, cut out or doubled, or any bytes at all."""
    data = draw(st.one_of(st.sampled_from(TARGETS[name].seeds()), st.binary(max_size=300), st.text().map(str.encode)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        end = draw(st.integers(at, min(len(data), at + 40)))
        data = data[:at] + draw(st.sampled_from([b"", data[at:end] * 2, draw(st.binary(max_size=8))])) + data[end:]
    return bytes(data)


@pytest.mark.parametrize("name", TARGETS)
@given(st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_no_input_crashes(name, data):
    run(name, data.draw(inputs(name)))
