"""Where a file of region masks says that no hair grows, instead of where an average head has its ears."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from scipy import sparse

from flame_model.arrays import Int32Array
from flame_model.head import Head

HAIR_REGION = "scalp"
BARE_REGIONS = ("left_ear", "right_ear", "neck")
"""Where the average head's hair may reach by mistake."""
_SOFT_STEPS = 2
"""Rings of neighbours over which a region fades."""


def bare_share(head: Head, masks: Mapping[str, Int32Array]) -> npt.NDArray[np.float64] | None:
    """Return (V,) 1 where no hair grows: beside the scalp or, without one, on ears and neck.

    `masks` holds the vertices of each region; None where it names none of these.
    """
    neighbours = _mean_over_neighbours(head)

    def share(regions: list[str]) -> npt.NDArray[np.float64]:
        flags = np.zeros(len(head.template))
        for region in regions:
            flags[masks[region]] = 1.0
        for _ in range(_SOFT_STEPS):
            flags = neighbours @ flags
        return flags

    if HAIR_REGION in masks:
        return np.asarray(1.0 - share([HAIR_REGION]))
    named = [region for region in BARE_REGIONS if region in masks]
    return share(named) if named else None


def _mean_over_neighbours(head: Head) -> sparse.csr_matrix:
    """Return (V, V): each vertex with the vertices it shares an edge with, rows sum to 1."""
    count = len(head.template)
    starts, ends = head.faces.ravel(), np.roll(head.faces, 1, axis=1).ravel()
    links = sparse.coo_matrix((np.ones(len(starts)), (starts, ends)), shape=(count, count)).tocsr()
    ring = ((links + links.T) > 0).astype(np.float64) + sparse.identity(count)
    return sparse.csr_matrix(sparse.diags(1.0 / np.asarray(ring.sum(axis=1)).ravel()) @ ring)
