"""Paint eyeballs: rings of vertex colours, and the picture of an eye."""
