"""Make the drawn surface of the ICT head: a resampling of the archive's vertices, triangles and materials."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse

from flame_model.arrays import Int64Array
from flame_model.ict import layout
from flame_model.ict.archive import IctMeshes
from flame_model.ict.resampled import eyeball, pick, triangles_of
from flame_model.paint.materials import PART_MATERIALS

ENAMEL = 0.16
"""Roughness of teeth, which the archive models one by one; like eyes they always reflect some light."""
MATERIALS = tuple(
    replace(material, roughness=ENAMEL) if material.name == "teeth" else material
    for material in PART_MATERIALS
)
_MATERIAL_INDEX = {material.name: i for i, material in enumerate(MATERIALS)}


@dataclass(frozen=True, slots=True)
class Surface:
    """The V drawn vertices as weighted means of the archive's vertices, and the faces between them."""

    sample: sparse.csr_matrix
    """(V, number of the archive's vertices) rows sum to 1."""
    faces: Int64Array
    """(F, 3) counter-clockwise from outside."""
    materials: Int64Array
    """(F,) index into MATERIALS."""
    source: Int64Array
    """(V,) the vertex of the archive with the greatest weight."""


@dataclass(slots=True)
class _Builder:
    """A surface that grows part by part."""

    meshes: IctMeshes
    samples: list[sparse.csr_matrix] = field(default_factory=list)
    faces: list[Int64Array] = field(default_factory=list)
    materials: list[Int64Array] = field(default_factory=list)
    count: int = 0

    def add(self, sample: sparse.csr_matrix, faces: dict[str, Int64Array]) -> None:
        """Add drawn vertices and the faces between them, by material."""
        self.samples.append(sample)
        for name, triangles in faces.items():
            self.faces.append(triangles + self.count)
            self.materials.append(np.full(len(triangles), _MATERIAL_INDEX[name]))
        self.count += sample.shape[0]

    def keep(self, ranges: dict[str, list[tuple[int, int]]]) -> None:
        """Add polygons of the archive unchanged; `ranges` maps a material to half-open ranges of polygons."""
        triangles = {
            name: triangles_of(
                np.concatenate([self.meshes.polygons[first:last] for first, last in spans]),
                self.meshes.neutral,
            )
            for name, spans in ranges.items()
        }
        kept = np.unique(np.concatenate(list(triangles.values())))
        place = np.full(len(self.meshes.neutral), -1)
        place[kept] = np.arange(len(kept))
        sample = pick(kept[:, None], np.ones((len(kept), 1)), len(place))
        self.add(sample, {name: place[faces] for name, faces in triangles.items()})


def drawn_surface(meshes: IctMeshes) -> Surface:
    """Return the drawn surface: skin, mouth, teeth, eyeballs with rings at the iris's edge."""
    builder = _Builder(meshes)
    builder.keep(
        {
            "skin": [(0, layout.MOUTH_SOCKET_POLYGONS[0])],
            "mouth": [layout.MOUTH_SOCKET_POLYGONS],
            "lid margin": list(layout.EYE_SOCKET_POLYGONS),
        }
    )
    builder.keep({"tongue": [layout.GUM_POLYGONS]})
    builder.keep({"teeth": [layout.TOOTH_POLYGONS]})
    for first, last in layout.EYEBALL_POLYGONS:
        sample, faces = eyeball(meshes.polygons[first:last], meshes.neutral)
        builder.add(sample, {"eye": faces})
    sample = sparse.vstack(builder.samples).tocsr()
    return Surface(
        sample,
        np.concatenate(builder.faces),
        np.concatenate(builder.materials),
        np.asarray(sample.argmax(axis=1)).ravel(),
    )
