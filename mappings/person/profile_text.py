"""The text of a profile: TOML with comments for people who change it by hand."""

from __future__ import annotations

import numpy as np

from flame_model.rotations import axis_angle_from_matrix
from mappings.person.profile import Profile
from mappings.person.typical_rest import LIDS
from mappings.signals import MEDIAPIPE_INDEX, MEDIAPIPE_NAMES, NEUTRAL

ADJUSTABLE = tuple(name for i, name in enumerate(MEDIAPIPE_NAMES) if name != NEUTRAL and i not in LIDS)
"""Signals with settings of their own; lids have a range between two points instead."""
SETTINGS = ("offset", "gain", "dead_zone", "curve")

_HEADER = """\
# A flame-cam profile: how one person's face differs from a typical one. Change what you like and start again;
# what is left out is as for anybody. Left and right are the person's own sides.

# How far both sides of mouth, cheeks and brows take their mean, and how far both lids do: 0 (not) to 1.
mirror_average = {mirror_average:.6g}
wink_link = {wink_link:.6g}

# The tracker's eyeBlink score of each eye: wide open at rest, then shut.
[lids]
left = [{left[0]:.4g}, {left[1]:.4g}]
right = [{right[0]:.4g}, {right[1]:.4g}]

# Every other score: first the offset is added, so that the resting face reads as a typical one at rest. Of
# what is left, less than dead_zone does not count, the rest is raised to the power curve (above 1 calms small
# movements, below 1 livens them up) and multiplied by gain.
[signals]
"""
_AHEAD = """
# How the head is turned before the camera when it looks straight ahead, in degrees: down, left, rolled.
[pose]
straight_ahead = [{0:.4g}, {1:.4g}, {2:.4g}]
"""
_FACE = """
# The face at rest: the tracker's 468 points, upright, millimetres. Delete it to have it found anew each time.
[face]
points = [
{0}
]
"""


def profile_text(profile: Profile) -> str:
    """Return the TOML of a profile, with comments that say how to change it."""
    correction = profile.correction
    text = _HEADER.format(
        mirror_average=correction.mirror_average,
        wink_link=correction.wink_link,
        left=correction.lids[0],
        right=correction.lids[1],
    )
    for name in ADJUSTABLE:
        index = MEDIAPIPE_INDEX[name]
        settings = (f"{key} = {_short(getattr(correction, key)[index])}" for key in SETTINGS)
        text += f"{name:<19} = {{ {', '.join(settings)} }}\n"
    if profile.straight_ahead is not None:
        text += _AHEAD.format(*np.degrees(axis_angle_from_matrix(profile.straight_ahead)))
    if profile.neutral_face is not None:
        rows = (f"  [{x:.2f}, {y:.2f}, {z:.2f}]," for x, y, z in 1e3 * profile.neutral_face)
        text += _FACE.format("\n".join(rows))
    return text


def _short(value: float) -> str:
    """Return three decimals at most, and never -0."""
    return f"{round(value, 3) + 0.0:g}"
