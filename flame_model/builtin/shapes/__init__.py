"""The built-in head's expression shapes: measured shapes, cleaned and amended, and authored ones."""
