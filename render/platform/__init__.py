"""Windows, OpenGL contexts and what differs between systems."""
