"""A strip of triangles along an eyelid's edge, such as lashes, that turns about the eyeball with the lid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.interpolate import CubicSpline
from scipy.spatial.transform import Rotation

from flame_model.arrays import Float64Array, Int64Array
from flame_model.builtin.parts.part import grid_faces
from flame_model.face.eyes import EYE_CENTERS


@dataclass(frozen=True, slots=True)
class LidStrip:
    """The M vertices of the strips along both eyes' lids, which follow the skin; first the left eye's."""

    follow: sparse.csr_matrix
    """(M, V) weights of the skin vertices whose mean is a vertex's root."""
    offsets: Float64Array
    """(M, 3) metres from the root at rest."""
    faces: Int64Array
    """(F, 3)."""
    colors: Float64Array
    """(M, 3) sRGB 0..1."""
    material: str
    """Name of one of the materials in `flame_model.paint.materials`."""
    turn: float
    """Turn about the eye's centre of vertices around their roots, in turns of the shutting lid."""

    eye_centers: Float64Array = field(default_factory=lambda: EYE_CENTERS)
    """(2, 3) the middles of the left and the right eye, metres."""

    @property
    def centers(self) -> Float64Array:
        """(M, 3) the middle of the eye of each vertex, metres."""
        return np.repeat(self.eye_centers, len(self.offsets) // 2, axis=0)


def roots_between(
    edge: Sequence[int], places: npt.NDArray[np.floating], count: int, *, closed: bool
) -> sparse.csr_matrix:
    """Return the weights (N, count) of the `edge`'s vertices for points at `places` (N,) along it.

    Place i is the vertex `edge[i]`; the points lie on the cubic spline through the vertices, which the
    subdivided lid edge follows within 0.1 mm.
    """
    given = np.arange(len(edge) + closed)
    spline = CubicSpline(
        given, np.eye(len(edge))[given % len(edge)], bc_type="periodic" if closed else "natural"
    )
    weights = spline(places)
    rows = np.repeat(np.arange(len(places)), len(edge))
    return sparse.csr_matrix(
        (weights.ravel(), (rows, np.tile(edge, len(places)))), shape=(len(places), count)
    )


def strips(
    roots: Sequence[sparse.csr_matrix],
    offsets: Sequence[Float64Array],
    colors: Float64Array,
    material: str,
    *,
    closed: bool,
    turn: float,
) -> LidStrip:
    """Return the strips of both eyes, left and right.

    `roots` are matrices (N, V) for the N columns of each strip, `offsets` (N, R, 3) in metres for its R rows,
    and `colors` (N, R, 3) are sRGB. `closed` joins the last column to the first, `turn` is `LidStrip.turn`.
    """
    columns, rows = colors.shape[:2]
    count = columns * rows
    quads = grid_faces(columns + closed, rows, closed=False) % count
    return LidStrip(
        follow=sparse.vstack([root[np.repeat(np.arange(columns), rows)] for root in roots]).tocsr(),
        offsets=np.concatenate([offset.reshape(-1, 3) for offset in offsets]),
        faces=np.concatenate([quads, count + quads]),
        colors=np.tile(colors.reshape(-1, 3), (2, 1)),
        material=material,
        turn=turn,
    )


def carried(strip: LidStrip, rest: Float64Array, shapes: Float64Array) -> Float64Array:
    """Return the displacements (M, 3, K) of a strip by `shapes` (V, 3, K) of the skin `rest` (V, 3).

    A vertex moves with its root and turns about the eye's centre as far as its root does: with root r from
    the centre, root displacement d and offset o the turn adds (r x d / |r|^2) x o.
    """
    moved = (strip.follow @ shapes.reshape(len(shapes), -1)).reshape(-1, *shapes.shape[1:])
    root = strip.follow @ rest - strip.centers
    turn = np.cross(root[:, :, None], moved, axis=1) / (root**2).sum(1)[:, None, None]
    return np.asarray(moved + np.cross(turn, strip.offsets[:, :, None], axis=1))


def strip_closure(
    strip: LidStrip, rest: Float64Array, basis: npt.NDArray[np.floating], arc: npt.NDArray[np.floating]
) -> tuple[Float64Array, Float64Array]:
    """Return eyelid basis and arc (M, 3, 2) of a strip that turns about the eyeball as its roots do.

    `rest` (V, 3), `basis` and `arc` (V, 3, 2) are those of the skin.
    """
    moved, bowed = ((strip.follow @ a.reshape(-1, 6)).reshape(-1, 3, 2) for a in (basis, arc))
    root, offset = strip.follow @ rest - strip.centers, strip.offsets
    for side in range(2):
        shut, bow = moved[..., side].copy(), bowed[..., side].copy()
        at_shut = _turned(offset, root, root + shut, strip.turn)
        at_half = _turned(offset, root, root + 0.5 * shut + 0.25 * bow, strip.turn)
        moved[..., side] += at_shut - offset
        bowed[..., side] += 4.0 * (at_half - 0.5 * (offset + at_shut))
    return moved, bowed


def _turned(offset: Float64Array, start: Float64Array, end: Float64Array, turn: float) -> Float64Array:
    """Return offsets (M, 3) turned by `turn` times the shortest rotation from `start` to `end` (M, 3)."""
    axis = np.cross(start, end)
    sine = np.linalg.norm(axis, axis=1, keepdims=True)
    angle = turn * np.arctan2(sine, (start * end).sum(1, keepdims=True))
    return np.asarray(Rotation.from_rotvec(angle * axis / np.maximum(sine, 1e-12)).apply(offset))
