"""The head made of the archive: complete, human, in the head's frame, with colours, in a small file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from flame_model.deform import prepare
from flame_model.files.head_file import read_head, save_head
from flame_model.head import Head


def _part(head: Head, name: str) -> np.ndarray:
    index = [material.name for material in head.materials].index(name)
    return np.unique(head.faces[head.face_materials == index])


def test_arrays_are_whole(head: Head) -> None:
    assert 20_000 < len(head.template) < 25_000
    assert np.array_equal(np.unique(head.faces), np.arange(len(head.template)))
    assert np.allclose(head.skin_weights.sum(1), 1.0, atol=1e-6)
    assert head.skin_weights.min() >= 0.0
    assert 0.0 <= head.vertex_colors.min() <= head.vertex_colors.max() <= 1.0
    for array in (head.template, head.expression_basis, head.identity_basis, head.pose_correctives):
        assert np.isfinite(array).all()


def test_head_stands_where_heads_stand(head: Head) -> None:
    eyes = (head.joint_regressor @ head.template)[3:]
    assert 0.055 < eyes[0, 0] - eyes[1, 0] < 0.070
    assert np.allclose(eyes[:, 1], 0.03, atol=0.005)
    pupils = [head.template[head.skin_weights[:, 3 + side] > 0.5] for side in range(2)]
    assert all(abs(ball[:, 2].max()) < 0.006 for ball in pupils)
    skull = head.template[head.skin_weights[:, 0] < 0.5]
    assert 0.14 < np.ptp(skull[skull[:, 1] > 0.05][:, 0]) < 0.18
    assert head.template[np.argmax(head.template[:, 2]), 1] < 0.02


def test_outside_is_seen(head: Head) -> None:
    for name in ("skin", "eye", "teeth"):
        index = [material.name for material in head.materials].index(name)
        corners = head.template[head.faces[head.face_materials == index]].astype(float)
        volume = np.einsum("fi,fi->f", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])).sum()
        assert volume > 0.0


def test_expressions_have_the_trackers_names(head: Head) -> None:
    assert len(head.expression_names) == head.expression_count == 42
    assert {"mouthSmileLeft", "mouthLeft", "browInnerUpLeft", "cheekPuffRight"} <= set(head.expression_names)
    carried = ("jawOpen", "eyeBlink", "eyeLook")
    assert not [name for name in head.expression_names if name.startswith(carried) or "_" in name]


@pytest.mark.parametrize(
    ("name", "place", "direction"),
    [
        ("mouthSmileLeft", (0.024, -0.038, 0.002), (0.3, 1.0, 0.0)),
        ("mouthSmileRight", (-0.024, -0.038, 0.002), (-0.3, 1.0, 0.0)),
        ("browInnerUpRight", (-0.012, 0.055, 0.005), (0.0, 1.0, 0.0)),
        ("jawLeft", (0.0, -0.080, 0.004), (1.0, 0.0, 0.0)),
    ],
)
def test_shapes_move_their_part(
    head: Head, name: str, place: tuple[float, ...], direction: tuple[float, ...]
) -> None:
    shape = head.expression_basis[..., head.expression_names.index(name)]
    near = np.linalg.norm(head.template - np.array(place), axis=1) < 0.012
    assert near.any()
    assert shape[near].mean(0) @ np.array(direction) > 1e-3


def test_teeth_follow_the_jaw_alone(head: Head) -> None:
    teeth = _part(head, "teeth")
    for component, name in enumerate(head.expression_names):
        assert name.startswith("jaw") or not head.expression_basis[teeth, :, component].any()


def test_eyeballs_show_where_they_look(head: Head) -> None:
    for side in range(2):
        ball = np.flatnonzero(head.skin_weights[:, 3 + side] > 0.5)
        center = (head.joint_regressor @ head.template)[3 + side]
        spoke = head.template[ball] - center
        off_axis = np.hypot(spoke[:, 0], spoke[:, 1])
        front = spoke[:, 2] > 0.0
        brightness = head.vertex_colors[ball].mean(1)
        assert brightness[front & (off_axis < 0.0018)].max() < 0.1
        assert brightness[front & (off_axis > 0.0066) & (off_axis < 0.010)].min() > 0.8
        assert brightness[front & (off_axis > 0.0030) & (off_axis < 0.0055)].max() < 0.6


def test_brows_and_lips_are_drawn(head: Head) -> None:
    skin = _part(head, "skin")
    points, colors = head.template[skin], head.vertex_colors[skin]

    def near(place: tuple[float, float, float], size: float = 0.004) -> np.ndarray:
        return np.asarray(colors[np.linalg.norm(points - np.array(place), axis=1) < size])

    forehead = near((0.0, 0.075, 0.0), 0.02).mean(0)
    for side in (-1.0, 1.0):
        assert near((side * 0.024, 0.0515, 0.0047)).mean() < 0.6 * forehead.mean()
    lip = colors[np.argmin(np.linalg.norm(points - np.array([0.0, -0.0335, 0.0175]), axis=1))]
    assert lip[0] / lip[1] > 1.25 * forehead[0] / forehead[1]


def test_joints_follow_the_identity(head: Head) -> None:
    for component in (0, 5):
        prepared = prepare(head, np.eye(head.identity_count)[component] * 2.0)
        moved = prepared.rest_vertices - head.template
        assert np.linalg.norm(moved, axis=1).max() > 1e-3
        for side in range(2):
            ball = head.skin_weights[:, 3 + side] > 0.5
            joint = prepared.joints[3 + side] - prepare(head).joints[3 + side]
            assert np.linalg.norm(joint - moved[ball].mean(0)) < 0.0005


def test_file_is_small_and_comes_back(head: Head, tmp_path: Path) -> None:
    path = tmp_path / "ict.npz"
    save_head(head, path)
    assert path.stat().st_size < 6e6
    back = read_head(path)
    assert np.array_equal(back.expression_basis, head.expression_basis)
    assert np.array_equal(back.identity_basis, head.identity_basis)
    assert back.provenance.licence == "MIT"
