"""Let tracking and drawing share a machine of few cores without getting into each other's way."""

from __future__ import annotations

import os
import sys

FEW = 2
SWITCH_INTERVAL_S = 0.0002
"""How long one thread may keep another from Python: drawing asks for it 200 times a picture."""


def take_turns_often() -> None:
    """Let the threads of this process take turns at Python often enough for drawing."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)


def share_few_cores() -> bool:
    """Draw on one core while the tracker has the other; True where the machine has so few.

    It pays where the tracker looks at every drawing and both cores are busy all the time: `heads add` of
    ICT-FaceKit took 68 s, and 58 s so. Mesa's software OpenGL otherwise starts as many threads as there are
    cores, which take turns with the tracker's. Call it before a context is made; a number that the user has
    set in LP_NUM_THREADS stays.
    """
    take_turns_often()
    few = (os.cpu_count() or 1) <= FEW
    if few:
        os.environ.setdefault("LP_NUM_THREADS", "0")
    return few
