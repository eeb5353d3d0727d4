"""Split vertices, drawing order and wrinkled triangles of a head's mesh."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.head import Head, Texture

pytestmark = pytest.mark.usefixtures("context")


def test_split_keeps_every_triangle_with_its_material(synthetic_head: Head) -> None:
    from render.mesh.triangles import split_vertices

    sources, materials, _, triangles = split_vertices(synthetic_head)
    drawn = {(*sources[triangle].tolist(), int(materials[triangle][0])) for triangle in triangles}
    given = zip(synthetic_head.faces.tolist(), synthetic_head.face_materials.tolist(), strict=True)
    assert drawn == {(*face, material) for face, material in given}
    assert all(len(set(materials[triangle].tolist())) == 1 for triangle in triangles)


def test_a_vertex_on_a_seam_is_drawn_once_for_each_place_in_the_texture(synthetic_head: Head) -> None:
    from render.mesh.triangles import split_vertices

    left = (synthetic_head.template[synthetic_head.faces][:, :, 0].mean(axis=1) > 0.0).astype(np.int32)
    coords = np.array([[0.25, 0.5], [0.75, 0.5]], np.float32)
    texture = Texture(np.zeros((4, 4, 3), np.uint8), coords, np.repeat(left[:, None], 3, axis=1))
    plain, *_ = split_vertices(synthetic_head)
    sources, _, places, triangles = split_vertices(replace(synthetic_head, texture=texture))
    on_both_sides = np.intersect1d(*(synthetic_head.faces[left == side] for side in (0, 1)))
    assert len(sources) == len(plain) + len(on_both_sides)
    assert all(len(np.unique(places[triangle], axis=0)) == 1 for triangle in triangles)


def test_what_lies_in_front_is_drawn_first() -> None:
    from render.mesh.triangles import SLAB, drawing_order

    points = np.random.default_rng(0).uniform(-0.1, 0.1, (200, 3)).astype(np.float32)
    order = drawing_order(points)
    assert sorted(order.tolist()) == list(range(200))
    assert np.diff(points[order, 2]).max() <= SLAB
    assert points[order[:20], 2].min() > points[order[-20:], 2].max()


def test_closed_and_open_meshes() -> None:
    from render.mesh.triangles import is_closed

    tetrahedron = np.array([[0, 1, 2], [0, 3, 1], [0, 2, 3], [1, 3, 2]], np.int32)
    assert is_closed(tetrahedron)
    assert not is_closed(tetrahedron[:3])


def test_only_triangles_near_wrinkles_show_them() -> None:
    from render.mesh.triangles import has_wrinkles

    wrinkles = np.full((64, 64, 3), 128, np.uint8)
    wrinkles[8:12, 8:12, 0] = 90  # at the upper left
    coords = np.zeros((1, 2), np.float32)
    texture = Texture(np.zeros((4, 4, 3), np.uint8), coords, np.zeros((3, 3), np.int32), wrinkles)
    middles = np.array([[0.15, 0.85], [0.85, 0.85], [0.15, 0.15]], np.float32)
    corners = np.repeat(middles[:, None], 3, axis=1)
    assert has_wrinkles(texture, corners).tolist() == [True, False, False]
    assert not has_wrinkles(replace(texture, wrinkles=None), corners).any()
