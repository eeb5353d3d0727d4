"""The built-in head's expression shapes: measured ones cleaned and amended, others authored."""
