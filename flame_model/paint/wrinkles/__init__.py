"""Paint wrinkles: the lines of seven kinds, and the picture that holds them in three channels."""
