"""The data of a FLAME-structured head: mesh, bases, joints, weights, materials, texture, landmarks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float32Array, Int32Array, Picture

JOINT_NAMES = ("root", "neck", "jaw", "left_eye", "right_eye")
EYE_JOINTS = slice(3, 5)
JOINT_PARENTS = (-1, 0, 1, 1, 1)
LANDMARK_COUNT = 478
"""Landmarks that the tracker reports for a face."""
POSE_CORRECTIVE_COUNT = 36
"""Nine entries of R - I for each joint but the root."""


@dataclass(frozen=True, slots=True)
class Material:
    """How the faces of one part of a head, such as its skin or an eye, reflect light."""

    name: str
    color: tuple[float, float, float]
    """sRGB, 0..1; multiplies the vertex colours."""
    roughness: float
    """0 mirror, 1 matte."""
    softness: float = 0.0
    """0 for a hard surface, 1 where light scatters below the surface as in skin."""


DEFAULT_MATERIAL = Material("skin", (0.80, 0.62, 0.52), 0.55, 0.6)


@dataclass(frozen=True, slots=True)
class Texture:
    """A picture of a head's surface and the faces' places in it."""

    picture: Picture
    """(H, W, 3) sRGB, top row first; multiplies the vertex colours and the material's colour."""
    coords: Float32Array
    """(T, 2) 0..1 from the picture's lower left corner; T > V where the surface is cut open."""
    corners: Int32Array
    """(F, 3) index into `coords`, corner by corner of the head's faces."""
    wrinkles: Picture | None = None
    """(S, S, 3) wrinkles of raised brows, a frown and narrowed eyes at the same coordinates, top row first:
    a wrinkle of depth w multiplies the skin's brightness by 1 + w (value - 128) / 255."""


@dataclass(frozen=True, slots=True)
class LandmarkPlaces:
    """The places of the tracker's 478 landmarks on a head's surface."""

    triangles: Int32Array
    """(478,) index into the head's faces."""
    weights: Float32Array
    """(478, 3) barycentric, rows sum to 1."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """The origin of a head and its licence."""

    edition: str = ""
    """Name of the model and its edition."""
    licence: str = ""
    source: str = ""
    """Address or description of where the head comes from."""


@dataclass(frozen=True, slots=True)
class Head:
    """A FLAME-structured head of V vertices, F faces, I identity and E expression components.

    Metres; x to the person's left, y up, z out of the face. Arrays are C-contiguous float32 (faces int32)
    and are treated as read-only. `flame_model.deform` gives the equations.
    """

    name: str
    template: Float32Array
    """(V, 3) rest vertices."""
    faces: Int32Array
    """(F, 3) counter-clockwise seen from outside."""
    identity_basis: Float32Array
    """(V, 3, I) metres per coefficient."""
    expression_basis: Float32Array
    """(V, 3, E) metres per coefficient."""
    pose_correctives: Float32Array
    """(V, 3, 36) metres per entry of R - I for neck, jaw, left eye and right eye, each row-major."""
    joint_regressor: Float32Array
    """(5, V) joints = regressor @ vertices."""
    skin_weights: Float32Array
    """(V, 5) rows sum to 1."""
    eyelid_basis: Float32Array
    """(V, 3, 2) metres at full closure, left and right; zeros where a head has no eyelid shapes."""
    face_materials: npt.NDArray[np.uint8]
    """(F,) index into `materials`."""
    materials: tuple[Material, ...]
    vertex_colors: Float32Array
    """(V, 3) sRGB 0..1, multiplied by the material's colour; ones where a head has no colours."""
    expression_names: tuple[str, ...] = ()
    """E names where each component has a meaning, else empty."""
    identity_names: tuple[str, ...] = ()
    """I names where each component has a meaning, else empty."""
    eyelid_arc: Float32Array | None = None
    """(V, 3, 2) metres: a closure e adds e (1 - e) times this, so that lids move around the eyeball."""
    eyelid_hold: Float32Array | None = None
    """(V, 2) 0..1: share of the displacement by expression and pose that a full closure suppresses."""
    texture: Texture | None = None
    landmarks: LandmarkPlaces | None = None
    provenance: Provenance = Provenance()

    @property
    def expression_count(self) -> int:
        """Number of expression components, E."""
        return self.expression_basis.shape[2]

    @property
    def identity_count(self) -> int:
        """Number of identity components, I."""
        return self.identity_basis.shape[2]
