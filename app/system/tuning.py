"""Tune the process to its machine: turns between threads, cores for drawing, memory of threads."""

from __future__ import annotations

import ctypes
import os
import sys

FEW_CORES = 2
"""Largest number of cores that counts as few."""
SWITCH_INTERVAL_S = 0.0002
"""Longest time that one thread may keep another from running Python.

Python's default is 5 ms, and drawing needs Python 200 times a picture.
"""
ARENAS = 2
"""Heaps of glibc's malloc that all threads share."""
_M_ARENA_MAX = -8
"""Number of the setting, from glibc's malloc.h."""


def take_turns_often() -> None:
    """Let the threads of this process take turns at Python often enough for drawing."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)


def share_few_cores() -> bool:
    """Draw on one core and leave the others to the tracker where there are few; return whether there are few.

    It pays where the tracker tracks every drawing and so both cores are busy: `heads add` of ICT-FaceKit
    takes 58 s with it and 68 s without. Otherwise Mesa's software OpenGL starts as many threads as there are
    cores, and these take turns with the tracker's. To be called before a context is made. A number that the
    user has set in LP_NUM_THREADS stays.
    """
    take_turns_often()
    few = (os.cpu_count() or 1) <= FEW_CORES
    if few:
        os.environ.setdefault("LP_NUM_THREADS", "0")
    return few


def share_malloc_arenas() -> bool:
    """Let all threads share `ARENAS` heaps of glibc; return whether it was set, as on Linux with glibc.

    By default each thread gets a heap whose memory is never given back. A live run, which passes its pictures
    from thread to thread, would take 430 MB instead of 400 MB and keep growing. To be called before threads
    start.
    """
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and mallopt(_M_ARENA_MAX, ARENAS) == 1
