"""Let tracking and drawing share a machine of few cores without getting into each other's way."""

from __future__ import annotations

import os
import sys

FEW = 2
SWITCH_INTERVAL_S = 0.0002
"""How long one thread may keep another from Python: drawing asks for it 200 times a picture."""


def share_few_cores() -> bool:
    """Draw on one core while the tracker has the other; True where the machine has so few.

    Mesa's software OpenGL starts as many threads as there are cores, which on two cores take turns with the
    tracker's: 354 frames took 7.5 s, and 6.7 s with drawing on one thread alone. Call it before a context is
    made; a number that the user has set in LP_NUM_THREADS stays.
    """
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    few = (os.cpu_count() or 1) <= FEW
    if few:
        os.environ.setdefault("LP_NUM_THREADS", "0")
    return few
