"""The sources of a live run: how one is shown after another, and how the user chooses them."""
