"""Names for array types; shapes, units and frames are documented where an array is used."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Float32Array = npt.NDArray[np.float32]
Float64Array = npt.NDArray[np.float64]
Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]
IndexArray = npt.NDArray[np.intp]
FlagArray = npt.NDArray[np.bool_]
Picture = npt.NDArray[np.uint8]
"""(H, W, 3) RGB or (H, W, 4) RGBA, top row first; colour is sRGB."""
