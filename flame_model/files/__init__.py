"""Read and write heads, identities and arrays: reading within limits, writing completely or not at all."""
