"""The mapping of the built-in head: its components are displacements per unit score."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from flame_model.builtin.rig import JAW_OPEN_RADIANS, LOOK_RADIANS
from flame_model.head import Head
from mappings.mapping_folder import MappingCard, write_mapping_folder
from mappings.named_mapping import Drive, named_mapping

BUILTIN_DRIVE = Drive(jaw_open=JAW_OPEN_RADIANS, looks=LOOK_RADIANS, blink=(0.10, 0.72))


def builtin_mapping(head: Head) -> dict[str, npt.NDArray[np.float64]]:
    """Return the arrays of our mapping layout, by file name without suffix, for the built-in `head`."""
    return named_mapping(head, BUILTIN_DRIVE)


def write_builtin_mapping(head: Head, folder: Path) -> None:
    """Write the mapping and its card into `folder`, which is made where it is missing."""
    source = "written down from the built-in head's rig (mappings/builtin_mapping.py)"
    write_mapping_folder(
        folder, builtin_mapping(head), MappingCard(head.name, head.expression_count, "MIT", source)
    )
