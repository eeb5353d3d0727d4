"""Unwrap heads into the layout of the built-in head's texture."""
