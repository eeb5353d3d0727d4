"""The matrix that turns a head's coefficients into those of its mirror image."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array
from flame_model.face.landmarks import at_places
from flame_model.head import Head
from mappings.mirror import mirrored_landmarks
from mappings.scores.layout import Layout
from mappings.signals import mirrored_name

MOST_MISFIT = 0.35
"""Largest share of the components' mirrored displacement (sum of squares) that no mix of the components
reproduces; beyond it the head has no mirror. Chosen by trial."""
_NOISE_M = 0.0002
"""Displacement of a landmark, metres, that weighs as much as one unit of a component. Chosen by trial."""
_TURN = np.array([1.0, -1.0, -1.0])
"""Signs of an axis-angle vector in the mirror: a turn about x stays, those about y and z are reversed."""


def coefficient_mirror(head: Head) -> Array | None:
    """Return M (C, C) for which `c @ M` are the mirrored coefficients of c (C,), columns as in `Layout`.

    Components with names change places with the component of the other side. For others M is derived from how
    the components move the landmarks. Returns None where there is no mirror: a named component lacks its
    partner, the head has no landmarks, or the components show some motion on one side only.
    """
    expression = _by_name(head) if head.expression_names else _by_geometry(head)
    if expression is None:
        return None
    layout = Layout(head.expression_count)
    mirror = np.zeros((layout.width, layout.width))
    mirror[layout.expression, layout.expression] = expression
    mirror[layout.jaw, layout.jaw] = np.diag(_TURN)
    left, right, lids = layout.left_eye, layout.right_eye, layout.eyelids
    mirror[left, right] = mirror[right, left] = np.diag(_TURN)
    mirror[lids, lids] = np.eye(2)[::-1]
    return mirror


def _by_name(head: Head) -> Array | None:
    """Return the permutation (E, E) that exchanges the sides, None where a component has no partner."""
    names = {name: index for index, name in enumerate(head.expression_names)}
    mirror = np.zeros((len(names), len(names)))
    for name, index in names.items():
        if mirrored_name(name) not in names:
            return None
        mirror[index, names[mirrored_name(name)]] = 1.0
    return mirror


def _by_geometry(head: Head) -> Array | None:
    """Return the mirror (E, E) by which mixed components move the landmarks as mirrored ones do, if any.

    M = argmin |M B - B'|^2 + n^2 |M|^2, with the landmarks' displacements B (E, 3 * 478) in metres per unit,
    the mirrored ones B', and n = _NOISE_M.
    """
    if head.landmarks is None:
        return None
    moved = np.moveaxis(at_places(head.landmarks, head.faces, head.expression_basis), 2, 0)
    mirrored = moved[:, mirrored_landmarks()] * np.array([-1.0, 1.0, 1.0])
    basis, wanted = moved.reshape(len(moved), -1), mirrored.reshape(len(moved), -1)
    normal = basis @ basis.T + _NOISE_M**2 * np.eye(len(basis))
    mirror = np.linalg.solve(normal, basis @ wanted.T).T
    misfit = ((mirror @ basis - wanted) ** 2).sum() / (wanted**2).sum()
    return mirror if misfit <= MOST_MISFIT else None
