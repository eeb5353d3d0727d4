"""What is drawn of the archive's meshes: a resampling of its vertices, triangles and their materials."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import sparse

from flame_model.head import Material
from flame_model.ict import layout
from flame_model.ict.archive import IctMeshes
from flame_model.ict.grids import grid_rows, long_sides, neighbours, ring_around

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

MATERIALS = (
    Material("skin", (1.0, 1.0, 1.0), 0.52, 0.75),
    Material("lid margin", (1.0, 1.0, 1.0), 0.25, 0.5),
    Material("mouth", (1.0, 1.0, 1.0), 0.40, 0.3),
    Material("eye", (1.0, 1.0, 1.0), 0.06, 0.0),
    Material("teeth", (1.0, 1.0, 1.0), 0.22, 0.2),
    Material("tongue", (1.0, 1.0, 1.0), 0.35, 0.6),
    Material("lashes", (1.0, 1.0, 1.0), 0.80, 0.0),
)
IRIS_RADIUS, PUPIL_RADIUS = 0.60, 0.21
"""Centimetres."""
RING_RADII = (0.08, 0.150, 0.200, 0.225, 0.32, 0.43, 0.52, 0.585, 0.63, 0.72)
"""Centimetres from the eye's axis of the front rings, moved to where the iris changes its colour."""
_STRIP_VERTICES = 114
_LASH_ROW, _LASHES_PER_COLUMN = 3, 2
"""Row of the archive's lash cards (0 root, 5 tip) where lashes end: uncut they have 15 mm."""
_LASH_WIDTH = 0.17
"""Share of a card's column that a lash covers at its root."""


@dataclass(frozen=True, slots=True)
class Surface:
    """Say how V drawn vertices follow from the archive's, and how they are joined."""

    sample: sparse.csr_matrix
    """(V, archive's vertices) rows sum to 1."""
    faces: IntArray
    """(F, 3) counter-clockwise from outside."""
    materials: IntArray
    """(F,) index into MATERIALS."""
    source: IntArray
    """(V,) the archive's vertex that counts most."""


@dataclass(slots=True)
class _Builder:
    neutral: FloatArray
    rows: list[sparse.csr_matrix] = field(default_factory=list)
    faces: list[IntArray] = field(default_factory=list)
    materials: list[IntArray] = field(default_factory=list)
    count: int = 0

    def add(self, sample: sparse.csr_matrix, faces: IntArray, material: str) -> None:
        index = next(i for i, known in enumerate(MATERIALS) if known.name == material)
        self.rows.append(sample)
        self.faces.append(faces + self.count)
        self.materials.append(np.full(len(faces), index))
        self.count += sample.shape[0]

    def add_polygons(self, polygons: IntArray, materials: tuple[tuple[tuple[int, int], str], ...]) -> None:
        """Keep a connected mesh as it is; `materials` names the polygon ranges of the whole archive."""
        picked = np.concatenate([polygons[a:b] for (a, b), _ in materials])
        kept = np.unique(picked)
        place = np.full(len(self.neutral), -1)
        place[kept] = np.arange(len(kept))
        self.add(
            _pick(kept[:, None], np.ones((len(kept), 1)), len(self.neutral)), np.zeros((0, 3), int), "skin"
        )
        for (a, b), material in materials:
            triangles = _triangles(polygons[a:b], self.neutral)
            index = next(i for i, known in enumerate(MATERIALS) if known.name == material)
            self.faces.append(place[triangles] + self.count - len(kept))
            self.materials.append(np.full(len(triangles), index))


def drawn_surface(meshes: IctMeshes) -> Surface:
    """Return what is drawn: skin, mouth, teeth, eyeballs with rings at the iris' border, single lashes."""
    polygons, neutral = meshes.polygons, meshes.neutral
    builder = _Builder(neutral)
    builder.add_polygons(polygons, _SKIN_MATERIALS)
    builder.add_polygons(polygons, ((layout.GUM_POLYGONS, "tongue"),))
    builder.add_polygons(polygons, ((layout.TOOTH_POLYGONS, "teeth"),))
    for side in range(2):
        builder.add(*_eyeball(polygons[slice(*layout.EYEBALL_POLYGONS[side])], neutral), "eye")
    for side in range(2):
        builder.add(*_lashes(polygons[slice(*layout.LASH_POLYGONS[side])], neutral), "lashes")
    sample = sparse.vstack(builder.rows).tocsr()
    return Surface(
        sample,
        np.concatenate(builder.faces),
        np.concatenate(builder.materials),
        np.asarray(sample.argmax(axis=1)).ravel(),
    )


_SKIN_MATERIALS = (
    ((0, layout.MOUTH_SOCKET_POLYGONS[0]), "skin"),
    (layout.MOUTH_SOCKET_POLYGONS, "mouth"),
    *((polygons, "lid margin") for polygons in layout.EYE_SOCKET_POLYGONS),
)


def _pick(sources: IntArray, weights: FloatArray, count: int) -> sparse.csr_matrix:
    """Return the (N, count) matrix whose row n blends `sources` (N, K) by `weights` (N, K)."""
    rows = np.repeat(np.arange(len(sources)), sources.shape[1])
    return sparse.csr_matrix((weights.ravel(), (rows, sources.ravel())), shape=(len(sources), count))


def _triangles(polygons: IntArray, points: FloatArray) -> IntArray:
    """Cut each quadrangle along its shorter diagonal."""
    a, b, c, d = polygons.T
    across = np.linalg.norm(points[a] - points[c], axis=1) <= np.linalg.norm(points[b] - points[d], axis=1)
    whole = c == d
    first = np.where((across | whole)[:, None], np.stack([a, b, c], -1), np.stack([a, b, d], -1))
    second = np.where(across[:, None], np.stack([a, c, d], -1), np.stack([b, c, d], -1))
    return np.concatenate([first, second[~whole]])


def _eyeball(polygons: IntArray, neutral: FloatArray) -> tuple[sparse.csr_matrix, IntArray]:
    """Return an eyeball whose front rings lie at RING_RADII around the axis through its poles."""
    around = neighbours(polygons)
    poles = sorted((v for v in around if len(around[v]) > 4), key=lambda v: -neutral[v, 2])
    rows = grid_rows(around, ring_around(around, poles[0]), {poles[0]})
    axis = neutral[poles[0]] - neutral[poles[1]]
    axis /= np.linalg.norm(axis)
    spoke = neutral[rows] - neutral[poles[0]]
    radius = np.linalg.norm(spoke - (spoke @ axis)[..., None] * axis, axis=2)
    lower, upper = rows.copy(), rows.copy()
    share = np.zeros(rows.shape)
    for ring, wanted in enumerate(RING_RADII):
        for column in range(rows.shape[1]):
            front = radius[:12, column]
            after = int(np.argmax(front >= wanted)) if front[0] < wanted else 1
            lower[ring, column], upper[ring, column] = rows[after - 1, column], rows[after, column]
            share[ring, column] = (wanted - front[after - 1]) / (front[after] - front[after - 1])
    sources = np.concatenate(
        [np.array(poles)[:, None].repeat(2, 1), np.stack([lower, upper], -1).reshape(-1, 2)]
    )
    weights = np.concatenate([[[1.0, 0.0]] * 2, np.stack([1.0 - share, share], -1).reshape(-1, 2)])
    kept = np.concatenate([poles, rows.ravel()])
    place = dict(zip(kept.tolist(), range(len(kept)), strict=True))
    triangles = _triangles(polygons, neutral)
    return _pick(sources, weights, len(neutral)), np.array(
        [[place[v] for v in row] for row in triangles.tolist()]
    )


def _lashes(polygons: IntArray, neutral: FloatArray) -> tuple[sparse.csr_matrix, IntArray]:
    """Return one thin triangle, seen from both sides, for each lash of the archive's cards."""
    first = polygons.min()
    middle = neutral[polygons].mean((0, 1)) - np.array([0.0, 0.0, 2.0])
    strip = (polygons[:, 0] - first) // _STRIP_VERTICES
    sources, weights = [], []
    for number in range(strip.max() + 1):
        card = polygons[strip == number]
        root = min(long_sides(card), key=lambda side: np.linalg.norm(neutral[side] - middle, axis=1).mean())
        rows = grid_rows(neighbours(card), root, set())
        shift = (number % 3) / 3.0
        for lash in range(_LASHES_PER_COLUMN * (rows.shape[1] - 1)):
            column, place = divmod((lash + shift) / _LASHES_PER_COLUMN, 1.0)
            pair = rows[:, int(column) : int(column) + 2]
            for row, offset in ((0, -0.5), (0, 0.5), (_LASH_ROW, 0.0)):
                share = place + offset * _LASH_WIDTH
                sources.append(pair[row])
                weights.append([1.0 - share, share])
    base = np.arange(0, len(sources), 3)[:, None]
    faces = np.concatenate([base + np.array([0, 1, 2]), base + np.array([1, 0, 2])])
    return _pick(np.array(sources), np.array(weights), len(neutral)), faces
