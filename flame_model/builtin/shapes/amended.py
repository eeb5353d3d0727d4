"""Amend measured shapes that the regression confounds, because people rarely make one of them alone.

What both sides of a signal do together is kept and dealt out to the sides; soft pushes then add what the
signal means and take away what belongs to another one.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.builtin.shapes.authored import Push, mirrored, pushed, slid_jaw
from flame_model.builtin.shapes.closed_lips import closed_lips
from flame_model.geometry.smoothstep import smoothstep

SIDED = (
    "browDown", "browOuterUp", "mouthFrown", "mouthLowerDown", "mouthPress", "mouthSmile", "mouthStretch",
    "mouthUpperUp",
)  # fmt: skip
"""Signals whose sides were measured mixed: mouthStretchLeft drew the right corner farther than the left, and
browDownLeft raised the right eye's lid by 1.7 mm."""
SIDE_BLEND_M = 0.014
"""Metres beside the midline over which one side's share fades."""
JAW_SLIDE_M = 0.007
ONE_SIDED: dict[str, tuple[Push, ...]] = {
    "browDown": (Push((0.0310, 0.0400, -0.0030), 0.008, (0.0, -0.0018, 0.0)),),
    "mouthFrown": (
        Push((0.0270, -0.0430, 0.0000), 0.009, (0.0050, -0.0100, -0.0040)),
        Push((0.0060, -0.0330, 0.0160), 0.008, (0.0, 0.0012, 0.0)),
    ),
    "mouthUpperUp": (
        Push((0.0250, -0.0400, 0.0), 0.008, (0.0, -0.0025, 0.0005)),
        Push((0.0100, -0.0340, 0.0160), 0.009, (0.0, 0.0035, 0.0006)),
        Push((0.0, -0.0660, 0.0060), 0.014, (0.0, 0.0016, 0.0016)),
    ),
    "mouthLowerDown": (Push((0.0080, -0.0780, 0.0030), 0.010, (0.0, 0.0020, 0.0)),),
}
BOTH_SIDES: dict[str, tuple[Push, ...]] = {
    "mouthRollUpper": (
        Push((0.0080, -0.0470, 0.0130), 0.011, (0.0, -0.0050, -0.0010)),
        Push((0.0080, -0.0310, 0.0170), 0.007, (0.0, -0.0040, -0.0050)),
        Push((0.0250, -0.0400, 0.0), 0.008, (0.0, -0.0022, 0.0)),
    ),
    "mouthFunnel": (
        Push((0.0080, -0.0340, 0.0160), 0.009, (0.0, 0.0020, 0.0040)),
        Push((0.0080, -0.0480, 0.0120), 0.009, (0.0, -0.0022, 0.0060)),
        Push((0.0080, -0.0780, 0.0030), 0.011, (0.0, 0.0015, 0.0030)),
    ),
}
TAKEN_ALONG: dict[str, dict[str, float]] = {
    "mouthPress": {"mouthUpperUp": 0.4, "mouthRollLower": 0.6},
    "mouthRollUpper": {"mouthLowerDown": -0.1, "mouthShrugLower": 0.1},
}
"""Shares of other signals that one has in it. Pressed lips roll in and are still seen: with the measured
shape alone the tracker read mouthPressLeft as 0.53 at 0.9 and as 0.19 at 1.2, now as 0.65 and 0.53. Over a
rolled upper lip the lower one rises: at 1.7 the tracker read a pucker of 0.79, now of less than 0.18."""


def amended(shapes: dict[str, Float64Array], face: Float64Array) -> dict[str, Float64Array]:
    """Return (468, 3) shapes by signal, amended, for the rest `face` (468, 3)."""
    result = dict(shapes)
    left, other = smoothstep(-SIDE_BLEND_M, SIDE_BLEND_M, face[:, 0])[:, None], mirrored(face)
    for name in SIDED:
        both = shapes[f"{name}Left"] + shapes[f"{name}Right"]
        pushes = ONE_SIDED.get(name, ())
        result[f"{name}Left"] = left * both + pushed(face, pushes)
        result[f"{name}Right"] = (1.0 - left) * both + mirrored(pushed(other, pushes))
    for name, pushes in BOTH_SIDES.items():
        result[name] = shapes[name] + pushed(face, pushes) + mirrored(pushed(other, pushes))
    for name, way in (("jawLeft", 1.0), ("jawRight", -1.0)):
        result[name] = shapes[name] + slid_jaw(face, (way * JAW_SLIDE_M, 0.0, 0.0))
    result["mouthClose"] = closed_lips(face, shapes["jawOpen"])
    return result | _with_others(result, {"": np.ones_like(left), "Left": left, "Right": 1.0 - left})


def _with_others(shapes: dict[str, Float64Array], parts: dict[str, Float64Array]) -> dict[str, Float64Array]:
    """Return the shapes of TAKEN_ALONG with their shares of others, on their part (468, 1) of the face."""
    result: dict[str, Float64Array] = {}
    for name, shares in TAKEN_ALONG.items():
        for side in (side for side in parts if name + side in shapes):
            others = sum(
                share * shapes[other + each]
                for other, share in shares.items()
                for each in parts
                if other + each in shapes
            )
            result[name + side] = shapes[name + side] + parts[side] * others
    return result
