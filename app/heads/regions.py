"""Hair and ears where a file of region masks says they are, instead of where an average head has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from flame_model.builtin.paint import HAIR, SKIN, mix
from flame_model.head import Head, IntArray

HAIR_REGION = "scalp"
BARE_REGIONS = ("left_ear", "right_ear", "neck")
"""Where the average head's hair may reach by mistake."""
CROPPED = 0.62
"""Share of the hair's colour on cropped skin, as the built-in head has it."""
_SOFT_STEPS = 2
"""Rings of neighbours over which a region fades."""


def paint_regions(head: Head, masks: Mapping[str, IntArray]) -> Head:
    """Return a painted head with cropped hair on its scalp and none on its ears and neck.

    `masks` holds the vertices of each region; regions that it does not name stay as they are.
    """
    neighbours = _mean_over_neighbours(head)

    def share(region: str) -> npt.NDArray[np.float64]:
        flags = np.zeros(len(head.template))
        flags[masks[region]] = 1.0
        for _ in range(_SOFT_STEPS):
            flags = neighbours @ flags
        return flags

    colors = head.vertex_colors.astype(np.float64)
    for region in (name for name in BARE_REGIONS if name in masks):
        colors = mix(colors, SKIN, share(region))
    if HAIR_REGION in masks:
        colors = mix(colors, SKIN + (HAIR - SKIN) * CROPPED, share(HAIR_REGION))
    return replace(head, vertex_colors=np.ascontiguousarray(colors, dtype=np.float32))


def _mean_over_neighbours(head: Head) -> sparse.csr_matrix:
    """Return (V, V): each vertex with the vertices it shares an edge with, rows sum to 1."""
    count = len(head.template)
    starts, ends = head.faces.ravel(), np.roll(head.faces, 1, axis=1).ravel()
    links = sparse.coo_matrix((np.ones(len(starts)), (starts, ends)), shape=(count, count)).tocsr()
    ring = ((links + links.T) > 0).astype(np.float64) + sparse.identity(count)
    return sparse.csr_matrix(sparse.diags(1.0 / np.asarray(ring.sum(axis=1)).ravel()) @ ring)
