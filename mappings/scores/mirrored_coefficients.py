"""What a head's coefficients become in the mirror."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array
from flame_model.head import Head
from flame_model.landmarks import at_places
from mappings.mirror import mirrored_landmarks
from mappings.signals import mirrored_name

MOST_MISFIT = 0.35
"""Share of the components' mirrored displacement that they may fail to show among themselves."""
_NOISE_M = 0.0002
"""Displacement of a landmark, metres, that weighs as much as one unit of a component."""
_TURN = np.array([1.0, -1.0, -1.0])
"""A turn about x stays in the mirror, those about y and z are reversed."""


def coefficient_mirror(head: Head) -> Array | None:
    """Return M (E + 11, E + 11) with `c @ M` the mirrored expression, jaw, eyes and eyelids of c.

    Components with names change places by them; of others M is derived from how they move the landmarks. None
    where the components have no mirror: no landmarks, or a motion that none of them shows on the other side.
    """
    expression = _by_name(head) if head.expression_names else _by_geometry(head)
    if expression is None:
        return None
    count = head.expression_count
    mirror = np.zeros((count + 11, count + 11))
    mirror[:count, :count] = expression
    mirror[count : count + 3, count : count + 3] = np.diag(_TURN)
    left, right, lids = slice(count + 3, count + 6), slice(count + 6, count + 9), slice(count + 9, count + 11)
    mirror[left, right] = mirror[right, left] = np.diag(_TURN)
    mirror[lids, lids] = np.eye(2)[::-1]
    return mirror


def _by_name(head: Head) -> Array | None:
    names = {name: index for index, name in enumerate(head.expression_names)}
    mirror = np.zeros((len(names), len(names)))
    for name, index in names.items():
        if mirrored_name(name) not in names:
            return None
        mirror[index, names[mirrored_name(name)]] = 1.0
    return mirror


def _by_geometry(head: Head) -> Array | None:
    """Return the least-squares solution of: components mixed by M move the landmarks as mirrored ones do."""
    if head.landmarks is None:
        return None
    moved = np.moveaxis(at_places(head.landmarks, head.faces, head.expression_basis), 2, 0)
    mirrored = moved[:, mirrored_landmarks()] * np.array([-1.0, 1.0, 1.0])
    basis, wanted = moved.reshape(len(moved), -1), mirrored.reshape(len(moved), -1)
    normal = basis @ basis.T + _NOISE_M**2 * np.eye(len(basis))
    mirror = np.linalg.solve(normal, basis @ wanted.T).T
    misfit = ((mirror @ basis - wanted) ** 2).sum() / (wanted**2).sum()
    return mirror if misfit <= MOST_MISFIT else None
