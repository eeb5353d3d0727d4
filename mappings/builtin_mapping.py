"""The mapping of the built-in head, written down from its rig: every expression component is one signal.

The components are displacements per unit score measured by the tracker itself, so a signal drives its own
component
at full strength; joints and eyelids take the signals that the rig gives them.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from flame_model.builtin.rig import JAW_OPEN_RADIANS, LOOK_RADIANS
from flame_model.head import Head
from mappings.mapping_folder import MappingCard, write_mapping_folder
from mappings.signals import MEDIAPIPE_INDEX, SIGNAL_COUNT

Array = npt.NDArray[np.float64]

BLINK_REST, BLINK_SHUT = 0.10, 0.72
"""eyeBlink of an open eye looking ahead, and from where on an eye is shut: a two-point range."""
GAZE_TOGETHER = 0.8
"""How far both eyes turn by their mean: the tracker reads each eye by itself, which looks cross-eyed."""
_SIDES = ("Left", "Right")


def builtin_mapping(head: Head) -> dict[str, Array]:
    """Return the arrays of our mapping layout, by file name without suffix, for the built-in `head`."""
    expression = np.zeros((SIGNAL_COUNT, head.expression_count))
    for component, name in enumerate(head.expression_names):
        expression[MEDIAPIPE_INDEX[name], component] = 1.0
    jaw = np.zeros((SIGNAL_COUNT, 3))
    jaw[MEDIAPIPE_INDEX["jawOpen"], 0] = JAW_OPEN_RADIANS
    eyelids = np.zeros((SIGNAL_COUNT, 2))
    for side, name in enumerate(_SIDES):
        eyelids[MEDIAPIPE_INDEX[f"eyeBlink{name}"], side] = 1.0 / (BLINK_SHUT - BLINK_REST)
    return {
        "bs2exp": expression,
        "bs2jaw": jaw,
        "bs2eye": _gaze(),
        "bs2eyelids": eyelids,
        "eyelids_intercept": np.full(2, -BLINK_REST / (BLINK_SHUT - BLINK_REST)),
    }


def _gaze() -> Array:
    """Return (52, 6): down is +x, the person's left is +y; looking out is left for the left eye only."""
    gaze = np.zeros((SIGNAL_COUNT, 2, 3))
    for eye, side in enumerate(_SIDES):
        outward = 1.0 if side == "Left" else -1.0
        for way, axis, sign in (("Down", 0, 1.0), ("Up", 0, -1.0), ("Out", 1, outward), ("In", 1, -outward)):
            gaze[MEDIAPIPE_INDEX[f"eyeLook{way}{side}"], eye, axis] = sign * LOOK_RADIANS[way]
    together = gaze.mean(axis=1, keepdims=True)
    return (gaze + GAZE_TOGETHER * (together - gaze)).reshape(SIGNAL_COUNT, 6)


def write_builtin_mapping(head: Head, folder: Path) -> None:
    """Write the mapping and its card into `folder`, which is made where it is missing."""
    source = "written down from the built-in head's rig (mappings/builtin_mapping.py)"
    write_mapping_folder(
        folder, builtin_mapping(head), MappingCard(head.name, head.expression_count, "MIT", source)
    )
