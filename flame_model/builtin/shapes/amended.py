"""Clean measured expression shapes, and amend those that the regression confuses with one another.

People rarely make some expressions alone, so the regression mixes their shapes. The sum of both sides of a
signal is kept and divided between the sides; soft pushes then add what the signal's definition asks for and
remove what belongs to another signal.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.builtin.shapes.authored import Push, mirrored, pushed, slid_jaw
from flame_model.builtin.shapes.lip_contact import in_contact
from flame_model.builtin.shapes.wide_eyes import almond
from flame_model.geometry.smoothstep import smoothstep

_UPPER_PREFIXES = ("brow", "eye")
_BELOW_BROWS_M, _BELOW_HAIR_M = (0.040, 0.052), (0.070, 0.084)
"""Heights in metres over which eyeWide and others end. The measured eyeWide raises the brows by 2 mm."""
_ABOVE_LIDS_M, _ABOVE_CHEEKS_M = (0.034, 0.045), (-0.012, 0.012)
"""Heights in metres over which signals of the brows and of the eyes begin. The measured raised brows lower
the upper lid by 1 mm each."""
SIDED = (
    "browDown", "browOuterUp", "mouthDimple", "mouthFrown", "mouthLowerDown", "mouthPress", "mouthSmile",
    "mouthStretch", "mouthUpperUp",
)  # fmt: skip
"""Signals whose sides the measurement mixes: the measured mouthStretchLeft draws the right corner farther
sideways than the left one, and browDownLeft raises the right eye's lid by 1.7 mm."""
SIDE_BLEND_M = 0.014
"""Metres on either side of the midline over which the sides blend."""
JAW_SLIDE_M = 0.007
"""Metres that jawLeft and jawRight slide the jaw in addition to the measured shape."""
ONE_SIDED: dict[str, tuple[Push, ...]] = {
    "browDown": (
        Push((0.0310, 0.0400, -0.0030), 0.008, (0.0, -0.0018, 0.0)),
        Push((0.0130, 0.0450, 0.0100), 0.008, (-0.0022, -0.0022, -0.0010)),
        Push((0.0410, 0.0500, 0.0040), 0.008, (-0.0004, 0.0018, 0.0)),
        Push((0.0280, 0.0450, 0.0090), 0.007, (0.0, 0.0002, -0.0014)),
        Push((0.0190, 0.0385, 0.0020), 0.005, (-0.0004, -0.0018, 0.0014)),
        Push((0.0300, 0.0405, 0.0020), 0.005, (0.0, -0.0010, 0.0016)),
        Push((0.0070, 0.0335, 0.0090), 0.006, (-0.0003, -0.0012, 0.0004)),
    ),
    "browOuterUp": (
        Push((0.0560, 0.0430, -0.0110), 0.009, (0.0, 0.0030, 0.0)),
        Push((0.0380, 0.0510, 0.0040), 0.008, (0.0, -0.0002, 0.0)),
    ),
    "mouthFrown": (Push((0.0270, -0.0430, 0.0000), 0.009, (0.0050, -0.0086, -0.0040)),),
    "mouthDimple": (
        Push((0.0260, -0.0400, -0.0010), 0.008, (0.0050, -0.0008, -0.0010)),
        Push((0.0330, -0.0400, -0.0020), 0.005, (0.0, 0.0, -0.0015)),
    ),
    "mouthPress": (Push((0.0260, -0.0400, 0.0000), 0.009, (0.0, -0.0014, 0.0)),),
    "mouthSmile": (
        Push((0.0390, -0.0080, 0.0030), 0.0110, (0.0012, 0.0034, 0.0046)),
        Push((0.0320, 0.0220, -0.0020), 0.0065, (0.0, 0.0014, 0.0012)),
        Push((0.0270, -0.0145, 0.0050), 0.0050, (0.0, 0.0, 0.0016)),
        Push((0.0345, -0.0240, 0.0030), 0.0055, (-0.0006, 0.0006, 0.0036)),
        Push((0.0210, -0.0240, 0.0095), 0.0050, (0.0, 0.0, -0.0016)),
        Push((0.0270, -0.0310, 0.0055), 0.0050, (0.0, 0.0006, -0.0020)),
    ),
    "mouthUpperUp": (
        Push((0.0250, -0.0400, 0.0), 0.008, (0.0, -0.0025, 0.0005)),
        Push((0.0100, -0.0340, 0.0160), 0.009, (0.0, 0.0015, 0.0006)),
        Push((0.0, -0.0660, 0.0060), 0.014, (0.0, 0.0016, 0.0016)),
        Push((0.0160, -0.0080, 0.0140), 0.007, (0.0008, 0.0018, 0.0004)),
    ),
    "mouthLowerDown": (Push((0.0080, -0.0780, 0.0030), 0.010, (0.0, 0.0020, 0.0)),),
}
"""Pushes for the left side's signal; the right side gets their mirror images. Chosen by eye."""
BOTH_SIDES: dict[str, tuple[Push, ...]] = {
    "browInnerUp": (
        Push((0.0130, 0.0460, 0.0110), 0.007, (-0.0012, 0.0006, 0.0)),
        Push((0.0300, 0.0490, 0.0100), 0.007, (-0.0004, -0.0012, 0.0)),
        Push((0.0400, 0.0490, 0.0050), 0.007, (0.0, -0.0008, 0.0)),
    ),
    "mouthRollUpper": (
        Push((0.0080, -0.0470, 0.0130), 0.011, (0.0, -0.0050, -0.0010)),
        Push((0.0080, -0.0310, 0.0170), 0.007, (0.0, -0.0040, -0.0050)),
        Push((0.0250, -0.0400, 0.0), 0.008, (0.0, -0.0022, 0.0)),
    ),
    "mouthPucker": (
        Push((0.0060, -0.0330, 0.0160), 0.007, (0.0, 0.0014, 0.0034)),
        Push((0.0060, -0.0490, 0.0130), 0.007, (0.0, -0.0006, 0.0034)),
        Push((0.0120, -0.0500, 0.0100), 0.006, (0.0008, -0.0004, 0.0020)),
        Push((0.0270, -0.0410, 0.0000), 0.008, (-0.0022, 0.0024, 0.0020)),
    ),
    "mouthFunnel": (
        Push((0.0080, -0.0340, 0.0160), 0.009, (0.0, 0.0002, 0.0044)),
        Push((0.0080, -0.0480, 0.0120), 0.009, (0.0, -0.0008, 0.0060)),
        Push((0.0080, -0.0780, 0.0030), 0.011, (0.0, 0.0015, 0.0030)),
        Push((0.0270, -0.0410, 0.0000), 0.008, (-0.0016, 0.0004, 0.0010)),
    ),
}
"""Pushes for signals without sides, added with their mirror images. Chosen by eye."""
SHARES_OF_OTHERS: dict[str, dict[str, float]] = {
    "browInnerUp": {"browInnerUp": 0.36},
    "browOuterUp": {"browOuterUp": 0.36},
    "eyeWide": {"eyeWide": 0.25},
    "eyeSquint": {"eyeSquint": -0.25, "eyeBlink": 0.08},
    "mouthFrown": {"mouthShrugLower": 0.2, "mouthPress": 0.2},
    "mouthRollUpper": {"mouthLowerDown": -0.1, "mouthShrugLower": 0.1},
}
"""Signal to the shares of other signals' shapes that are added to its own.

Raised brows and wide eyes get what the relaxed rest lost. The measured eyeSquint raises the lower lid by
4.2 mm and the upper one by 1 mm, which would shut the relaxed eye. A mouth corner that sinks takes the lower
lip along: for a mouthFrown of 1 the tracker reports a mouthFrownLeft of 0.44 and a mouthPucker of 0.84
without the shares, and of 0.53 and 0.64 with them. The lower lip rises over a rolled upper lip: for a
mouthRollUpper of 1 it reports 0.26 without and 0.35 with them."""


def clean_shape(name: str, shape: Float64Array, face: Float64Array) -> Float64Array:
    """Return `shape` (468, 3) masked to the part of the `face` (468, 3) that signal `name` can move.

    The regression on real footage also picks up nodding heads and refocusing cameras. Signals of brows and
    eyes keep the face above lids and cheeks, those of mouth and jaw the lower face; both fade out before the
    face's outline, where it meets the skull.
    """
    x, y, _ = face.T
    if name.startswith(_UPPER_PREFIXES):
        lowest = _ABOVE_LIDS_M if name.startswith("brow") else _ABOVE_CHEEKS_M
        highest = _BELOW_BROWS_M if name.startswith("eyeWide") else _BELOW_HAIR_M
        mask = smoothstep(*lowest, y) * smoothstep(*highest[::-1], y) * smoothstep(0.064, 0.050, np.abs(x))
    else:
        mask = smoothstep(0.030, 0.002, y) * (
            1.0 - smoothstep(0.044, 0.064, np.abs(x)) * smoothstep(-0.05, -0.02, y)
        )
    return np.asarray(shape * mask[:, None])


def amended(shapes: dict[str, Float64Array], face: Float64Array) -> dict[str, Float64Array]:
    """Return the amended `shapes` (468, 3) by signal for the rest `face` (468, 3)."""
    result = dict(shapes)
    left, other = smoothstep(-SIDE_BLEND_M, SIDE_BLEND_M, face[:, 0])[:, None], mirrored(face)
    for name in SIDED:
        both = shapes[f"{name}Left"] + shapes[f"{name}Right"]
        pushes = ONE_SIDED.get(name, ())
        result[f"{name}Left"] = left * both + pushed(face, pushes)
        result[f"{name}Right"] = (1.0 - left) * both + mirrored(pushed(other, pushes))
    for name, pushes in BOTH_SIDES.items():
        result[name] = shapes[name] + pushed(face, pushes) + mirrored(pushed(other, pushes))
    for side in ("Left", "Right"):
        result[f"eyeWide{side}"] = almond(face, shapes[f"eyeWide{side}"], side)
    for name, sign in (("jawLeft", 1.0), ("jawRight", -1.0)):
        result[name] = shapes[name] + slid_jaw(face, (sign * JAW_SLIDE_M, 0.0, 0.0))
    parts = {"": np.ones_like(left), "Left": left, "Right": 1.0 - left}
    return in_contact(result | _with_others(result, parts), face)


def _with_others(shapes: dict[str, Float64Array], parts: dict[str, Float64Array]) -> dict[str, Float64Array]:
    """Return the shapes of SHARES_OF_OTHERS with the shares added.

    `parts` (468, 1) weight the shares by the side of a signal: "Left", "Right", or "" where it has no side.
    """
    result: dict[str, Float64Array] = {}
    for name, shares in SHARES_OF_OTHERS.items():
        for side in (side for side in parts if name + side in shapes):
            others = sum(
                share * shapes[other + each]
                for other, share in shares.items()
                for each in parts
                if other + each in shapes
            )
            result[name + side] = shapes[name + side] + parts[side] * others
    return result
