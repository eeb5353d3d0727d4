"""Build the upper lashes: a row of tapering tufts on the edge of each upper lid, which they follow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.spatial.transform import Rotation

from flame_model.arrays import Float64Array, Int64Array
from flame_model.face import topology as t
from flame_model.face.eyes import EYE_CENTERS

TUFTS = 26
"""Tufts on each lid; chosen by eye, as are all values without a source."""
LENGTHS = (0.0040, 0.0060, 0.0056, 0.0046, 0.0024)
"""Metres, from the outer to the inner corner; adult upper lashes measure 8 to 12 mm along their curve."""
THICKNESS = 0.00060
"""Metres; half the width of a tuft at its root."""
SPAN = (0.05, 0.88)
"""Begin and end of the lashes as shares of the lid's edge from the outer corner."""
SINK = 0.0004
"""Metres by which the roots lie inside the lid."""
COLOR = np.array([0.07, 0.05, 0.04])
_SECTION = np.array([[-1.0, -0.4], [1.0, -0.4], [0.0, 0.7]])
"""Corners of a tuft's triangular section along the lid and upwards, in units of THICKNESS."""
_TUFT_FACES = np.array(
    [[0, 1, 4], [0, 4, 3], [1, 2, 5], [1, 5, 4], [2, 0, 3], [2, 3, 5], [3, 4, 6], [4, 5, 6], [5, 3, 6]]
)


@dataclass(frozen=True, slots=True)
class Lashes:
    """The M vertices of all lashes, which follow the skin."""

    follow: sparse.csr_matrix
    """(M, V) weights of the skin vertices whose mean is a vertex's root."""
    offsets: Float64Array
    """(M, 3) metres from the root at rest."""
    faces: Int64Array
    """(F, 3) counter-clockwise seen from outside."""


def lashes(skin: Float64Array) -> Lashes:
    """Return the lashes of both eyes for the skin vertices (V, 3), whose first 468 are the landmarks."""
    place = np.linspace(*SPAN, TUFTS) * (len(t.LEFT_UPPER_LID) - 1)
    first = place.astype(int)
    share = place - first
    follows, offsets, faces = [], [], []
    for side, lid in enumerate((t.LEFT_UPPER_LID, t.RIGHT_UPPER_LID)):
        rows = np.repeat(np.arange(TUFTS), 2)
        columns = np.array(lid)[np.stack([first, first + 1], 1)].ravel()
        roots = sparse.csr_matrix(
            (np.stack([1.0 - share, share], 1).ravel(), (rows, columns)), shape=(TUFTS, len(skin))
        )
        tufts = _tufts(roots @ skin - EYE_CENTERS[side])
        offsets.append(tufts.reshape(-1, 3))
        follows.append(roots[np.repeat(np.arange(TUFTS), tufts.shape[1])])
        turned = _TUFT_FACES[:, ::-1] if side == 0 else _TUFT_FACES
        start = side * offsets[0].shape[0]
        faces.append(start + (tufts.shape[1] * np.arange(TUFTS)[:, None, None] + turned).reshape(-1, 3))
    return Lashes(sparse.vstack(follows).tocsr(), np.concatenate(offsets), np.concatenate(faces))


def _tufts(roots: Float64Array) -> Float64Array:
    """Return the vertices (TUFTS, 7, 3) of each tuft in metres from its root.

    A tuft has two triangular sections and a tip. `roots` (TUFTS, 3) are relative to the eye's centre.
    """
    out = roots / np.linalg.norm(roots, axis=1, keepdims=True)
    along = np.gradient(roots, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    up = np.array([0.0, 1.0, 0.0])
    length = np.interp(np.linspace(0.0, 1.0, TUFTS), np.linspace(0.0, 1.0, len(LENGTHS)), LENGTHS)[:, None]
    splay = np.linspace(-0.45, 0.25, TUFTS)[:, None] * along
    middle = length * (0.50 * out + 0.06 * up + 0.4 * splay)
    tip = length * (0.90 * out + 0.28 * up + splay)
    base = -SINK * out
    width, height = (THICKNESS * _SECTION[None, :, i, None] for i in range(2))
    section = width * along[:, None] + height * up
    return np.concatenate([base[:, None] + section, middle[:, None] + 0.70 * section, tip[:, None]], axis=1)


def lash_closure(
    lash: Lashes, rest: Float64Array, basis: npt.NDArray[np.floating], arc: npt.NDArray[np.floating]
) -> tuple[Float64Array, Float64Array]:
    """Return eyelid basis and arc (M, 3, 2) of lashes that turn about the eyeball as their roots do.

    `rest` (V, 3), `basis` and `arc` (V, 3, 2) are those of the skin.
    """
    roots = lash.follow @ rest
    root_basis, root_arc = ((lash.follow @ a.reshape(-1, 6)).reshape(-1, 3, 2) for a in (basis, arc))
    for side, center in enumerate(EYE_CENTERS):
        own = roots[:, 0] * center[0] > 0.0
        root, offset = roots[own] - center, lash.offsets[own]
        shut, bow = root_basis[own, :, side], root_arc[own, :, side]
        at_shut = _turned(offset, root, root + shut)
        at_half = _turned(offset, root, root + 0.5 * shut + 0.25 * bow)
        root_basis[own, :, side] += at_shut - offset
        root_arc[own, :, side] += 4.0 * (at_half - 0.5 * (offset + at_shut))
    return root_basis, root_arc


def _turned(offset: Float64Array, start: Float64Array, end: Float64Array) -> Float64Array:
    """Return offsets (M, 3) turned by the shortest rotation from the directions `start` to `end` (M, 3)."""
    axis = np.cross(start, end)
    sine = np.linalg.norm(axis, axis=1, keepdims=True)
    angle = np.arctan2(sine, (start * end).sum(1, keepdims=True))
    return np.asarray(Rotation.from_rotvec(angle * axis / np.maximum(sine, 1e-12)).apply(offset))
