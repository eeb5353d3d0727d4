"""Geometry that does not depend on heads."""
