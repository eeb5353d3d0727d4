"""The triangles of a head on the GPU, with their materials and texture."""
