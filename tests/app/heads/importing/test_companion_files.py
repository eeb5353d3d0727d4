"""Files beside a head are used where they are valid and reported where they are not."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.heads.importing.companion_files import (
    COMPANION_FILES,
    EMBEDDING_FILE,
    MASKS_FILE,
    MESH_FILE,
    TEXTURE_FILE,
    Companions,
    Embedding,
    read_companions,
    with_published,
)
from app.heads.importing.hair_line import bare_share
from app.heads.importing.mean_texture import read_texture, textured
from flame_model.head import Head, LandmarkPlaces
from flame_model.paint.paint_from_landmarks import has_colors

COLORS = ((30, 60, 200), (200, 60, 30))
"""Blue, green, red of the lower and of the upper half of the texture."""


def embedding(head: Head) -> dict[str, Any]:
    random = np.random.default_rng(0)
    return {
        "lmk_face_idx": random.integers(0, len(head.faces), 105),
        "lmk_b_coords": random.dirichlet(np.ones(3), 105),
        "landmark_indices": random.permutation(468)[:105],
    }


def masks(head: Head) -> dict[str, Any]:
    high = np.flatnonzero(head.template[:, 1] > 0.05)
    return {"scalp": high, "lips": np.arange(4), "left_ear": np.flatnonzero(head.template[:, 0] > 0.06)}


def texture(head: Head) -> dict[str, Any]:
    """Return a texture whose upper half is one colour and whose lower half is another; eyes lie apart."""
    mean = np.zeros((64, 64, 3))
    mean[:32], mean[32:] = COLORS[1], COLORS[0]
    v = np.where(head.template[:, 1] > 0.0, 0.8, 0.2)
    u = np.where(head.skin_weights[:, 3:].sum(axis=1) > 0.5, 0.1, 0.6)
    return {"mean": mean, "vt": np.stack([u, v], axis=1), "ft": head.faces}


def mesh(head: Head) -> str:
    points = texture(head)["vt"]
    lines = [f"v {x} {y} {z}" for x, y, z in head.template]
    lines += [f"vt {u} {v}" for u, v in points]
    lines += ["f " + " ".join(f"{i + 1}/{i + 1}" for i in face) for face in head.faces]
    return "\n".join(lines)


def write_all(head: Head, folder: Path) -> None:
    np.savez(folder / EMBEDDING_FILE, **embedding(head))
    (folder / MASKS_FILE).write_bytes(pickle.dumps(masks(head), protocol=2))
    np.savez(folder / TEXTURE_FILE, **texture(head), tex_dir=np.zeros(5))
    (folder / MESH_FILE).write_text(mesh(head))


def test_all_of_them_are_read(synthetic_head: Head, tmp_path: Path, said: list[str]) -> None:
    write_all(synthetic_head, tmp_path)
    found = read_companions((tmp_path,), synthetic_head, said.append)
    assert said == []
    assert set(found.used) == set(COMPANION_FILES)
    assert found.embedding is not None
    assert found.masks is not None
    np.testing.assert_array_equal(found.embedding.triangles, embedding(synthetic_head)["lmk_face_idx"])
    assert set(found.masks) == {"scalp", "lips", "left_ear"}


def test_nothing_beside_is_nothing(synthetic_head: Head, tmp_path: Path, said: list[str]) -> None:
    assert read_companions((tmp_path,), synthetic_head, said.append) == Companions()
    assert said == []


@pytest.mark.parametrize("own_uv", [True, False])
def test_a_texture_is_read_with_its_uv_or_the_meshs(
    synthetic_head: Head, tmp_path: Path, said: list[str], own_uv: bool
) -> None:
    arrays = texture(synthetic_head)
    if not own_uv:
        arrays = {"mean": arrays["mean"]}
        (tmp_path / MESH_FILE).write_text(mesh(synthetic_head))
    np.savez(tmp_path / TEXTURE_FILE, **arrays)
    found = read_companions((tmp_path,), synthetic_head, said.append).texture
    assert found is not None
    np.testing.assert_array_equal(found.picture[[0, -1], 40], [COLORS[1][::-1], COLORS[0][::-1]])
    np.testing.assert_allclose(found.coords, texture(synthetic_head)["vt"], atol=1e-6)
    np.testing.assert_array_equal(found.corners, synthetic_head.faces)


def test_a_large_texture_is_made_smaller(synthetic_head: Head, tmp_path: Path, said: list[str]) -> None:
    np.savez(tmp_path / TEXTURE_FILE, **texture(synthetic_head) | {"mean": np.full((8, 3000, 3), 9.0)})
    found = read_companions((tmp_path,), synthetic_head, said.append).texture
    assert found is not None
    assert found.picture.shape == (8, 2048, 3)
    assert (found.picture == 9).all()


def test_a_texture_colours_the_skin_and_leaves_the_eyes(synthetic_head: Head, tmp_path: Path) -> None:
    np.savez(tmp_path / TEXTURE_FILE, **texture(synthetic_head))
    head = textured(synthetic_head, read_texture(tmp_path / TEXTURE_FILE, synthetic_head, None))
    skin = synthetic_head.skin_weights[:, 3:].sum(axis=1) < 0.5
    colors = _shown(head)
    for low, expected in ((True, COLORS[0]), (False, COLORS[1])):
        half = skin & ((synthetic_head.template[:, 1] <= 0.0) == low)
        np.testing.assert_allclose(
            colors[half], np.tile(np.array(expected)[::-1] / 255.0, (half.sum(), 1)), atol=0.01
        )
    np.testing.assert_array_equal(colors[~skin], synthetic_head.vertex_colors[~skin])
    assert head.materials[0].color == (1.0, 1.0, 1.0)
    assert head.materials[1] == synthetic_head.materials[1]
    assert has_colors(head)


def _shown(head: Head) -> Any:
    """Return the vertex colours (V, 3) times the texture's colours at the vertices."""
    assert head.texture
    height, width = head.texture.picture.shape[:2]
    columns, rows = (head.texture.coords * (width, -height) + (0.0, height)).astype(int).T
    at_vertex = np.empty((len(head.template), 2), int)
    at_vertex[head.faces] = np.stack([rows, columns], axis=1)[head.texture.corners]
    return head.vertex_colors * (head.texture.picture[tuple(at_vertex.T)] / 255.0)


BAD = {
    "a triangle too far": (EMBEDDING_FILE, lambda h: embedding(h) | {"lmk_face_idx": np.full(105, 10**6)}),
    "weights that do not sum": (EMBEDDING_FILE, lambda h: embedding(h) | {"lmk_b_coords": np.ones((105, 3))}),
    "landmarks that are none": (
        EMBEDDING_FILE,
        lambda h: embedding(h) | {"landmark_indices": np.full(105, 478)},
    ),
    "no mean": (TEXTURE_FILE, lambda h: {"vt": texture(h)["vt"]}),
    "a mean of 0..1": (TEXTURE_FILE, lambda h: texture(h) | {"mean": np.ones((8, 8, 3))}),
    "faces of another mesh": (TEXTURE_FILE, lambda h: texture(h) | {"ft": h.faces[:-1]}),
    "a vertex too far": (MASKS_FILE, lambda h: masks(h) | {"lips": np.array([10**6])}),
    "no regions": (MASKS_FILE, lambda _: {}),
    "a call": (MASKS_FILE, lambda _: {"lips": Path}),
    "another mesh": (MESH_FILE, lambda h: mesh(replace(h, faces=h.faces[::-1]))),
    "no numbers": (MESH_FILE, lambda h: mesh(h).replace("f 1/1", "f one/two")),
    "no UVs": (MESH_FILE, lambda h: mesh(h).replace("vt ", "vn ")),
    "cut short": (MESH_FILE, lambda h: mesh(h)[:-40]),
}


@pytest.mark.parametrize(("name", "content"), BAD.values(), ids=BAD.keys())
def test_a_bad_one_is_named_and_left_out(
    synthetic_head: Head, tmp_path: Path, said: list[str], name: str, content: Any
) -> None:
    bad = content(synthetic_head)
    if name == MASKS_FILE:
        (tmp_path / name).write_bytes(pickle.dumps(bad, protocol=2))
    elif name == MESH_FILE:
        (tmp_path / name).write_text(bad)
    else:
        np.savez(tmp_path / name, **bad)
    assert read_companions((tmp_path,), synthetic_head, said.append) == Companions()
    [told] = said
    assert name in told
    assert told.endswith(" The head is added without it.")


def test_published_places_take_the_place_of_those_found(synthetic_head: Head, said: list[str]) -> None:
    found = LandmarkPlaces(np.zeros(478, np.int32), np.full((478, 3), 1 / 3, np.float32))
    near = Embedding(np.array([5]), np.array([0]), np.array([[0.5, 0.5, 0.0]], np.float32))
    places = with_published(synthetic_head, found, near, said.append)
    np.testing.assert_array_equal(places.weights[5], [0.5, 0.5, 0.0])
    np.testing.assert_array_equal(np.delete(places.weights, 5, axis=0), found.weights[1:])
    assert said == []


def test_places_of_another_mesh_are_left_out(synthetic_head: Head, said: list[str]) -> None:
    found = LandmarkPlaces(np.zeros(478, np.int32), np.full((478, 3), 1 / 3, np.float32))
    far = np.array([len(synthetic_head.faces) // 2])
    places = with_published(
        synthetic_head, found, Embedding(np.array([5]), far, found.weights[:1]), said.append
    )
    assert places is found
    assert EMBEDDING_FILE in said[0]


def test_hair_grows_on_the_scalp_or_else_not_on_the_ears(synthetic_head: Head) -> None:
    regions = masks(synthetic_head)
    scalp, ear = regions["scalp"], regions["left_ear"]
    beside = np.setdiff1d(np.arange(len(synthetic_head.template)), scalp)
    bare = bare_share(synthetic_head, regions)
    assert bare is not None
    assert bare[scalp].mean() < 0.3
    assert bare[beside].mean() > 0.8
    bare = bare_share(synthetic_head, {"left_ear": ear})
    assert bare is not None
    assert bare[ear].mean() > 0.5
    assert bare[synthetic_head.template[:, 0] < 0.0].max() == 0.0
    assert bare_share(synthetic_head, {"lips": regions["lips"]}) is None
