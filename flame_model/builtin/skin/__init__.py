"""The built-in head's skin: face, lids, mouth lining and skull as one surface."""
