"""Runs without a window that use every frame: render a source to a file, or track it to a table."""
