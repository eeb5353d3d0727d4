"""What the panel sets, kept for later runs in a file of the user's config folder."""
