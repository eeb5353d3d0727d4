"""The built-in head: built from the measured face, closed, symmetric, with working eyes and mouth."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from importlib import resources

import numpy as np
import numpy.typing as npt
import pytest
import trimesh

from flame_model.builtin.build import build_head
from flame_model.builtin.rig import JAW_OPEN_RADIANS, JOINTS
from flame_model.builtin.skin.bust_distance_field import collar_size, torso_distance
from flame_model.deform import deform, prepare
from flame_model.face.eyes import EYE_CENTERS, EYE_RADIUS
from flame_model.face.landmarks import rest_landmarks
from flame_model.face.measured_face import load_measurement
from flame_model.find_heads import load_head
from flame_model.head import JOINT_NAMES, Head
from flame_model.params import HeadParams, rest_params
from flame_model.rotations import matrix_from_axis_angle
from tests.skin_cover import uncovered

Vertices = npt.NDArray[np.floating]

SKIN = ("skin", "lid margin", "mouth")
BASIS_FIELDS = ("identity_basis", "expression_basis", "pose_correctives", "eyelid_basis", "eyelid_arc")


@pytest.fixture(scope="module")
def head() -> Head:
    return load_head("builtin")


@pytest.fixture(scope="module")
def rest(head: Head) -> HeadParams:
    return rest_params(head.expression_count)


def _part(head: Head, *names: str) -> npt.NDArray[np.int64]:
    """Return the vertices of the faces made of the named materials."""
    wanted = [i for i, material in enumerate(head.materials) if material.name in names]
    return np.unique(head.faces[np.isin(head.face_materials, wanted)])


def _skin_mesh(head: Head, vertices: Vertices) -> trimesh.Trimesh:
    wanted = [i for i, m in enumerate(head.materials) if m.name in SKIN]
    return trimesh.Trimesh(vertices, head.faces[np.isin(head.face_materials, wanted)], process=False)


def test_the_file_is_what_the_code_builds(head: Head) -> None:
    with resources.as_file(resources.files("assets") / "measured_face.npz") as path:
        built = build_head(load_measurement(path))
    for field in ("template", *BASIS_FIELDS):
        np.testing.assert_allclose(getattr(built, field), getattr(head, field), atol=4e-6, err_msg=field)
    np.testing.assert_allclose(built.eyelid_hold, head.eyelid_hold, atol=0.01)
    np.testing.assert_array_equal(built.faces, head.faces)
    assert built.landmarks is not None
    assert head.landmarks is not None
    np.testing.assert_allclose(
        rest_landmarks(built, built.landmarks), rest_landmarks(head, head.landmarks), atol=4e-6
    )
    assert built.expression_names == head.expression_names


def test_the_skin_is_one_closed_surface_but_for_the_eyes(head: Head) -> None:
    mesh = max(_skin_mesh(head, head.template).split(only_watertight=False), key=lambda m: len(m.faces))
    sides = Counter(tuple(sorted(side)) for side in mesh.edges.tolist())
    open_sides = np.array([side for side, uses in sides.items() if uses == 1])
    assert set(sides.values()) == {1, 2}
    rims = mesh.vertices[np.unique(open_sides)]
    in_eyeball = np.linalg.norm(rims[:, None] - EYE_CENTERS, axis=2).min(1) < EYE_RADIUS
    assert in_eyeball.all()
    assert mesh.is_winding_consistent


def test_left_and_right_are_mirror_images(head: Head) -> None:
    mirrored = head.template * np.array([-1.0, 1.0, 1.0])
    gaps = trimesh.proximity.cKDTree(head.template).query(mirrored)[0]
    assert gaps.max() < 2e-4


@pytest.mark.parametrize("side", [0, 1])
def test_eyeballs_have_no_holes(head: Head, side: int) -> None:
    eye = [material.name for material in head.materials].index("eye")
    eyes = trimesh.Trimesh(head.template, head.faces[head.face_materials == eye])
    own = eyes.split(only_watertight=True)
    assert len(own) == 2
    assert abs(own[side].volume / (4.0 / 3.0 * np.pi * EYE_RADIUS**3) - 1.0) < 0.1


def test_every_row_of_weights_is_a_share(head: Head) -> None:
    np.testing.assert_allclose(head.skin_weights.sum(1), 1.0, atol=1e-6)
    assert head.skin_weights.min() >= 0.0


def test_joints_are_where_the_anatomy_says_and_no_expression_moves_them(head: Head) -> None:
    np.testing.assert_allclose(head.joint_regressor @ head.template, JOINTS, atol=1e-5)
    moved = np.einsum("jv,vce->jce", head.joint_regressor, head.expression_basis)
    assert np.abs(moved).max() < 1e-4


def test_dimensions_are_a_human_head(head: Head) -> None:
    skin = head.template[_part(head, "skin")]
    above_neck = skin[skin[:, 1] > -0.09]
    width, height, depth = np.ptp(above_neck, axis=0)
    assert 0.14 < width < 0.20
    assert 0.20 < height < 0.26
    assert 0.18 < depth < 0.24


def test_the_neck_is_slimmer_than_the_jaw_and_the_shoulders_wider_than_the_head(head: Head) -> None:
    skin = head.template[_part(head, "skin", "cloth")]

    def breadth(low: float, high: float) -> float:
        return float(np.ptp(skin[(skin[:, 1] > low) & (skin[:, 1] < high) & (skin[:, 2] > -0.10), 0]))

    assert breadth(-0.110, -0.095) < 0.9 * breadth(-0.060, -0.045)
    assert breadth(-0.230, -0.190) > 1.5 * breadth(0.030, 0.060)


def test_the_skin_ends_below_the_shirt(head: Head) -> None:
    skin, cloth = (head.template[_part(head, name)].astype(float) for name in ("skin", "cloth"))
    tops = [torso_distance(points)[collar_size(points) > 1.03].max() for points in (skin, cloth)]
    assert tops[0] < tops[1] - 0.001
    assert skin[:, 1].min() > cloth[:, 1].min()


def test_shoulders_stay_when_the_neck_turns(head: Head, rest: HeadParams) -> None:
    prepared = prepare(head)
    moved = deform(prepared, replace(rest, neck=np.array([0.0, 0.5, 0.0]))) - prepared.rest_vertices
    shoulders = head.template[:, 1] < -0.17
    assert np.abs(moved[shoulders]).max() < 1e-5
    assert np.abs(moved[head.template[:, 1] > 0.0]).max() > 0.03


def _covered(head: Head, vertices: Vertices, side: int) -> float:
    """Return the share of nine points on one iris that skin covers, seen from the front."""
    faces = head.faces[np.array([head.materials[m].name in SKIN for m in head.face_materials])]
    x, y = np.meshgrid([-0.003, 0.0, 0.003], [-0.002, 0.0, 0.002])
    points = EYE_CENTERS[side] + np.stack([x.ravel(), y.ravel(), np.full(x.size, EYE_RADIUS)], axis=1)
    return 1.0 - uncovered(vertices, faces, points) / len(points)


@pytest.mark.parametrize("side", [0, 1])
def test_an_eyelid_shuts_its_own_eye(head: Head, rest: HeadParams, side: int) -> None:
    prepared = prepare(head)
    closed = np.zeros(2)
    closed[side] = 1.0
    shut = deform(prepared, replace(rest, eyelids=closed))
    assert [_covered(head, prepared.rest_vertices, eye) for eye in range(2)] == [0.0, 0.0]
    assert _covered(head, shut, side) == 1.0
    assert _covered(head, shut, 1 - side) == 0.0


def test_the_jaw_takes_chin_and_lower_teeth_along(head: Head, rest: HeadParams) -> None:
    prepared = prepare(head)
    moved = (
        deform(prepared, replace(rest, jaw=np.array([JAW_OPEN_RADIANS, 0.0, 0.0]))) - prepared.rest_vertices
    )
    skin = _part(head, "skin")
    chin = skin[np.argmin(np.linalg.norm(head.template[skin] - [0.0, -0.083, 0.0], axis=1))]
    teeth = _part(head, "teeth")
    upper, lower = (teeth[head.skin_weights[teeth, joint] == 1.0] for joint in (1, 2))
    assert -0.045 < moved[chin, 1] < -0.015
    jaw = (head.joint_regressor @ head.template)[JOINT_NAMES.index("jaw")]
    turned = matrix_from_axis_angle(np.array([JAW_OPEN_RADIANS, 0.0, 0.0]))
    slide = moved[lower] - ((head.template[lower] - jaw) @ turned.T + jaw - head.template[lower])
    np.testing.assert_allclose(slide, np.broadcast_to(slide[0], slide.shape), atol=1e-5)
    assert -0.008 < slide[0, 1] < 0.0 < slide[0, 2] < 0.012, "an opening jaw slides down and forward"
    assert moved[lower, 1].max() < -0.008, "molars lie nearer to the joint than the chin"
    assert np.abs(moved[upper]).max() < 1e-6
    brow = head.template[:, 1] > 0.05
    assert np.abs(moved[brow]).max() < 5e-4


def test_lids_follow_the_gaze(head: Head, rest: HeadParams) -> None:
    prepared = prepare(head)
    lid = _part(head, "lid margin")
    upper = lid[head.template[lid, 1] > EYE_CENTERS[0, 1] + 0.003]
    for look, way in ((0.4, -1.0), (-0.4, 1.0)):
        eyes = np.tile([look, 0.0, 0.0], (2, 1))
        moved = deform(prepared, replace(rest, eyes=eyes))[upper] - prepared.rest_vertices[upper]
        assert way * moved[:, 1].mean() > 5e-4


@pytest.mark.parametrize(
    ("name", "place", "direction"),
    [
        ("mouthSmileLeft", (0.024, -0.038, 0.001), (0.3, 1.0, 0.0)),
        ("browOuterUpRight", (-0.040, 0.055, 0.0), (0.0, 1.0, 0.0)),
        ("mouthLowerDownLeft", (0.010, -0.045, 0.015), (0.0, -1.0, 0.0)),
    ],
)
def test_signals_move_their_part_of_the_face(
    head: Head, name: str, place: tuple[float, ...], direction: tuple[float, ...]
) -> None:
    shape = head.expression_basis[..., head.expression_names.index(name)]
    near = np.linalg.norm(head.template - np.array(place), axis=1) < 0.012
    assert shape[near].mean(0) @ np.array(direction) > 1e-3
    assert np.abs(shape[head.template[:, 2] < -0.15]).max() < 1e-4
