"""What a head is: arrays, files and the NumPy reference of its deformation."""
