"""The orbit camera projects points correctly, and its movements have limits."""

from __future__ import annotations

import math

import numpy as np
import pytest

from render.camera import PITCH_LIMIT, OrbitCamera


def on_screen(camera: OrbitCamera, point: tuple[float, float, float], size: tuple[int, int]) -> np.ndarray:
    clip = camera.projection(size) @ camera.view() @ np.array([*point, 1.0])
    return clip[:3] / clip[3]


@pytest.mark.parametrize("turn", [(0.0, 0.0), (0.7, 0.3), (-2.0, -1.0)])
def test_target_stays_in_the_middle(turn: tuple[float, float]) -> None:
    camera = OrbitCamera().orbit(*turn)
    np.testing.assert_allclose(on_screen(camera, camera.target, (640, 480))[:2], 0.0, atol=1e-9)


@pytest.mark.parametrize("size", [(512, 512), (1280, 720), (480, 960)])
def test_frame_height_fits_the_shorter_side(size: tuple[int, int]) -> None:
    camera = OrbitCamera(target=(0.0, 0.0, 0.0), frame_height=0.4)
    place = on_screen(camera, (0.2, 0.2, 0.0), size)
    assert max(abs(place[0]), abs(place[1])) == pytest.approx(1.0)


def test_up_is_up_and_the_heads_left_is_on_the_right() -> None:
    camera = OrbitCamera()
    x, y, _ = on_screen(camera, (0.05, 0.05, 0.0), (512, 512))
    assert x > 0.0
    assert y > 0.0


def test_view_keeps_lengths_and_looks_from_its_position() -> None:
    camera = OrbitCamera().orbit(0.4, -0.3)
    view = camera.view()
    np.testing.assert_allclose(view[:3, :3] @ view[:3, :3].T, np.eye(3), atol=1e-12)
    np.testing.assert_allclose(view @ np.array([*camera.position, 1.0]), [0, 0, 0, 1], atol=1e-12)


def test_orbit_and_zoom_have_limits_and_reset_undoes_them() -> None:
    home = OrbitCamera()
    moved = home.orbit(10.0, 10.0).zoom(1000.0)
    assert moved.pitch == PITCH_LIMIT
    assert abs(moved.yaw) <= math.pi
    assert moved.distance > 0.1
    assert moved.reset() == home


def test_zoom_comes_nearer() -> None:
    assert OrbitCamera().zoom(1.0).distance < OrbitCamera().distance < OrbitCamera().zoom(-1.0).distance


def test_region_holds_the_points_and_stays_in_the_picture() -> None:
    camera = OrbitCamera(target=(0.0, 0.0, 0.0), frame_height=0.4)
    left, bottom, width, height = camera.region(np.array([[-0.1, -0.05, 0.0], [0.1, 0.05, 0.0]]), (400, 400))
    assert (left, bottom, left + width, bottom + height) == pytest.approx((100, 150, 300, 250), abs=1)
    assert camera.region(np.array([[-5.0, 0.0, 0.0], [5.0, 0.01, 0.0]]), (400, 400))[::2] == (0, 400)
    behind = np.array([[0.0, 0.0, 10.0]])
    assert camera.region(behind, (400, 300)) == (0, 0, 400, 300)


def test_pixels_per_metre_are_those_around_the_target() -> None:
    camera = OrbitCamera(target=(0.0, 0.0, 0.0), frame_height=0.4, magnification=2.0)
    left, right = (on_screen(camera, (x, 0.0, 0.0), (600, 400))[0] for x in (-0.01, 0.01))
    assert camera.pixels_per_metre((600, 400)) == pytest.approx((right - left) * 300 / 0.02, rel=1e-6)
