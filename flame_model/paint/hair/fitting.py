"""Whether a head can wear hair: its landmarks are known, and its texture has the built-in head's layout."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.errors import InputError
from flame_model.face import topology as t
from flame_model.face.measured_face import bundled_measurement
from flame_model.find_heads import BUILTIN
from flame_model.head import Head

LAYOUT_PIXELS = 25.0
"""Median distance of landmarks from their pixels in the layout up to which a texture counts as in it."""


def can_wear_hair(head: Head) -> bool:
    """Return whether `with_hair` can put hair on the head."""
    try:
        fitting_landmarks(head)
    except InputError:
        return False
    return True


def fitting_landmarks(head: Head) -> Float64Array:
    """Return the landmarks (468, 3) of a head that can wear hair. Raises InputError for one that cannot."""
    if head.landmarks is None or head.texture is None:
        raise InputError(
            f"The head {head.name!r} has no painted texture, which hair needs; `heads add` paints one."
        )
    _check_layout(head)
    triangles, weights = (
        values[: t.FACE_POINT_COUNT] for values in (head.landmarks.triangles, head.landmarks.weights)
    )
    # `flame_model.face.landmarks` does the same, but imports SciPy, which takes a third of a second.
    return np.asarray(
        np.einsum("nc,nci->ni", weights.astype(np.float64), head.template[head.faces[triangles]])
    )


def _check_layout(head: Head) -> None:
    """Raise InputError where the texture of an added head is not laid out like the built-in head's."""
    if head.name == BUILTIN:
        return
    from flame_model.paint.unwrapping.face_projection import face_pixels

    assert head.landmarks
    assert head.texture
    triangles, weights = head.landmarks.triangles, head.landmarks.weights
    coords = np.einsum("nc,nci->ni", weights, head.texture.coords[head.texture.corners[triangles]])
    height, width = head.texture.picture.shape[:2]
    pixels = (coords * (1.0, -1.0) + (0.0, 1.0)) * (width, height)
    expected = face_pixels(bundled_measurement().neutral)
    away = np.linalg.norm(pixels[: t.FACE_POINT_COUNT] - expected, axis=1)
    if np.median(away) > LAYOUT_PIXELS:
        raise InputError(
            f"Hair cannot be painted over the texture of the head {head.name!r}, which is its own."
        )
