"""Deform a head: FLAME's vertex model in NumPy, the reference that the GPU must agree with.

Symbols: T (V, 3) template, S (V, 3, I) identity basis, Q (V, 3, E) expression basis, P (V, 3, 36) pose
correctives, J (5, V) joint regressor, W (V, 5) skin weights, B, A (V, 3, 2) eyelid basis and arc, H (V, 2)
eyelid hold. Parameters: beta (I,) identity, psi (E,) expression, theta the joints' axis-angle vectors in
radians, e (2,) eyelid closures, t (3,) translation. Lengths are metres.

    rest        X0 = T + S beta
    moved       d = Q psi + P (R(theta) - I)                 R - I (36,): entries of every joint but the root
    eyelids     D = d (1 - H_0 e_0) (1 - H_1 e_1) + B e + A (e (1 - e))
    shaped      X = X0 + D
    joints      j = J (X0 + Q psi)
    transforms  G_k = G_parent(k) [R_k, j_k - R_k j_k]       (4, 4), from rest to posed
    posed       y_v = sum_k W_vk G_k x_v + t                 linear blend skinning

The eyelids act after the joints are computed, so a blink moves no joint. FLAME has no B, A and H. A bends
the path of a closing lid around the eyeball; H is the share of d that a closed lid suppresses.

Source: Li et al., "Learning a model of facial shape and expression from 4D scans", 2017, section 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float32Array, Float64Array, Int32Array
from flame_model.errors import InputError
from flame_model.head import JOINT_PARENTS, Head
from flame_model.params import HeadParams
from flame_model.rotations import matrix_from_axis_angle


@dataclass(frozen=True, slots=True)
class PreparedHead:
    """A head with one identity baked in, so that a frame computes only what changes in it."""

    head: Head
    rest_vertices: Float32Array
    """(V, 3) metres: template and identity, X0."""
    joints: Float64Array
    """(5, 3) metres: J X0."""
    joint_expression: Float64Array
    """(5, 3, E) metres that one unit of an expression component moves a joint: J Q."""


def prepare(head: Head, identity: npt.ArrayLike | None = None) -> PreparedHead:
    """Bake identity coefficients (up to I, the first components; none by default) into a head.

        prepared = prepare(head, identity=[1.5, -0.5])
        vertices = deform(prepared, rest_params(head.expression_count))  # (V, 3) metres

    Raises InputError for more coefficients than the head has components.
    """
    coefficients = np.zeros(0) if identity is None else np.asarray(identity, dtype=np.float32).ravel()
    count = coefficients.size
    if count > head.identity_count:
        raise InputError(
            f"The head {head.name!r} has {head.identity_count} identity components, received {count}."
        )
    rest = head.template + head.identity_basis[:, :, :count] @ coefficients.astype(np.float32)
    # Few vertices determine the joints. einsum avoids the threaded BLAS, which takes 0.15 s to start.
    used = np.flatnonzero(head.joint_regressor.any(axis=0))
    regressor = head.joint_regressor[:, used].astype(np.float64)
    return PreparedHead(
        head=head,
        rest_vertices=np.ascontiguousarray(rest, dtype=np.float32),
        joints=regressor @ rest[used],
        joint_expression=np.einsum("jv,vce->jce", regressor, head.expression_basis[used]),
    )


def joint_rotations(params: HeadParams) -> Float64Array:
    """Return the local rotations (5, 3, 3) of root, neck, jaw, left and right eye."""
    return matrix_from_axis_angle(np.stack([params.rotation, params.neck, params.jaw, *params.eyes]))


def pose_feature(params: HeadParams) -> Float64Array:
    """Return the entries (36,) of R - I of every joint but the root, each row-major."""
    feature: Float64Array = (joint_rotations(params)[1:] - np.eye(3)).reshape(-1)
    return feature


def joint_transforms(prepared: PreparedHead, params: HeadParams) -> Float64Array:
    """Return the skinning matrices (5, 4, 4) from rest to posed vertices in metres, translation included."""
    joints = prepared.joints + prepared.joint_expression @ _expression(prepared, params)
    rotations = joint_rotations(params)
    transforms = np.tile(np.eye(4), (len(JOINT_PARENTS), 1, 1))
    for joint, parent in enumerate(JOINT_PARENTS):
        turn = np.eye(4)
        turn[:3, :3] = rotations[joint]
        turn[:3, 3] = joints[joint] - rotations[joint] @ joints[joint]
        transforms[joint] = turn if parent < 0 else transforms[parent] @ turn
    transforms[:, :3, 3] += params.translation
    return transforms


def deform(prepared: PreparedHead, params: HeadParams) -> Float64Array:
    """Return the vertices (V, 3) of a prepared head with these parameters, posed, in metres.

    Raises InputError for parameters with another number of expression components than the head has.
    """
    head = prepared.head
    expression = _expression(prepared, params).astype(np.float32)
    moved = head.expression_basis @ expression + head.pose_correctives @ pose_feature(params).astype(
        np.float32
    )
    shaped = prepared.rest_vertices + _with_eyelids(head, moved, np.asarray(params.eyelids, np.float32))
    blended = np.tensordot(head.skin_weights, joint_transforms(prepared, params)[:, :3], axes=1)
    posed: Float64Array = np.einsum("vij,vj->vi", blended[:, :, :3], shaped) + blended[:, :, 3]
    return posed


def _with_eyelids(head: Head, moved: Float32Array, closure: Float32Array) -> Float32Array:
    """Return the displacements D (V, 3) from those of expression and pose and the eyelid closures (2,)."""
    if head.eyelid_hold is not None:
        moved = moved * (1.0 - head.eyelid_hold * closure).prod(axis=1, keepdims=True)
    moved = moved + head.eyelid_basis @ closure
    if head.eyelid_arc is not None:
        moved = moved + head.eyelid_arc @ (closure * (1.0 - closure))
    return np.asarray(moved)


def vertex_normals(vertices: npt.NDArray[np.floating], faces: Int32Array) -> Float64Array:
    """Return unit normals (V, 3) of a mesh of `vertices` (V, 3) and triangles `faces` (F, 3).

    A normal is the mean of the adjacent faces' normals, weighted by their areas. A vertex
    whose adjacent faces have no area gets the normal +z.
    """
    corners = np.asarray(vertices, dtype=np.float64)[faces]
    face_normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    owners, weights = faces.ravel(), np.repeat(face_normals, 3, axis=0)
    sums = np.stack(
        [np.bincount(owners, weights[:, axis], minlength=len(vertices)) for axis in range(3)], axis=1
    )
    length = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.where(length > 0.0, sums / np.where(length > 0.0, length, 1.0), [0.0, 0.0, 1.0])


def _expression(prepared: PreparedHead, params: HeadParams) -> Float64Array:
    """Return the expression (E,) in double precision; raises InputError for another number of components."""
    expected, expression = prepared.head.expression_count, np.asarray(params.expression, dtype=np.float64)
    if expression.shape != (expected,):
        raise InputError(
            f"The head {prepared.head.name!r} has {expected} expression components, "
            f"received an array of shape {expression.shape}."
        )
    return expression
