"""Heads by name: read from whatever people have, prepared once, kept in the user's cache."""
