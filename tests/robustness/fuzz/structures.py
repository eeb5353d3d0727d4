"""Random archives, JSON, TOML and pickles that hypothesis makes of the keys that a reader knows."""

from __future__ import annotations

import io
import json
import pickle
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.robustness.fuzz.corpus import Case
from tests.robustness.fuzz.readers import READERS

_SHAPES = arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4) | st.sampled_from(
    [(3, 52), (3, 478, 3), (3, 4, 4), (3, 2), (3,), (120, 3), (52, 12), (12,), (3, 6)]
)
_NUMBERS = st.floats() | st.integers(-(2**70), 2**70) | st.booleans() | st.none() | st.text(max_size=5)


def _arrays(keys: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    kind = arrays.scalar_dtypes() | arrays.unicode_string_dtypes(max_len=3)
    return st.dictionaries(
        st.sampled_from(keys),
        st.builds(np.zeros, _SHAPES, kind) | arrays.arrays(kind, _SHAPES),
        max_size=len(keys),
    )


def _tree(keys: tuple[str, ...]) -> st.SearchStrategy[Any]:
    names = st.sampled_from(keys) | st.text(max_size=4)
    return st.recursive(
        _NUMBERS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
        max_leaves=12,
    )


def _packed(content: dict[str, Any]) -> bytes:
    memory = io.BytesIO()
    np.savez(memory, **content)
    return memory.getvalue()


def _toml(tree: dict[str, Any]) -> bytes:
    lines = (f"{json.dumps(key)} = {json.dumps(value, allow_nan=False)}" for key, value in tree.items())
    return "\n".join(lines).replace("{}", "[]").replace("null", "nan").encode("utf-8", "replace")


def _dumped(tree: Any, protocol: int) -> bytes:
    return pickle.dumps(tree, protocol=protocol)


def _content(name: str, keys: tuple[str, ...]) -> st.SearchStrategy[bytes] | None:
    suffix = name.rpartition(".")[2]
    if suffix == "npz":
        return _arrays(keys).map(_packed)
    if suffix == "json":
        return _tree(keys).map(lambda tree: json.dumps(tree).encode())
    if suffix == "toml":
        flat = st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=4) | st.text(max_size=5)
        return st.dictionaries(st.sampled_from(keys), flat | st.booleans(), max_size=4).map(_toml)
    if suffix == "pkl":
        return st.builds(_dumped, _tree(keys) | _arrays(keys), st.integers(0, 5))
    return None


def structures(count: int) -> list[Case]:
    """Return about `count` files, the same ones each time."""
    places = [
        (reader, name, strategy)
        for reader, kind in READERS.items()
        if kind.keys
        for name in kind.samples()
        if (strategy := _content(name, kind.keys)) is not None
    ]
    return [case for place in places for case in _cases(*place, max(count // len(places), 1))]


def _cases(reader: str, name: str, strategy: st.SearchStrategy[bytes], count: int) -> list[Case]:
    cases: list[Case] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def gather(content: bytes) -> None:
        cases.append(Case(reader, name, content))

    gather()
    return cases[:count]
