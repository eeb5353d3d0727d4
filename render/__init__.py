"""OpenGL: deform a head on the GPU, shade it, show it in a window or read it back as a picture."""
