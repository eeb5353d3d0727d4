"""FLAME-structured heads: arrays, files, construction and the NumPy reference of their deformation."""
