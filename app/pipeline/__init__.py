"""From a source to observed and animated frames: what live and offline runs have in common."""
