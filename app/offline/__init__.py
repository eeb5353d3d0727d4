"""Runs without a window, every frame: a source rendered to a file, or tracked to a table."""
