"""Names of the hair styles; importing them costs nothing, so that --help lists them at once."""

from __future__ import annotations

NONE, SHORT, LONG = STYLES = ("none", "short", "long")
