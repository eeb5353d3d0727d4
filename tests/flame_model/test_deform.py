"""The reference deformation agrees with smplx's FLAME; eyelids, normals and checks behave as documented."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import smplx
import torch

from flame_model.deform import PreparedHead, deform, joint_transforms, pose_feature, prepare, vertex_normals
from flame_model.errors import InputError
from flame_model.head import Head
from flame_model.params import HeadParams, rest_params
from tests.flame_files import write_flame_file


def _random_params(expression_count: int, random: np.random.Generator) -> HeadParams:
    return HeadParams(
        expression=random.normal(size=expression_count),
        jaw=random.normal(scale=0.3, size=3),
        eyes=random.normal(scale=0.3, size=(2, 3)),
        neck=random.normal(scale=0.3, size=3),
        rotation=random.normal(scale=0.8, size=3),
        translation=random.normal(scale=0.3, size=3),
        eyelids=np.zeros(2),
    )


@pytest.fixture
def smplx_flame(synthetic_head: Head, tmp_path: Path) -> smplx.FLAME:
    write_flame_file(synthetic_head, tmp_path / "FLAME_NEUTRAL.pkl")
    landmark = {"lmk_face_idx": np.zeros(1, np.int64), "lmk_b_coords": np.array([[1.0, 0.0, 0.0]])}
    (tmp_path / "flame_static_embedding.pkl").write_bytes(pickle.dumps(landmark))
    return smplx.FLAME(str(tmp_path), num_betas=300, num_expression_coeffs=100)


def _smplx_vertices(flame: smplx.FLAME, identity: np.ndarray, params: HeadParams) -> np.ndarray:
    def row(values: np.ndarray, length: int = 3) -> torch.Tensor:
        return torch.tensor(np.pad(values, (0, length - len(values)))[None], dtype=torch.float32)

    output = flame(
        betas=row(identity, 300),
        expression=row(params.expression, 100),
        global_orient=row(params.rotation),
        neck_pose=row(params.neck),
        jaw_pose=row(params.jaw),
        leye_pose=row(params.eyes[0]),
        reye_pose=row(params.eyes[1]),
        transl=row(params.translation),
    )
    return output.vertices[0].detach().numpy()


def test_agrees_with_smplx(synthetic_head: Head, smplx_flame: smplx.FLAME) -> None:
    random = np.random.default_rng(5)
    for _ in range(20):
        identity = random.normal(size=synthetic_head.identity_count)
        params = _random_params(synthetic_head.expression_count, random)
        vertices = deform(prepare(synthetic_head, identity), params)
        assert np.abs(vertices - _smplx_vertices(smplx_flame, identity, params)).max() < 1e-5


def test_rest_is_the_template(synthetic_head: Head) -> None:
    rest = deform(prepare(synthetic_head), rest_params(synthetic_head.expression_count))
    np.testing.assert_allclose(rest, synthetic_head.template, atol=1e-7)


def test_eyelids_move_vertices_and_no_joint(synthetic_head: Head) -> None:
    prepared, rest = prepare(synthetic_head), rest_params(synthetic_head.expression_count)
    shut = replace(rest, eyelids=np.array([1.0, 0.0]))
    moved = deform(prepared, shut) - deform(prepared, rest)
    np.testing.assert_allclose(moved, synthetic_head.eyelid_basis[:, :, 0], atol=1e-7)
    np.testing.assert_array_equal(joint_transforms(prepared, shut), joint_transforms(prepared, rest))


def test_a_closure_holds_its_share_of_what_expression_and_pose_move(synthetic_head: Head) -> None:
    assert synthetic_head.eyelid_arc is not None
    assert synthetic_head.eyelid_hold is not None
    prepared, rest = prepare(synthetic_head), rest_params(synthetic_head.expression_count)
    moving = replace(rest, expression=np.ones(synthetic_head.expression_count))
    moved = deform(prepared, moving) - deform(prepared, rest)
    for left, right in ((0.5, 0.0), (0.0, 1.0), (0.5, 1.0)):
        closed = np.array([left, right])
        lids = synthetic_head.eyelid_basis @ closed + synthetic_head.eyelid_arc @ (closed * (1.0 - closed))
        kept = (1.0 - synthetic_head.eyelid_hold[:, 0] * left) * (
            1.0 - synthetic_head.eyelid_hold[:, 1] * right
        )
        together = deform(prepared, replace(moving, eyelids=closed)) - deform(prepared, rest)
        np.testing.assert_allclose(together, lids + kept[:, None] * moved, atol=1e-6)


def test_eye_turns_about_its_own_joint(synthetic_head: Head) -> None:
    prepared = prepare(synthetic_head)
    params = replace(
        rest_params(synthetic_head.expression_count), eyes=np.array([[0.0, 0.5, 0.0], [0.0, 0.0, 0.0]])
    )
    transforms = joint_transforms(prepared, params)
    np.testing.assert_allclose(
        transforms[3] @ [*prepared.joints[3], 1.0], [*prepared.joints[3], 1.0], atol=1e-12
    )
    towards = transforms[3][:3, :3] @ [0.0, 0.0, 1.0]
    assert towards[0] == pytest.approx(np.sin(0.5))
    np.testing.assert_array_equal(transforms[4], np.eye(4))


def test_pose_feature_orders_neck_jaw_left_eye_right_eye(synthetic_head: Head) -> None:
    rest = rest_params(synthetic_head.expression_count)
    assert not pose_feature(rest).any()
    blocks = {"neck": 0, "jaw": 1}
    for name, block in blocks.items():
        feature = pose_feature(replace(rest, **{name: np.array([0.3, 0.0, 0.0])})).reshape(4, 9)
        np.testing.assert_allclose(feature[block, 5:8], [-np.sin(0.3), 0.0, np.sin(0.3)], atol=1e-12)
        assert np.count_nonzero(feature.any(axis=1)) == 1


def test_normals_of_a_sphere_point_outwards(synthetic_head: Head) -> None:
    on_eye = synthetic_head.skin_weights[:, 3] == 1.0
    offsets = synthetic_head.template[on_eye] - synthetic_head.template[on_eye].mean(axis=0)
    outward = offsets / np.linalg.norm(offsets, axis=1, keepdims=True)
    normals = vertex_normals(synthetic_head.template, synthetic_head.faces)
    assert (np.einsum("vi,vi->v", normals[on_eye], outward) > 0.98).all()


def test_normals_weigh_faces_by_area_and_survive_lone_vertices() -> None:
    vertices = np.array([[0, 0, 0], [3, 0, 0], [0, 3, 0], [0, 0, 1], [9, 9, 9]], dtype=np.float32)
    faces = np.array([[0, 1, 2], [0, 2, 3]], dtype=np.int32)
    normals = vertex_normals(vertices, faces)
    np.testing.assert_allclose(normals[0], np.array([1.0, 0.0, 3.0]) / np.sqrt(10.0), atol=1e-7)
    np.testing.assert_array_equal(normals[4], [0.0, 0.0, 1.0])


def _too_much_identity(prepared: PreparedHead) -> None:
    prepare(prepared.head, np.zeros(prepared.head.identity_count + 1))


def _wrong_expression(prepared: PreparedHead) -> None:
    deform(prepared, rest_params(prepared.head.expression_count + 1))


@pytest.mark.parametrize(
    ("use", "received"), [(_too_much_identity, "received 11"), (_wrong_expression, r"\(13,\)")]
)
def test_parameters_of_another_head_are_refused(
    synthetic_head: Head, use: Callable[[PreparedHead], None], received: str
) -> None:
    with pytest.raises(InputError, match=received):
        use(prepare(synthetic_head))
