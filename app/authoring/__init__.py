"""Make the files in assets/ from tracked footage: `python -m app.authoring --help`."""
