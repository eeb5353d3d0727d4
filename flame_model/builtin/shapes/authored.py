"""Author the shapes of signals that the tracker never reports, as smooth displacement fields of the face.

A field is a sum of soft pushes. A push with centre c, reach s and move m displaces the face point x by

    m exp(-|x - c|^2 / (2 s^2))

all in metres. Centres lie on the person's left side. The values were chosen by eye.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.geometry.smoothstep import smoothstep


@dataclass(frozen=True, slots=True)
class Push:
    """A displacement of the skin that fades with the distance from a point on the person's left side."""

    center: tuple[float, float, float]
    """Metres."""
    reach: float
    """Metres; standard deviation of the fading."""
    move: tuple[float, float, float]
    """Metres at the centre."""


CHEEK_PUFF = (
    Push((0.045, -0.030, -0.008), 0.014, (0.0115, 0.0010, 0.0100)),
    Push((0.032, -0.044, 0.000), 0.011, (0.0030, -0.0008, 0.0060)),
    Push((0.020, -0.054, 0.006), 0.010, (0.0010, 0.0, 0.0040)),
    Push((0.016, -0.025, 0.012), 0.009, (0.0, 0.0, 0.0044)),
    Push((0.026, -0.040, 0.000), 0.007, (-0.0065, 0.0, 0.0020)),
)
CHEEK_SQUINT = (
    Push((0.038, 0.006, -0.004), 0.013, (0.0010, 0.0050, 0.0015)),
    Push((0.032, 0.020, -0.002), 0.007, (0.0, 0.0018, 0.0008)),
)
NOSE_SNEER = (
    Push((0.015, -0.006, 0.014), 0.007, (0.0014, 0.0048, 0.0008)),
    Push((0.017, -0.022, 0.013), 0.008, (0.0, 0.0036, 0.0014)),
    Push((0.010, -0.034, 0.016), 0.008, (0.0, 0.0016, 0.0006)),
    Push((0.009, 0.030, 0.008), 0.007, (-0.0004, 0.0010, 0.0008)),
    Push((0.013, 0.045, 0.010), 0.008, (-0.0012, -0.0026, 0.0004)),
)
JAW_FORWARD = (0.0, -0.0008, 0.0065)
"""Metres that jawForward slides the jaw at score 1."""


def authored_shapes(face: Float64Array) -> dict[str, Float64Array]:
    """Return the displacements (468, 3) of the rest `face` (468, 3) by signal, at score 1."""
    other = mirrored(face)
    shapes = {"cheekPuff": pushed(face, CHEEK_PUFF) + mirrored(pushed(other, CHEEK_PUFF))}
    for name, pushes in (("cheekSquint", CHEEK_SQUINT), ("noseSneer", NOSE_SNEER)):
        shapes[f"{name}Left"] = pushed(face, pushes)
        shapes[f"{name}Right"] = mirrored(pushed(other, pushes))
    return {**shapes, "jawForward": slid_jaw(face, JAW_FORWARD)}


def pushed(face: Float64Array, pushes: tuple[Push, ...]) -> Float64Array:
    """Return the displacements (468, 3) of the rest `face` (468, 3) by soft pushes."""
    total = np.zeros_like(face)
    for push in pushes:
        distance = np.linalg.norm(face - np.array(push.center), axis=1) / push.reach
        total += np.exp(-0.5 * distance**2)[:, None] * np.array(push.move)
    return total


def mirrored(vectors: Float64Array) -> Float64Array:
    """Return points or displacements (N, 3) mirrored about x = 0."""
    return vectors * np.array([-1.0, 1.0, 1.0])


def slid_jaw(face: Float64Array, slide: tuple[float, float, float]) -> Float64Array:
    """Return the displacements (468, 3) of a jaw that slides by `slide`; cheeks follow less near the ears."""
    below = smoothstep(-0.034, -0.056, face[:, 1])
    inner = 1.0 - 0.7 * smoothstep(0.030, 0.062, np.abs(face[:, 0]))
    return np.asarray((below * inner)[:, None] * np.array(slide))
