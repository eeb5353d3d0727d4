"""The GPU deforms as the NumPy reference does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.deform import deform, prepare, vertex_normals
from flame_model.head import Head
from flame_model.params import HeadParams, rest_params

pytestmark = pytest.mark.usefixtures("context")


def random_params(head: Head, seed: int) -> HeadParams:
    random = np.random.default_rng(seed)
    return HeadParams(
        expression=random.normal(size=head.expression_count) * 2.0,
        jaw=random.normal(size=3) * 0.2,
        eyes=random.normal(size=(2, 3)) * 0.3,
        neck=random.normal(size=3) * 0.3,
        rotation=random.normal(size=3) * 0.5,
        translation=random.normal(size=3) * 0.1,
        eyelids=random.uniform(size=2),
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_vertices_and_normals_agree_with_numpy(synthetic_head: Head, seed: int) -> None:
    from render.passes.deform_pass import DeformPass

    prepared = prepare(synthetic_head, np.random.default_rng(seed).normal(size=4))
    params = random_params(synthetic_head, seed)
    gpu = DeformPass(prepared)
    gpu.draw(params)
    expected = deform(prepared, params)
    np.testing.assert_allclose(gpu.read_vertices(), expected, atol=2e-5)
    np.testing.assert_allclose(gpu.read_normals(), vertex_normals(expected, synthetic_head.faces), atol=2e-3)
    gpu.release()


def test_parameters_that_return_to_rest_leave_nothing_behind(synthetic_head: Head) -> None:
    from render.passes.deform_pass import DeformPass

    gpu = DeformPass(prepare(synthetic_head))
    gpu.draw(random_params(synthetic_head, 4))
    gpu.draw(rest_params(synthetic_head.expression_count))
    np.testing.assert_allclose(gpu.read_vertices(), synthetic_head.template, atol=1e-6)
    gpu.release()


def test_another_identity_moves_the_rest_vertices(synthetic_head: Head) -> None:
    from render.passes.deform_pass import DeformPass

    gpu = DeformPass(prepare(synthetic_head))
    other = prepare(synthetic_head, [2.0, -1.0])
    gpu.set_rest(other)
    gpu.draw(rest_params(synthetic_head.expression_count))
    np.testing.assert_allclose(gpu.read_vertices(), other.rest_vertices, atol=1e-6)
    gpu.release()


def test_a_head_without_any_moving_shape_still_turns(synthetic_head: Head) -> None:
    from render.passes.deform_pass import DeformPass

    still = replace(
        synthetic_head,
        expression_basis=np.zeros_like(synthetic_head.expression_basis),
        eyelid_basis=np.zeros_like(synthetic_head.eyelid_basis),
        pose_correctives=np.zeros_like(synthetic_head.pose_correctives),
    )
    prepared, params = prepare(still), random_params(still, 5)
    gpu = DeformPass(prepared)
    gpu.draw(params)
    np.testing.assert_allclose(gpu.read_vertices(), deform(prepared, params), atol=2e-5)
    gpu.release()


def test_fans_list_every_face_once_per_corner() -> None:
    from render.passes.deform_shapes import vertex_fans

    faces = np.array([[0, 1, 2], [2, 1, 3]], np.int32)
    fans, others = vertex_fans(faces, 5)
    assert fans[:, 1].tolist() == [1, 2, 2, 1, 0]
    start, count = fans[2]
    assert others[start : start + count].tolist() == [[0, 1], [1, 3]]
