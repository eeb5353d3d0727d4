"""Make the built-in head from what the tracker measured; `python -m app.authoring head` rebuilds its file."""
