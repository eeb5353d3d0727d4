"""Geometry that knows nothing of heads."""
