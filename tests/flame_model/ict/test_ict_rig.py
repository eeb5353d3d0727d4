"""Joints, pose correctives and blink shapes reproduce the archive's shapes of jaw, gaze and lids."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.arrays import Float64Array
from flame_model.deform import deform, prepare
from flame_model.head import Head
from flame_model.ict import layout
from flame_model.ict.archive import IctMeshes
from flame_model.ict.rig import GAZE_RADIANS, fit_hinge, within
from flame_model.ict.surface import Surface, drawn_surface
from flame_model.params import HeadParams, rest_params

JAW_OPEN_RADIANS = 0.4422
"""Rotation of the lower teeth in the archive's jawOpen shape."""


@pytest.fixture(scope="module")
def surface(meshes: IctMeshes) -> Surface:
    return drawn_surface(meshes)


def _moved(head: Head, **changes: object) -> Float64Array:
    params: HeadParams = replace(rest_params(head.expression_count), **changes)
    return deform(prepare(head), params) - head.template


def _shape(meshes: IctMeshes, surface: Surface, name: str) -> Float64Array:
    return np.asarray(surface.sample @ (0.01 * meshes.expressions[name]))


def test_hinge_is_that_of_the_lower_teeth(meshes: IctMeshes) -> None:
    teeth = slice(*layout.LOWER_TOOTH_VERTICES)
    hinge = fit_hinge(meshes.neutral[teeth], meshes.expressions["jawOpen"][teeth])
    assert hinge.angle == pytest.approx(JAW_OPEN_RADIANS, abs=1e-3)


def test_jaw_reproduces_the_shape(head: Head, meshes: IctMeshes, surface: Surface) -> None:
    moved = _moved(head, jaw=np.array([JAW_OPEN_RADIANS, 0.0, 0.0]))
    error = np.linalg.norm(moved - _shape(meshes, surface, "jawOpen"), axis=1)
    assert error.mean() <= 3e-4
    assert error.max() <= 1.5e-3


def test_lower_teeth_stay_rigid(head: Head, surface: Surface) -> None:
    teeth = within(surface.source, layout.LOWER_TOOTH_VERTICES)
    opened = (head.template + _moved(head, jaw=np.array([0.25, 0.0, 0.0])))[teeth]
    before, after = (np.ptp(points, axis=0)[0] for points in (head.template[teeth], opened))
    assert after == pytest.approx(before, abs=1e-4)
    upper = within(surface.source, layout.UPPER_TOOTH_VERTICES)
    assert np.abs(_moved(head, jaw=np.array([0.25, 0.0, 0.0]))[upper]).max() < 1e-6


@pytest.mark.parametrize(
    ("way", "toward"), [("Down", (1.0, 0.0)), ("Up", (-1.0, 0.0)), ("Out", (0.0, 1.0)), ("In", (0.0, -1.0))]
)
def test_lids_follow_the_gaze_as_in_the_archive(
    head: Head, meshes: IctMeshes, surface: Surface, way: str, toward: tuple[float, float]
) -> None:
    eyes = np.zeros((2, 3))
    eyes[0, :2] = np.array(toward) * GAZE_RADIANS[way]
    moved = _moved(head, eyes=eyes)
    skin = within(surface.source, layout.FACE_VERTICES)
    expected = _shape(meshes, surface, f"eyeLook{way}_L")
    assert np.linalg.norm(moved - expected, axis=1)[skin].max() < 2e-4
    ball = head.skin_weights[:, 3] > 0.5
    front = ball & (head.vertex_colors.mean(1) < 0.05)
    travel = moved[front].mean(0)
    assert np.array(toward) @ np.array([-travel[1], travel[0]]) > 0.004


def _lid_gaps(surface: Surface, vertices: Float64Array, side: int) -> list[float]:
    """Return the heights between the upper and the lower lid's edge at their landmarks."""
    places = [int(np.flatnonzero(surface.source == mark)[0]) for mark in layout.EYE_LANDMARKS[side]]
    height = vertices[places, 1]
    return [float(height[1] - height[5]), float(height[2] - height[4])]


@pytest.mark.parametrize("side", [0, 1])
def test_lids_shut(head: Head, surface: Surface, side: int) -> None:
    shut = head.template + _moved(head, eyelids=np.eye(2)[side])
    pairs = zip(_lid_gaps(surface, head.template, side), _lid_gaps(surface, shut, side), strict=True)
    for opened, closed in pairs:
        assert opened > 0.006
        assert -0.08 * opened < closed <= 0.05 * opened
    other = _lid_gaps(surface, shut, 1 - side)
    assert other == pytest.approx(_lid_gaps(surface, head.template, 1 - side), abs=1e-5)


@pytest.mark.parametrize("closure", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_lids_pass_over_the_eyeball(head: Head, surface: Surface, closure: float) -> None:
    assert head.eyelid_arc is not None
    assert head.eyelid_hold is not None
    for side in range(2):
        center = (head.joint_regressor @ head.template)[3 + side]
        ball = np.linalg.norm(head.template[head.skin_weights[:, 3 + side] > 0.5] - center, axis=1).max()
        lid = (head.eyelid_hold[:, side] > 0.5) & within(surface.source, layout.FACE_VERTICES)
        moved = closure * head.eyelid_basis + closure * (1.0 - closure) * head.eyelid_arc
        spoke = (head.template + moved[..., side])[lid] - center
        assert lid.sum() > 150
        assert np.linalg.norm(spoke, axis=1).min() > ball - 2e-4


def test_full_closure_holds_the_lids_and_leaves_the_brows(head: Head, surface: Surface) -> None:
    assert head.eyelid_hold is not None
    for side in range(2):
        marks = np.isin(surface.source, np.delete(layout.EYE_LANDMARKS[side], [0, 3]))
        brows = np.isin(surface.source, layout.BROW_LANDMARKS[side])
        assert head.eyelid_hold[marks, side].min() == 1.0
        assert not head.eyelid_hold[brows, side].any()
        assert not head.eyelid_hold[marks, 1 - side].any()
