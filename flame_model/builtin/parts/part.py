"""A rigid part of the head, such as an eyeball, and operations on it: grids, merged poles, mirror images."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Float64Array, Int64Array


@dataclass(frozen=True, slots=True)
class Part:
    """A rigid part of P vertices that follows one joint."""

    vertices: Float64Array
    """(P, 3) metres."""
    faces: Int64Array
    """(F, 3) counter-clockwise seen from outside."""
    colors: Float64Array
    """(P, 3) sRGB 0..1."""
    joint: int
    """Index into JOINT_NAMES."""
    material: str
    """Name of one of the materials in `flame_model.paint.materials`."""


def grid_faces(rows: int, columns: int, *, closed: bool) -> Int64Array:
    """Return the triangles (F, 3) of a row-major grid of points; `closed` joins the outer columns."""
    r, c = np.meshgrid(np.arange(rows - 1), np.arange(columns if closed else columns - 1), indexing="ij")
    a, b = r * columns + c, r * columns + (c + 1) % columns
    d, e = a + columns, b + columns
    return np.concatenate([np.stack(x, -1).reshape(-1, 3) for x in ((a, d, b), (b, d, e))])


def poles_merged(part: Part) -> Part:
    """Return the part without empty triangles: a grid row whose points coincide becomes one vertex."""
    _, kept, merged = np.unique(part.vertices.round(5), axis=0, return_index=True, return_inverse=True)
    faces = kept[merged.ravel()][part.faces]
    faces = faces[(faces != np.roll(faces, 1, axis=1)).all(axis=1)]
    used, faces = np.unique(faces, return_inverse=True)
    return Part(
        part.vertices[used], faces.reshape(-1, 3), part.colors[used], joint=part.joint, material=part.material
    )


def mirror_part(part: Part, joint: int) -> Part:
    """Return the part's mirror image about x = 0, which follows `joint`."""
    return Part(
        part.vertices * np.array([-1.0, 1.0, 1.0]), part.faces[:, ::-1], part.colors, joint, part.material
    )
