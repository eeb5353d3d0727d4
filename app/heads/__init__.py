"""Heads by name: add them from files, fit them to people, list and remove them; kept in the user's cache."""
