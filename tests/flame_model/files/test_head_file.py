"""A head read from its file equals the saved one; a forged file gets an error of one sentence."""

from __future__ import annotations

import zipfile
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from flame_model.errors import HeadFileError, OutputError
from flame_model.files.head_file import read_head, save_head
from flame_model.head import Head, LandmarkPlaces, Provenance, Texture
from tests.synthetic_heads import assert_same_head


@pytest.mark.parametrize(
    "change", [{}, {"expression_names": ()}, {"identity_basis": np.zeros((386, 3, 0), np.float32)}]
)
def test_a_saved_head_comes_back(synthetic_head: Head, tmp_path: Path, change: dict[str, Any]) -> None:
    head = replace(synthetic_head, **change)
    save_head(head, tmp_path / "head.npz")
    assert_same_head(read_head(tmp_path / "head.npz"), head)
    assert [file.name for file in tmp_path.iterdir()] == ["head.npz"]


def test_lids_landmarks_and_provenance_are_kept(synthetic_head: Head, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    count = len(synthetic_head.template)
    triangles = rng.integers(0, len(synthetic_head.faces), 478).astype(np.int32)
    whole = replace(
        synthetic_head,
        identity_names=tuple(f"identity_{i}" for i in range(synthetic_head.identity_count)),
        eyelid_arc=rng.normal(size=(count, 3, 2)).astype(np.float32),
        eyelid_hold=rng.random((count, 2), dtype=np.float32),
        landmarks=LandmarkPlaces(triangles, rng.dirichlet(np.ones(3), 478).astype(np.float32)),
        provenance=Provenance("2023 Open", "CC BY 4.0", "a test"),
    )
    save_head(whole, tmp_path / "head.npz")
    loaded = read_head(tmp_path / "head.npz")
    assert loaded.landmarks is not None
    assert whole.landmarks is not None
    np.testing.assert_array_equal(loaded.landmarks.triangles, whole.landmarks.triangles)
    np.testing.assert_array_equal(loaded.landmarks.weights, whole.landmarks.weights)
    assert_same_head(replace(loaded, landmarks=None), replace(whole, landmarks=None))


def test_shapes_that_are_mostly_zero_take_little_room(synthetic_head: Head, tmp_path: Path) -> None:
    pose = np.zeros_like(synthetic_head.pose_correctives)
    pose[:40] = synthetic_head.pose_correctives[:40]
    path = tmp_path / "still.npz"
    save_head(replace(synthetic_head, pose_correctives=pose), path)
    with zipfile.ZipFile(path) as archive:
        room = sum(m.compress_size for m in archive.infolist() if m.filename.startswith("pose_correctives"))
    assert room < 1.1 * pose[:40].nbytes
    np.testing.assert_array_equal(read_head(path).pose_correctives, pose)


@pytest.mark.parametrize("key", ["template", "expression_basis", "skin_weights", "material_looks"])
def test_a_head_with_numbers_that_are_none_is_refused(synthetic_head: Head, tmp_path: Path, key: str) -> None:
    arrays = _stored(synthetic_head, tmp_path)
    arrays[key].flat[0] = np.nan
    with pytest.raises(HeadFileError, match=rf"bad\.npz: array '{key}' should hold finite numbers"):
        read_head(_written(arrays, tmp_path))


FORGED = {
    "another version": ({"flame_cam_head": 2}, "'flame_cam_head' should be 1, received 2"),
    "an unknown material": ({"material_names": np.array(["skin"])}, "'material_looks' should have shape"),
    "a name too few": (
        {"expression_names": np.array(["a", "b"])},
        "should hold 12 names or none, received 2",
    ),
    "a giant packed shape": (
        {"eyelid_basis.shape": np.array([2**20, 3, 2**20])},
        r"'eyelid_basis.shape' is \[1048576, 3, 1048576\]: it asks for 24,576.0 GB of memory; the limit is",
    ),
    "a packed place outside": (
        {"eyelid_basis.gaps": np.array([386 * 6]), "eyelid_basis.values": np.ones(1, np.float32)},
        r"'eyelid_basis\.gaps' should lie in",
    ),
    "packed places that run out of the array": (
        {"eyelid_basis.gaps": np.array([386 * 6 - 1, 1]), "eyelid_basis.values": np.ones(2, np.float32)},
        r"'eyelid_basis\.gaps' should add up to less than",
    ),
}


@pytest.mark.parametrize(("forged", "sentence"), FORGED.values(), ids=FORGED.keys())
def test_forged_heads_get_a_sentence(
    synthetic_head: Head, tmp_path: Path, forged: dict[str, Any], sentence: str
) -> None:
    still = replace(synthetic_head, eyelid_basis=np.zeros_like(synthetic_head.eyelid_basis))
    with pytest.raises(HeadFileError, match=sentence):
        read_head(_written(_stored(still, tmp_path) | forged, tmp_path))


FORGED_TEXTURES = {
    "floats": ({"texture": np.zeros((4, 4, 3))}, "'texture' should hold bytes, received float64"),
    "a grey picture": ({"texture": np.zeros((4, 4), np.uint8)}, "'texture' should have shape"),
    "a place outside": ({"texture_coords": np.array([[0.5, 1.5]])}, r"should lie in 0\.\.1, received 0\.5"),
    "no places": ({"texture_coords": np.zeros((0, 2))}, "'texture_coords' should have shape"),
    "a corner too far": ({"texture_coords": np.zeros((1, 2))}, r"'texture_corners' should lie in 0\.\.0"),
    "other faces": ({"texture_corners": np.zeros((5, 3), int)}, "'texture_corners' should have shape"),
}


def _textured(head: Head) -> Head:
    rng = np.random.default_rng(0)
    corners = rng.integers(0, 7, head.faces.shape).astype(np.int32)
    picture = rng.integers(0, 256, (8, 4, 3)).astype(np.uint8)
    wrinkles = rng.integers(0, 256, (4, 4, 3)).astype(np.uint8)
    return replace(head, texture=Texture(picture, rng.random((7, 2), dtype=np.float32), corners, wrinkles))


def test_a_texture_is_kept(synthetic_head: Head, tmp_path: Path) -> None:
    head = _textured(synthetic_head)
    save_head(head, tmp_path / "head.npz")
    read = read_head(tmp_path / "head.npz").texture
    assert read is not None
    for field in fields(Texture):
        before, after = getattr(head.texture, field.name), getattr(read, field.name)
        assert before.dtype == after.dtype
        np.testing.assert_array_equal(before, after)


@pytest.mark.parametrize(("forged", "sentence"), FORGED_TEXTURES.values(), ids=FORGED_TEXTURES.keys())
def test_forged_textures_get_a_sentence(
    synthetic_head: Head, tmp_path: Path, forged: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(HeadFileError, match=sentence):
        read_head(_written(_stored(_textured(synthetic_head), tmp_path) | forged, tmp_path))


@pytest.mark.parametrize("folder", ["nowhere", "a_file"])
def test_a_folder_that_cannot_be_written_is_named(synthetic_head: Head, tmp_path: Path, folder: str) -> None:
    (tmp_path / "a_file").touch()
    with pytest.raises(OutputError, match=rf"{folder}.*(cannot be written|Create it first)"):
        save_head(synthetic_head, tmp_path / folder / "head.npz")


def _stored(head: Head, folder: Path) -> dict[str, Any]:
    save_head(head, folder / "good.npz")
    with np.load(folder / "good.npz") as arrays:
        return dict(arrays)


def _written(arrays: dict[str, Any], folder: Path) -> Path:
    np.savez(folder / "bad.npz", **arrays)
    return folder / "bad.npz"
