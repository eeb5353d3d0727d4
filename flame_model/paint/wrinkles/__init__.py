"""Paint wrinkles: the lines of six kinds, and the picture that holds them in three channels."""
