"""Build the built-in head: cage, shapes, surfaces and parts from the measured face, assembled into a Head."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from flame_model.arrays import Float32Array, Float64Array, Int64Array
from flame_model.builtin import rig
from flame_model.builtin.brows import with_brow_ridge
from flame_model.builtin.identity import named_identity
from flame_model.builtin.parts.ears import ear
from flame_model.builtin.parts.eyeballs import eyeball
from flame_model.builtin.parts.lashes import lashes
from flame_model.builtin.parts.lid_shadow import lid_shadow
from flame_model.builtin.parts.lid_strip import LidStrip, strip_closure
from flame_model.builtin.parts.part import mirror_part
from flame_model.builtin.parts.shirt import shirt
from flame_model.builtin.parts.teeth import teeth
from flame_model.builtin.parts.tongue import tongue
from flame_model.builtin.relaxed import relaxed
from flame_model.builtin.shapes.amended import amended, clean_shape
from flame_model.builtin.shapes.authored import authored_shapes
from flame_model.builtin.skin.cage import build_cage
from flame_model.builtin.skin.lids import glide, lid_rim, seat_lids
from flame_model.builtin.surfaces import TONGUE_OUT, Surface, part_surface, skin_surface, strip_surface
from flame_model.face import topology as t
from flame_model.face.measured_face import FaceMeasurement
from flame_model.face.true_landmarks import true_landmarks
from flame_model.head import JOINT_NAMES, Head, Provenance
from flame_model.paint.face_colors import SKIN
from flame_model.paint.materials import PART_MATERIALS
from flame_model.paint.skin_texture import textured
from flame_model.rigging.blink_shapes import make_eyelids

STEP = 2.0**-19
"""Metres (2 micrometres): displacements are rounded to multiples of it, so that invisible ones become zero
and the file compresses."""
HOLD_STEP = 2.0**-8
"""The eyelid hold is rounded to multiples of it."""
LIP_PRESS = 0.0002
"""Metres by which each closed lip sinks into the other, so that no light shows between them."""
SEAM = ((0.0, 0.0040, -0.0007), (0.0105, 0.0050, 0.0004))
"""Waves of the line between the lips: metres from the midline, half width and height. The upper lip hangs
lower in the middle; chosen by eye."""
PROVENANCE = Provenance("flame-cam's own", "MIT", "made by code in flame_model/builtin")
CARRIED_BY_JOINTS = ("_neutral", "jawOpen", "eyeBlink", "eyeLook")
"""Prefixes of signals without an expression component; joints, pose correctives and eyelids replace it."""


def build_head(measured: FaceMeasurement) -> Head:
    """Return the built-in head; the same measurement always gives the same arrays."""
    measured_rest = seat_lids(_close_lips(measured.neutral))
    clean = {
        name: clean_shape(name, shape, measured_rest)
        for name, shape in zip(measured.score_names, measured.shapes, strict=True)
    }
    face = with_brow_ridge(relaxed(measured_rest, clean))
    cage = build_cage(face, measured.triangles)
    shapes = {
        name: glide(face, shape) for name, shape in (amended(clean, face) | authored_shapes(face)).items()
    }
    names = (*(n for n in measured.score_names if not n.startswith(CARRIED_BY_JOINTS)), TONGUE_OUT)
    traits = named_identity(measured.identity, face)
    identity = np.stack(list(traits.values()))
    skin = skin_surface(cage, shapes, names, identity)
    parts = [eyeball(0), eyeball(1), teeth(upper=True), teeth(upper=False), tongue(), ear(SKIN)]
    parts += [mirror_part(parts[-1], joint=1), shirt()]
    upper_lip, left_ear, right_ear = np.array(t.UPPER_INNER_LIP), np.array([454, 323]), np.array([234, 93])
    # Landmarks whose mean identity displacement moves each part: eyeballs, both rows of teeth, tongue, ears.
    parts_follow = [lid_rim(0), lid_rim(1), upper_lip, upper_lip, upper_lip, left_ear, right_ear]
    moved = [*(identity[:, points].mean(1) for points in parts_follow), np.zeros((len(identity), 3))]
    rigid = [part_surface(part, by, face, shapes, names) for part, by in zip(parts, moved, strict=True)]
    along_lids = [lashes(skin.template), lid_shadow(skin.template)]
    strips = [strip_surface(strip, skin) for strip in along_lids]
    return _completed(_assemble([skin, *rigid, *strips], names, tuple(traits)), along_lids)


def _close_lips(face: Float64Array) -> Float64Array:
    """Return the face (468, 3) with closed lips; the measured rest parts them because people talk."""
    closed = face.copy()
    upper, lower = np.array(t.UPPER_INNER_LIP[1:-1]), np.array(t.LOWER_INNER_LIP[1:-1])
    middle = 0.5 * (face[upper] + face[lower])
    for place, width, height in SEAM:
        middle[:, 1] += height * np.exp(-(((np.abs(middle[:, 0]) - place) / width) ** 2))
    press = np.array([0.0, LIP_PRESS, 0.0])
    closed[upper], closed[lower] = middle - press, middle + press
    return closed


def _assemble(surfaces: list[Surface], names: tuple[str, ...], traits: tuple[str, ...]) -> Head:
    """Return the head of all surfaces, without blink shapes, landmarks and texture.

    `names` are those of the expression components, `traits` those of the identity components.
    """
    starts = np.concatenate([[0], np.cumsum([len(s.template) for s in surfaces])])

    def stack(field: str) -> Float32Array:
        return np.ascontiguousarray(np.concatenate([getattr(s, field) for s in surfaces]), dtype=np.float32)

    template, expression = stack("template"), _rounded(stack("expression"))
    faces = np.concatenate([s.faces + start for s, start in zip(surfaces, starts, strict=False)])
    weights = stack("weights").clip(0.0, 1.0)
    return Head(
        name="builtin",
        template=template,
        faces=np.ascontiguousarray(faces, dtype=np.int32),
        identity_basis=_rounded(stack("identity")),
        expression_basis=expression,
        pose_correctives=_rounded(stack("pose")),
        joint_regressor=_joint_regressor(template, expression, weights, starts),
        skin_weights=weights / weights.sum(1, keepdims=True),
        eyelid_basis=np.zeros((len(template), 3, 2), np.float32),
        face_materials=np.concatenate([s.materials for s in surfaces]).astype(np.uint8),
        materials=PART_MATERIALS,
        vertex_colors=stack("colors").clip(0.0, 1.0),
        expression_names=names,
        identity_names=traits,
        provenance=PROVENANCE,
    )


def _completed(head: Head, strips: list[LidStrip]) -> Head:
    """Return the head with what its surface determines: blink shapes, landmark places and texture.

    `strips` are the last surfaces of the head, in order.
    """
    basis, arc, hold = make_eyelids(head)
    first = len(head.template) - sum(len(strip.offsets) for strip in strips)
    for strip in strips:
        own, skin = slice(first, first + len(strip.offsets)), slice(strip.follow.shape[1])
        rest = head.template[skin].astype(np.float64)
        basis[own], arc[own] = strip_closure(strip, rest, basis[skin], arc[skin])
        hold[own] = strip.follow @ hold[skin]
        first = own.stop
    complete = replace(
        head,
        eyelid_basis=_rounded(basis),
        eyelid_arc=_rounded(arc),
        eyelid_hold=np.asarray(np.round(hold.clip(0.0, 1.0) / HOLD_STEP) * HOLD_STEP, dtype=np.float32),
        landmarks=true_landmarks(head),
    )
    return textured(complete)


def _rounded(displacements: Float32Array) -> Float32Array:
    """Return displacements rounded to multiples of STEP, without negative zeros."""
    return np.asarray(np.round(displacements / np.float32(STEP)) * np.float32(STEP) + np.float32(0.0))


def _joint_regressor(
    template: Float32Array,
    expression: Float32Array,
    weights: Float32Array,
    starts: Int64Array,
) -> Float32Array:
    """Return the joint regressor (5, V) on vertices that no expression moves.

    The weights w of a joint j are the smallest (least norm) with sum w_i x_i = j and sum w_i = 1. `starts`
    are the numbers of the surfaces' first vertices, in the order in which `build_head` makes the surfaces.
    """
    regressor = np.zeros((len(JOINT_NAMES), len(template)))
    still = ~expression.any(axis=(1, 2)) & (np.arange(len(template)) < starts[1])
    root_and_neck = np.flatnonzero(still & (weights[:, 0] > 0.02))
    ears = np.arange(starts[6], starts[8])
    groups = (
        root_and_neck,
        root_and_neck,
        ears,
        np.arange(starts[1], starts[2]),
        np.arange(starts[2], starts[3]),
    )
    for joint, group in enumerate(groups):
        points = np.concatenate([template[group].T.astype(float), np.ones((1, len(group)))])
        regressor[joint, group] = np.linalg.pinv(points) @ np.append(rig.JOINTS[joint], 1.0)
    return regressor.astype(np.float32)
