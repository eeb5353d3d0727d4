"""An evaluation as a page and as lines for the terminal."""
