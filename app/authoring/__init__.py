"""Rebuild the files in assets/ and the pictures in docs/ from footage: `python -m app.authoring --help`."""
