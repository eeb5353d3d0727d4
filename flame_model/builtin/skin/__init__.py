"""The built-in head's skin: face, lids, mouth lining and skull in one surface."""
