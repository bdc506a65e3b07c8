"""A prepared folder for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.crash.work import prepare

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With a collection that has answers, backups of it, and what the pieces of work take."""
    folder = tmp_path / "data"
    folder.mkdir()
    prepare(folder)
    return folder
