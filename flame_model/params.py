"""Head parameters: the values that change from frame to frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]
"""Single or double precision."""


@dataclass(frozen=True, slots=True)
class HeadParams:
    """The parameters of a head in one frame; arrays are treated as read-only.

        rest = rest_params(head.expression_count)
        gaping = replace(rest, jaw=np.array([0.2, 0.0, 0.0]), rotation=np.array([0.1, 0.0, 0.0]))

    Rotations are axis-angle vectors in radians, lengths metres. Axes: x to the person's left, y up, z out of
    the face.
    """

    expression: Floats
    """(E,) coefficients of the head's expression components."""
    jaw: Floats
    """(3,) jaw joint; +x opens."""
    eyes: Floats
    """(2, 3) left and right eye joints; +x looks down, +y towards the person's left."""
    neck: Floats
    """(3,) neck joint."""
    rotation: Floats
    """(3,) root joint."""
    translation: Floats
    """(3,) added after skinning; the camera sits at the origin and looks along -z."""
    eyelids: Floats
    """(2,) closure of the left and right eye: 0 as the expression leaves it, 1 closed."""


def rest_params(expression_count: int) -> HeadParams:
    """Return the parameters of a head with `expression_count` components at rest."""
    return HeadParams(
        expression=np.zeros(expression_count),
        jaw=np.zeros(3),
        eyes=np.zeros((2, 3)),
        neck=np.zeros(3),
        rotation=np.zeros(3),
        translation=np.zeros(3),
        eyelids=np.zeros(2),
    )
