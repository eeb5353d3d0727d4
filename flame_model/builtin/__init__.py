"""Make the built-in head from what the tracker measured; `python -m flame_model.builtin` rebuilds its
file."""
