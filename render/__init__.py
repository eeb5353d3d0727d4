"""OpenGL: deform, shade, show and read back a head."""
