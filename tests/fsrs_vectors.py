"""The published values of other implementations of FSRS; each vector names the files that it comes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

DATA: Final[Any] = json.loads((Path(__file__).parent / "data" / "fsrs_vectors.json").read_text(encoding="utf-8"))
VECTORS: Final[dict[str, Any]] = {vector["id"]: vector for vector in DATA["vectors"]}


def of_kind(*kinds: str) -> list[Any]:
    """The vectors of some kinds, for `parametrize`; there must be some of each."""
    assert set(kinds) <= {vector["kind"] for vector in VECTORS.values()}
    return [pytest.param(vector, id=name) for name, vector in VECTORS.items() if vector["kind"] in kinds]


def parameters_of(vector: Any) -> tuple[float, ...]:
    """The 21 parameters of a vector."""
    values = [float(value) for value in DATA["parameter_sets"][vector["params"]]]
    for place, value in vector.get("override", {}).items():
        values[int(place)] = float(value)
    return tuple(values)


def close(values: list[float], vector: Any) -> Any:
    """`values`, as close as the vector was computed."""
    return pytest.approx(values, rel=vector["tol"])
