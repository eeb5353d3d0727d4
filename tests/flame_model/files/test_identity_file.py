"""Identity files are read in every format that programs write; unusable ones get an error."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from flame_model.errors import InputError
from flame_model.files.identity_file import read_identity


def written(tmp_path, content, name="identity.json"):
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


@pytest.mark.parametrize(
    ("key", "shape"), [("identity", (3,)), ("betas", (1, 3)), ("shape", (3,)), ("identity", (1, 3))]
)
def test_an_npz_may_use_any_of_the_usual_names(tmp_path, synthetic_head, key, shape):
    path = tmp_path / "identity.npz"
    np.savez(path, other=np.zeros(4), **{key: np.arange(3.0).reshape(shape)})
    np.testing.assert_array_equal(read_identity(path, synthetic_head), [0, 1, 2, *[0] * 7])


def test_json_lists_or_names_components(tmp_path, synthetic_head):
    np.testing.assert_array_equal(read_identity(written(tmp_path, [1, -2]), synthetic_head)[:3], [1, -2, 0])
    by_number = read_identity(written(tmp_path, {"3": 1.5}), synthetic_head)
    assert by_number[2] == 1.5
    named = replace(synthetic_head, identity_names=tuple(f"shape {index}" for index in "abcdefghij"))
    assert read_identity(written(tmp_path, {"shape b": -1.0}), named)[1] == -1.0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "not a readable identity file"),
        ("[1, NaN]", "NaN is not a number"),
        ("[[[1]]]", "not a readable identity file"),
        ('["a"]', "not a readable identity file"),
        ("[11]", "within -10..10"),
        ('{"wider": 1}', "names the component 'wider', but the head .* has 1 to 10"),
        ('{"1": null}', "the coefficient of '1' should lie within .* received None"),
        (json.dumps([0.0] * 11), "holds 11 coefficients, but the head .* has 10"),
        ("[" * 100_000, "not a readable identity file"),
    ],
)
def test_what_does_not_fit_is_told_in_one_sentence(tmp_path, synthetic_head, content, words):
    with pytest.raises(InputError, match=words):
        read_identity(written(tmp_path, content), synthetic_head)


def test_a_head_of_one_face_only_is_told(tmp_path, synthetic_head):
    one_face = replace(synthetic_head, identity_basis=synthetic_head.identity_basis[:, :, :0])
    with pytest.raises(InputError, match="has no identity components"):
        read_identity(written(tmp_path, {"1": 1.0}), one_face)


def test_missing_files_and_arrays_are_told(tmp_path, synthetic_head):
    with pytest.raises(InputError, match="There is no identity file"):
        read_identity(tmp_path / "none.json", synthetic_head)
    np.savez(tmp_path / "other.npz", something=np.zeros(3))
    with pytest.raises(InputError, match="named identity, betas, shape_params or shape"):
        read_identity(tmp_path / "other.npz", synthetic_head)


def test_an_npy_is_an_identity_as_mica_writes_it(tmp_path, synthetic_head):
    np.save(tmp_path / "identity.npy", np.arange(3, dtype=np.float32))
    np.testing.assert_array_equal(read_identity(tmp_path / "identity.npy", synthetic_head)[:3], [0, 1, 2])


@pytest.mark.parametrize("key", ["identity", "betas", "shape_params", "shape"])
@pytest.mark.parametrize("values", [[1, -2], [[1, -2]]])
def test_json_may_use_any_of_the_usual_names_and_a_byte_order_mark(tmp_path, synthetic_head, key, values):
    path = tmp_path / "identity.json"
    path.write_text(json.dumps({key: values, "expression": [0.1]}), encoding="utf-8-sig")
    np.testing.assert_array_equal(read_identity(path, synthetic_head)[:3], [1, -2, 0])


def test_of_several_rows_the_first_is_used_and_that_is_said(tmp_path, synthetic_head):
    rows = np.arange(6.0).reshape(2, 3)
    np.save(tmp_path / "rows.npy", rows)
    np.savez(tmp_path / "rows.npz", shape_params=rows)
    written(tmp_path, rows.tolist(), "rows.json")
    for name in ("rows.npy", "rows.npz", "rows.json"):
        said = []
        np.testing.assert_array_equal(
            read_identity(tmp_path / name, synthetic_head, said.append)[:3], rows[0]
        )
        assert said == [f"{tmp_path / name} holds 2 identities; the first one is used"]


def test_an_object_array_nobody_needs_is_passed_over(tmp_path, synthetic_head):
    np.savez(tmp_path / "a.npz", betas=np.ones(2), info=np.array([{"by": "me"}], dtype=object))
    assert read_identity(tmp_path / "a.npz", synthetic_head)[1] == 1.0
