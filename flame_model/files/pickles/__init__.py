"""Read the arrays of a pickle without running anything of it."""
