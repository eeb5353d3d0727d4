"""Write a profile as TOML text, with comments for people who change it by hand."""

from __future__ import annotations

import numpy as np

from flame_model.rotations import axis_angle_from_matrix
from mappings.person.profile import Profile
from mappings.signals import LIDS, MEDIAPIPE_INDEX, MEDIAPIPE_NAMES, NEUTRAL

ADJUSTABLE = tuple(name for i, name in enumerate(MEDIAPIPE_NAMES) if name != NEUTRAL and i not in LIDS)
"""Signals with settings of their own; the eyelids' signals have a range instead."""
SETTINGS = ("offset", "gain", "dead_zone", "curve")
"""Names of these settings, as in `Correction`."""

_HEADER = """\
# A flame-cam profile: how one person's face differs from a typical one. Change what you like and start again;
# anything left out is as for a typical person. Left and right are the person's own sides.

# The tracker's scores are made even before they are corrected: it reports both sides of a face differently.
even_scores = true

# Share, 0 to 1, by which both sides of mouth, cheeks and brows take their mean, and by which both lids do.
mirror_average = {mirror_average:.6g}
wink_link = {wink_link:.6g}

# The tracker's eyeBlink score of each eye: wide open at rest, then shut.
[lids]
left = [{left[0]:.4g}, {left[1]:.4g}]
right = [{right[0]:.4g}, {right[1]:.4g}]

# All other scores. First the offset is added, so that the resting face has the scores of a typical one at
# rest. From the departure from rest dead_zone is subtracted. The result is raised to the power curve (above 1
# weakens small movements, below 1 strengthens them) and multiplied by gain.
[signals]
"""
_AHEAD = """
# The turn of the head, as the camera sees it, while it looks straight ahead, in degrees: down, left, roll.
[pose]
straight_ahead = [{0:.4g}, {1:.4g}, {2:.4g}]
"""
_FACE = """
# The face at rest: the tracker's 468 points, upright, in millimetres. Without it the face at rest is
# estimated from the pictures each time.
[face]
points = [
{0}
]
"""


def profile_text(profile: Profile) -> str:
    """Return the TOML text of a profile."""
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
    """Return a number with three decimals at most, and never -0."""
    return f"{round(value, 3) + 0.0:g}"
