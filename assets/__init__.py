"""Data only: the built-in head, its mapping and the demo take."""
