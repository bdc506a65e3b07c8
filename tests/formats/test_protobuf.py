"""Protocol buffers over the wire."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bedrill.formats.protobuf import bytes_of, fields_of, floats_of, text_of


@given(st.dictionaries(st.integers(1, 2000), st.integers(0, 2**63) | st.binary(max_size=200), max_size=6))
def test_what_is_written_is_read(fields):
    assert fields_of(bytes_of(fields)) == {number: [value] for number, value in fields.items()}


@given(st.binary(max_size=80))
def test_any_bytes_are_read_as_far_as_they_go(message):
    assert all(isinstance(value, (int, bytes)) for values in fields_of(message).values() for value in values)


def test_anki_writes_its_version_so():
    assert fields_of(b"\x08\x03") == {1: [3]}


def test_values_as_text_and_numbers():
    assert (text_of(b"caf\xc3\xa9"), text_of(3)) == ("café", "")
    assert floats_of(b"\x00\x00\x00\x3f\x00\x00\x80\x3f\x01") == [0.5, 1.0]
    assert floats_of(1) == []
