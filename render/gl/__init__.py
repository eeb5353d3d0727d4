"""OpenGL objects that the passes are made of: programs, textures and framebuffers."""
