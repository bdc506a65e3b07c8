"""The folder of what notes show."""

from __future__ import annotations

import pytest

from bedrill.collection import media
from bedrill.exchange import MediaRecord


def record(name: str, data: bytes = b"x") -> MediaRecord:
    return MediaRecord(name, len(data), lambda: data)


def test_it_lies_beside_the_collection(collection, db_path):
    assert media.folder(collection) == db_path.with_suffix(".media")
    assert not media.folder(collection).exists()


def test_a_file_is_kept_once_and_another_of_its_name_beside_it(collection):
    names = [media.keep(collection, record("a.png", data)) for data in (b"1", b"1", b"2", b"2")]

    assert names[:2] == ["a.png", "a.png"]
    assert names[2] == names[3] != "a.png"
    assert sorted(path.name for path in media.folder(collection).iterdir()) == sorted({*names})
    assert media.folder(collection).stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../x.png", "_x.png"),
        ("/etc/passwd", "_etc_passwd"),
        ("...", "file"),
        ("", "file"),
        ("a\x1b\n\u202eb.png", "a___b.png"),
        ("C:\\x|y?.png", "C__x_y_.png"),
        ("ä ö.png", "ä ö.png"),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_name_is_one_harmless_flat_name(name, kept):
    assert media.safe_name(name) == kept
