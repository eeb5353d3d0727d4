"""The names of the framings, in a module without heavy imports so that --help lists them at once."""

from __future__ import annotations

FACE, HEAD, BUST = "face", "head", "bust"
FRAMING_NAMES = (FACE, HEAD, BUST)
"""The face with the whole crown, the head down to where the shoulders begin, head and shoulders."""
DEFAULT_FRAMING = HEAD
