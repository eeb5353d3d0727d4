"""The parts of what was tracked that have a strength, in a module that imports nothing heavy for --help."""

from __future__ import annotations

HEAD = "head"
"""The part whose strength is that of the head's turn; it has no signals."""
PARTS = {
    "mouth": ("mouth", "jaw", "cheekPuff", "noseSneer", "tongue"),
    "brows": ("brow",),
    "lids": ("eyeBlink", "eyeSquint", "eyeWide", "cheekSquint"),
    "gaze": ("eyeLook",),
}
"""How the names of each part's signals begin."""
PART_NAMES = (*PARTS, HEAD)
STRONGEST = 2.0
"""Largest strength of a part, and largest gain of a signal."""
