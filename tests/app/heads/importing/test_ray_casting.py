"""Rays cast from pixels to a mesh, checked against the projection that drew them."""

from __future__ import annotations

import numpy as np

from app.heads.importing.ray_casting import cast_pixels
from render.camera import OrbitCamera
from render.framing import DEFAULT
from tests.synthetic_heads import make_head

SIZE = (640, 480)
WALL = np.array([[-1.0, -1.0, 0.0], [1.0, -1.0, 0.0], [0.0, 1.5, 0.0]])


def pixels_of(points, camera):
    """Return where points (N, 3) are in the picture."""
    clip = np.column_stack([points, np.ones(len(points))]) @ (camera.projection(SIZE) @ camera.view()).T
    return (clip[:, :2] / clip[:, 3:] * (0.5, -0.5) + 0.5) * SIZE


def test_points_on_the_surface_are_found_again_from_every_side():
    head = make_head(vertices=800)
    for yaw, pitch in ((0.0, 0.0), (0.6, 0.2), (-2.0, -0.4)):
        camera = DEFAULT.camera(head).orbit(yaw, pitch)
        middles = head.template[head.faces].mean(axis=1)
        hits = cast_pixels(pixels_of(middles, camera), camera, SIZE, head.template, head.faces)
        found = hits.triangles == np.arange(len(head.faces))
        assert found.sum() > 0.3 * len(found)
        np.testing.assert_allclose(hits.points[found], middles[found], atol=1e-5)
        hidden = ~found & (hits.triangles >= 0)
        near = np.linalg.norm(hits.points - camera.position, axis=1)
        assert (near[hidden] < np.linalg.norm(middles[hidden] - camera.position, axis=1)).all()
        assert (hits.facing[hits.triangles >= 0] > 0.0).all()


def test_backs_and_empty_pixels_are_no_hits():
    camera = OrbitCamera(target=(0.0, 0.0, 0.0), frame_height=4.0)
    middle, corner = np.array([[320.0, 240.0]]), np.array([[1.0, 1.0]])
    assert cast_pixels(middle, camera, SIZE, WALL, np.array([[0, 1, 2]])).triangles == [0]
    for pixels, faces in ((middle, [[0, 2, 1]]), (corner, [[0, 1, 2]])):
        hits = cast_pixels(pixels, camera, SIZE, WALL, np.array(faces))
        assert hits.triangles == [-1]
        assert np.isnan(hits.points).all()
        assert np.isnan(hits.facing).all()


def test_a_wall_seen_askew_faces_by_the_cosine():
    camera = OrbitCamera(target=(0.0, 0.0, 0.0), frame_height=4.0).orbit(0.7, 0.0)
    hits = cast_pixels(np.array([[320.0, 240.0]]), camera, SIZE, WALL, np.array([[0, 1, 2]]))
    np.testing.assert_allclose(hits.facing, np.cos(0.7), atol=1e-9)
    np.testing.assert_allclose(hits.points, 0.0, atol=1e-9)
