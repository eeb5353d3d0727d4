"""Make the surfaces of the built-in head: the rows of its arrays for skin, rigid parts and lid strips."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from flame_model.arrays import Float64Array, Int64Array
from flame_model.builtin import rig
from flame_model.builtin.parts.lid_strip import LidStrip, carried
from flame_model.builtin.parts.part import Part
from flame_model.builtin.parts.tongue import tongue_out
from flame_model.builtin.shapes.folds import folds
from flame_model.builtin.skin.bust_distance_field import collar_size, settled
from flame_model.builtin.skin.cage import Cage, inner_lips
from flame_model.builtin.skin.cage_builder import LID_MARGIN, MOUTH_LINING
from flame_model.builtin.skin.lids import lid_rim
from flame_model.builtin.skin.mesh_thinning import bends, thinned
from flame_model.face import topology as t
from flame_model.geometry.subdivision import subdivide
from flame_model.head import JOINT_NAMES, POSE_CORRECTIVE_COUNT
from flame_model.paint.face_colors import MARGIN, blend, paint_face
from flame_model.paint.materials import PART_MATERIALS

ROUNDS = 2
"""Rounds of subdivision where the skin bends."""
FACE_MISS, BUST_MISS, MARGIN_MISS, LINING_MISS = 0.00022, 0.00045, 0.0003, 0.0010
"""Metres by which the skin's triangles may deviate from the subdivided surface; a pixel of a 720x720 picture
shows 0.44 mm. The edges of lids and lips keep all vertices: lids and lips must meet, and light falls off
steeply into the mouth. The whole skin would have 13,696 vertices and take a processor 16.9 ms for a picture
of 512x512; the thinned skin takes 12.4 ms."""
LINING = np.array([[0.51, 0.22, 0.21], [0.49, 0.20, 0.19], [0.31, 0.10, 0.10], [0.11, 0.03, 0.03]])
"""sRGB of the rings of the mouth's lining, from behind the lips to the throat; chosen by eye."""
COLLAR_BAND = 0.05
"""Distance from the collar, as a share of its size, within which the skin keeps all vertices. The collar's
shadow is computed per vertex, and would be jagged on larger triangles."""

TONGUE_OUT = "tongueOut"
"""The signal whose shape on the skin is derived from the jaw's: the lips part to let the tongue through."""
_MATERIAL_INDEX = {material.name: i for i, material in enumerate(PART_MATERIALS)}
_PART_MATERIAL = {LID_MARGIN: "lid margin", MOUTH_LINING: "mouth"}


@dataclass(frozen=True, slots=True)
class Surface:
    """The rows of a head's arrays for one part; shapes and units are those of `flame_model.head.Head`."""

    template: Float64Array
    faces: Int64Array
    identity: Float64Array
    expression: Float64Array
    pose: Float64Array
    weights: Float64Array
    materials: Int64Array
    colors: Float64Array


def skin_surface(
    cage: Cage, shapes: dict[str, Float64Array], names: tuple[str, ...], identity: Float64Array
) -> Surface:
    """Return the refined skin.

    `shapes` (468, 3) are by signal, `names` are those of the expression components (the tongue's last), and
    `identity` (I, 468, 3) are the identity components.
    """
    refine, faces, parent = _refined(cage, shapes)
    spread = refine @ cage.follow
    jaw = rig.jaw_weights(cage, shapes["jawOpen"])
    opened = rig.jaw_opened(cage, jaw, shapes["jawOpen"])
    corrective = rig.jaw_corrective(cage.points, jaw, opened)
    tongue_room = rig.TONGUE_OUT_JAW * opened
    sides = ("Left", "Right")
    gaze_shapes = {
        (eye, direction): refine @ (cage.follow @ shapes[f"eyeLook{direction}{side}"])
        for eye, side in enumerate(sides)
        for direction in rig.GAZE_RADIANS
    }
    template = settled(refine @ cage.points, refine @ cage.settles)
    folded = folds(template)
    moves = [spread @ shapes[name] + folded.get(name, 0.0) for name in names[:-1]]
    parts = cage.parts[parent]
    materials = np.array([_MATERIAL_INDEX[_PART_MATERIAL.get(part, "skin")] for part in parts])
    return Surface(
        template=template,
        faces=faces,
        identity=np.stack([spread @ shape for shape in identity], -1),
        expression=np.stack([*moves, refine @ tongue_room], -1),
        pose=rig.pose_correctives(refine @ corrective, gaze_shapes),
        weights=refine @ rig.skin_weights(cage, jaw),
        materials=materials,
        colors=_skin_colors(cage, refine, template),
    )


def _refined(cage: Cage, shapes: dict[str, Float64Array]) -> tuple[sparse.csr_matrix, Int64Array, Int64Array]:
    """Return the matrix (V, N) from cage to skin, the skin's faces (F, 3) and each one's cage face (F,).

    The skin is finer where its rest or any of the `shapes` is curved more.
    """
    refine, faces, _ = subdivide(cage.faces, len(cage.points), cage.creases, ROUNDS)
    rest = settled(refine @ cage.points, refine @ cage.settles)
    spread = refine @ cage.follow
    folded = folds(rest)
    posed = [rest, *(rest + spread @ shape + folded.get(name, 0.0) for name, shape in shapes.items())]
    bent = np.max([bends(points, faces, ROUNDS) for points in posed], axis=0)
    at_collar = np.abs(collar_size(rest) - 1.0) < COLLAR_BAND
    faces, parent = thinned(rest, faces, ROUNDS, at_collar | (bent > refine @ _tolerance(cage)))
    used, faces = np.unique(faces, return_inverse=True)
    return refine[used], faces.reshape(-1, 3), parent


def _tolerance(cage: Cage) -> Float64Array:
    """Return the deviation (N,) in metres from the subdivided surface that each cage point allows."""
    tolerance = np.full(len(cage.points), FACE_MISS)
    tolerance[np.concatenate(cage.rings)] = BUST_MISS
    tolerance[np.concatenate(cage.margins)] = MARGIN_MISS
    tolerance[np.concatenate(cage.lining)] = LINING_MISS
    tolerance[[*lid_rim(0), *lid_rim(1), *t.INNERMOST_LIPS, *inner_lips(), *cage.lining[0]]] = 0.0
    return tolerance


def _skin_colors(cage: Cage, refine: sparse.csr_matrix, vertices: Float64Array) -> Float64Array:
    """Return the sRGB colours (V, 3) of the refined skin `vertices` = `refine` (V, N) @ cage points."""

    def spread(points: npt.ArrayLike) -> Float64Array:
        flags = np.zeros(len(cage.points))
        flags[np.asarray(points)] = 1.0
        return np.asarray(refine @ flags)

    color = paint_face(vertices, spread)
    color = blend(color, MARGIN, np.clip(spread(np.concatenate(cage.margins)) * 1.5, 0.0, 1.0))
    for ring, tint in zip(cage.lining, LINING, strict=True):
        color = blend(color, tint, np.clip(spread(ring) * 1.6, 0.0, 1.0))
    return color


def _part_shapes(part: Part, face: Float64Array, shapes: dict[str, Float64Array]) -> dict[str, Float64Array]:
    """Return the displacements of a part's vertices by signal; only parts on the jaw have any."""
    if JOINT_NAMES[part.joint] != "jaw":
        return {}
    moves = rig.jaw_part_shapes(part.vertices, face, shapes)
    return moves | {TONGUE_OUT: tongue_out()} if part.material == "tongue" else moves


def part_surface(
    part: Part,
    identity: Float64Array,
    face: Float64Array,
    shapes: dict[str, Float64Array],
    names: tuple[str, ...],
) -> Surface:
    """Return the surface of a rigid part that identity component i moves by `identity[i]` (3,) metres.

    `face` (468, 3) is the face at rest, `shapes` (468, 3) are by signal, `names` those of the components.
    """
    moves = _part_shapes(part, face, shapes)
    count = len(part.vertices)
    still = np.zeros((count, 3))
    on_jaw = JOINT_NAMES[part.joint] == "jaw"
    weights = np.zeros((count, len(JOINT_NAMES)))
    weights[:, part.joint] = 1.0
    return Surface(
        template=part.vertices,
        faces=part.faces,
        identity=np.broadcast_to(identity.T, (count, 3, len(identity))),
        expression=np.stack([moves.get(name, still) for name in names], -1),
        pose=rig.jaw_part_correctives(part.vertices, face, shapes["jawOpen"])
        if on_jaw
        else np.zeros((count, 3, POSE_CORRECTIVE_COUNT)),
        weights=weights,
        materials=np.full(len(part.faces), _MATERIAL_INDEX[part.material]),
        colors=part.colors,
    )


def strip_surface(strip: LidStrip, skin: Surface) -> Surface:
    """Return the surface of a strip along the lids, which follows the `skin` at its roots."""

    def averaged(field: Float64Array) -> Float64Array:
        return np.asarray((strip.follow @ field.reshape(len(field), -1)).reshape(-1, *field.shape[1:]))

    return Surface(
        template=averaged(skin.template) + strip.offsets,
        faces=strip.faces,
        identity=averaged(skin.identity),
        expression=carried(strip, skin.template, skin.expression),
        pose=carried(strip, skin.template, skin.pose),
        weights=averaged(skin.weights),
        materials=np.full(len(strip.faces), _MATERIAL_INDEX[strip.material]),
        colors=strip.colors,
    )
