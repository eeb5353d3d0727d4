"""Small heads made by code, for tests that need no assets."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Array
from flame_model.face.landmarks import rest_landmarks, seat_landmarks
from flame_model.face.true_landmarks import true_landmarks
from flame_model.find_heads import load_head
from flame_model.head import (
    DEFAULT_MATERIAL,
    EYE_JOINTS,
    POSE_CORRECTIVE_COUNT,
    Head,
    Material,
    Provenance,
)
from flame_model.rigging.blink_shapes import make_eyelids

_SKULL_RADII = (0.075, 0.110, 0.095)
_EYE_CENTERS = ((0.031, 0.030, 0.078), (-0.031, 0.030, 0.078))
_JOINT_TARGETS = ((0.0, -0.10, 0.0), (0.0, -0.08, -0.02), (0.0, 0.0, -0.01), *_EYE_CENTERS)
_PER_VERTEX = (
    "template", "identity_basis", "expression_basis", "pose_correctives", "skin_weights", "eyelid_basis",
    "vertex_colors",
)  # fmt: skip
_EYE = Material("eye", (0.9, 0.9, 0.9), 0.1)


def make_head(vertices: int = 400, expression: int = 12, identity: int = 10, seed: int = 0) -> Head:
    """Return an ellipsoid with two eyeballs, about `vertices` vertices and random smooth bases."""
    random = np.random.default_rng(seed)
    template, faces, owner = _surface(vertices)
    is_skin = (owner == 0)[:, None, None]
    return Head(
        name=f"synthetic-{seed}",
        template=_float32(template),
        faces=faces.astype(np.int32),
        identity_basis=_float32(_waves(template, identity, 0.002, random)),
        expression_basis=_float32(is_skin * _waves(template, expression, 0.003, random)),
        pose_correctives=_float32(is_skin * _waves(template, POSE_CORRECTIVE_COUNT, 0.001, random)),
        joint_regressor=_float32(_regressor(template)),
        skin_weights=_float32(_skin_weights(template, owner)),
        eyelid_basis=_float32(is_skin * _eyelids(template)),
        face_materials=(owner[faces[:, 0]] > 0).astype(np.uint8),
        materials=(DEFAULT_MATERIAL, _EYE),
        vertex_colors=_float32(random.uniform(0.8, 1.0, template.shape)),
        expression_names=tuple(f"expression_{index}" for index in range(expression)),
        eyelid_arc=_float32(is_skin * 0.3 * _eyelids(template)[:, [2, 0, 1]]),
        eyelid_hold=_float32(np.abs(_eyelids(template)[:, 1]) / 0.008),
    )


def mixed_flame_head(seed: int = 0) -> Head:
    """Return the built-in head as FLAME would describe it: nothing named, no colours, no lids.

    A random rotation mixes its expression components, with zeros beside them, into 100.
    """
    head = load_head("builtin")
    rotation, _ = np.linalg.qr(np.random.default_rng(seed).normal(size=(100, 100)))
    mixed = head.expression_basis.astype(np.float64) @ rotation[: head.expression_count]
    return replace(
        head,
        name="mixed",
        expression_basis=_float32(mixed),
        eyelid_basis=np.zeros_like(head.eyelid_basis),
        eyelid_arc=None,
        eyelid_hold=None,
        face_materials=np.zeros_like(head.face_materials),
        materials=(DEFAULT_MATERIAL,),
        vertex_colors=np.ones_like(head.vertex_colors),
        expression_names=(),
        identity_names=(),
        texture=None,
        landmarks=None,
        provenance=Provenance(),
    )


def open_neck_head() -> Head:
    """Return what FLAME models: skin with an open neck, lips and eyeballs, nothing named, with blink shapes.

    It is the built-in head without its other parts, cut off below the neck; its landmarks are known.
    """
    whole, head = load_head("builtin"), mixed_flame_head()
    names = np.array([material.name for material in whole.materials])[whole.face_materials]
    corners = whole.template[whole.faces]
    above = (corners[..., 1] + 0.3 * (corners[..., 2] + 0.1)).min(axis=1) > -0.185
    faces = whole.faces[above & np.isin(names, ["skin", "lid margin", "mouth", "eye"])]
    used, faces = np.unique(faces, return_inverse=True)
    joints = head.joint_regressor @ head.template
    cut = replace(
        head,
        faces=np.ascontiguousarray(faces.reshape(-1, 3), dtype=np.int32),
        face_materials=np.zeros(faces.size // 3, np.uint8),
        **{name: np.ascontiguousarray(getattr(head, name)[used]) for name in _PER_VERTEX},
    )
    cut = replace(cut, joint_regressor=_nearby_regressor(cut, joints))
    basis, arc, hold = make_eyelids(cut)
    places = seat_landmarks(cut, rest_landmarks(whole, true_landmarks(whole)))
    return replace(cut, eyelid_basis=basis, eyelid_arc=arc, eyelid_hold=hold, landmarks=places)


def _nearby_regressor(head: Head, joints: Array) -> Array:
    """Return the regressor (5, V) that finds `joints` (5, 3) by least-norm weights on vertices near them."""
    regressor = np.zeros((len(joints), len(head.template)))
    for joint, place in enumerate(joints):
        follows = head.skin_weights[:, joint] > 0.5 if joint in range(5)[EYE_JOINTS] else slice(None)
        pool = np.arange(len(head.template))[follows]
        near = pool[np.linalg.norm(head.template[pool] - place, axis=1).argsort()[:240]]
        system = np.concatenate([head.template[near].T, np.ones((1, len(near)))]).astype(np.float64)
        regressor[joint, near] = np.linalg.pinv(system) @ np.append(place, 1.0)
    return _float32(regressor)


def assert_same_head(left: Head, right: Head) -> None:
    """Assert that two heads have equal arrays of equal types, C-contiguous on the right, and equal names."""
    for field in fields(Head):
        before, after = getattr(left, field.name), getattr(right, field.name)
        if isinstance(before, np.ndarray):
            assert before.dtype == after.dtype, field.name
            assert after.flags.c_contiguous, field.name
            np.testing.assert_array_equal(before, after, err_msg=field.name)
        else:
            assert before == after, field.name


def _surface(vertices: int) -> tuple[Array, Array, Array]:
    """Return vertices (V, 3), faces (F, 3) and for each vertex 0 skull, 1 left eye, 2 right eye."""
    eye_points, eye_faces = _sphere(6, 8)
    segments = max(round(np.sqrt(2 * max(vertices - 2 * len(eye_points), 32))), 8)
    skull_points, skull_faces = _sphere(segments // 2 + 1, segments)
    parts = [skull_points * _SKULL_RADII, *(np.array(center) + 0.012 * eye_points for center in _EYE_CENTERS)]
    starts = np.cumsum([0, *(len(part) for part in parts)])
    faces = [skull_faces, eye_faces + starts[1], eye_faces + starts[2]]
    owner = np.repeat([0, 1, 2], [len(part) for part in parts])
    return np.concatenate(parts), np.concatenate(faces), owner


def _sphere(rings: int, segments: int) -> tuple[Array, Array]:
    """Return the points and outward faces of a unit sphere with poles on the y axis."""
    polar = np.linspace(0.0, np.pi, rings + 1)[1:-1, None]
    turn = np.linspace(0.0, 2.0 * np.pi, segments, endpoint=False)[None]
    body = np.stack(
        np.broadcast_arrays(np.sin(polar) * np.sin(turn), np.cos(polar), np.sin(polar) * np.cos(turn)),
        axis=-1,
    )
    points = np.concatenate([[[0.0, 1.0, 0.0]], body.reshape(-1, 3), [[0.0, -1.0, 0.0]]])
    ids = 1 + np.arange((rings - 1) * segments).reshape(rings - 1, segments)
    following = np.roll(ids, -1, axis=1)
    a, b, c, d = ids[:-1], ids[1:], following[1:], following[:-1]
    top = np.stack([np.zeros_like(ids[0]), ids[0], following[0]], axis=-1)
    bottom = np.stack([np.full_like(ids[0], len(points) - 1), following[-1], ids[-1]], axis=-1)
    sides = [np.stack(corner, axis=-1).reshape(-1, 3) for corner in ((a, b, c), (a, c, d))]
    return points, np.concatenate([top, *sides, bottom])


def _waves(points: Array, count: int, size: float, random: np.random.Generator) -> Array:
    """Return (V, 3, count) smooth displacements of about `size` metres."""
    directions = random.normal(scale=25.0, size=(3, 3 * count))
    phases = random.uniform(0.0, 2.0 * np.pi, 3 * count)
    return size * np.sin(points @ directions + phases).reshape(len(points), 3, count)


def _regressor(points: Array) -> Array:
    """Return (5, V): each joint is the mean of the twelve vertices nearest to its place."""
    distance = np.linalg.norm(points[None] - np.array(_JOINT_TARGETS)[:, None], axis=-1)
    regressor = np.zeros(distance.shape)
    np.put_along_axis(regressor, np.argsort(distance, axis=1)[:, :12], 1.0 / 12.0, axis=1)
    return regressor


def _skin_weights(points: Array, owner: Array) -> Array:
    """Return (V, 5): base to root, chin to jaw, eyeballs to their joints, the rest to the neck."""
    weights = np.zeros((len(points), 5))
    weights[:, 0] = np.clip((-0.07 - points[:, 1]) / 0.04, 0.0, 1.0)
    chin = np.clip((-0.02 - points[:, 1]) / 0.03, 0.0, 1.0) * np.clip(points[:, 2] / 0.03, 0.0, 1.0)
    weights[:, 2] = chin * (1.0 - weights[:, 0])
    weights[:, 1] = 1.0 - weights[:, 0] - weights[:, 2]
    weights[owner > 0] = np.eye(5)[2 + owner[owner > 0]]
    return weights


def _eyelids(points: Array) -> Array:
    """Return (V, 3, 2): a bump over each eye moves 8 mm down."""
    distance = np.linalg.norm(points[:, None] - np.array(_EYE_CENTERS), axis=-1)
    basis = np.zeros((len(points), 3, 2))
    basis[:, 1] = -0.008 * np.exp(-((distance / 0.02) ** 2))
    return basis


def _float32(array: Array) -> npt.NDArray[np.float32]:
    return np.ascontiguousarray(array, dtype=np.float32)
