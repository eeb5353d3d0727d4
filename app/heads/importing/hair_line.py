"""Find the hairless part of a head from its region masks: all but the scalp, or ears and neck."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy import sparse

from flame_model.arrays import Float64Array, Int32Array
from flame_model.head import Head

HAIR_REGION = "scalp"
BARE_REGIONS = ("left_ear", "right_ear", "neck")
"""Regions that the hair of an average head would reach by mistake."""
_SOFT_STEPS = 2
"""Rings of neighbours over which a region fades out."""


def bare_share(head: Head, masks: Mapping[str, Int32Array]) -> Float64Array | None:
    """Return the share (V,) of each vertex that is free of hair: 0 on the scalp, 1 away from it.

    Without a scalp among `masks` (vertices by region) it is 1 on ears and neck and 0 elsewhere; None where
    `masks` holds none of these regions, and an average head's hair line applies.
    """
    neighbours = _mean_over_neighbours(head)

    def share(regions: list[str]) -> Float64Array:
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
    """Return the matrix (V, V) that averages each vertex with its neighbours; rows sum to 1."""
    count = len(head.template)
    starts, ends = head.faces.ravel(), np.roll(head.faces, 1, axis=1).ravel()
    links = sparse.coo_matrix((np.ones(len(starts)), (starts, ends)), shape=(count, count)).tocsr()
    ring = ((links + links.T) > 0).astype(np.float64) + sparse.identity(count)
    return sparse.csr_matrix(sparse.diags(1.0 / np.asarray(ring.sum(axis=1)).ravel()) @ ring)
