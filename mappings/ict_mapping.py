"""The mapping of the ICT-FaceKit head: its shapes are ARKit's, driven as the tracker reads them back."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from flame_model.head import Head
from flame_model.ict.rig import JAW_OPEN_RADIANS, LOOK_RADIANS
from mappings.named_mapping import Drive, named_mapping

ICT_DRIVE = Drive(jaw_open=JAW_OPEN_RADIANS, looks=LOOK_RADIANS, blink=(0.10, 0.80))


def ict_mapping(head: Head) -> dict[str, npt.NDArray[np.float64]]:
    """Return the arrays of our mapping layout, by file name without suffix, for the ICT `head`."""
    return named_mapping(head, ICT_DRIVE)
