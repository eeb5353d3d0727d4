"""Triangles as they are drawn."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.head import Head

pytestmark = pytest.mark.usefixtures("context")


def test_split_keeps_every_triangle_with_its_material(synthetic_head: Head) -> None:
    from render.mesh import split_by_material

    sources, materials, triangles = split_by_material(synthetic_head)
    drawn = {(*sources[triangle].tolist(), int(materials[triangle][0])) for triangle in triangles}
    given = zip(synthetic_head.faces.tolist(), synthetic_head.face_materials.tolist(), strict=True)
    assert drawn == {(*face, material) for face, material in given}
    assert all(len(set(materials[triangle].tolist())) == 1 for triangle in triangles)


def test_closed_and_open_meshes() -> None:
    from render.mesh import is_closed

    tetrahedron = np.array([[0, 1, 2], [0, 3, 1], [0, 2, 3], [1, 3, 2]], np.int32)
    assert is_closed(tetrahedron)
    assert not is_closed(tetrahedron[:3])


def test_srgb_becomes_linear_light() -> None:
    from render.mesh import linear_from_srgb

    linear = linear_from_srgb(np.array([0.0, 0.04, 0.5, 1.0], np.float32))
    np.testing.assert_allclose(linear, [0.0, 0.0030960, 0.2140411, 1.0], atol=1e-6)
