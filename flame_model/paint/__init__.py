"""Paint heads by code: vertex colours, materials and textures."""
