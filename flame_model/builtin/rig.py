"""Derive joints, skin weights and pose correctives of the built-in head from the measured shapes.

Values without a source were chosen by eye.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.builtin.skin.cage import Cage, inner_lips
from flame_model.face import topology as t
from flame_model.face.eyes import EYE_CENTERS
from flame_model.geometry.smoothstep import smoothstep
from flame_model.rigging import pose_correctives as pose_shapes
from flame_model.rigging.pose_correctives import turned_corrective
from flame_model.rotations import rotation_x

JOINTS = np.array([[0.0, -0.150, -0.105], [0.0, -0.070, -0.098], [0.0, 0.002, -0.072], *EYE_CENTERS])
"""(5, 3) metres: base of the neck, upper neck, the jaw's hinge below the ears, both eyes."""
JAW_OPEN_RADIANS = 0.30
"""Jaw rotation at score 1. In the measured jawOpen the lower lip moves 33 mm at 101 mm from the hinge, and
the chin 27 mm at 110 mm."""
NECK_BASE_SLOPE = 0.35
"""Metres by which the base of the neck falls per metre to the front."""
TONGUE_OUT_JAW = 0.55
"""Share of jawOpen in tongueOut, which opens the lips for the tongue."""
SUNK = {"mouthFunnel": (0.0, -0.0052, -0.0020), "mouthPucker": (0.0, -0.0020, -0.0010)}
"""Metres that the jaw's parts sink behind rounded lips: people part their teeth and draw the tongue back."""
CHIN = (199, 175, 152, 200)
LOWER_LIP = (14, 17, 87, 317)
TEETH_BEHIND_LIP = np.array([0.0, 0.0, -0.0060])
"""Metres from the lower lip to the lower teeth, which are nearer to the hinge: its turn lowers them less."""
GAZE_RADIANS = {"Up": 0.42, "Down": 0.45, "In": 0.60, "Out": 0.60}
"""Radians of eye rotation at score 1, by direction."""


def jaw_share(face: Float64Array, jaw_open: Float64Array) -> Float64Array:
    """Return the jaw weight (468,) of each landmark of the rest `face` (468, 3).

    It is the projection (u . r) / |r|^2 of the shape jawOpen u (468, 3) onto the displacement r by the whole
    jaw rotation, limited to 0..1 and faded out above the mouth.
    """
    turned = _jaw_turned(face)
    share = np.clip((jaw_open * turned).sum(1) / np.maximum((turned**2).sum(1), 1e-8), 0.0, 1.0)
    return np.asarray(share * smoothstep(0.015, -0.030, face[:, 1]))


def jaw_weights(cage: Cage, jaw_open: Float64Array) -> Float64Array:
    """Return the jaw weight (N,) of each cage point from the measured jawOpen shape (468, 3)."""
    share = jaw_share(cage.points[: t.FACE_POINT_COUNT], jaw_open)
    weights = cage.follow @ share
    lips = inner_lips()
    floor = np.isin(lips, t.LOWER_INNER_LIP[1:-1]).astype(float) + 0.5 * np.isin(
        lips, t.LOWER_INNER_LIP[::10]
    )
    for ring, depth in zip(cage.lining[:-1], (0.3, 0.8, 0.6), strict=True):
        weights[ring] = (1.0 - depth) * share[lips] + depth * floor
    weights[cage.lining[-1]] = 0.3
    return np.asarray(weights)


def jaw_opened(cage: Cage, jaw: Float64Array, jaw_open: Float64Array) -> Float64Array:
    """Return the displacements (N, 3) of the cage by the open jaw.

    Points follow the measured shape `jaw_open` (468, 3). Points behind the lips move with the jaw's bone by
    their weight `jaw` (N,) instead, so that the mouth's lining does not rise over the teeth.
    """
    opened = np.asarray(cage.follow @ jaw_open)
    inside = np.concatenate(cage.lining[1:])
    bone = jaw_bone_opened(cage.points[inside], cage.points[: t.FACE_POINT_COUNT], jaw_open)
    opened[inside] = jaw[inside, None] * bone
    return opened


def jaw_bone_opened(
    points: Float64Array, face: Float64Array, jaw_open: Float64Array, share: float = 1.0
) -> Float64Array:
    """Return the displacements (N, 3) of `points` on the jaw's bone when the jaw is open by a share.

    The bone turns about the hinge and slides so that the lower teeth follow the lower lip of the rest `face`
    (468, 3) in the measured shape `jaw_open` (468, 3): the hinge moves down and forward when people open
    their mouths, and their lower lips hide their lower teeth about as they do at rest.
    """
    lip = list(LOWER_LIP)
    slide = (jaw_open[lip] - _jaw_turned(face[lip] + TEETH_BEHIND_LIP)).mean(axis=0)
    return _jaw_turned(points, share) + share * slide


def _jaw_turned(points: Float64Array, share: float = 1.0) -> Float64Array:
    """Return the displacements (N, 3) of points that turn with a share of the open jaw."""
    arm = points - JOINTS[2]
    return np.asarray(arm @ rotation_x(share * JAW_OPEN_RADIANS).T - arm)


def skin_weights(cage: Cage, jaw: Float64Array) -> Float64Array:
    """Return the skin weights (N, 5): `jaw` (N,) as given, the rest split between root and neck by height."""
    height = cage.points[:, 1] + NECK_BASE_SLOPE * (cage.points[:, 2] + 0.11)
    neck = smoothstep(-0.126, -0.045, height)
    neck[: t.FACE_POINT_COUNT] = 1.0
    weights = np.zeros((len(cage.points), 5))
    weights[:, 2] = jaw * neck
    weights[:, 1] = neck - weights[:, 2]
    weights[:, 0] = 1.0 - neck
    return weights


def jaw_corrective(points: Float64Array, jaw: Float64Array, target: Float64Array) -> Float64Array:
    """Return displacements (N, 3) before skinning with which the open jaw moves `points` by `target`."""
    return turned_corrective(points, jaw, JOINTS[2], JAW_OPEN_RADIANS, target)


def pose_correctives(jaw: Float64Array, gaze_shapes: dict[tuple[int, str], Float64Array]) -> Float64Array:
    """Return the pose correctives (N, 3, 36) of the jaw's corrective and the lid shapes."""
    return pose_shapes.pose_correctives(jaw, JAW_OPEN_RADIANS, gaze_shapes, GAZE_RADIANS)


def jaw_part_shapes(
    vertices: Float64Array, face: Float64Array, shapes: dict[str, Float64Array]
) -> dict[str, Float64Array]:
    """Return the displacements (N, 3) by signal of a part on the jaw, in addition to the jaw joint's turns.

    The part slides with the chin of the rest `face` (468, 3), sinks behind rounded lips, and opens with the
    jaw's share of tongueOut.
    """
    sunk = {name: np.broadcast_to(move, vertices.shape) for name, move in SUNK.items()}
    slides = {
        name: np.broadcast_to(shapes[name][list(CHIN)].mean(0), vertices.shape)
        for name in ("jawForward", "jawLeft", "jawRight")
    }
    return {**sunk, **slides, "tongueOut": jaw_bone_opened(vertices, face, shapes["jawOpen"], TONGUE_OUT_JAW)}


def jaw_part_correctives(vertices: Float64Array, face: Float64Array, jaw_open: Float64Array) -> Float64Array:
    """Return the pose correctives (N, 3, 36) with which a part on the jaw slides as the jaw's bone does."""
    opened = jaw_bone_opened(vertices, face, jaw_open)
    still = np.zeros_like(vertices)
    no_gaze = {(eye, direction): still for eye in range(2) for direction in GAZE_RADIANS}
    return pose_correctives(jaw_corrective(vertices, np.ones(len(vertices)), opened), no_gaze)
