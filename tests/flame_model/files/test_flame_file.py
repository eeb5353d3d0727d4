"""FLAME files of every kind give the same head; the error for a wrong file names file, array and value."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

from flame_model.errors import HeadFileError
from flame_model.files.flame_file import read_flame
from flame_model.head import Head
from tests.flame_files import Flavour, flame_arrays, write_flame_file


@pytest.mark.parametrize("flavour", get_args(Flavour))
def test_every_flavour_gives_the_head_it_was_written_from(
    synthetic_head: Head, tmp_path: Path, flavour: Flavour
) -> None:
    path = tmp_path / "some_head.any"
    write_flame_file(synthetic_head, path, flavour)
    head = read_flame(path)
    assert head.name == "some_head"
    assert (head.identity_count, head.expression_count) == (300, 100)
    for name in ("template", "faces", "pose_correctives", "joint_regressor", "skin_weights"):
        np.testing.assert_array_equal(getattr(head, name), getattr(synthetic_head, name))
    np.testing.assert_array_equal(head.identity_basis[:, :, :10], synthetic_head.identity_basis)
    np.testing.assert_array_equal(head.expression_basis[:, :, :12], synthetic_head.expression_basis)
    assert head.expression_basis.flags.c_contiguous
    assert not head.eyelid_basis.any()


def test_a_real_python_2_file(test_data: Path) -> None:
    head = read_flame(test_data / "heads" / "python2_chumpy_flame_layout.pkl")
    assert head.template.shape == (384, 3)
    assert (head.identity_count, head.expression_count) == (300, 100)


@pytest.mark.parametrize(
    ("components", "extra", "split"),
    [(150, {}, 100), (20, {}, 10), (350, {}, 300), (77, {"identity_count": 70}, 70)],
)
def test_identity_and_expression_are_told_apart(
    synthetic_head: Head, tmp_path: Path, components: int, extra: dict[str, int], split: int
) -> None:
    arrays = flame_arrays(synthetic_head) | extra
    arrays["shapedirs"] = arrays["shapedirs"][:, :, :components]
    head = read_flame(_written(arrays, tmp_path))
    assert (head.identity_count, head.expression_count) == (split, components - split)


def _cut(arrays: dict[str, Any], key: str) -> None:
    arrays[key] = arrays[key][:-1]


def _with(key: str, place: tuple[int, ...], value: float) -> Any:
    def spoil(arrays: dict[str, Any]) -> None:
        arrays[key][place] = value

    return spoil


SPOILED = {
    "a missing array": (
        lambda a: a.pop("weights"),
        "'weights' is missing; of the arrays needed, the file holds J_regressor, f,",
    ),
    "too few weights": (
        lambda a: _cut(a, "weights"),
        r"'weights' should have shape \(386, 5\), received \(385, 5\)",
    ),
    "a regressor cut short": (lambda a: _cut(a, "J_regressor"), r"'J_regressor' .* received \(4, 386\)"),
    "too few correctives": (
        lambda a: a.update(posedirs=a["posedirs"][:, :, :27]),
        r"'posedirs' should have shape \(386, 3, 36\), received \(386, 3, 27\)",
    ),
    "an empty template": (
        lambda a: a.update(v_template=np.zeros((0, 3))),
        r"'v_template' .* received \(0, 3\)",
    ),
    "a number that is none": (
        _with("shapedirs", (5, 1, 7), np.nan),
        "'shapedirs' .* received 1 that are infinite or NaN",
    ),
    "a number too large": (
        _with("v_template", (0, 0), 1e300),
        "'v_template' .* received 1 that are infinite or NaN",
    ),
    "a face beyond the vertices": (_with("f", (0, 0), 386), r"'f' should lie in 0\.\.385, received 0\.\.386"),
    "faces of fractions": (
        lambda a: a.update(f=a["f"] + 0.5),
        "'f' should hold whole numbers, received float64",
    ),
    "weights that do not sum to 1": (
        _with("weights", (9, 0), 3.0),
        "'weights' should have rows that sum to 1",
    ),
    "another joint tree": (
        _with("kintree_table", (0, 4), 2),
        r"'kintree_table' should be root, neck, jaw, left",
    ),
    "an unknown split": (
        lambda a: a.update(shapedirs=a["shapedirs"][:, :, :77]),
        "'shapedirs' has 77 components.*'identity_count'",
    ),
}


@pytest.mark.parametrize(("spoil", "sentence"), SPOILED.values(), ids=SPOILED.keys())
def test_wrong_arrays_are_named(synthetic_head: Head, tmp_path: Path, spoil: Any, sentence: str) -> None:
    arrays = flame_arrays(synthetic_head)
    spoil(arrays)
    with pytest.raises(HeadFileError, match=r"head\.pkl: array " + sentence):
        read_flame(_written(arrays, tmp_path))


def test_objects_in_an_archive_are_refused(synthetic_head: Head, tmp_path: Path) -> None:
    path = tmp_path / "head.npz"
    np.savez(path, **flame_arrays(synthetic_head) | {"weights": np.array([{}], dtype=object)})
    with pytest.raises(HeadFileError, match=r"head\.npz is not a readable head file \(array 'weights'"):
        read_flame(path)


def _written(arrays: dict[str, Any], folder: Path) -> Path:
    path = folder / "head.pkl"
    path.write_bytes(pickle.dumps(arrays, protocol=2))
    return path
