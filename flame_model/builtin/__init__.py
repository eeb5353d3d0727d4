"""Build the built-in head from the measured face; `python -m app.authoring head` writes its file."""
