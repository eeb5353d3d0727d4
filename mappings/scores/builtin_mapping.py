"""The mapping of the built-in head, whose components are displacements per unit of score."""

from __future__ import annotations

from pathlib import Path

from flame_model.arrays import Float64Array
from flame_model.builtin.rig import GAZE_RADIANS, JAW_OPEN_RADIANS
from flame_model.head import Head
from mappings.scores.mapping_card import MappingCard
from mappings.scores.mapping_folder import write_mapping_folder
from mappings.scores.named_mapping import Drive, named_mapping

BUILTIN_DRIVE = Drive(
    jaw_open=1.06 * JAW_OPEN_RADIANS,
    looks={
        direction: (1.10 if direction in ("Up", "Down") else 1.15) * angle
        for direction, angle in GAZE_RADIANS.items()
    },
    blink=(0.04, 0.84),
    gaze_rest=(-0.14, 0.0),
    gains={
        "browDown": 1.55,
        "browInnerUp": 1.40,
        "browOuterUp": 1.25,
        "eyeWide": 1.35,
        "mouthClose": 1.06,
        "mouthDimple": 1.35,
        "mouthFunnel": 1.35,
        "mouthLeft": 1.35,
        "mouthLowerDown": 1.50,
        "mouthPress": 1.35,
        "mouthPucker": 1.33,
        "mouthRight": 1.35,
        "mouthRollLower": 1.35,
        "mouthRollUpper": 1.35,
        "mouthShrugLower": 1.60,
        "mouthShrugUpper": 1.35,
        "mouthStretch": 1.35,
        "mouthUpperUp": 1.45,
    },
)
"""The scores that the tracker reports on the drawn head are weaker than those that drove it. The gains are
therefore a little less than one over the slopes that `python -m app.authoring slopes DATA` prints, and the
eyes look up by as much as the tracker reports them too low."""


def builtin_mapping(head: Head) -> dict[str, Float64Array]:
    """Return the arrays of our mapping layout, by file name without suffix, for the built-in head."""
    return named_mapping(head, BUILTIN_DRIVE)


def write_builtin_mapping(head: Head, folder: Path) -> None:
    """Write the mapping of the built-in head and its card into `folder`, which is made if it is missing."""
    source = "written down from the built-in head's rig (mappings/scores/builtin_mapping.py)"
    write_mapping_folder(
        folder, builtin_mapping(head), MappingCard(head.name, head.expression_count, "MIT", source)
    )
