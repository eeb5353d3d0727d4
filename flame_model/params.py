"""Head parameters: everything that changes from frame to frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class HeadParams:
    """Hold one frame's parameters; arrays are treated as read-only.

    Rotations are axis-angle radians, lengths metres. Axes: x to the person's left, y up, z out of the face.
    """

    expression: FloatArray
    """(E,) expression coefficients of the head they are meant for."""
    jaw: FloatArray
    """(3,) jaw joint; +x opens."""
    eyes: FloatArray
    """(2, 3) left and right eye joints; +x looks down, +y towards the person's left."""
    neck: FloatArray
    """(3,) neck joint."""
    rotation: FloatArray
    """(3,) root joint."""
    translation: FloatArray
    """(3,) added after skinning; the camera sits at the origin and looks along -z."""
    eyelids: FloatArray
    """(2,) closure of the left and right eye: 0 as in the expression, 1 shut."""


def rest_params(expression_count: int) -> HeadParams:
    """Return the parameters that leave a head of `expression_count` components at rest."""
    return HeadParams(
        expression=np.zeros(expression_count),
        jaw=np.zeros(3),
        eyes=np.zeros((2, 3)),
        neck=np.zeros(3),
        rotation=np.zeros(3),
        translation=np.zeros(3),
        eyelids=np.zeros(2),
    )
